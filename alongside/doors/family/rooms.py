"""Which room a visitor is in: the family where they stand, or the one of several they chose."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.access.frame import enters, frame
from alongside.access.sealed import from_this_account
from alongside.access.typed import fields, travelled
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.family.forms import begun_by
from alongside.families.person import WHO, people
from alongside.record.readers import Reader
from alongside.record.reading import read

CHOSEN = "room"
ICONS = {
    "home": "house", "part": "handshake", "my-plan": "list", "my-story": "book-open", "my-people": "users",
    "my-write": "pen-line",
}  # fmt: skip
OF_KIN = ("home", "my-plan", "my-story", "my-people", "my-write")
OF_PARTNERS = ("part", "my-story", "my-write")


def framed(request: HttpRequest, current: str = "", *, at: str = "", then: dict | None = None, **more: Any) -> dict:
    """The frame of this door. As known then there is one place to go, and nothing can be written."""
    labels = {
        "home": _("Home"), "part": _("Your part"), "my-plan": _("Plan"), "my-story": _("Story"),
        "my-people": _("People"), "my-write": _("Write"),
    }  # fmt: skip
    own = OF_PARTNERS if _helps(request) else OF_KIN
    shut = request.visit is not None and request.visit.shut
    places = ["my-story"] if at else [name for name in own if not (shut and name == "my-write")]
    end = f"?at={at}" if at else ""
    if current in labels and current not in own:  # a page of a place they do not have: they came from their first
        current = own[0]
    nav = [
        {"href": reverse(name) + end, "icon": ICONS[name], "label": labels[name], "current": name == current}
        for name in places
    ]
    return frame(
        request, nav=nav, home_href=reverse("my-story") + end if at else reverse(own[0]), at=at, then=then,
        search_href=reverse("my-find") + end, search_current=current == "my-find",
        leave_href=reverse("leave"), ask_href=reverse("how-to-ask"), **more,
    )  # fmt: skip


def _helps(request: HttpRequest) -> bool:
    """Whether the visitor helps here and does not belong to the family: then the first page is their own part."""
    if not hasattr(request, "helps"):
        found = request.visit.families() if request.visit is not None else []
        _into(request, _chosen(found, request.session.get(CHOSEN)))
    return request.helps


def _into(request: HttpRequest, reader: Reader | None) -> None:
    request.helps = reader is not None and not reader.kin


def in_room(*methods: str) -> Callable:
    """Decorator: the view gets the Reader of the visitor's room after the request.

    A form says from which room it came, so that a second tab cannot send it to another; so does one that travelled
    through signing in. Who stands nowhere
    sees an honest page; who stands in several chooses first.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @enters("family", methods=methods or ("GET",))
        @wraps(view)
        def inside(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not from_this_account(request):
                return ask_to_sign_in(request)
            code = next(iter(fields(request).get(CHOSEN, ())), "")
            if code:
                reader = request.visit.reader(code)
                _into(request, reader)
                return view(request, reader, **kwargs)
            found = request.visit.families()
            reader = _chosen(found, request.session.get(CHOSEN))
            _into(request, reader)
            if reader is not None:
                return view(request, reader, **kwargs)
            if found:
                return SeeOther(reverse("my-rooms"))
            return _no_room(request)

        return inside

    return wrap


def _chosen(found: list[Reader], code: str | None) -> Reader | None:
    if len(found) == 1:
        return found[0]
    return next((reader for reader in found if reader.code == code), None)


def _no_room(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" or travelled(request):
        raise Http404
    context = framed(request, begun=begun_by(request.visit.person)) | {"nav": None}
    return render(request, "family/no_room.jinja", context)


@enters("family", methods=("GET", "POST"))
def choose(request: HttpRequest) -> HttpResponse:
    """Which room? For those who stand in several; the choice lasts as long as the visit."""
    found = request.visit.families()
    if request.method == "POST":
        if request.POST.get(CHOSEN, "") not in {reader.code for reader in found}:
            raise Http404
        request.session[CHOSEN] = request.POST[CHOSEN]
        return SeeOther(reverse("home"))
    if len(found) < 2:
        return SeeOther(reverse("home"))
    lang = translation.get_language() or "en"
    return render(
        request, "family/rooms.jinja", framed(request, rooms=[_label(reader, lang) for reader in found]) | {"nav": None}
    )


def _label(reader: Reader, lang: str) -> dict[str, str]:
    """A room by the names its visitor may know there; where there are none, only that it is a room."""
    known = people(read(reader, kinds=WHO), {}).persons.values()
    called = [one.called for one in known if one.group == "family" and one.number != reader.person and not one.died]
    words = _("%(some)s and %(last)s") % {"some": ", ".join(called[:-1]), "last": called[-1]} if called[1:] else ""
    return {"code": reader.code, "words": words or "".join(called) or _("A room")}

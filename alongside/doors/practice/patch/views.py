"""The patches, adding to one's own, saying that one knows somebody, changing, and what is no longer there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters, looked_at
from alongside.access.sealed import from_this_account, whose
from alongside.access.standing import office_reader
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice import forms
from alongside.doors.practice.desk import desk, then_bar
from alongside.doors.practice.find_page import Moment
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.patch.page import patch_page
from alongside.families.queries import workers
from alongside.record.readers import SIGNED_IN, Reader
from alongside.record.statement import Refused
from alongside.teams import patch as said
from alongside.teams.patch import Asset

REFUSED = 422
LONGEST = 100  # letters of a word one looks for


def reader_of(request: HttpRequest) -> Reader:
    """Whoever works here, as a reader of the office's own record."""
    return office_reader(request.visit.person, now=request.visit.now, strength=request.visit.strength)


def _units(request: HttpRequest) -> tuple[str, ...]:
    """The units whose patch this visit may write."""
    return said.units_of(request.visit.person) if request.visit.strength >= SIGNED_IN else ()


@enters("practice")
def patch(request: HttpRequest) -> HttpResponse:
    """What is on the patches, now or as known then, and where a word stands."""
    try:
        at, today, value = looked_at(request)
    except (ValueError, OverflowError):
        raise Http404 from None
    moment = Moment(at, value, today, at or request.visit.now)
    me, staff = request.visit.person, workers()
    units = _units(request)
    page = patch_page(
        said.patches(reader_of(request), at=at), me=me, mine=units, staff=staff, writing=at is None,
        typed=" ".join(request.GET.get("q", "").split())[:LONGEST],
    )  # fmt: skip
    context = desk(
        request, staff, "patch", patch=page, at=value, then=then_bar(moment, reverse("patch")),
        writes=bool(units) and at is None, whose=whose(request.visit.account),
    )  # fmt: skip
    return render(request, "patch/patch.jinja", context)


@enters("practice", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Put somebody or something on the patch of one's unit."""
    units = _units(request)
    if not units:
        raise Http404

    def say(by: Reader, sent: Typed, how: dict) -> None:
        unit = sent.one("unit") if len(units) > 1 else units[0]
        said.add(by=by, unit=unit, knows=bool(sent.one("knows")), **_sent(sent), **how)

    def fields(sent: Typed) -> tuple[Field, ...]:
        chosen = sent.one("unit") or units[0]
        picks = tuple((unit, unit, unit == chosen, "") for unit in units)
        whose_ = (Field("picks", "unit", _("Whose patch"), options=picks),) if len(units) > 1 else ()
        knows = sent.one("knows")
        return (
            *_fields(sent, None),
            Field("check", "knows", _("I know them"), knows, _("Say it only of yourself.")),
            *whose_,
        )

    return _form(request, fields, say, title=_("Add to the patch"), lead=_hint(), send=_("Keep"))


def _hint() -> str:
    return _(
        "Only what could hang on a notice board: whoever works here reads it, in every unit. Nothing private about "
        "anybody, and nothing of any family."
    )


def _fields(sent: Typed, one: Asset | None) -> tuple[Field, ...]:
    def value(name: str) -> str:
        return sent.one(name) if sent.values or one is None else getattr(one, name)

    example = _("Handball, the shop on the quay, a person’s name and what they are.")
    public = _("What is public: a counter, a telephone everybody may ring.")
    one_of = {"person": _("Somebody"), "place": _("A place"), "group": _("A group"), "provider": _("A local provider")}
    picks = tuple((what, words, what == value("what"), "") for what, words in one_of.items())
    return (
        Field("line", "name", _("What it is called"), value("name"), example),
        Field("choice", "what", _("What it is"), options=picks),
        Field("line", "where", _("Where"), value("where"), _("The village, the house, which days.")),
        Field("line", "good", _("What it is good for"), value("good")),
        Field("line", "reach", _("How to reach them"), value("reach"), public),
    )  # fmt: skip


def _sent(sent: Typed) -> dict:
    return {
        "what": sent.one("what"), "words": {name: sent.one(name) for name in said.LINES},
        "lang": translation.get_language() or "en",
    }  # fmt: skip


@enters("practice", methods=("GET", "POST"))
def change(request: HttpRequest, id: str) -> HttpResponse:
    """What is said of it from now on."""
    one = _mine(request, id)

    def say(by: Reader, sent: Typed, how: dict) -> None:
        said.change(by=by, one=one, **_sent(sent), **how)

    return _form(
        request, lambda sent: _fields(sent, one), say, title=_("Change what stands on the patch"), lead=_hint(),
        send=_("Keep"), elsewhere=format_html('<a href="{}">{}</a>', reverse("patch-gone", args=(one.id,)), _gone(one)),
    )  # fmt: skip


def _gone(one: Asset) -> str:
    return _("%(name)s: no longer there") % {"name": one.name}


@enters("practice", methods=("GET", "POST"))
def gone(request: HttpRequest, id: str) -> HttpResponse:
    """It is no longer there."""
    one = _mine(request, id)

    def fields(sent: Typed) -> tuple[Field, ...]:
        return (
            Field("line", "why", _("Why, if you like"), sent.one("why"), _("It moved, it closed. Nothing private.")),
        )

    return _form(
        request, fields, lambda by, sent, how: said.gone(by=by, one=one, why=sent.one("why"), **how),
        title=_gone(one), send=_("Take it off the patch"),
        lead=_("It is on the patch no more. What stood there stays in the record of the office."),
    )  # fmt: skip


@enters("practice", methods=("POST",))
def know(request: HttpRequest, id: str) -> HttpResponse:
    """Somebody says for themselves that they know them, or no longer."""
    if not from_this_account(request):
        return ask_to_sign_in(request)
    one, sent = _mine(request, id), typed(request)
    try:
        said.know(by=reader_of(request), one=one, knows=sent.one("knows") == "yes", **_how(sent))
    except Refused as why:
        raise Http404 from why
    return SeeOther(f"{reverse('patch')}?done=people#p-{one.id}")


def _mine(request: HttpRequest, id: str) -> Asset:
    """A thing of one's own patch. Everything else is the same 404."""
    units = _units(request)
    found = next((one for one in said.patches(reader_of(request)) if one.id == id and one.unit in units), None)
    if found is None:
        raise Http404
    return found


def _how(sent: Typed) -> dict:
    return {"at": clock.micros(clock.now()), "once": sent.once}


def refused(why: Refused) -> str:
    """What is not taken here, in plain words."""
    return {
        "no-name": _("Write what it is called. One word is enough."),
        "nothing-chosen": _("Choose what it is: somebody, a place, a group or a local provider."),
        "line-too-long": _("One of the lines is too long. Say it shorter."),
    }.get(why.code) or forms.refusal(why)


def _form(request: HttpRequest, fields, say, *, title: str, lead: str, send: str, elsewhere: str = "") -> HttpResponse:
    """One form: its fields, one verb, back to the patch."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            say(reader_of(request), sent, _how(sent))
            return SeeOther(f"{reverse('patch')}?done=people")
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    context = desk(
        request, workers(), "patch", fields=fields(sent), more=(), wrong=wrong, once=sent.once, title=title, lead=lead,
        send=send, whose=whose(request.visit.account), back=reverse("patch"), open=False, elsewhere=elsewhere,
    )  # fmt: skip
    return render(request, "people/act.jinja", context, status=REFUSED if wrong else 200)

"""Keeping words while they are written, and what one does with kept words: go on, throw away, get back."""

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account
from alongside.access.standing import readers_of
from alongside.access.views import SeeOther, safe_way
from alongside.dialogue import drafts
from alongside.doors.practice.writing.handed import shows
from alongside.doors.practice.writing.sentences import refused
from alongside.doors.practice.writing.views import sent
from alongside.record.appending import LARGEST_TEXT
from alongside.record.readers import Reader
from alongside.record.statement import Closed

PLAIN = "text/plain; charset=utf-8"


@enters("practice", "family", methods=("POST",))
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what a form holds, in both doors. Answers in plain text for people; X-Draft: the draft's id."""
    if not from_this_account(request):
        words = _("This page was opened by somebody else. Nothing was kept.")
        return HttpResponse(words, content_type=PLAIN, status=409)
    visit, fields = request.visit, sent(request)
    if visit.shut:
        words = _("Nothing new can be written here, and nothing was kept. Copy your words before you close this page.")
        return HttpResponse(words, content_type=PLAIN, status=409)
    if request.POST.get("kind") == "note" and not request.POST.get("draft") and not drafts.texts(fields):
        return HttpResponse("", content_type=PLAIN)  # ticked people alone are no draft
    id = request.POST.get("draft", "")[:32]
    try:
        id = drafts.keep(
            by=visit.person, id=None if shows(request, id) else id or None, form=fields, at=visit.now,
            family=_family(request), door=visit.account.door, kind=request.POST.get("kind", "")[:40] or "note",
        )  # fmt: skip
    except DatabaseError:
        return HttpResponse(_("Not kept. Do not close this page."), content_type=PLAIN, status=503)
    return HttpResponse(_told(fields, visit.now), content_type=PLAIN, headers={"X-Draft": id})


def _told(fields: dict[str, list[str]], now: int) -> str:
    if any(len(one) > LARGEST_TEXT for values in fields.values() for one in values):
        return refused("too-long")
    return _("Kept %(time)s") % {"time": f"{clock.moment(now).astimezone(settings.OFFICE_ZONE):%H:%M}"}


def _family(request: HttpRequest) -> int | None:
    """The family the form is about, where its writer stands in it; else none."""
    found = _standing(request, request.POST.get("family", ""))
    return found.family if found else None


def _standing(request: HttpRequest, code: str) -> Reader | None:
    visit = request.visit
    everywhere = readers_of(visit.person, now=visit.now, strength=visit.strength) if code else []
    return next((reader for reader in everywhere if reader.code == code), None)


def _mine(request: HttpRequest, id: str) -> drafts.Draft:
    found = drafts.open_one(request.visit.person, id)
    if found is None:
        raise Http404
    return found


@enters("practice", methods=("POST",))
def go_on(request: HttpRequest, id: str) -> HttpResponse:
    """Go on with kept words on the page they came from, wherever that was."""
    found = _mine(request, id)
    if found.kind == "note":
        return SeeOther(way_on(found, {r.family: r.code for r in request.visit.families()}))
    way = safe_way(found.first("path"))
    if not way:
        raise Http404
    if request.visit.shut:  # the page they came from takes nothing any more
        raise Closed(request.visit.ends, tuple(found.texts))
    request.session["kept"] = {"path": way, "form": {name: list(values) for name, values in found.form.items()}}
    return SeeOther(way)


def way_on(found: drafts.Draft, codes: dict[int, str]) -> str:
    """The composer's address for a draft; choosing a family first where it has none any more."""
    code = codes.get(found.family or -1)
    return f"{reverse('write', args=(code,))}?draft={found.id}" if code else reverse("waiting")


@enters("practice", methods=("POST",))
def throw(request: HttpRequest, id: str) -> HttpResponse:
    """Throw kept words away; they can be got back for a day."""
    _mine(request, id)
    drafts.throw(request.visit.person, id, at=request.visit.now)
    return SeeOther(f"{reverse('waiting')}?thrown={id}")


@enters("practice", methods=("POST",))
def pick_up(request: HttpRequest, id: str) -> HttpResponse:
    """Get back what was thrown away."""
    _mine(request, id)
    drafts.pick_up(request.visit.person, id)
    return SeeOther(reverse("waiting"))


@enters("practice", methods=("POST",))
def place(request: HttpRequest, id: str) -> HttpResponse:
    """Choose another family for kept words. Only the words go there; nothing else travels."""
    found, reader = _mine(request, id), _standing(request, request.POST.get("family", ""))
    if reader is None:
        raise Http404
    drafts.keep(by=found.author, id=found.id, form=only_words(found.texts), family=reader.family, at=request.visit.now)
    return SeeOther(f"{reverse('write', args=(reader.code,))}?draft={found.id}")


def only_words(texts: list[str]) -> dict[str, list[str]]:
    """A form that holds words and nothing of where they came from."""
    return {"words": ["\n\n".join(texts)]}

"""My words: what one said oneself, when, and that it stands unchanged; and, for whoever wants it, a file to prove it.

Nothing here tells what else was received. A line names the moment the log was signed, which comes at fixed times
whether or not anything was said; the file is as long whatever else there is.
"""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside import clock
from alongside.access.leaving import cleared
from alongside.access.views import SeeOther
from alongside.dialogue.said import Said
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.record.log import alongside_verify, receipts
from alongside.record.readers import Reader

SHOWN = 30  # on one page; the rest is a page away
FILE, CHECKER = "receipt.tlog-proof", "alongside-verify.py"


@dataclass(frozen=True, slots=True)
class Words:
    """One's own words as a page shows them. `changed`: they are not as they were received; `since`: when the log
    that has them was signed, in words, or ''; `by`: who wrote them down, '' for oneself."""

    id: str
    href: str
    what: str
    text: str
    lang: str
    received: str
    since: str
    changed: bool
    by: str
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`earlier`: the id from which to go on, or ''."""

    words: tuple[Words, ...]
    earlier: str


def within() -> str:
    """How soon what was received is in the log, in words."""
    minutes = max(1, settings.LOG_EVERY // 60)
    if minutes >= 24 * 60:
        return _("within a day")
    if minutes >= 60:
        return ngettext("within an hour", "within %(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("within a minute", "within %(n)s minutes", minutes) % {"n": minutes}


def _mine(room: Room) -> list[Said]:
    """What this reader said, newest first."""
    everything = room.woven.by_place.values()
    mine = [one for one in everything if receipts.said_by(one.entry, room.me) and one.entry.body.get("words")]
    return sorted(mine, key=lambda one: one.entry.pk, reverse=True)


def _shown(room: Room, some: list[Said]) -> tuple[Words, ...]:
    held = receipts.held([one.entry for one in some])
    return tuple(_words(room, one, held[one.entry.pk]) for one in some if one.entry.pk in held)


def _words(room: Room, one: Said, held: receipts.Held) -> Words:
    by = "" if one.by == room.me else one.author or _("someone")
    what = _("%(who)s wrote down what you said") % {"who": by[:1].upper() + by[1:]} if by else _("You wrote")
    since = room.showing.at(clock.moment(held.since)) if held.since is not None else ""
    return Words(
        one.id, reverse("my-word", args=[one.id]), what, one.text, one.lang,
        room.showing.at(one.received), since, not held.unchanged, by, one.taken_back is not None,
    )  # fmt: skip


@in_room()
def listed(request: HttpRequest, reader: Reader) -> HttpResponse:
    """All one said here."""
    room = enter(request, reader)
    mine, before = _mine(room), request.GET.get("before", "")
    if before:
        start = next((n for n, one in enumerate(mine) if one.id == before), None)
        if start is None:
            raise Http404
        mine = mine[start:]
    page = Page(_shown(room, mine[:SHOWN]), mine[SHOWN].id if mine[SHOWN:] else "")
    return render(request, "family/my_words.jinja", framed(request, room=room, page=page, within=within()))


def _one(request: HttpRequest, reader: Reader, id: str) -> tuple[Room, Said]:
    """The words with this id, if they are this reader's own; else there is no page."""
    room = enter(request, reader)
    said = next((one for one in _mine(room) if one.id == id), None)
    if said is None:
        raise Http404
    return room, said


@in_room()
def one(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """One thing one said: what can be told of it, and the way to a file."""
    room, said = _one(request, reader, id)
    shown = _shown(room, [said])
    if not shown:
        raise Http404
    proof = _proof(room, said)
    context = framed(
        request, room=room, words=shown[0], file=bool(proof), key=receipts.key_for(proof) if proof else "",
        within=within(),
    )  # fmt: skip
    return render(request, "family/my_word.jinja", context)


def _proof(room: Room, said: Said) -> str:
    """The file of these words, or ''. Where sealed words would have to be taken out of it there is none."""
    clear = partial(cleared, to=room.me, now=room.now)
    if clear(said.entry.body_text) != said.entry.body_text:
        return ""
    return receipts.proof(said.entry, of=room.me)


@in_room()
def as_file(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """The proof. Its name says nothing of whom it is about or where it comes from."""
    room, said = _one(request, reader, id)
    proof = _proof(room, said)
    return _file(proof, FILE, room.me) if proof else SeeOther(reverse("my-word", args=[id]))


@in_room()
def checker(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The program that checks a proof, the same for everybody."""
    with open(alongside_verify.__file__, encoding="utf-8") as file:
        return _file(file.read(), CHECKER, reader.person)


def _file(text: str, name: str, person: int) -> HttpResponse:
    response = HttpResponse(
        text.encode(), content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
    response.cleared_for = person  # made from words that were looked through; its letters are not words
    return response


urlpatterns = [
    path("me/words", listed, name="my-words"),
    path("me/words/checker", checker, name="my-words-checker"),
    path("me/words/<str:id>", one, name="my-word"),
    path("me/words/<str:id>/file", as_file, name="my-word-file"),
]

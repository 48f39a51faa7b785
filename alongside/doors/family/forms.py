"""What the forms of this door carry: the key of the act, the room, whose page it is, and refilled words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac

from alongside import ids
from alongside.access.sealed import whose
from alongside.dialogue import drafts
from alongside.doors.family.room import Room
from alongside.record.readers import Reader

ONCE = re.compile(r"[0-9a-f]{32}")


def once(request: HttpRequest) -> str:
    """The key of this act: the form's own, or a new one."""
    sent = request.POST.get("once", "")
    return sent if ONCE.fullmatch(sent) else ids.new()


def carried(request: HttpRequest, reader: Reader, *, again: bool = False, draft: str = "") -> dict[str, str]:
    """The hidden fields of a form. `again`: the key was used for other words, so it gets a new one.
    `family`, `kind`, `path`: for the keeping of drafts."""
    return {
        "once": ids.new() if again else once(request),
        "room": reader.code,
        "family": reader.code,
        "kind": "own",
        "path": request.path,
        "whose": whose(request.visit.account),
        "draft": request.POST.get("draft", "")[:64] or draft,
    }


def autosave() -> str:
    """Where a form is kept while it is written; '' where that is not there."""
    try:
        return reverse("draft")
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a form's fields. `draft`: the kept draft it came from, or ''."""

    fields: Mapping[str, Sequence[str]]
    draft: str = ""

    def all(self, name: str) -> list[str]:
        return list(self.fields.get(name, ()))

    def one(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")


def filled(request: HttpRequest, reader: Reader) -> Filled:
    """What was sent just now; else what was taken out again or kept through signing in; else the draft."""
    if request.method == "POST":
        return Filled(dict(request.POST.lists()))
    kept = request.session.get("kept")
    if kept and kept.get("path") == request.path:
        del request.session["kept"]
        if kept["form"].get("room", [reader.code])[:1] == [reader.code]:
            return Filled(kept["form"])
    for one in drafts.mine(reader.person, door="family") if autosave() else ():
        if one.family == reader.family and one.first("path") == request.path and one.texts:
            return Filled(one.form, one.id)
    return Filled({})


def begun(reader: Reader) -> list[str]:
    """What one had begun to write in this room, where nothing new is taken from them: its page is closed to them, and
    nobody else ever reads it."""
    return begun_by(reader.person, reader.family) if not reader.writes else []


def begun_by(person: int, family: int | None = None) -> list[str]:
    """What somebody had begun to write in this door and not sent, in one family or anywhere, the newest first."""
    kept = drafts.mine(person, door="family")
    return ["\n\n".join(one.texts) for one in kept if family in (None, one.family) and one.texts]


def sent(request: HttpRequest, reader: Reader) -> None:
    """The words went where they belong: nothing of them stays among the drafts."""
    if request.POST.get("draft"):
        drafts.drop(reader.person, request.POST["draft"][:64])


def handle(reader: Reader, person: int) -> str:
    """How a form of this reader names a person: a keyed hash, so that no number leaves the server."""
    return salted_hmac("family door", f"{reader.family}/{reader.person}/{person}").hexdigest()[:20]


def picked(room: Room, offered: Iterable[int], sent: Iterable[str]) -> list[int]:
    """The people a form names, among those it offered. Anything else is nobody."""
    by_handle = {handle(room.reader, person): person for person in offered}
    return [by_handle[one] for one in dict.fromkeys(sent) if one in by_handle]


def offers(room: Room, persons: Iterable[int], sent: Iterable[str] = ()) -> list[dict]:
    """People as choices of a form, those whose name may be known."""
    chosen, called = set(sent), room.showing.people.called
    return [
        {
            "value": handle(room.reader, person),
            "words": called(person),
            "checked": handle(room.reader, person) in chosen,
        }
        for person in persons
        if called(person)
    ]

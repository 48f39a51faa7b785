"""What waits in one family for a supervisor, and which promises need somebody's yes: from what its reader reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.hazards import awaiting
from alongside.dialogue.said import Said
from alongside.doors.practice.owed import answered, promise_line, question_line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.promising.lines import ask_line
from alongside.doors.practice.standing import of_family
from alongside.promises.promise import asks, promises


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed to a protection: in words, by when, and where it is said."""

    what: str
    due: str
    href: str


def questions_of(page: Opened) -> list[Mapping[str, Any]]:
    """Questions of the family that nobody has heard, answered or promised to answer, the oldest first."""
    found = [said for said in page.woven.by_place.values() if said.kind == "dialogue.question" and _waits(page, said)]
    return [question_line(page, said) for said in sorted(found, key=lambda said: said.entry.pk)]


def _waits(page: Opened, said: Said) -> bool:
    if not of_family(page, said.of) or said.taken_back or answered(said):
        return False
    to = said.entry.body.get("to")
    if to is not None and of_family(page, to):
        return False
    return not any(one.kind in ("dialogue.heard", "promises.made") for one in said.beside)


def protections_of(page: Opened) -> tuple[Owed, ...]:
    """A second person, a second yes to an ending, or another look: the earliest first."""
    words = {
        "second": _("A protection waits for a second person"),
        "end": _("Somebody asks to end a protection, and a second person says yes or no"),
        "review": _("A protection is looked at again"),
    }
    return tuple(
        Owed(
            words[one.what],
            _("by %(day)s") % {"day": page.showing.day(dates.on(one.due), True)},
            page.href("protection", one.protection.id),
        )
        for one in awaiting(page.reader, page.entries)
    )


def needs_yes(named: Iterable[tuple[Opened, str]]) -> list[Mapping[str, Any]]:
    """Promises asked of this reader, and open promises of others that this reader must make possible; by day."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    for page, names in named:
        for ask in asks(page.entries):
            if ask.of == page.reader.person and ask.state == "open" and _stands(page, ask.asked.pk):
                found.append((ask.due or "9999", _of(ask_line(page, ask), names)))
        for one in promises(page.entries):
            if page.reader.person in one.possible and one.open and _stands(page, one.made.pk):
                found.append((one.due or "9999", _of(promise_line(page, one), names)))
    return [line for _due, line in sorted(found, key=lambda one: one[0])]


def _stands(page: Opened, place: int) -> bool:
    said = page.woven.by_place.get(place)
    return said is not None and said.taken_back is None


def _of(line: dict[str, Any], names: str) -> dict[str, Any]:
    """The line with the family it is about."""
    return {**line, "notes": [*line["notes"], names]}

"""The promises of one family as a page lists them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside import clock
from alongside.doors.practice.owed import owed, promise_line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import of_family
from alongside.promises.promise import Ask, asks, promises
from alongside.record.kinds import KINDS
from alongside.record.settling import waiting

MOST = 20  # of what is settled, the newest


@dataclass(frozen=True, slots=True)
class Waits:
    """An act of one's own that settles still."""

    what: str
    text: str
    goes: str


@dataclass(frozen=True, slots=True)
class Promises:
    """Lines for the look's `promise`: owed to the family, asked for, what the family said it would, settled."""

    waits: tuple[Waits, ...]
    owed: tuple[dict[str, Any], ...]
    asked: tuple[dict[str, Any], ...]
    theirs: tuple[dict[str, Any], ...]
    settled: tuple[dict[str, Any], ...]


def promises_page(page: Opened) -> Promises:
    """Everything promised in this family, as far as this reader reads it."""
    made = [one for one in promises(page.entries) if one.made.pk in page.woven.by_place]
    made = [one for one in made if not page.woven.by_place[one.made.pk].taken_back]
    settled = sorted((one for one in made if not one.open), key=lambda one: -one.last.pk)[:MOST]
    return Promises(
        waits=waits(page, "promises."),
        owed=tuple(line for line in owed(page) if line["state"] in ("open", "moved")),
        asked=tuple(ask_line(page, one) for one in asks(page.entries) if _waits(page, one)),
        theirs=tuple(promise_line(page, one) for one in made if one.open and of_family(page, one.owner)),
        settled=tuple(promise_line(page, one) for one in settled),
    )


def _waits(page: Opened, one: Ask) -> bool:
    said = page.woven.by_place.get(one.asked.pk)
    return one.state == "open" and said is not None and not said.taken_back


def ask_line(page: Opened, one: Ask) -> dict[str, Any]:
    """A promise asked for, for the look's `promise`."""
    said, names = page.woven.by_place[one.asked.pk], page.showing
    who = _("%(who)s asks %(other)s:") % {"who": names.Name(said.of), "other": names.name(one.of)}
    due = _("wished by %(day)s") % {"day": names.due(one.due)} if one.due else ""
    beside = [names.answer(beside) for beside in said.beside if beside.kind != "promises.made"]
    return {
        "state": "open", "who": who, "what": said.first_line, "due": due, "notes": [], "answers": beside,
        "href": page.href("promise", said.id),
    }  # fmt: skip


def waits(page: Opened, room: str, thing: str = "") -> tuple[Waits, ...]:
    """Own acts of a room that settle still; `thing`: only those that move this one on or answer it."""
    if page.at is not None:
        return ()
    found = []
    for act in waiting(page.reader.person, family=page.reader.family):
        first = act.statements[0]
        if first.kind.startswith(room) and (not thing or thing in (first.thing, first.answers)):
            at = clock.moment(act.due_at).astimezone(page.showing.zone)
            text = "".join(one["text"] for one in first.body.get("words", ())[:1])
            goes = _("It goes into the record at %(time)s.") % {"time": f"{at:%H:%M}"}
            found.append(Waits(str(KINDS[first.kind].label), text, goes))
    return tuple(found)

"""Meetings as a page shows them: when, where, who came, what fell; and appointments, kept and cancelled, both ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import words
from alongside.doors.arranged import is_ahead
from alongside.doors.held import called, decided_by, who_came
from alongside.doors.practice.holding.open_matters import Matters, open_matters
from alongside.doors.practice.meeting.lines import Meeting as Arranged
from alongside.doors.practice.meeting.lines import meeting as arranged
from alongside.doors.practice.owed import owed, promise_line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.promising.lines import ask_line
from alongside.promises.promise import asks, promises
from alongside.record.entry import Entry
from alongside.teams.account import is_account
from alongside.teams.appointment import OURS, Appointment, appointments, side_of
from alongside.teams.meeting import Meeting, meetings, points

MOST = 30  # of what is over, the newest
ON_THE_AGENDA = 8  # of what is open


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as a row. `called`: what it is and when; `under`: where and who came."""

    called: str
    under: str
    text: str
    lang: str
    href: str


@dataclass(frozen=True, slots=True)
class Listed:
    """`coming`: (appointment, where its meeting is held or '', whether it is for the account); `past`: over and not
    cancelled; `ours`, `theirs`: cancelled by us, by the family; `points`: what waits for the agenda, (who and when,
    text, lang); `matters`: what is open beside that."""

    coming: tuple[tuple[Arranged, str, bool], ...]
    points: tuple[tuple[str, str, str], ...]
    held: tuple[Held, ...]
    past: tuple[Arranged, ...]
    ours: tuple[Arranged, ...]
    theirs: tuple[Arranged, ...]
    matters: Matters


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that fell. `who`: said by whom, or under which conditions; `href`: where it stands."""

    id: str
    who: str
    text: str
    lang: str
    href: str


def listed(page: Opened) -> Listed:
    """Everything arranged and held in this family, as far as this reader reads it."""
    every = [one for one in appointments(page.entries) if not page.woven.by_place[one.first.pk].taken_back]
    today, held = page.today.toordinal(), meetings(page.entries)
    begun = {one.appointment: page.href("meeting", one.id) for one in held}
    ahead = sorted((one for one in every if one.stands and is_ahead(one, today)), key=lambda one: one.on)
    gone = sorted((one for one in every if not one.stands), key=lambda one: -one.last.pk)[:MOST]
    over = [one for one in every if one.stands and one.on and one not in ahead and one.first.id not in begun]
    over.sort(key=lambda one: one.on, reverse=True)
    mine = [one for one in held if not page.woven.by_place[one.held.pk].taken_back]
    return Listed(
        tuple((arranged(page, one), begun.get(one.first.id, ""), is_account(one)) for one in ahead),
        tuple(point(page, one) for one in points(page.entries) if _stands(page, one)),
        tuple(row(page, one) for one in sorted(mine, key=_when, reverse=True)[:MOST]),
        tuple(arranged(page, one) for one in over[:MOST]),
        tuple(arranged(page, one) for one in gone if _by_us(one)),
        tuple(arranged(page, one) for one in gone if not _by_us(one)),
        open_matters(page),
    )


def _by_us(one: Appointment) -> bool:
    return side_of(one.last) == OURS


def _stands(page: Opened, entry: Entry) -> bool:
    said = page.woven.by_place.get(entry.pk)
    return said is not None and not said.taken_back


def _when(one: Meeting) -> tuple[int, int]:
    return one.held.so_last or 0, one.held.pk


def row(page: Opened, one: Meeting) -> Held:
    """One meeting in a list."""
    text, lang = words(one.held, page.showing.lang)
    under = ". ".join(part for part in (one.held.body.get("place", ""), who_came(one, page.showing)) if part)
    return Held(called(one, page.showing), under, text, lang, page.href("meeting", one.id))


def point(page: Opened, entry: Entry) -> tuple[str, str, str]:
    """Something on the agenda: (who put it there and when, the words, their language)."""
    text, lang = words(entry, page.showing.lang)
    names = {"who": page.showing.Name(entry.speaker), "day": page.showing.on(entry.received)}
    return _("%(who)s, %(day)s") % names, text, lang


def fell(page: Opened, entries: Iterable[Entry]) -> tuple[Line, ...]:
    """What was said or decided, as far as it stands."""
    return tuple(_line(page, entry) for entry in entries if _stands(page, entry))


def _line(page: Opened, entry: Entry) -> Line:
    text, lang = words(entry, page.showing.lang)
    who = decided_by(page.showing, entry) if entry.kind.endswith("decided") else page.showing.Name(entry.speaker)
    return Line(entry.id, who, text, lang, page.note(page.woven.by_place[entry.pk]))


def promised(page: Opened, one: Meeting) -> list[dict[str, Any]]:
    """The promises that fell in it, and those a colleague was asked for, in order."""
    made = [(it.made.pk, promise_line(page, it)) for it in promises(page.entries) if _in(page, it.made, one)]
    waits = [it for it in asks(page.entries) if it.state == "open" and _in(page, it.asked, one)]
    asked = [(it.asked.pk, ask_line(page, it)) for it in waits]
    return [line for _place, line in sorted((*made, *asked), key=lambda pair: pair[0])]


def _in(page: Opened, entry: Entry, one: Meeting) -> bool:
    return entry.answers == one.held.pk and _stands(page, entry)


def agenda(page: Opened, one: Meeting) -> tuple[tuple[tuple[str, str, str], ...], list[dict[str, Any]]]:
    """What was put on it, with what came since; and what is open between the two teams."""
    ids = set(one.points)
    put = [entry for entry in page.entries if entry.kind == "teams.point-put" and entry.id in ids]
    put += points(page.entries)
    mine = {it.made.id for it in promises(page.entries) if it.made.answers == one.held.pk}
    still = [line for line in owed(page) if line["state"] in ("open", "moved") and not _of(line, mine)]
    return tuple(point(page, entry) for entry in put if _stands(page, entry)), still[:ON_THE_AGENDA]


def _of(line: dict[str, Any], ids: set[str]) -> bool:
    return any(id in line["href"] for id in ids)

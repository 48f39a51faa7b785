"""Absence: a worker is away, the family knows it beforehand, and who stands in is named (practice: Absence).

The stand-in works in a unit of the worker, belongs to the family until the worker is back, and while the worker is
away reads what was for the worker by name: never what is sealed. On the day after it stops by itself.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside import clock
from alongside.access.circles import in_danger, knows_the_worker, named_on
from alongside.access.policy import SHUT, Tie, across, closed, received, ties, units, works_here
from alongside.access.relationship import as_its_grant, place
from alongside.access.standing import office_day
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import KIN, STAFF
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register
from alongside.record.statement import Receipt, Refused, Statement

kind("access.away", _("A worker is away"), settles=False, state=True)
kind("access.back", _("A worker is back"), settles=False, changes_state=True, state=True)
register("access_away")
LONGEST = 366  # days


@dataclass(frozen=True, slots=True)
class Absent:
    """`said`: the entry; `words`: what the worker told the family; the days are both counted. `back`: came back
    before that."""

    said: Entry
    person: int
    stand_in: int
    first: dt.date
    last: dt.date
    words: tuple[Mapping[str, str], ...]
    back: bool = False

    def now(self, today: dt.date) -> bool:
        return not self.back and self.first <= today <= self.last

    def coming(self, today: dt.date) -> bool:
        return not self.back and today <= self.last


def absences(entries: Iterable[Entry]) -> list[Absent]:
    """The absences in these entries, in the order they were said."""
    found: dict[int, Absent] = {}
    back = set()
    for entry in entries:
        if entry.kind == "access.away":
            body = entry.body
            days = (dt.date.fromisoformat(body["first"]), dt.date.fromisoformat(body["last"]))
            found[entry.pk] = Absent(
                entry, body["person"], body["stand_in"], *days, tuple(body.get("words", ())), entry.pk in back
            )
        elif entry.kind == "access.back":
            back.add(entry.thing)
    return [
        Absent(one.said, one.person, one.stand_in, one.first, one.last, one.words, place in back)
        for place, one in found.items()
    ]


@fold_of("access.away")
def _away(cursor: Any, entry: Entry) -> None:
    body = entry.body
    days = [dt.date.fromisoformat(body[end]).toordinal() for end in ("first", "last")]
    cursor.execute(
        "INSERT INTO access_away (entry, family, person, stand_in, first_day, last_day) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        [entry.pk, entry.family, body["person"], body["stand_in"], *days],
    )


@fold_of("access.back")
def _back(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM access_away WHERE entry = %s", [entry.thing])


def work_of(person: int, at: int) -> list[Tie]:
    """This worker's own work: one live relationship for each family that is open, by family."""
    sql = "SELECT DISTINCT family FROM record_relationship WHERE person = %s AND state = 'active' ORDER BY family"
    found = []
    for (family,) in rows(sql, [person]):
        mine = [tie for tie in ties(family) if tie.person == person]
        shut = closed(family) or any(tie.state in SHUT or tie.kind in KIN for tie in mine)
        work = [tie for tie in mine if tie.kind in STAFF and tie.live(at)]
        found += work[:1] if work and not shut else []
    return found


def away_among(people: Collection[int], *, first: int, last: int) -> list[tuple[int, int, int, int]]:
    """Who of these people is away on one of these days (ordinals, both counted): (person, who stands in, first day,
    last day), each once, by day. Not in which families."""
    if not people:
        return []
    marks = ", ".join(["%s"] * len(people))
    sql = (
        "SELECT DISTINCT person, stand_in, first_day, last_day FROM access_away "
        f"WHERE person IN ({marks}) AND first_day <= %s AND last_day >= %s "
        "ORDER BY first_day, last_day, person, stand_in"
    )
    return rows(sql, [*people, last, first])


def may_stand_in(work: Tie, at: int) -> list[int]:
    """Who may stand in for a worker in this work: those of the same unit to whom the family is not closed, and who
    are on no other side of a hazard. Who helps one person alone may not know whether there is one: for them nobody
    does who works with anybody else here, hazard or not."""
    person, family, unit = work.person, work.pk >> 20, units(work.person)
    sql = "SELECT DISTINCT person FROM access_role ORDER BY person"
    colleagues = [one for (one,) in rows(sql, []) if one != person and works_here(one) and units(one) & unit]
    shut = {tie.person for tie in ties(family) if tie.state in SHUT or tie.kind in KIN} | in_danger(family)
    working = [tie for tie in ties(family) if tie.kind in STAFF and tie.open(at)]
    here = [tie.person for tie in working if tie.state == "active" and tie.to == work.to]
    apart = {tie.person for tie in working if tie.to != work.to} if work.to is not None else ()
    may = [one for one in colleagues if one not in (*shut, *apart) and not across(family, one, work.to, at)]
    return sorted(may, key=lambda one: one not in here)


def say(
    *, by: int, stand_ins: Mapping[int, int], first: dt.date, last: dt.date, words: str, lang: str, at: int, once: str
) -> list[Receipt]:
    """Say that one is away, in each of these families at once. `stand_ins`: {family: who stands in}; `words`: what
    the families read besides the days and the name.

    Raises Refused: no-day (not from today on, or longer than a year), nobody-stands-in, not-yours.
    """
    today = office_day(at)
    if not today <= first <= last or (last - first).days > LONGEST:
        raise Refused("no-day")
    mine = {tie.pk >> 20: tie for tie in work_of(by, at)}
    if not stand_ins or set(stand_ins) - set(mine):
        raise Refused("not-yours")
    for family, one in stand_ins.items():
        if one not in may_stand_in(mine[family], at):
            raise Refused("nobody-stands-in")
    body = {"words": [{"lang": lang, "text": words.strip()}]} if words.strip() else {}
    body |= {"person": by, "first": first.isoformat(), "last": last.isoformat()}
    receipts: list[Receipt] = []
    with transaction.atomic():
        for family, one in sorted(stand_ins.items()):
            if not received(by, family, once):
                said = _said(mine[family], one, body | {"stand_in": one}, day_after(last), at)
                receipts += append(said, family=family, by=by, once=once, at=at)
    return receipts


def _said(tie: Tie, stand_in: int, body: dict[str, Any], until: int, at: int) -> list[Statement]:
    """The absence, and a place for the stand-in where there is none until then."""
    family = tie.pk >> 20
    said = Statement("access.away", body).to(*knows_the_worker(tie))
    has = [one for one in ties(family) if one.person == stand_in and one.kind in STAFF and one.to == tie.to]
    if any(one.live(at) and (one.until is None or one.until >= until) for one in has):
        return [said]
    return [said, place(family, stand_in, "co-worker", to=tie.to, why="", state="active", until=until)]


def day_after(last: dt.date) -> int:
    """The first moment of the day after, in the office's zone."""
    return clock.micros(dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, settings.OFFICE_ZONE))


def come_back(*, by: int, family: int, absence: str, at: int, once: str) -> list[Receipt]:
    """Come back before the day that was said: standing in ends at once. Raises Refused: not-found."""
    if received(by, family, once):
        return []
    sql = "SELECT a.entry, a.person, a.stand_in, a.last_day FROM access_away a JOIN record_entry e ON e.pk = a.entry "
    found = rows(f"{sql}WHERE e.id = %s AND a.family = %s", [absence, family])
    if not found or found[0][1] != by:
        raise Refused("not-found")
    entry, _by, stand_in, last = found[0]
    mark, readers = named_on(entry)
    said = [Statement("access.back", {}, thing=absence, mark=mark, readers=readers)]
    until = day_after(dt.date.fromordinal(last))
    said += [
        as_its_grant(tie, "ended")
        for tie in ties(family)
        if (tie.person, tie.kind, tie.until) == (stand_in, "co-worker", until) and tie.state == "active"
    ]
    return append(said, family=family, by=by, once=once, at=at)

"""Which clocks run in which family, from when, and which have run out.

Of a family this looks at the end of the work, the births and deaths of its children, the day of its newest entry and
which kinds of entries it holds; never at a word. It is the house's own work: who may see the answer is asked in
keeping.py. Where the birth of a child is not known to the day, the month or the year, its clock never runs out.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from alongside import dates
from alongside.access.clocks import Clock, after_years
from alongside.access.standing import office_day
from alongside.asking import for_the_house
from alongside.families.person import ADULT, WHO, people
from alongside.record.entry import SEQ_BITS, Entry, from_row
from alongside.record.erased import ERASED
from alongside.record.gate import FIELDS
from alongside.record.reading import rows

HOLDS_WORDS = f"""
SELECT f.number, f.code, f.last_at, a.recorded_at, z.recorded_at
  FROM record_family f
  JOIN record_entry a ON a.pk = (
    SELECT MIN(e.pk) FROM record_entry e WHERE e.pk >= CAST(f.number AS bigint) << {SEQ_BITS}
       AND e.pk < CAST(f.number + 1 AS bigint) << {SEQ_BITS} AND e.kind <> '{ERASED}')
  LEFT JOIN access_closed c ON c.family = f.number
  LEFT JOIN record_entry z ON z.pk = c.entry
 WHERE f.number > 0{{more}} ORDER BY f.number
"""


@dataclass(frozen=True, slots=True)
class Child:
    """`born`: the latest day it can have been, None where nobody knows; `died`: the same, None while they live."""

    born: dt.date | None
    died: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the clocks of one family run from. `closed`: the day the work ended, None while it goes on; `last`: the
    day of its newest entry; `kinds`: of those the clocks ask for, which it holds."""

    family: int
    code: str
    closed: dt.date | None
    last: dt.date
    children: tuple[Child, ...] = ()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """A clock in a family. `began`: the day it runs from; `due`: the first day on which its time is over. Both are
    None where the birth of a child, or whether there is one, is not known."""

    clock: Clock
    began: dt.date | None
    due: dt.date | None

    def over(self, day: dt.date) -> bool:
        return self.due is not None and self.due <= day


def runs(facts: Facts, clocks: Iterable[Clock]) -> tuple[Run, ...]:
    """The clocks that run in this family."""
    found = []
    for clock in clocks:
        if set(clock.having) <= facts.kinds and not set(clock.lacking) & facts.kinds:
            run = _run(facts, clock)
            if run is not None:
                found.append(run)
    return tuple(found)


def _run(facts: Facts, clock: Clock) -> Run | None:
    if clock.begins == "birth":
        return _from_birth(facts.children, clock)
    began = facts.closed if clock.begins == "closing" else facts.last
    return None if began is None else Run(clock, began, after_years(began, clock.years))


def _from_birth(children: Collection[Child], clock: Clock) -> Run:
    """The last of its children counts; one of whom nobody knows when they were born holds it, and so does it that
    nobody knows of any child."""
    if not children or any(one.born is None for one in children):
        return Run(clock, None, None)
    ends = [_of_child(one, clock) for one in children]
    began, due = max(ends, key=lambda end: end[1])
    return Run(clock, began, due)


def _of_child(one: Child, clock: Clock) -> tuple[dt.date, dt.date]:
    if clock.died and one.died is not None and one.died < after_years(one.born, clock.died[0]):
        return one.died, after_years(one.died, clock.died[1])
    return one.born, after_years(one.born, clock.years)


def may_go(facts: Facts, clocks: Iterable[Clock], day: dt.date) -> str:
    """Why this family may not go by its clocks on this day, as a code, or '': still-open (the work has not ended),
    still-running (a time to keep it runs still), not-over (no clock has run out)."""
    if facts.closed is None:
        return "still-open"
    mine = runs(facts, clocks)
    if any(run.clock.keeps and not run.over(day) for run in mine):
        return "still-running"
    return "" if any(run.over(day) for run in mine) else "not-over"


@for_the_house()
def facts_of(clocks: Iterable[Clock], family: int | None = None) -> list[Facts]:
    """Every family that holds words, or the one with this number, with what these clocks run from."""
    clocks = tuple(clocks)
    more, values = (" AND f.number = %s", [family]) if family is not None else ("", [])
    found = rows(HOLDS_WORDS.format(more=more), values)
    numbers = [number for number, *_ in found]
    begun = {number: office_day(first) for number, _code, _last, first, _closed in found}
    births = _children(numbers, begun) if any(clock.begins == "birth" for clock in clocks) else {}
    kinds = _kinds(numbers, {kind for clock in clocks for kind in (*clock.having, *clock.lacking)})
    return [
        Facts(number, code, office_day(closed) if closed is not None else None, office_day(last),
              births.get(number, ()), frozenset(kinds[number]))
        for number, code, last, _first, closed in found
    ]  # fmt: skip


def _kinds(numbers: Collection[int], asked: Collection[str]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    if asked:
        marks, here = ", ".join(["%s"] * len(asked)), set(numbers)
        sql = f"SELECT DISTINCT pk >> {SEQ_BITS}, kind FROM record_entry WHERE kind IN ({marks})"
        for number, kind in rows(sql, sorted(asked)):
            if number in here:
                found[number].add(kind)
    return found


def _children(numbers: Collection[int], begun: dict[int, dt.date]) -> dict[int, tuple[Child, ...]]:
    """Those who stand in a family as its child, and everybody met there who was under eighteen when the work began
    or was born since."""
    here, known = set(numbers), (*WHO, "record.taken-back")
    marks = ", ".join(["%s"] * len(known))
    sql = f"SELECT {FIELDS} FROM record_entry e WHERE e.kind IN ({marks}) AND e.pk >= {1 << SEQ_BITS} ORDER BY e.pk"
    entries: dict[int, list[Entry]] = defaultdict(list)
    for row in rows(sql, list(known)):
        if row[0] >> SEQ_BITS in here:
            entries[row[0] >> SEQ_BITS].append(from_row(row))
    ties: dict[int, set[int]] = defaultdict(set)
    for family, person in rows("SELECT family, person FROM record_relationship WHERE kind = 'child'", []):
        ties[family].add(person)
    found = {}
    for number in here:
        persons = people(entries[number], {}).persons
        children = []
        for person in ties[number] | set(persons):
            one = persons.get(person)
            born = _latest(one.born or one.expected) if one else None
            if person in ties[number] or (born is not None and after_years(born, ADULT) > begun[number]):
                children.append(Child(born, _latest(one.died) if one and one.died else None))
        found[number] = tuple(children)
    return found


def _latest(when: str | None) -> dt.date | None:
    """The latest day a partial date can be; None where that is open, unknown or only about."""
    so = dates.canonical(when or "")
    return dt.date.fromordinal(so.last) if so is not None and so.last is not None and "~" not in so.bounds else None

"""Builds the Reader of a page: one person, one family, this moment, this visit."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache

from django.conf import settings

from alongside import clock
from alongside.record.closing import ENDS
from alongside.record.readers import Absence, Reader, Relationship, standing
from alongside.record.reading import rows

FIELDS = 'r.person, r.kind, r.state, r."to", r.ended_seq, r.hazard_seq, r.until'
# Relationships of one person, each with whom they stand in for today: nothing, on almost every day.
STANDS = f"""
SELECT f.number, f.code, a.person, a.first_day, a.last_day, r.entry, {ENDS}, {FIELDS}
  FROM record_family f JOIN record_relationship r ON r.family = f.number
  LEFT JOIN access_away a ON a.stand_in = r.person AND a.family = r.family AND a.first_day <= %(today)s
                         AND a.last_day >= %(today)s
 WHERE r.person = %(person)s"""


def office_day(moment: int) -> dt.date:
    """The calendar day in the office's zone at this moment (microseconds)."""
    return _day(moment, settings.OFFICE_ZONE)


@lru_cache(maxsize=256)
def _day(moment: int, zone: dt.tzinfo) -> dt.date:
    """A page asks for the day of its own moment again and again."""
    return clock.moment(moment).astimezone(zone).date()


def _of(family: int, persons: Collection[int]) -> list[Relationship]:
    """The relationships of these persons to this family."""
    marks = ", ".join(["%s"] * len(persons))
    sql = f"SELECT {FIELDS} FROM record_relationship r WHERE r.family = %s AND r.person IN ({marks})"
    return [Relationship(*row) for row in rows(sql, [family, *persons])]


def _readers(person: int, found: list[tuple], now: int, today: int, strength: int) -> list[Reader]:
    families: dict[tuple[int, str], tuple[dict[int, Relationship], set[Absence]]] = {}
    shut = False
    for number, code, away, first, last, entry, ends, *rest in found:
        shut = bool(ends) and now >= ends
        mine, absences = families.setdefault((number, code), ({}, set()))
        mine[entry] = Relationship(*rest)
        if away is not None:
            absences.add(Absence(away, person, first, last))
    readers = []
    for (number, code), (mine, absences) in families.items():
        theirs = _of(number, {one.person for one in absences}) if absences else []
        known = [*mine.values(), *theirs]
        readers.append(standing(person, known, now, strength, absences, today, family=number, code=code, shut=shut))
    return [reader for reader in readers if reader is not None]


def _asked(narrow: str, person: int, now: int, strength: int, **more: object) -> list[Reader]:
    today = office_day(now).toordinal()
    found = rows(f"{STANDS} {narrow}", {"person": person, "today": today, **more}, one_plan=True)
    return _readers(person, found, now, today, strength)


def office_reader(person: int, *, now: int, strength: int) -> Reader:
    """Somebody who looks after the office's own record, as its reader. Ask first whether they do (roles.py)."""
    today = office_day(now).toordinal()
    return Reader(person, by_mark=True, kin=False, strength=strength, family=0, today=today, now=now)


def reader_in(person: int, code: str, *, now: int, strength: int) -> Reader | None:
    """This person as a reader of the family with this code; None for hidden and absent alike."""
    found = _asked("AND f.code = %(code)s", person, now, strength, code=code)
    return found[0] if found else None


def reader_at(person: int, family: int, *, now: int, strength: int) -> Reader | None:
    """The same by the number of the family, for verbs."""
    found = _asked("AND f.number = %(family)s", person, now, strength, family=family)
    return found[0] if found else None


def readers_of(person: int, *, now: int, strength: int) -> list[Reader]:
    """This person as a reader of each family in which they stand, by family code."""
    return _asked("ORDER BY f.code", person, now, strength)

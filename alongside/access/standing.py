"""Builds the Reader of a page: one person, one family, this moment, this visit."""

import datetime as dt
from dataclasses import replace

from django.conf import settings

from alongside import clock
from alongside.record.readers import Reader, Relationship, standing
from alongside.record.reading import rows

FIELDS = 'f.number, f.code, r.kind, r.state, r."to", r.ended_seq, r.hazard_seq, r.until'


def office_day(moment: int) -> dt.date:
    """The calendar day in the office's zone at this moment (microseconds)."""
    return clock.moment(moment).astimezone(settings.OFFICE_ZONE).date()


def _readers(person: int, found: list[tuple], now: int, strength: int) -> list[Reader]:
    families: dict[tuple[int, str], list[Relationship]] = {}
    for number, code, *rest in found:
        kind, state, to, ended, hazard, until = rest
        families.setdefault((number, code), []).append(Relationship(person, kind, state, to, ended, hazard, until))
    today = office_day(now).toordinal()
    readers = []
    for (number, code), relationships in families.items():
        reader = standing(person, relationships, now, strength)
        if reader is not None:
            readers.append(_placed(reader, number, code, today))
    return readers


def _placed(reader: Reader, number: int, code: str, today: int) -> Reader:
    return replace(reader, family=number, code=code, today=today)


def office_reader(person: int, *, now: int, strength: int) -> Reader:
    """Somebody who looks after the office's own record, as its reader. Ask first whether they do (roles.py)."""
    return Reader(person, by_mark=True, kin=False, strength=strength, family=0, today=office_day(now).toordinal())


def reader_in(person: int, code: str, *, now: int, strength: int) -> Reader | None:
    """This person as a reader of the family with this code; None for hidden and absent alike."""
    sql = (
        f"SELECT {FIELDS} FROM record_family f JOIN record_relationship r ON r.family = f.number "
        "WHERE f.code = %s AND r.person = %s"
    )
    found = _readers(person, rows(sql, [code, person]), now, strength)
    return found[0] if found else None


def readers_of(person: int, *, now: int, strength: int) -> list[Reader]:
    """This person as a reader of each family in which they stand, by family code."""
    sql = (
        f"SELECT {FIELDS} FROM record_relationship r JOIN record_family f ON f.number = r.family "
        "WHERE r.person = %s ORDER BY f.code"
    )
    return _readers(person, rows(sql, [person]), now, strength)

"""Reading the log of looking: one's own share of it, and all of it for the privacy officer.

**One's own.** A look at an entry is listed to those of the family who read that entry today, by the same gate.
A look at a page about the whole family is listed to children, parents and carers. Whoever comes from outside, such
as a school, is listed where the reader may know that they are here. What an emergency looked at waits for the day
after.

**Under hazard** what stood there before stays, and of anything newer only this is listed: that somebody who works
here, as far as he knows that they do, opened what he himself said since or what was addressed to him since; of older
words of his only that the worker did who is there for him alone. What else the others look at, and when, would tell
him that something happens; that nobody opens what he says any more would tell him of the hazard. Never a time of day,
to nobody: a rhythm tells too.

Whose relationship is over reads nothing here, and neither does anybody who is not of the family.
"""

from dataclasses import dataclass

from alongside.asking import for_the_house
from alongside.record.entry import first_pk
from alongside.record.gate import gate
from alongside.record.readers import SIGNED_IN, STAFF, URGENT, Reader
from alongside.record.reading import rows, through

CLOSE = ("child", "parent", "carer")
OF_THE_OFFICE = sorted((*STAFF, "privacy"))
MOST = 600


@dataclass(frozen=True, slots=True)
class Looked:
    """`entry`: the place of what was opened, or None; `since`: when the relationship began, where the reader may
    know; `at`: microseconds, of which a page shows the day alone."""

    person: int
    role: str
    page: str
    entry: int | None
    since: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the whole log, without anything of what was read. `code`: of the family, None for no family."""

    person: int
    role: str
    page: str
    one: bool
    code: str | None
    since: int | None
    at: int


OWN = """
SELECT l.person, l.role, l.page, l.entry, CASE WHEN l.given IN (SELECT e.pk {all}) THEN g.recorded_at END, l.at
  FROM access_looked l LEFT JOIN record_entry g ON g.pk = l.given
       LEFT JOIN record_relationship r ON r.entry = l.given
 WHERE l.family = %(family)s AND l.at < %(before)s AND l.role <> 'kept-back'
   AND (l.role NOT LIKE 'emergency%%' OR l.at < %(today_began)s)
   AND (l.entry IN (SELECT e.pk {all}) OR (l.entry IS NULL AND %(close)s = 1))
   AND (l.role IN ({office}) OR l.given IN (SELECT e.pk {all}))
   AND (l.at <= %(hazard_at)s
        OR (l.entry IN (SELECT e.pk {addressed}) AND (r."to" = %(me)s
            OR (l.entry > %(since)s AND l.role IN ({office}) AND EXISTS (
                SELECT 1 FROM record_relationship k WHERE k.family = l.family AND k.person = l.person
                   AND k.entry IN (SELECT e.pk {all}))))))
 ORDER BY l.at DESC, l.id DESC LIMIT {most}
"""
TO_ME = (
    "AND EXISTS (SELECT 1 FROM record_reader w WHERE w.entry = e.pk AND w.person = %(me)s "
    "AND w.because IN ('own', 'addressed'))"
)
ALWAYS = 2**62


def own(reader: Reader, *, before: int, today_began: int) -> list[Looked]:
    """What this reader may know of who looked, up to a moment, newest first; nothing for those it is not for."""
    if not lists(reader):
        return []
    shape, values = gate(reader)
    values |= {
        "before": before,
        "today_began": today_began,
        "close": int(reader.role in CLOSE),
        "hazard_at": hazard_began(reader),
        "since": first_pk(reader.family) + (reader.hazard or 0),
    }
    sql = OWN.format(
        all=shape.format(narrow=""), addressed=shape.format(narrow=TO_ME), most=MOST,
        office=", ".join(f"'{role}'" for role in OF_THE_OFFICE),
    )  # fmt: skip
    return [Looked(*row) for row in through(reader, sql, values)]


def lists(reader: Reader) -> bool:
    """Whether this log is for this reader at all: of the family, still part of it, and signed in."""
    return reader.kin and reader.upto is None and reader.strength >= SIGNED_IN


def hazard_began(reader: Reader) -> int:
    """The moment a hazard was put on this reader; far away where there is none."""
    if reader.hazard is None:
        return ALWAYS
    place = first_pk(reader.family) + reader.hazard
    return rows("SELECT recorded_at FROM record_entry WHERE pk = %s", [place])[0][0]


def readable(reader: Reader, places: list[int]) -> set[int]:
    """Which of these entries this reader reads."""
    if not places:
        return set()
    shape, values = gate(reader)
    narrow = f"AND e.pk IN ({', '.join(str(int(place)) for place in places)})"
    return {place for (place,) in through(reader, f"SELECT e.pk {shape.format(narrow=narrow)}", values)}


def opened_by(family: int, places: list[int]) -> list[int]:
    """Who opened one of these entries on its own page, for whoever wrote it; an emergency stands in the log alone."""
    marks = ", ".join(["%s"] * len(places))
    sql = (
        f"SELECT DISTINCT person FROM access_looked WHERE family = %s AND entry IN ({marks}) "
        "AND role NOT LIKE 'emergency%%' AND role <> 'kept-back' ORDER BY person"
    )
    return [person for (person,) in rows(sql, [family, *places])] if places else []


@for_the_house()
def whole_log(*, before: int, after: int, person: int | None, family: int | None, most: int) -> list[Line]:
    """The log for the privacy officer, newest first: by whom, in which family, when. `before`, `after`: moments.
    There is no sum of it anywhere."""
    where, values = ["l.at < %s", "l.at >= %s"], [before, after]
    for column, value in (("person", person), ("family", family)):
        if value is not None:
            where.append(f"l.{column} = %s")
            values.append(value)
    sql = (
        "SELECT l.person, l.role, l.page, l.entry IS NOT NULL, f.code, g.recorded_at, l.at FROM access_looked l "
        "LEFT JOIN record_family f ON f.number = l.family AND l.family > 0 "
        "LEFT JOIN record_entry g ON g.pk = l.given "
        f"WHERE {' AND '.join(where)} ORDER BY l.at DESC, l.id DESC LIMIT {most}"
    )
    found = rows(sql, values)
    return [Line(who, role, page, bool(one), code, since, at) for who, role, page, one, code, since, at in found]


def is_urgent(role: str) -> bool:
    """Whether somebody looked through an emergency."""
    return role in URGENT

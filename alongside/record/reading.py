"""One read: what a reader may read of a family, now or as known then.

The gate is SQL; nothing is filtered afterwards. *Now* and *then* are the same query with another end.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

from alongside.record.entry import Entry, first_pk, from_row, last_pk
from alongside.record.kinds import upcast
from alongside.record.readers import FIELDS, SIGNED_IN, Reader, gate

_WATCHED: ContextVar[dict[Reader, None] | None] = ContextVar("watched", default=None)


@contextmanager
def watched() -> Iterator[dict[Reader, None]]:
    """Who read in this block, in order: so that looking leaves a trace without any page thinking of it."""
    found: dict[Reader, None] = {}
    before = _WATCHED.set(found)
    try:
        yield found
    finally:
        _WATCHED.reset(before)


def noticed(reader: Reader) -> None:
    """This reader looks into their family now."""
    found = _WATCHED.get()
    if found is not None:
        found[reader] = None


def readers_here() -> tuple[Reader, ...]:
    """Those who have looked so far in the block that is watched."""
    return tuple(_WATCHED.get() or ())


def rows(sql: str, values: Any) -> list[tuple]:
    """The rows of one fixed statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


BISECTION = """
WITH RECURSIVE span(low, high) AS (
  SELECT 0, last_seq FROM record_family WHERE number = %(family)s
  UNION ALL
  SELECT CASE WHEN e.recorded_at <= %(moment)s THEN (low + high + 1) / 2 ELSE low END,
         CASE WHEN e.recorded_at <= %(moment)s THEN high ELSE (low + high + 1) / 2 - 1 END
    FROM span JOIN record_entry e ON e.pk = %(base)s + (low + high + 1) / 2
   WHERE low < high
) SELECT low FROM span WHERE low >= high
"""


def seq_at(family: int, moment: int) -> int:
    """How far the record of `family` reached at `moment` (microseconds): a seq, 0 when it had not begun.

    Found by bisection, in one statement; acts share one moment, so none is cut.
    """
    found = rows(BISECTION, {"family": family, "base": first_pk(family), "moment": moment})
    return found[0][0] if found else 0


def _marks(prefix: str, values: dict[str, Any], items: Iterable[Any]) -> str:
    """Named placeholders for a list, added to `values`."""
    names = []
    for place, item in enumerate(items):
        values[f"{prefix}{place}"] = item
        names.append(f"%({prefix}{place})s")
    return ", ".join(names)


def read(
    reader: Reader,
    *,
    at: int | None = None,
    kinds: Collection[str] = (),
    newest: int | None = None,
    within: Collection[int] = (),
) -> list[Entry]:
    """The entries this reader may read, in the order the record received them.

    `at`: as known then, microseconds. `newest`: at most so many of the latest entries, and besides them
    all of `kinds` however old. Without `newest`, `kinds` alone narrows. `within`: only these places, what
    lies inside them and what answers those.
    """
    if reader.strength < SIGNED_IN:
        return []
    noticed(reader)
    upto = None if at is None else seq_at(reader.family, at)
    shape, values = gate(reader, upto)
    of_kind = f"AND e.kind IN ({_marks('kind', values, kinds)})" if kinds else ""
    if within:
        places = _marks("place", values, within)
        inside = f"SELECT i.pk FROM record_entry i WHERE i.pk IN ({places}) OR i.within IN ({places})"
        narrow = (
            f"AND e.pk IN ({inside} UNION SELECT a.pk FROM record_entry a WHERE a.answers IN ({inside}) "
            f"UNION SELECT b.pk FROM record_entry b WHERE b.answers IN "
            f"(SELECT a.pk FROM record_entry a WHERE a.answers IN ({inside})))"
        )
        sql = f"SELECT {FIELDS}{shape.format(narrow=narrow)} ORDER BY 1"
    elif newest is not None:
        values["newest"] = newest
        latest = f"SELECT {FIELDS}{shape.format(narrow='')} ORDER BY e.pk DESC LIMIT %(newest)s"
        old = f"SELECT {FIELDS}{shape.format(narrow=of_kind)}" if kinds else ""
        both = f"SELECT * FROM ({latest})" + (f" UNION {old}" if old else "")
        sql = f"SELECT * FROM ({both}) ORDER BY 1"
    else:
        sql = f"SELECT {FIELDS}{shape.format(narrow=of_kind)} ORDER BY 1"
    return [from_row(row, upcast) for row in rows(sql, values)]


def find(reader: Reader, id: str, *, at: int | None = None) -> Entry | None:
    """The entry with this id if the reader may read it; hidden and absent are the same None."""
    if reader.strength < SIGNED_IN:
        return None
    noticed(reader)
    upto = None if at is None else seq_at(reader.family, at)
    shape, values = gate(reader, upto)
    values["id"] = id
    found = rows(f"SELECT {FIELDS}{shape.format(narrow='AND e.id = %(id)s')}", values)
    return from_row(found[0], upcast) if found else None


def named(reader: Reader, entries: Collection[Entry]) -> dict[int, tuple[tuple[int, str], ...]]:
    """Who is named on these entries today: {place: ((person, because), ...)}; for those who read them."""
    if not entries:
        return {}
    values: dict[str, Any] = {}
    places = _marks("place", values, [entry.pk for entry in entries])
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    sql = f"SELECT entry, person, because FROM record_reader WHERE entry IN ({places}) ORDER BY id"
    for entry, person, because in rows(sql, values):
        found[entry] = (*found.get(entry, ()), (person, because))
    return found


def had_before(reader: Reader, entry: Entry) -> bool:
    """Whether this reader was named on the entry before a hazard was put on them; True where there is none."""
    if reader.hazard is None:
        return True
    before = first_pk(reader.family) + reader.hazard
    sql = "SELECT 1 FROM record_reader WHERE person = %s AND entry = %s AND since <= %s LIMIT 1"
    return bool(rows(sql, [reader.person, entry.pk, before]))


def whole(family: int) -> Iterable[tuple]:
    """Every stored row of a family with its salt, hash and key, for `verify` and `rebuild` only."""
    columns = f"{FIELDS}, e.salt, e.hash, e.once"
    sql = f"SELECT {columns} FROM record_entry e WHERE e.pk BETWEEN %s AND %s ORDER BY e.pk"
    return rows(sql, [first_pk(family), last_pk(family)])

"""One read: what a reader may read of a family, now or as known then.

The gate is SQL; nothing is filtered afterwards. *Now* and *then* are the same query with another end.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from alongside.asking import for_reader
from alongside.record.entry import STORED, Entry, first_pk, from_row, last_pk
from alongside.record.gate import ALONG, BOUNDED, FIELDS, NAMED, gate, held_along
from alongside.record.readers import SIGNED_IN, Reader

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


def rows(sql: str, values: Any, one_plan: bool = False) -> list[tuple]:
    """The rows of one fixed statement. `one_plan`: a server may plan it once, for whatever values."""
    return connections[DEFAULT_DB_ALIAS].rows(sql, values, one_plan)


def through(reader: Reader, sql: str, values: Any, *, one_plan: bool = False) -> list[tuple]:
    """The rows of a statement that holds this reader's gate: asked for them, whoever is at work (asking.py), and of
    their family alone."""
    with for_reader(reader.person, now=reader.now, family=reader.family):
        return rows(sql, values, one_plan)


def _through_all(reader: Reader, sql: str, values: Any) -> list[tuple]:
    """The same for gates of several families of one person."""
    with for_reader(reader.person, now=reader.now):
        return rows(sql, values)


# Between which places the end lies, halved in each step. The next place to look at is a column, not a sum made in the
# join: on PostgreSQL a condition that could fail waits until row-level security has looked at every row of the table.
BISECTION = """
WITH RECURSIVE span(low, high, middle) AS (
  SELECT CAST(%(lo)s AS bigint), CAST(%(lo)s AS bigint) + last_seq, CAST(%(lo)s AS bigint) + (last_seq + 1) / 2
    FROM record_family WHERE number = %(family)s
  UNION ALL
  SELECT CASE WHEN e.recorded_at <= %(moment)s THEN middle ELSE low END,
         CASE WHEN e.recorded_at <= %(moment)s THEN high ELSE middle - 1 END,
         CASE WHEN e.recorded_at <= %(moment)s THEN (middle + high + 1) / 2 ELSE (low + middle) / 2 END
    FROM span JOIN record_entry e ON e.pk = span.middle
   WHERE low < high
) SELECT low - %(lo)s FROM span WHERE low >= high
"""


def seq_at(family: int, moment: int) -> int:
    """How far the record of `family` reached at `moment` (microseconds): a seq, 0 when it had not begun.

    Found by bisection, in one statement; acts share one moment, so none is cut.
    """
    found = rows(BISECTION, {"family": family, "lo": first_pk(family), "moment": moment}, one_plan=True)
    return found[0][0] if found else 0


def _marks(prefix: str, values: dict[str, Any], items: Iterable[Any]) -> str:
    """Named placeholders for a list, added to `values`."""
    names = []
    for place, item in enumerate(items):
        values[f"{prefix}{place}"] = item
        names.append(f"%({prefix}{place})s")
    return ", ".join(names)


# How a server is asked for what has no other end than the family's: in order, and for all of it.
IN_ORDER = {NAMED: BOUNDED}
WHOLE = {NAMED: ALONG}


def _served(shapes: Mapping[str, str], shape: str) -> str:
    """The shape as PostgreSQL is asked with it; on the file it stays as it is."""
    served = connections[DEFAULT_DB_ALIAS].vendor == "postgresql"
    return held_along(shapes.get(shape, shape)) if served else shape


def everything(shape: str, then: bool) -> str:
    """The statement of a whole read through this shape of the gate: two there are, each for now and `then`.

    Who reads all of it asks each entry when it was received: that costs less than finding the end first (`seq_at`).
    """
    return _everything(_served(WHOLE, shape), then)


@cache
def _everything(shape: str, then: bool) -> str:
    until = "AND e.recorded_at <= %(moment)s" if then else ""
    return f"SELECT {FIELDS}{shape.format(narrow=until)} ORDER BY 1"


def read(
    reader: Reader,
    *,
    at: int | None = None,
    kinds: Collection[str] = (),
    newest: int | None = None,
    within: Collection[int] = (),
    past: tuple[str, Mapping[str, Any]] = ("", {}),
) -> list[Entry]:
    """The entries this reader may read, in the order the record received them.

    `at`: as known then, microseconds. `newest`: at most so many of the latest entries, and besides them
    all of `kinds` however old. Without `newest`, `kinds` alone narrows. `within`: only these places, what
    lies inside them and what answers those. `past`: a fixed SELECT of things with its named values, and `%(lo)s`,
    `%(hi)s` for the places it looks at; what belongs to these things is not needed, unless it is among the newest.
    """
    if reader.strength < SIGNED_IN:
        return []
    noticed(reader)
    if not kinds and not within and newest is None:
        shape, values = gate(reader)
        values["moment"] = at
        return list(map(from_row, through(reader, everything(shape, at is not None), values, one_plan=True)))
    shape, values = gate(reader, None if at is None else seq_at(reader.family, at))
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
        return _newest(reader, shape, values, newest, kinds, past)
    else:
        sql = f"SELECT {FIELDS}{shape.format(narrow=_of_kind(values, kinds))} ORDER BY 1"
    return list(map(from_row, through(reader, sql, values)))


def _of_kind(values: dict[str, Any], kinds: Iterable[str]) -> str:
    """The condition for entries of these kinds, whose names are added to `values`."""
    return f"AND e.kind IN ({_marks('kind', values, kinds)})"


def _newest(
    reader: Reader, shape: str, values: dict[str, Any], newest: int, kinds: Collection[str],
    past: tuple[str, Mapping[str, Any]],
) -> list[Entry]:  # fmt: skip
    """The newest entries through this gate, and before them those of `kinds`: asked for by themselves, and only where
    the record is longer than that. One statement for both would look for the newest twice."""
    values["newest"] = newest
    shape = _served(IN_ORDER, shape)
    sql = f"SELECT {FIELDS}{shape.format(narrow='')} ORDER BY e.pk DESC LIMIT %(newest)s"
    latest = through(reader, sql, values, one_plan=True)
    older = []
    if kinds and latest and len(latest) == newest:
        things, named = past
        values |= {**named, "hi": latest[-1][0] - 1}
        narrow = _of_kind(values, kinds) + (f" AND e.thing NOT IN ({things})" if things else "")
        older = through(reader, f"SELECT {FIELDS}{shape.format(narrow=narrow)}", values)
        older.sort(key=itemgetter(0))
    return list(map(from_row, [*older, *reversed(latest)]))


def among(
    reader: Reader, places: str, values: dict[str, Any], *, at: int | None = None, before: int | None = None, most: int
) -> list[Entry]:
    """The newest entries this reader may read among those a register names, the newest first, at most `most`.

    `places`: a fixed SELECT of places with named `values` of its own, and `%(lo)s`, `%(hi)s` for the first and
    last place that can be looked at. `before`: only places before this one. The gate is joined in the same
    statement: what a reader may not read is not found, counted or skipped.
    """
    if reader.strength < SIGNED_IN:
        return []
    shape, gated = gate(reader, None if at is None else seq_at(reader.family, at))
    narrow = f"AND e.pk IN ({places})"
    if before is not None:
        gated["hi"] = min(gated["hi"], before - 1)
    shape = _served(IN_ORDER, shape)
    sql = f"SELECT {FIELDS}{shape.format(narrow=narrow)} ORDER BY e.pk DESC LIMIT %(most)s"
    return [from_row(row) for row in through(reader, sql, {**values, **gated, "most": most}, one_plan=True)]


FAMILIES = 40  # how many families one statement reads; three selects each


def read_listed(
    wanted: Collection[tuple[Reader, Collection[int]]], *, kinds: Collection[str] = ()
) -> dict[int, list[Entry]]:
    """Of several families at once, what their readers may read of the places a register listed, of what answers
    those, and of `kinds`: {family: entries in order}. One statement for every forty families, however much they
    hold. This is the only way from a register to a page: each family's part passes its own gate.
    """
    may = [(reader, places) for reader, places in wanted if reader.strength >= SIGNED_IN and (places or kinds)]
    may.sort(key=lambda one: one[0].person)
    found: dict[int, list[Entry]] = {reader.family: [] for reader, _places in may}
    for some in _by_reader(may):
        sql, values = _listed(some, kinds)
        for row in _through_all(some[0][0], sql, values):
            entry = from_row(row)
            found[entry.family].append(entry)
    return found


def _by_reader(may: list) -> Iterator[list]:
    """At most forty families at a time, and one person's."""
    for _person, theirs in groupby(may, key=lambda one: one[0].person):
        mine = list(theirs)
        yield from (mine[start : start + FAMILIES] for start in range(0, len(mine), FAMILIES))


def _listed(some: Collection[tuple[Reader, Collection[int]]], kinds: Collection[str]) -> tuple[str, dict[str, Any]]:
    """One select for each family and way of finding, each behind the gate of its reader."""
    values: dict[str, Any] = {}
    parts = []
    for number, (reader, places) in enumerate(some):
        shape, own = gate(reader)
        named = {f"f{number}{name}": value for name, value in own.items()}
        shape = shape.replace("%(", f"%(f{number}")
        values |= named
        ways = [f"AND e.kind IN ({_marks('kind', values, kinds)})"] if kinds else []
        if places:
            marks = _marks(f"place{number}x", values, places)
            ways += [f"AND e.pk IN ({marks})", f"AND e.pk IN (SELECT pk FROM record_entry WHERE answers IN ({marks}))"]
        parts += [f"SELECT {FIELDS}{shape.format(narrow=way)}" for way in ways]
    return f"SELECT * FROM ({' UNION '.join(parts)}) AS found ORDER BY 1", values


def find(reader: Reader, id: str, *, at: int | None = None) -> Entry | None:
    """The entry with this id if the reader may read it; hidden and absent are the same None."""
    if reader.strength < SIGNED_IN:
        return None
    noticed(reader)
    upto = None if at is None else seq_at(reader.family, at)
    shape, values = gate(reader, upto)
    values["id"] = id
    found = through(reader, f"SELECT {FIELDS}{shape.format(narrow='AND e.id = %(id)s')}", values, one_plan=True)
    return from_row(found[0]) if found else None


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


def mark_now(entry: Entry) -> str:
    """The mark that holds today: the one it was written with, or the newest that was set on it since."""
    found = rows("SELECT mark FROM record_held WHERE entry = %s", [entry.pk])
    return found[0][0] if found else entry.mark


def had_before(reader: Reader, entry: Entry) -> bool:
    """Whether this reader was named on the entry before a hazard was put on them; True where there is none."""
    if reader.hazard is None:
        return True
    before = first_pk(reader.family) + reader.hazard
    sql = "SELECT 1 FROM record_reader WHERE person = %s AND entry = %s AND since <= %s LIMIT 1"
    return bool(rows(sql, [reader.person, entry.pk, before]))


def whole(family: int) -> Iterable[tuple]:
    """Every row of a family as it is stored (STORED), for `verify`, `rebuild` and leaving."""
    columns = ", ".join(f"e.{name}" for name in STORED)
    sql = f"SELECT {columns} FROM record_entry e WHERE e.pk BETWEEN %s AND %s ORDER BY e.pk"
    return rows(sql, [first_pk(family), last_pk(family)])

"""Registers: small tables that list across families, written by folds and rebuildable at any time.

A room tells the record which kinds its fold follows (`fold_of`) and which tables it fills
(`register`). Folds run inside the transaction of `append`; there is no other signal.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import connection, transaction

from alongside.record.entry import COLUMNS, Entry, first_pk, from_row, last_pk
from alongside.record.erased import ERASED
from alongside.record.reading import rows, whole

Fold = Callable[[Any, Entry], None]
EVERY = ""  # under this name stand the folds that follow every kind
FOLDS: dict[str, list[Fold]] = {}
TABLES: list[str] = ["record_reader", "record_about", "record_held", "record_adult", "record_relationship"]


def fold_of(*kinds: str) -> Callable[[Fold], Fold]:
    """Decorator: call this fold(cursor, entry) for every entry of these kinds, in order; without kinds, of all."""

    def keep(fold: Fold) -> Fold:
        for kind in kinds or (EVERY,):
            FOLDS.setdefault(kind, []).append(fold)
        return fold

    return keep


def register(table: str) -> None:
    """This table is filled by folds alone: `rebuild` empties and refills it."""
    if table not in TABLES:
        TABLES.append(table)


def index(cursor: Any, entry: Entry) -> None:
    """What the gate needs of one entry: its named readers, whom it is about, and the rooms' folds."""
    cursor.executemany(
        "INSERT INTO record_reader (person, entry, because, giver, since) VALUES (%s, %s, %s, NULL, %s)",
        [(person, entry.pk, because, entry.pk) for person, because in entry.given],
    )
    if entry.kind == ERASED:
        return
    if entry.about:
        cursor.executemany(
            "INSERT INTO record_about (entry, person) VALUES (%s, %s)", [(entry.pk, person) for person in entry.about]
        )
    for fold in (*FOLDS.get(entry.kind, ()), *FOLDS.get(EVERY, ())):
        fold(cursor, entry)


def dump(tables: Collection[str]) -> dict[str, list[tuple]]:
    """The content of registers without their running numbers, for comparing."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            keep = [n for n, column in enumerate(cursor.description) if column[0] != "id"]
            found[table] = sorted(
                (tuple(row[n] for n in keep) for row in cursor.fetchall()),
                key=lambda row: tuple((value is not None, str(type(value)), value) for value in row),
            )
    return found


class _Undo(Exception):
    pass


def rebuild(*, check: bool = False, told: Callable[[int, int], None] | None = None) -> dict[str, bool]:
    """Empty every register and fold all entries again, in one transaction.

    `check`: change nothing, only say for each table whether it was right. `told(done, families)` is called
    after each family. Returns {table: it was already equal}.
    """
    before, same = dump(TABLES), {}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")
            numbers = [number for (number,) in rows("SELECT number FROM record_family ORDER BY number", [])]
            for done, number in enumerate(numbers, 1):
                for row in whole(number):
                    index(cursor, from_row(row[: len(COLUMNS)]))
                if told:
                    told(done, len(numbers))
            after = dump(TABLES)
            same = {table: before[table] == after[table] for table in TABLES}
            if check:
                raise _Undo
    except _Undo:
        pass
    return same


def refold(family: int) -> None:
    """Fold one family's entries again: what registers held of it goes, and comes back without what was erased.

    A register says whose a row is by `family`, or by the place in `entry` or `place`.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")
            columns = {column[0] for column in cursor.description}
            place = next((name for name in ("entry", "place") if name in columns), None)
            if place is not None:
                cursor.execute(
                    f"DELETE FROM {table} WHERE {place} BETWEEN %s AND %s", [first_pk(family), last_pk(family)]
                )
            elif "family" in columns:
                cursor.execute(f"DELETE FROM {table} WHERE family = %s", [family])
        for row in whole(family):
            index(cursor, from_row(row[: len(COLUMNS)]))

"""A steady copy of a database that others go on writing to, closed with a key of its own."""

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event
from typing import Any

from alongside.site.engine.driver import Database, KeyedConnection
from alongside.site.problem import Problem

AT_ONCE = 2_000  # pages between two words about how far it is: 8 MB
STEPS = 1_000  # of the engine, between two looks whether it should stop
HEADS = """
SELECT f.number, f.last_seq, COALESCE(e.hash, '')
  FROM record_family f LEFT JOIN record_entry e ON e.pk = (f.number << 20) | f.last_seq ORDER BY f.number
"""
WHOLE = {"cipher_integrity_check": [], "integrity_check": [("ok",)], "foreign_key_check": []}
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds. `tables`: rows of each. `heads`: SHA-256 over every family's number, length and newest
    hash. `entries`: statements. `last_at`: microseconds of the newest, 0 for none. `migrations`: applied, in order."""

    tables: dict[str, int]
    heads: str
    entries: int
    last_at: int
    migrations: list[str]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def opened(path: Path, key: str) -> KeyedConnection:
    """A bare connection to an existing file. Raises Problem when the file is not there or the key is another's."""
    if not path.is_file():
        raise Problem(f"There is no record at {path}.")
    try:
        return KeyedConnection(path, key=key, isolation_level=None, timeout=20)
    except Database.OperationalError as why:
        raise Problem(f"{path}: {why}") from None


def facts(connection: Any) -> Facts:
    """Count what is there, in the view this connection has."""

    def ask(sql: str) -> list[tuple]:
        return connection.execute(sql).fetchall()

    names = ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    tables = {name: ask(f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in names}
    if "record_entry" not in tables:
        raise Problem("There is no record in this database.")
    heads = hashlib.sha256(json.dumps(ask(HEADS), separators=(",", ":")).encode()).hexdigest()
    last_at = ask("SELECT COALESCE(MAX(last_at), 0) FROM record_family")[0][0]
    done = [f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY id")]
    return Facts(tables, heads, tables["record_entry"], last_at, done)


def copied(source: Path, key: str, target: Path, new_key: str, told: Told | None = None) -> Facts:
    """Copy the database at `source` to a new file at `target`, closed with `new_key`; returns what it held.

    One view is taken at the beginning and kept: what is written meanwhile is not in the copy and is not hindered.
    `told(pages done, pages)`. Raises Problem, and OSError or the driver's error where the disk does not take it.
    """
    if target.exists():
        raise Problem(f"{target} is there already. Nothing is written over.")

    def progress(_status: int, left: int, pages: int) -> None:
        if told:
            told(pages - left, pages)

    with closing(opened(source, key)) as reading:
        reading.execute("BEGIN")
        found = facts(reading)  # the first read takes the view
        with closing(KeyedConnection(target, key=new_key, isolation_level=None)) as writing:
            writing.execute("PRAGMA synchronous = FULL")
            reading.backup(writing, pages=AT_ONCE, progress=progress)
        reading.execute("ROLLBACK")
        _read_well(reading, source)
    return found


def _read_well(connection: Any, source: Path) -> None:
    """Whether every page that was copied held against its sum. The cipher copies one that does not as if it were
    empty, in silence, and refuses the next page it reads: so it is made to read one, with none left in memory."""
    connection.execute("PRAGMA shrink_memory")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Database.DatabaseError:
        raise Problem(f"A page of {source} is not whole.") from None


def sound(path: Path, key: str, expected: Facts, stop: Event | None = None) -> None:
    """Look whether every page of a copy is whole and it holds what it should. Raises Problem with what is wrong,
    and the driver's error where another thread says `stop`."""
    with closing(opened(path, key)) as copy:
        if stop:
            copy.set_progress_handler(stop.is_set, STEPS)
        for pragma, right in WHOLE.items():
            if copy.execute(f"PRAGMA {pragma}").fetchall() != right:
                raise Problem(f"The copy is not whole ({pragma}).")
        found = facts(copy)
    if found != expected:
        other = sorted(name for name, rows in expected.tables.items() if found.tables.get(name) != rows)
        raise Problem(f"The copy does not hold what the record held: {', '.join(other) or 'its order is another'}.")

"""The stores as encrypted files in a folder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

from alongside.site.bench.store import Put, Store


def inserted(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Put rows into a table of the record that is open, statement by statement."""
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


class File(Store):
    """One encrypted file."""

    def bare(self) -> Any:
        """The same connection as ours, so that both have one page cache."""
        with self.entered() as ours:
            ours.ensure_connection()
            return ours.connection

    @contextmanager
    def loading(self) -> Iterator[tuple[Put, Callable[[], None]]]:
        with self.another() as ours:
            # Only for loading: nobody mourns a lost file, and the page cache of a measured connection is its own.
            ours.ensure_connection()
            ours.connection.execute("PRAGMA synchronous = OFF")
            ours.connection.execute("PRAGMA cache_size = -400000")
            yield inserted, lambda: None
            ours.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def held(self) -> int:
        return Path(self.name).stat().st_size


class Files:
    """A folder of stores."""

    wall, db = False, "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def tables(self) -> Store:
        made = File(str(self.folder / "tables.db"))
        with made.another():
            call_command("migrate", interactive=False, verbosity=0)
        return made

    def like(self, store: Store, name: str) -> Store:
        made = File(str(self.folder / f"{name}.db"))
        copyfile(store.name, made.name)
        return made

    def peer(self, name: str) -> dict[str, Any]:
        return {**connections.settings["default"], "NAME": str(self.folder / f"{name}.db")}

    def filled(self, name: str) -> None:
        """A file needs nothing."""

    def events(self) -> dict[str, str]:
        return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(self.folder / "events.db")}

    def close(self) -> None:
        """Nothing stays open."""

"""The stores as databases of a PostgreSQL that was begun for this run.

The record is made by the owner's migrations and asked by the application's role, with the walls, the rights and
row-level security of the product. The other side of a comparison asks as the owner, whom none of them holds up.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

import psycopg
from django.core.management import call_command
from django.db import connections

from alongside.record.walls import walls_stand
from alongside.site.bench.store import Put, Store
from alongside.site.engine.postgresql.cluster import OWNER, Cluster
from alongside.site.problem import Problem

NO_JIT = "-c jit=off"  # as the product: compiling a short statement takes longer than running it
TABLES = "tables"


@dataclass
class Database(Store):
    """One database."""

    cluster: Cluster | None = None
    raw: Any = None
    MARK: ClassVar[str] = "%s"

    def bare(self) -> Any:
        """psycopg as it comes, which prepares what it is asked often; as the owner, so without row-level security."""
        if self.raw is None:
            self.raw = owners(self.cluster, self.name)
        return self.raw

    @contextmanager
    def loading(self) -> Iterator[tuple[Put, Callable[[], None]]]:
        waiting: dict[tuple[str, tuple[str, ...]], list[Sequence[Any]]] = {}

        def put(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
            waiting.setdefault((table, tuple(columns)), []).extend(rows)

        with owners(self.cluster, self.name) as owner, self.another() as ours:
            quick = "SET synchronous_commit = off"  # only for loading, as on the file
            owner.execute(quick)
            with ours.cursor() as cursor:
                cursor.execute(quick)

            def there() -> None:
                for (table, columns), rows in waiting.items():
                    with owner.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                        for row in rows:
                            copy.write_row(row)
                waiting.clear()

            yield put, there
            there()
        settled(self.cluster, self.name)

    def held(self) -> int:
        return self.bare().execute("SELECT pg_database_size(current_database())").fetchone()[0]

    def close(self) -> None:
        super().close()
        if self.raw is not None:
            self.raw.close()


def owners(cluster: Cluster, name: str) -> psycopg.Connection:
    """The owner's connection to a database, each statement committed by itself."""
    return psycopg.connect(host=str(cluster.place), user=OWNER, dbname=name, autocommit=True, options=NO_JIT)


def settled(cluster: Cluster, name: str) -> None:
    """What the server does by itself within a minute or five, done now: statistics, and nothing left to write."""
    with owners(cluster, name) as owner:
        owner.execute("VACUUM (ANALYZE)")
    cluster.ask(name, "CHECKPOINT")


class Databases:
    """The databases of one server. The first is where `tables` are made; Django's default connection knows it."""

    wall, db = True, "postgres"

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    def tables(self) -> Store:
        made = Database(TABLES, cluster=self.cluster)
        with made.another() as ours:
            with ours.as_owner():
                call_command("migrate", interactive=False, verbosity=0)
            if down := walls_stand(None, ["default"]):
                raise Problem(f"A wall is down, so this would not be the product: {down[0].msg}")
        return made

    def like(self, store: Store, name: str) -> Store:
        self.cluster.database(name, like=store.name)
        return Database(name, cluster=self.cluster)

    def peer(self, name: str) -> dict[str, Any]:
        """An ordinary Django project's: Django's own engine, as the owner of the tables."""
        self.cluster.database(name)
        ordinary = {
            **connections.settings["default"], "NAME": name, "ENGINE": "django.db.backends.postgresql", "USER": OWNER,
            "OPTIONS": {"options": NO_JIT},
        }  # fmt: skip
        del ordinary["OWNER"]
        return ordinary

    def filled(self, name: str) -> None:
        settled(self.cluster, name)

    def events(self) -> dict[str, str]:
        self.cluster.database("events")
        return {
            "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": "events", "POSTGRES_USER": OWNER,
            "POSTGRES_HOST": str(self.cluster.place), "POSTGRES_PORT": "5432", "POSTGRES_PASSWORD": "trusted",
        }  # fmt: skip

    def close(self) -> None:
        """The server goes when the run ends (the command sees to it)."""

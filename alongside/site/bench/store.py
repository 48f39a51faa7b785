"""One database of a chosen size, and how it becomes the record everything else speaks to.

Several are open at once so that a small and a large one can be timed in turns. The engine, its key and its
settings are the product's own. What is a file and what is a database of a server: `files.py`, `databases.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from django.db import connections
from django.db.utils import load_backend

from alongside.record.readers import FRESH, Reader
from alongside.site.bench.invented import House

Put = Callable[[str, Sequence[str], Sequence[Sequence[Any]]], None]
"""Put rows into a table: its name, the columns, the values."""


@dataclass(frozen=True, slots=True)
class Told:
    """A family that was written through `append` and is measured. `half`: microseconds, when half was said.
    `closed`: the mother does not read all of it."""

    number: int
    code: str
    house: House
    entries: int
    half: int
    closed: bool


@dataclass
class Store:
    """A database and the measured families in it. `name`: a path, or what the server calls it. `entries`: how many
    statements it holds. `MARK`: how its driver is told of a value."""

    name: str
    entries: int = 0
    told: list[Told] = field(default_factory=list)
    connection: Any = None
    MARK: ClassVar[str] = "?"

    def open(self) -> Any:
        """A connection of its own to this database, as the product opens them."""
        settings = {**connections.settings["default"], "NAME": self.name}
        return load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")

    @contextmanager
    def entered(self) -> Iterator[Any]:
        """Within this block, in this thread, the record is this database. The connection stays open after it."""
        if self.connection is None:
            self.connection = self.open()
        with speaking_to(self.connection):
            yield self.connection

    @contextmanager
    def another(self) -> Iterator[Any]:
        """As `entered`, with a connection that this block alone uses (threads, loading)."""
        connection = self.open()
        try:
            with speaking_to(connection):
                yield connection
        finally:
            connection.close()

    def bare(self) -> Any:
        """The driver's own connection, with nothing of ours around it: `execute(sql, values).fetchall()`."""
        raise NotImplementedError

    def loading(self) -> AbstractContextManager[tuple[Put, Callable[[], None]]]:
        """In this block the record is this database, which is filled: (put rows, what was put must be there now).
        The second is called outside a transaction."""
        raise NotImplementedError

    def held(self) -> int:
        """How large it is, in bytes."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of what stays open."""
        if self.connection is not None:
            self.connection.close()

    def families(self, *, entries: int, closed: bool | None = None) -> list[Told]:
        """The measured families of this length; `closed`: only those the mother reads in part, or in full."""
        return [one for one in self.told if one.entries == entries and closed in (None, one.closed)]


class Ground(Protocol):
    """Where the stores of a run lie. `wall`: the clock on the wall counts, because part of the work is another
    process's. `db`: as the command names it."""

    wall: bool
    db: str

    def tables(self) -> Store:
        """A store with tables and nothing in them."""

    def like(self, store: Store, name: str) -> Store:
        """Another one like it. Nobody may be connected to the first."""

    def peer(self, name: str) -> dict[str, Any]:
        """The entry of DATABASES for a new, empty one that a peer has for itself."""

    def filled(self, name: str) -> None:
        """A peer's is filled: whatever its administrator would do now, is done."""

    def events(self) -> dict[str, str]:
        """The environment of the library eventsourcing, for a new one of its own."""

    def close(self) -> None:
        """Let go of what stays open."""


@contextmanager
def speaking_to(connection: Any) -> Iterator[None]:
    """This thread's default connection is this one, for a while."""
    before = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = before


def reader_of(family: Told, person: int, now: int) -> Reader:
    """This person as a reader of the family, strongly signed in."""
    from alongside.access.standing import reader_in

    found = reader_in(person, family.code, now=now, strength=FRESH)
    if found is None:
        raise LookupError("this person does not stand in this family")
    return found

"""One encrypted database file of a chosen size, and how it becomes the record everything else speaks to.

Several are open at once so that a small and a large one can be timed in turns. The engine, its key and its
settings are the product's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.utils import load_backend

from alongside.record.readers import FRESH, Reader
from alongside.site.bench.invented import House


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


@dataclass(slots=True)
class Store:
    """A database file and the measured families in it. `entries`: how many statements it holds."""

    path: Path
    entries: int = 0
    told: list[Told] = field(default_factory=list)
    connection: Any = None

    def open(self) -> Any:
        """A connection of its own to this file, as the product opens them."""
        settings = {**connections.settings["default"], "NAME": str(self.path)}
        return load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")

    @contextmanager
    def entered(self) -> Iterator[Any]:
        """Within this block, in this thread, the record is this file. The connection stays open after it."""
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

    def families(self, *, entries: int, closed: bool | None = None) -> list[Told]:
        """The measured families of this length; `closed`: only those the mother reads in part, or in full."""
        return [one for one in self.told if one.entries == entries and closed in (None, one.closed)]


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

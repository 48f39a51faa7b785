"""One run: the stores are made, the scenarios follow one another, and everything is let go of."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from django.db import connections

from alongside import clock
from alongside.site.bench import filling
from alongside.site.bench.facts import Fact
from alongside.site.bench.store import Ground, Store
from alongside.site.sparing import spare

SCENARIOS = ("gate", "page", "history", "pghistory", "events", "growth", "find", "append", "verify")
BAR = 30


@dataclass(slots=True)
class Bench:
    """What every scenario is handed. `now`: microseconds. `stores`: from the smallest to the largest. `ground`: where
    they lie. `folder`: for what a scenario needs besides."""

    ground: Ground
    folder: Path
    sizes: Sequence[int]
    seed: int
    stores: list[Store] = field(default_factory=list)
    now: int = field(default_factory=lambda: clock.micros(clock.now()))

    @property
    def largest(self) -> Store:
        return self.stores[-1]

    @property
    def wall(self) -> bool:
        """Whether the clock on the wall counts: where part of the work is done by a server."""
        return self.ground.wall

    def rounds(self, entries: int) -> int:
        """How often a scenario on families of so many entries repeats."""
        return 60 if entries >= filling.LARGE else 400

    def progress(self, what: str) -> Callable[[int, int], None]:
        """A bar on a terminal; elsewhere a line for each quarter. On standard error."""
        return Progress(what)

    def fill(self) -> None:
        """Make one store of each size."""
        tables = self.ground.tables()
        for size in self.sizes:
            store = self.ground.like(tables, f"entries-{size}")
            filling.fill(store, size, self.seed, self.progress(f"{size:,} entries"))
            self.stores.append(store)
            print(f"{store.entries:,} entries: {store.held() / 1e6:,.0f} MB", file=sys.stderr, flush=True)

    def run(self, only: Sequence[str]) -> Iterator[Fact]:
        """The facts of the scenarios named in `only`."""
        self.fill()
        spare()  # as the server does; for both sides
        for name in SCENARIOS:
            if name in only:
                print(f"Measuring: {name}", file=sys.stderr, flush=True)
                yield from self._one(name)

    def _one(self, name: str) -> Iterator[Fact]:
        """One scenario. One that breaks says so in its place, so that a long run keeps what it has."""
        try:
            yield from import_module(f"alongside.site.bench.scenarios.{name}").measure(self)
        except Exception as error:
            yield Fact(f"{name}, the rest", missing=f"it broke ({type(error).__name__}: {error})"[:120])

    def close(self) -> None:
        """Let go of every connection."""
        for store in self.stores:
            store.close()
        connections.close_all()
        self.ground.close()


class Progress:
    """How far the filling is."""

    def __init__(self, what: str) -> None:
        self.what, self.quarter = what, 0

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            full = BAR * done // total
            end = "\n" if done >= total else ""
            print(f"\r[{'#' * full}{'.' * (BAR - full)}] {self.what}", end=end, file=sys.stderr, flush=True)
        elif 4 * done // total > self.quarter:
            self.quarter = 4 * done // total
            print(f"Filling {self.what}: {25 * self.quarter} in 100", file=sys.stderr, flush=True)

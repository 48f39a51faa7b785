"""The gate against a SELECT of the same rows with no gate at all, by the driver itself.

Ours is the statement `read` sends, the way it sends it, up to the rows; turning rows into entries costs the
same on either side and is left out. On PostgreSQL ours says for whom it asks and row-level security holds; the other
side is the owner's, with neither.
"""

from collections.abc import Callable, Iterator

from alongside.access.standing import reader_in
from alongside.record.entry import COLUMNS, first_pk, last_pk
from alongside.record.gate import gate
from alongside.record.readers import FRESH, Reader
from alongside.record.reading import everything, through
from alongside.site.bench.facts import Fact
from alongside.site.bench.filling import LARGE, SMALL
from alongside.site.bench.store import Store, Told, reader_of
from alongside.site.bench.timing import fact, in_turns

FIELDS_ALONE = f"SELECT {', '.join(COLUMNS)} FROM record_entry"


def measure(bench) -> Iterator[Fact]:
    """Both shapes of the gate, alone and with standing, on families of 100 and of 5,000 entries."""
    store: Store = bench.largest
    small, large = store.families(entries=SMALL), store.families(entries=LARGE)
    whole = store.families(entries=SMALL, closed=False)
    with store.entered():
        for shape, who, families in (("by mark", "worker", small), ("by name", "mother", whole)):
            ask = _Asked(store, families, who, bench.now)
            yield ask.fact(f"gate {shape}, {SMALL} entries : bare SELECT", ask.gated, bench, 1.3)
            yield ask.fact(f"gate {shape} with standing, {SMALL} entries : bare SELECT", ask.with_standing, bench, 1.5)
            ask = _Asked(store, large, who, bench.now)
            yield ask.fact(f"gate {shape}, {LARGE:,} entries : bare SELECT", ask.gated, bench, 1.15)
        ask = _Asked(store, small, "father", bench.now)
        ask.know()
        yield ask.fact(f"gate by name, a part of {SMALL} entries : SELECT by known keys", ask.gated, bench, None)


def gated(reader: Reader, upto: int | None = None) -> list[tuple]:
    """The rows `read` would turn into entries."""
    shape, values = gate(reader, upto)
    return through(reader, everything(shape, False), values, one_plan=True)


class _Asked:
    """One kind of reader in each of some families, and what both sides do for them round by round."""

    def __init__(self, store: Store, families: list[Told], who: str, now: int) -> None:
        self.raw, self.mark, self.families, self.now = store.bare(), store.MARK, families, now
        self.readers = [reader_of(family, getattr(family.house, who), now) for family in families]
        bare = f"{FIELDS_ALONE} WHERE pk BETWEEN {self.mark} AND {self.mark} ORDER BY pk"
        self.asked = [(bare, (first_pk(family.number), last_pk(family.number))) for family in families]

    def know(self) -> None:
        """The other side is told the keys of the rows beforehand."""
        for place, reader in enumerate(self.readers):
            keys = [row[0] for row in gated(reader)]
            marks = ", ".join([self.mark] * len(keys))
            self.asked[place] = (f"{FIELDS_ALONE} WHERE pk IN ({marks}) ORDER BY pk", keys)

    def bare(self, turn: int) -> list[tuple]:
        sql, values = self.asked[turn % len(self.asked)]
        return self.raw.execute(sql, values).fetchall()

    def gated(self, turn: int) -> list[tuple]:
        return gated(self.readers[turn % len(self.readers)])

    def with_standing(self, turn: int) -> list[tuple]:
        known = self.readers[turn % len(self.readers)]
        return gated(reader_in(known.person, known.code, now=self.now, strength=FRESH))

    def fact(self, name: str, ours: Callable, bench, goal: float | None) -> Fact:
        for turn in range(len(self.families)):
            if ours(turn) != self.bare(turn):
                raise AssertionError(f"{name}: the two sides gave different rows")
        times = in_turns(ours, self.bare, bench.rounds(self.families[0].entries), warm=self.bare)
        return fact(name, times, wall=bench.wall, goal=goal, entries=bench.largest.entries)

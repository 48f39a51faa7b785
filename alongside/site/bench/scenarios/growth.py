"""What a family was as known half way, in a small store and in a large one: the same words, the same number of
rows, and all the other families around them."""

from collections.abc import Callable, Iterator

from alongside.record.reading import read, seq_at
from alongside.site.bench.facts import Fact
from alongside.site.bench.filling import SMALL
from alongside.site.bench.scenarios.gate import gated
from alongside.site.bench.store import Store, reader_of
from alongside.site.bench.timing import fact, in_turns


def measure(bench) -> Iterator[Fact]:
    """Each larger store against the smallest: the whole read, and its rows alone."""
    small, *larger = bench.stores
    if not larger:
        yield Fact("as known then, growth", goal=1.3, missing="one size only, see --entries")
    for store in larger:
        grown = f"{small.entries:,} to {store.entries:,} entries"
        for what, ask in (("as known then", _read), ("as known then, rows alone", _rows)):
            many, few = _asking(store, ask, bench.now), _asking(small, ask, bench.now)

            def warm(turn: int, many=many, few=few) -> None:
                many(turn), few(turn)

            times = in_turns(many, few, bench.rounds(SMALL), warm=warm)
            yield fact(f"{what}, {grown}", times, wall=bench.wall, goal=1.3, entries=store.entries)


def _asking(store: Store, ask: Callable, now: int) -> Callable[[int], list]:
    """What one side does in a round."""
    families = store.families(entries=SMALL)
    with store.entered():
        readers = [reader_of(family, family.house.worker, now) for family in families]

    def one(turn: int) -> list:
        place = turn % len(families)
        with store.entered():
            return ask(readers[place], families[place].half)

    return one


def _read(reader, moment: int) -> list:
    return read(reader, at=moment)


def _rows(reader, moment: int) -> list:
    return gated(reader, seq_at(reader.family, moment))

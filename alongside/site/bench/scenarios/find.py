"""Looking for words in a family of one's own, in a small store and in a large one: the same words, the same number
of rows, and all the other families around them."""

from collections.abc import Callable, Iterator

from alongside.dialogue.asked import asked
from alongside.dialogue.finding import found
from alongside.site.bench.facts import Fact
from alongside.site.bench.filling import LARGE, SMALL
from alongside.site.bench.invented import SENTENCES
from alongside.site.bench.store import Store, reader_of
from alongside.site.bench.timing import fact, in_turns

WORDS = [asked(" ".join(sentence.split()[1:3])) for sentence in SENTENCES]
NOWHERE = [asked("quetzal")]  # reads all of the family's stems and fetches nothing


def measure(bench) -> Iterator[Fact]:
    """Each larger store against the smallest: a family of 100 entries and one of 5,000, found and not found."""
    small, *larger = bench.stores
    if not larger:
        yield Fact("find in a family, growth", goal=1.3, missing="one size only, see --entries")
    for store in larger:
        grown = f"{small.entries:,} to {store.entries:,} entries"
        for entries in (SMALL, LARGE):
            for what, words in (("find", WORDS), ("find nothing", NOWHERE)):
                many, few = (_asking(one, entries, words, bench.now) for one in (store, small))

                def warm(turn: int, many=many, few=few) -> None:
                    many(turn), few(turn)

                times = in_turns(many, few, bench.rounds(entries), warm=warm)
                yield fact(
                    f"{what} in a family of {entries:,}, {grown}",
                    times,
                    wall=bench.wall,
                    goal=1.3,
                    entries=store.entries,
                )


def _asking(store: Store, entries: int, words: list, now: int) -> Callable[[int], object]:
    """What one side does in a round."""
    families = store.families(entries=entries)
    with store.entered():
        readers = [reader_of(family, family.house.worker, now) for family in families]

    def one(turn: int) -> object:
        with store.entered():
            return found(readers[turn % len(readers)], words[turn % len(words)])

    return one

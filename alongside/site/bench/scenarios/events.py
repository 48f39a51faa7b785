"""A whole family as known then: an aggregate of the library eventsourcing at a version, against our `read`.

The other side has a store of its own (a file that is not encrypted, or a database of the same server), in which every
entry is one event with the words, fields and moments of ours; what it gives is the family with what was said in it up
to that version.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from random import Random
from uuid import UUID

from alongside.record.reading import read
from alongside.site.bench.facts import Fact
from alongside.site.bench.filling import SMALL
from alongside.site.bench.invented import House, acts
from alongside.site.bench.store import reader_of
from alongside.site.bench.timing import fact, in_turns, upside_down

NAME, GOAL = "eventsourcing get(version), whole family : ours", 6
FAMILIES, HALF = 200, SMALL // 2
NEEDS = {"sqlite": ("eventsourcing",), "postgres": ("eventsourcing", "psycopg_pool")}


def measure(bench) -> Iterator[Fact]:
    """Both as known half way, each just after a run of its own, and turn about."""
    if absent := [name for name in NEEDS[bench.ground.db] if find_spec(name) is None]:
        yield Fact(NAME, goal=GOAL, least=True, missing=f"{absent[0]} is not installed")
        return
    office, names = _peer(bench)
    measured = bench.largest.families(entries=SMALL)
    with bench.largest.entered():
        readers = [reader_of(one, one.house.worker, bench.now) for one in measured]

        def theirs(turn: int) -> list:
            return office.repository.get(names[turn * 37 % len(names)], version=HALF).said

        def ours(turn: int) -> list:
            return read(readers[turn % len(readers)], at=measured[turn % len(readers)].half)

        assert len(theirs(0)) == HALF - 1  # the first event is that the family began
        for name, goal, near in ((NAME, GOAL, True), (f"{NAME}, turn about", None, False)):
            times = upside_down(in_turns(ours, theirs, bench.rounds(SMALL), near=near))
            yield fact(name, times, wall=bench.wall, goal=goal, least=True, entries=FAMILIES * SMALL)
    office.close()


def _peer(bench) -> tuple:
    """The other side, filled, and the names of its families."""
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Family(Aggregate):
        @event("Began")
        def __init__(self, number: int) -> None:
            self.number, self.said = number, []

        @event("Said")
        def say(self, kind: str, by: int, at: int, fields: dict) -> None:
            self.said.append((kind, by, at, fields))

    class Families(Application):
        env = bench.ground.events()

    office, told, names = Families(), bench.progress("eventsourcing"), []
    for number in range(FAMILIES):
        family = Family(number)
        house = House(2, 3, *(100 + 3 * number + n for n in range(3)))
        said = (
            (one.kind, act.by, act.at, {**one.body, "mark": one.mark, "about": list(one.about)})
            for act in acts(house, SMALL, Random(f"bench {bench.seed} events {number}"))
            for one in act.statements
        )
        for one in islice(said, SMALL - 1):
            family.say(*one)
        office.save(family)
        names.append(UUID(str(family.id)))
        told(number + 1, FAMILIES)
    bench.ground.filled("events")
    return office, names

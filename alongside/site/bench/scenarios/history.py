"""A whole family as known then: django-simple-history's `as_of` over six models, against our `read`.

Both give objects. The other side lives in a store of its own (a file on the same engine, or a database of the same
server as an ordinary Django project would ask it), with as many revisions as the smaller of our largest store and a
hundred thousand, and no permission to check.
"""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

from django.db import connections

from alongside.record.reading import read, seq_at
from alongside.site.bench.facts import Fact
from alongside.site.bench.filling import SMALL
from alongside.site.bench.peer import filling
from alongside.site.bench.scenarios.gate import gated
from alongside.site.bench.store import reader_of
from alongside.site.bench.timing import fact, in_turns, upside_down

NAME, ALIAS = "django-simple-history as_of, whole family : ours", "bench_peer"
GOALS = {"sqlite": 50, "postgres": 30}


def measure(bench) -> Iterator[Fact]:
    """As `against`, with django-simple-history."""
    goal = GOALS[bench.ground.db]
    if find_spec("simple_history") is None:
        yield Fact(NAME, goal=goal, least=True, missing="django-simple-history is not installed")
        return
    filling.known("alongside.site.bench.peer")
    from alongside.site.bench.peer.models import TYPES

    connections.settings[ALIAS] = bench.ground.peer(ALIAS)
    with connections[ALIAS].schema_editor() as editor:
        for model in TYPES:
            editor.create_model(model)
            editor.create_model(model.history.model)
    many, moment = filling.families(bench), filling.when(50)
    filling.fill(TYPES, _revision, ALIAS, many, bench.seed, bench.progress("django-simple-history"))
    bench.ground.filled(ALIAS)

    def as_of(family: int) -> list:
        """The family's records at that moment, as its documentation says to ask."""
        return [one for model in TYPES for one in model.history.as_of(moment).using(ALIAS).filter(family=family)]

    yield from against(bench, NAME, goal, as_of, many)


def _revision(model: Any, fields: dict[str, Any], again: bool, moment) -> Any:
    return model.history.model(history_date=moment, history_type="~" if again else "+", **fields)


def against(bench, name: str, goal: float, as_of: Callable[[int], list], families: int) -> Iterator[Fact]:
    """`as_of(family)` of a peer's `families` against the whole read, each side just after a run of its own and turn
    about; against that with every body opened; and against its rows alone."""
    store = bench.largest
    measured = store.families(entries=SMALL)
    with store.entered():
        readers = [reader_of(one, one.house.worker, bench.now) for one in measured]

        def theirs(turn: int) -> list:
            return as_of(1 + turn * 37 % families)

        def ours(turn: int) -> list:
            return read(readers[turn % len(readers)], at=measured[turn % len(readers)].half)

        def bare(turn: int) -> list:
            reader = readers[turn % len(readers)]
            return gated(reader, seq_at(reader.family, measured[turn % len(readers)].half))

        def opened(turn: int) -> list:
            return [entry.body for entry in ours(turn)]

        if not theirs(0):
            raise AssertionError("the other side knew nothing then")
        sides = (
            (name, goal, ours, True), (f"{name}, turn about", None, ours, False),
            (f"{name}, every body opened", None, opened, True), (f"{name}, rows alone", None, bare, True),
        )  # fmt: skip
        for called, wanted, side, near in sides:
            times = upside_down(in_turns(side, theirs, bench.rounds(SMALL), near=near))
            entries = families * filling.REVISIONS
            yield fact(called, times, wall=bench.wall, goal=wanted, least=True, entries=entries)

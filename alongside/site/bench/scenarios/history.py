"""A whole family as known then: django-simple-history's `as_of` over six models, against our `read`.

Both give objects. The other side lives in a file of its own on the same engine, with as many revisions as the
smaller of our largest file and a hundred thousand, and no permission to check.
"""

from collections.abc import Iterator
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.db import connections

from alongside.record.reading import read, seq_at
from alongside.site.bench.facts import Fact
from alongside.site.bench.filling import SMALL
from alongside.site.bench.scenarios.gate import gated
from alongside.site.bench.store import reader_of
from alongside.site.bench.timing import fact, in_turns, upside_down

NAME, GOAL, MOST = "django-simple-history as_of, whole family : ours", 50, 100_000


def measure(bench) -> Iterator[Fact]:
    """Against the whole read, each side just after a run of its own and turn about; against that with every body
    opened; and against its rows alone."""
    if find_spec("simple_history") is None:
        yield Fact(NAME, goal=GOAL, least=True, missing="django-simple-history is not installed")
        return
    families = _peer(bench)
    from alongside.site.bench.peer.filling import when

    moment, store = when(50), bench.largest
    measured = store.families(entries=SMALL)
    with store.entered():
        readers = [reader_of(one, one.house.worker, bench.now) for one in measured]

        def theirs(turn: int) -> list:
            return as_of(1 + turn * 37 % families, moment)

        def ours(turn: int) -> list:
            return read(readers[turn % len(readers)], at=measured[turn % len(readers)].half)

        def bare(turn: int) -> list:
            reader = readers[turn % len(readers)]
            return gated(reader, seq_at(reader.family, measured[turn % len(readers)].half))

        def opened(turn: int) -> list:
            return [entry.body for entry in ours(turn)]

        sides = (
            (NAME, GOAL, ours, True), (f"{NAME}, turn about", None, ours, False),
            (f"{NAME}, every body opened", None, opened, True), (f"{NAME}, rows alone", None, bare, True),
        )  # fmt: skip
        for name, goal, side, near in sides:
            times = upside_down(in_turns(side, theirs, bench.rounds(SMALL), near=near))
            made = fact(name, times, goal=goal, least=True, entries=families * SMALL)
            yield made


def as_of(family: int, moment) -> list:
    """The family's records at `moment`, as its documentation says to ask."""
    from alongside.site.bench.peer.filling import ALIAS
    from alongside.site.bench.peer.models import TYPES

    return [one for model in TYPES for one in model.history.as_of(moment).using(ALIAS).filter(family=family)]


def _peer(bench) -> int:
    """Make the other side's file and return how many families it holds."""
    if not apps.is_installed("alongside.site.bench.peer"):
        apps.set_installed_apps([*settings.INSTALLED_APPS, "alongside.site.bench.peer"])
    from alongside.site.bench.peer import filling

    connections.settings[filling.ALIAS] = {
        **connections.settings["default"], "NAME": str(bench.folder / "peer.db"),
    }  # fmt: skip
    filling.tables()
    families = max(20, min(bench.largest.entries, MOST) // filling.REVISIONS)
    filling.fill(families, bench.seed, bench.progress("django-simple-history"))
    return families

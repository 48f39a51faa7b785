"""Fills the other side: the same number of revisions for each family, in the order in which time passed."""

import datetime as dt
from collections.abc import Callable
from itertools import islice
from random import Random
from typing import Any

from django.db import connections

from alongside import clock
from alongside.site.bench.invented import BEGIN, SENTENCES, TWO_YEARS
from alongside.site.bench.peer.models import EVER, TYPES

REVISIONS = 100
BATCH = 2_000
ALIAS = "bench_peer"


def tables() -> None:
    """Create the six tables and their histories."""
    with connections[ALIAS].schema_editor() as editor:
        for model in TYPES:
            editor.create_model(model)
            editor.create_model(model.history.model)


def fill(families: int, seed: int, told: Callable[[int, int], None]) -> int:
    """Write 60 records with 100 revisions for each family, all families side by side. Returns the revisions."""
    dice, total, done = Random(f"bench {seed} peer"), families * REVISIONS, 0
    order = _order(dice)
    for place, (model, record, again) in enumerate(order):
        moment = when(place)
        rows = (_row(model, record, family, again, moment, dice) for family in range(1, families + 1))
        while batch := list(islice(rows, BATCH)):
            model.history.model.objects.using(ALIAS).bulk_create(batch)
            done += len(batch)
        told(done, total)
    return done


def when(place: int) -> dt.datetime:
    """The moment of a family's revision, by its place among the hundred."""
    return clock.moment(BEGIN + place * TWO_YEARS // REVISIONS)


def _order(dice: Random) -> list[tuple[Any, int, bool]]:
    """(model, record, whether it is a change): each of the 60 once, and 40 changes somewhere after."""
    first = [(model, record) for model, many in TYPES.items() for record in range(many)]
    dice.shuffle(first)
    changes = dice.choices(first, k=REVISIONS - len(first))
    mixed = first + changes
    dice.shuffle(mixed)
    seen: set = set()
    order = []
    for model, record in mixed:
        order.append((model, record, (model, record) in seen))
        seen.add((model, record))
    return order


def _row(model: Any, record: int, family: int, again: bool, moment: dt.datetime, dice: Random) -> Any:
    text = " ".join(dice.choice(SENTENCES) for _ in range(dice.randint(1, 6)))
    return model.history.model(
        id=family * TYPES[model] + record, family=family, author=2, text=text, happened=moment.date(),
        history_date=moment, history_type="~" if again else "+", **EVER[model],
    )  # fmt: skip

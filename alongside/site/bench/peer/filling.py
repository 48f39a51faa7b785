"""Fills the other side: the same number of revisions for each family, in the order in which time passed."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import islice
from random import Random
from typing import Any

from django.apps import apps

from alongside import clock
from alongside.site.bench.invented import BEGIN, SENTENCES, TWO_YEARS
from alongside.site.bench.peer.kept import EVER

REVISIONS = 100
BATCH = 2_000
MOST = 100_000  # revisions

Revision = Callable[[Any, dict[str, Any], bool, dt.datetime], Any]
"""(model, the fields of a record with its `id`, whether it is a change, when) -> a row of the history."""


def known(*names: str) -> None:
    """Make these applications known to Django as well, until the process ends."""
    new = [name for name in names if not apps.is_installed(name)]
    if new:
        apps.set_installed_apps([*(one.name for one in apps.get_app_configs()), *new])


def families(bench) -> int:
    """How many families a peer holds: as many revisions as our largest store has entries, and at most MOST."""
    return max(20, min(bench.largest.entries, MOST) // REVISIONS)


def fill(
    types: Mapping[Any, int], revision: Revision, alias: str, many: int, seed: int, told: Callable[[int, int], None]
) -> int:
    """Write 60 records with 100 revisions for each of `many` families, all families side by side. Returns the
    revisions. `types`: {model: records of one family}."""
    dice, total, done = Random(f"bench {seed} peer"), many * REVISIONS, 0
    for place, (model, record, again) in enumerate(_order(types, dice)):
        moment = when(place)
        rows = (
            revision(model, _fields(model, family * types[model] + record, family, moment, dice), again, moment)
            for family in range(1, many + 1)
        )
        while batch := list(islice(rows, BATCH)):
            type(batch[0]).objects.using(alias).bulk_create(batch)
            done += len(batch)
        told(done, total)
    return done


def when(place: int) -> dt.datetime:
    """The moment of a family's revision, by its place among the hundred."""
    return clock.moment(BEGIN + place * TWO_YEARS // REVISIONS)


def _order(types: Mapping[Any, int], dice: Random) -> list[tuple[Any, int, bool]]:
    """(model, record, whether it is a change): each of the 60 once, and 40 changes somewhere after."""
    first = [(model, record) for model, many in types.items() for record in range(many)]
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


def _fields(model: Any, number: int, family: int, moment: dt.datetime, dice: Random) -> dict[str, Any]:
    text = " ".join(dice.choice(SENTENCES) for _ in range(dice.randint(1, 6)))
    return {
        "id": number, "family": family, "author": 2, "text": text, "happened": moment.date(), **EVER[model.__name__]
    }  # fmt: skip

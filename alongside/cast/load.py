"""Puts the cast into an empty record, act by act, through the same one write as everything else."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from alongside import ids
from alongside.cast import accounts, area, around, drawn, said
from alongside.cast.story import OFFICE, Act, World, numbers
from alongside.record.appending import append, open_family
from alongside.record.reading import rows


def load(told: Callable[[str, int, int], None] | None = None, *, world: World | None = None) -> int:
    """Write the whole cast; returns how many statements of the data are in. Says how far it is by `told`.

    Loading that was cut short goes on where it stopped: every act has its key, and a key is taken once.
    """
    world = world or World()
    anchors()
    everything = sorted(acts(world), key=lambda act: (act.at, act.key))
    for done, act in enumerate(everything, 1):
        write(act)
        if told and (done % 10 == 0 or done == len(everything)):
            told("the invented families", done, len(everything))
    accounts.make()
    return len(world.entries)


def anchors() -> None:
    """The persons and the empty streams, the same in every world."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, number in {"the office": OFFICE, **numbers()}.items():
            with ids.seeded(f"cast/person/{name}"):
                cursor.execute(
                    "INSERT INTO record_person (number, id) VALUES (%s, %s) ON CONFLICT DO NOTHING", [number, ids.new()]
                )
        # Where numbers come from a sequence, the next one comes after these.
        for sql in connection.ops.sequence_reset_sql(no_style(), [apps.get_model("record", "Person")]):
            cursor.execute(sql)
    known = {number for (number,) in rows("SELECT number FROM record_family", [])}
    for family in {0, 1, 2, 3} - known:
        with ids.seeded(f"cast/family/{family}"):
            open_family(family)


def write(act: Act) -> None:
    """One act into the record, with identities that follow from its key alone."""
    with ids.seeded(f"cast/{act.key}"):
        append(act.statements, family=act.family, by=act.by, once=act.key, at=act.at)


def acts(world: World) -> Iterator[Act]:
    """Every act of this world, in no order."""
    yield from around.office()
    yield from around.roles()
    yield from area.patch()
    for family in (1, 2, 3):
        entries = [entry for entry in world.entries if entry["family"] == family]
        yield from around.names(family, entries)
        yield from around.kin(family, entries)
        yield from around.grants(family, entries)
        yield from around.ties_and_homes(family, world)
        yield from drawn.drawings(family)
        yield from area.belonging(family)
        yield from around.safe_ways(family, entries)
        yield from around.protection(family, entries)
        for entry in entries:
            yield said.said(entry)
        yield from said.pins(family, entries)

"""A backup opened with the private key and looked through: what `--check`, `restore` and `drill` share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.site.keeping import packing, sealing, snapshot
from alongside.site.keeping.looking import vouched
from alongside.site.problem import Problem

Told = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a database stands beside this program. `pending`: changes of tables it has not had yet. `unknown`: those
    it had and this program does not know, because a newer one made them."""

    pending: tuple[str, ...]
    unknown: tuple[str, ...]


def standing(done: Sequence[str]) -> Standing:
    """Compare the changes of tables that were `done` ("record.0001_initial") with those of this program."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    unknown = [one for one in done if one not in known and one.partition(".")[0] in loader.migrated_apps]
    return Standing(tuple(sorted(known - set(done))), tuple(unknown))


def opened(file: Path, keys: Sequence[Any], folder: Path) -> packing.Unpacked:
    """Open a backup: its database into `folder`, closed with its own key as before; the rest stays in memory.

    Every sum, every page and every count is looked at. Raises Problem with what is wrong.
    """
    if not file.is_file():
        raise Problem(f"There is no file {file}.")
    with sealing.open_for_reading(file, keys) as stream:
        found = packing.unpacked(stream, folder)
    snapshot.sound(found.database, found.key, found.facts)
    return found


def looked_through(found: packing.Unpacked, told: Told) -> Standing:
    """Every statement against its commitment, and the registers against the statements. Django must be set up.

    Registers are left out where the tables are of an earlier program: its upgrade makes them again.
    Raises Problem; also when a newer program made the backup.
    """
    where = standing(found.facts.migrations)
    if where.unknown:
        raise Problem(
            f"A newer program made this backup ({found.manifest['version']}). Use that one: this program does not "
            f"know {', '.join(where.unknown)}."
        )
    vouched(found.database, found.key, registers=not where.pending, told=told("looked through"))
    return where

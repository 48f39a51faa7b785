"""A backup opened with the private key and looked through: what `--check`, `restore` and `drill` share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.site.keeping import looking, packing, sealing, snapshot
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


def opened(file: Path, keys: Sequence[Any], folder: Path, told: Told) -> packing.Unpacked:
    """Open a backup: its database into `folder`, closed with its own key as before; the rest stays in memory.

    Every sum is looked at, and nothing else yet. Raises Problem with what is wrong.
    """
    if not file.is_file():
        raise Problem(f"There is no file {file}.")
    with sealing.open_for_reading(file, keys) as stream:
        return packing.unpacked(stream, folder, told("opened"))


def ours(found: packing.Unpacked) -> Standing:
    """Where the record in a backup stands beside this program. Django must be set up. Raises Problem where a newer
    one made it."""
    where = standing(found.facts.migrations)
    if where.unknown:
        raise Problem(
            f"A newer program made this backup ({found.manifest['version']}). Use that one: this program does not "
            f"know {', '.join(where.unknown)}."
        )
    return where


def looked_through(found: packing.Unpacked, told: Told) -> Standing:
    """Every page, every statement against its commitment, and the registers against the statements.

    Registers are left out where the tables are of an earlier program: its upgrade makes them again. Raises Problem.
    """
    where = ours(found)
    _whole(found, found.database, found.key, where, told)
    return where


def closed_anew(found: packing.Unpacked, new: Path, key: str, told: Told) -> Standing:
    """The record in a backup again, at `new`, with another key; looked through there, because that is what will be
    relied on: each page is held against its sum as it is copied, and looked at once more as it now lies. Raises
    Problem."""
    where = ours(found)
    snapshot.copied(found.database, found.key, new, key, told("closed with a new key"))
    _whole(found, new, key, where, told)
    return where


def _whole(found: packing.Unpacked, database: Path, key: str, where: Standing, told: Told) -> None:
    looking.looked_through(database, key, found.facts, registers=not where.pending, told=told("looked through"))

"""The drill: a backup and the way back from it, both for earnest, timed, and nothing left behind."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from alongside.site.keeping import opening, sealing, snapshot
from alongside.site.keeping.backup import backup
from alongside.site.keeping.looking import looking_at

Told = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Drilled:
    """Seconds each part took, measured by the machine, `restore_seconds` what restoring does as well and nothing
    besides, `compared_seconds` what only the drill does; `size`: bytes of the file; `same`: what came back is what
    there was, row for row and head for head; `serves`: the house's own checks let it be served."""

    entries: int
    size: int
    backup_seconds: float
    restore_seconds: float
    compared_seconds: float
    same: bool
    serves: bool

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def drill(*, data: Path, database: Path, key: str, secret: str, demo: bool, work: Path, at: int, told: Told) -> Drilled:
    """Back this record up for a key made now and thrown away, bring it back beside, look at everything.

    `work`: a folder on a disk with room for three of it. Raises Problem with what does not hold.
    """
    folder = Path(tempfile.mkdtemp(prefix=".alongside-drill-", dir=work))
    private, public = sealing.pair()
    try:
        began = time.monotonic()  # the machine's own: it measures the machine, not the practice
        made = backup(
            data=data, database=database, key=key, secret=secret, demo=demo, to=folder,
            recipients=sealing.recipients([public]), at=at, stay=False, note=False, told=told,
        )  # fmt: skip
        closed = time.monotonic()
        (folder / "key").write_text(private)
        back = folder / "back"
        back.mkdir()
        found = opening.opened(Path(made.file), sealing.identities(folder / "key"), back, told)
        new, own = back / "again.db", os.urandom(32).hex()
        opening.closed_anew(found, new, own, told)
        ended = time.monotonic()
        same, serves = _same(new, own, found.facts), _serves(new, own)
        compared = time.monotonic()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    took = [round(after - before, 2) for before, after in pairwise((began, closed, ended, compared))]
    return Drilled(made.entries, made.size, *took, same, serves)


def _same(database: Path, key: str, expected: snapshot.Facts) -> bool:
    with closing(snapshot.opened(database, key)) as connection:
        return snapshot.facts(connection) == expected


def _serves(database: Path, key: str) -> bool:
    from django.core.checks import run_checks

    with looking_at(database, key):
        return not any(one.is_serious() for one in run_checks(databases=["default"]))

"""From one version of the tables to the next, with a way back: whole or not at all.

The record is copied, the copy is changed and looked through, and one rename puts it in the record's place. Before
that rename everything is as it was; after it the old record lies in `before-upgrade`. Nothing is ever deleted there.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from alongside import clock
from alongside.doors.office.machine import version
from alongside.site.engine.creation import COMPANIONS, remove
from alongside.site.keeping import folders, packing, snapshot
from alongside.site.keeping.backup import moment
from alongside.site.keeping.looking import looking_at, vouched
from alongside.site.keeping.opening import Standing, standing
from alongside.site.problem import Problem

KEPT = "before-upgrade"
Told = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Upgraded:
    """`changes`: what the tables had not had yet. `kept`: where the record as it was lies. `version`: of the program
    that changed it. `heads`, `entries`: what it held, to tell later what was said since."""

    at: str
    version: str
    changes: tuple[str, ...]
    kept: str
    entries: int
    heads: str

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Back:
    """`since`: statements said after the upgrade, which are not in the record any more. `left`: where they lie."""

    at: str
    since: int
    left: str

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def here(database: Path, key: str) -> Standing:
    """Where this record stands beside this program. Raises Problem where a newer one made its tables."""
    with snapshot.closing(snapshot.opened(database, key)) as connection:
        done = [f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations")]
    found = standing(done)
    if found.unknown:
        raise Problem(
            f"A newer program made the tables of {database}: this one does not know {', '.join(found.unknown)}. "
            "Start the newer program, or go back with it: alongside upgrade --back."
        )
    return found


def upgraded(database: Path, key: str, *, at: int, told: Told) -> Upgraded | None:
    """Bring the tables up to date; None when they are. Nobody else may be at work in the folder (prepare.alone).

    Raises Problem, or what the disk says; then the record is as it was.
    """
    pending = here(database, key).pending
    if not pending:
        return None
    folder = database.parent / KEPT
    folder.mkdir(mode=0o700, exist_ok=True)
    folders.room_for(folder, 3 * folders.size_of(database))
    stamp = f"{clock.moment(at):%Y%m%dT%H%M%SZ}"
    kept, new = folder / f"{stamp}.db", database.with_name(f".{database.name}.next")
    remove(new)  # what a kill left
    found = _kept(database, key, kept, told)
    try:
        snapshot.copied(kept, key, new, key)
        _changed(new, key, told)
        with snapshot.closing(snapshot.opened(new, key)) as connection:
            now = snapshot.facts(connection)
        if (now.entries, now.heads) != (found.entries, found.heads):
            raise Problem("The changed copy does not hold what the record holds. The record is as it was.")
        done = Upgraded(moment(at), version(), pending, str(kept), found.entries, found.heads)
        _noted(kept, done)
        _into_place(new, database, key)
    finally:
        remove(new)
    return done


def _kept(database: Path, key: str, kept: Path, told: Told) -> snapshot.Facts:
    """The record as it is, at `kept`, whole before it has that name."""
    draft = kept.with_name(f".{kept.name}")
    remove(draft)
    found = snapshot.copied(database, key, draft, key, told("kept as it was"))
    snapshot.sound(draft, key, found)
    os.rename(draft, kept)
    folders.settle(kept.parent)
    return found


def _changed(new: Path, key: str, told: Told) -> None:
    from django.core.checks import run_checks
    from django.core.management import call_command

    from alongside.record.registers import rebuild

    with looking_at(new, key):
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        rebuild(told=told("registers made again"))
        serious = [one.msg for one in run_checks(databases=["default"]) if one.is_serious()]
        if serious:
            raise Problem(" ".join(map(str, serious)))
    vouched(new, key, registers=False, told=told("looked through"))


def _noted(kept: Path, done: Upgraded) -> None:
    place = kept.with_suffix(".json")
    with open(os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(packing.as_json(done.plain()))
        file.flush()
        os.fsync(file.fileno())
    folders.settle(kept.parent)


def _into_place(new: Path, database: Path, key: str) -> None:
    """One rename. Both files are closed and folded first, so that no log of the one is read into the other."""
    snapshot.opened(database, key).close()
    for one in (new, database):
        for companion in COMPANIONS[1:]:
            if Path(f"{one}{companion}").exists():
                raise Problem(f"{one} is still open somewhere. The record is as it was.")
    handle = os.open(new, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(new, database)
    folders.settle(database.parent)


def back(database: Path, key: str, *, at: int, even_so: bool, told: Told) -> Back:
    """The record as it was before the last upgrade, in its place again; nobody else at work in the folder.

    What was said since is not in it. Where there is any, Problem says how much, unless `even_so`; and the record
    that is left is kept beside the others. Start the earlier program afterwards.
    """
    last = _last(database.parent / KEPT)
    kept = database.parent / KEPT / Path(last["kept"]).name
    with snapshot.closing(snapshot.opened(database, key)) as connection:
        now = snapshot.facts(connection)
    if set(last["changes"]) - set(now.migrations):
        raise Problem("The record is as it was before its last upgrade already.")
    since = now.entries - last["entries"]
    if (since or now.heads != last["heads"]) and not even_so:
        raise Problem(
            f"{since} statements were said since the upgrade, and would not be in the record any more. "
            "Nothing was done. --even-so leaves them behind, in a file of their own."
        )
    folders.room_for(kept.parent, 2 * folders.size_of(database))
    left = kept.with_name(f"left-{clock.moment(at):%Y%m%dT%H%M%SZ}.db")
    _kept(database, key, left, told)
    new = database.with_name(f".{database.name}.next")
    remove(new)
    try:
        snapshot.sound(new, key, snapshot.copied(kept, key, new, key, told("put back")))
        _into_place(new, database, key)
    finally:
        remove(new)
    return Back(last["at"], since, str(left))


def _last(folder: Path) -> dict[str, Any]:
    """What was noted of the last upgrade. Raises Problem when there was none."""
    noted = sorted(folder.glob("[0-9]*.json")) if folder.is_dir() else []
    if not noted:
        raise Problem("There was no upgrade to go back from.")
    return json.loads(noted[-1].read_text("utf-8"))

"""A backup: one file, closed for keys that are not here, looked through before it is closed and again on the disk."""

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from alongside import clock
from alongside.doors.office.machine import NOTED, version
from alongside.site.engine.creation import remove
from alongside.site.engine.driver import Database
from alongside.site.keeping import folders, once, packing, sealing, snapshot
from alongside.site.keeping.looking import looked_through
from alongside.site.problem import Problem

Told = Callable[[str], Callable[[int, int], None]]  # what is done, then how much of how much


@dataclass(frozen=True, slots=True)
class Backup:
    """`file`: where it lies. `size`: bytes. `sum`: SHA-256. `entries`: statements in it. `until`: the moment of the
    newest, ISO in UTC, or ''. `kept`: 'write-once' or 'read-only'."""

    file: str
    size: int
    sum: str
    entries: int
    until: str
    kept: str

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def moment(micros: int) -> str:
    """Microseconds as people write a moment, in UTC; '' for none."""
    return f"{clock.moment(micros):%Y-%m-%d %H:%M:%S} UTC" if micros else ""


def backup(
    *, data: Path, database: Path, key: str, secret: str, demo: bool, to: Path, recipients: Sequence[Any], at: int,
    stay: bool, note: bool = True, told: Told,
) -> Backup:  # fmt: skip
    """Copy, look through, close, read again, name. `at`: microseconds. `stay`: make it write-once. `note`: let the
    administrator's page know.

    The copy on the way has a key that is only in memory: what a kill leaves behind opens for nobody.
    Raises Problem, and OSError where the disk does not take it; then nothing is left that looks like a backup.
    """
    if not to.is_dir():
        raise Problem(f"There is no folder {to}. Is its disk there? Make it first.")
    if to.resolve().is_relative_to(data.resolve()):
        raise Problem(f"{to} lies in the data folder: what takes the one takes the other. Choose another disk.")
    final = to / f"alongside-{clock.moment(at):%Y%m%dT%H%M%SZ}.tar.age"
    if final.exists():
        raise Problem(f"{final} is there already. Nothing is written over.")
    folders.room_for(to, 2 * folders.size_of(database) + (8 << 20))
    copy, draft, own = folders.draft_in(to, "copy"), folders.draft_in(to, "part"), secrets.token_hex(32)
    try:
        try:
            found = snapshot.copied(database, key, copy, own, told("copied"))
            looked_through(copy, own, found, registers=False, told=told("looked through"))
        except Database.OperationalError as why:
            raise Problem(f"The copy could not be made. The database says: {why}") from None
        small = _small(data, own, secret)
        small = {packing.MANIFEST: _manifest(small, copy, found, at=at, demo=demo), **small}
        written = sealing.closed(packing.packed(small, copy, told("closed")), draft, recipients)
        if sealing.sum_of(draft) != written:
            raise Problem("What the disk gives back is not what was written to it. Do not use this disk.")
        once.read_only(draft)
        _name(draft, final)
    finally:
        remove(copy)
        draft.unlink(missing_ok=True)
    kept = "write-once" if stay and once.write_once(final) else "read-only"
    if note:
        file = folders.opened(data / NOTED)
        os.utime(file)
        os.close(file)
    return Backup(str(final), final.stat().st_size, written, found.entries, moment(found.last_at), kept)


def _small(data: Path, own: str, secret: str) -> dict[str, bytes]:
    """What lies beside the database: its key in this copy, and what the folder needs to be the same office."""
    beside = {name: (data / name).read_bytes() for name in packing.BESIDE if (data / name).is_file()}
    return {packing.KEY: own.encode() + b"\n", **beside, "secret": secret.encode() + b"\n"}


def _manifest(small: dict[str, bytes], copy: Path, found: snapshot.Facts, *, at: int, demo: bool) -> bytes:
    """What is in it, for whoever opens it; also the names of settings that were in force, never their secrets."""
    named = [name for name in os.environ if name.startswith("ALONGSIDE_")]
    return packing.as_json(
        {
            "format": packing.FORMAT, "made": moment(at), "version": version(), "demo": demo,
            "engine": Database.sqlite_version, "settings": sorted(named),
            "origin": os.environ.get("ALONGSIDE_ORIGIN", ""),
            "sums": packing.sums_of(small, copy), "facts": found.plain(),
        }
    )  # fmt: skip


def _name(draft: Path, final: Path) -> None:
    """Give a finished file its name, never that of another, and wait until the disk has it."""
    try:
        os.link(draft, final)
    except FileExistsError:
        raise Problem(f"{final} is there already. Nothing is written over.") from None
    except OSError:  # a file system without second names
        os.rename(draft, final)
    folders.settle(final.parent)

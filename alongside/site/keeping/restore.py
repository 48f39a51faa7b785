"""A folder made again from a backup and the private key, on a machine that has nothing else."""

import os
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from alongside.site import keys
from alongside.site.engine.driver import RAW_KEY
from alongside.site.keeping import folders, opening, packing
from alongside.site.keeping.backup import moment
from alongside.site.problem import Problem

Told = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Restored:
    """`data`: the folder. `key`: where its key lies, 'ALONGSIDE_KEY' when it is that one, '' for a demo. `made`,
    `until`: moments of the backup and of its newest statement. `upgrade`: its tables are of an earlier program.
    `aside`: where a key that lay in the way was put, or ''. `signer`: the folder in which the log's key is looked for
    and is not, or '': a backup holds neither it nor what it signed last."""

    data: str
    key: str
    made: str
    until: str
    entries: int
    version: str
    upgrade: bool
    aside: str
    signer: str

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@contextmanager
def beside(data: Path):
    """A folder beside `data` to work in, on the same disk; gone afterwards unless it was given its name."""
    data.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    work = folders.draft_in(data.parent, "restoring")
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def restore(
    file: Path, identities: Sequence[Any], data: Path, *, wake: Callable[[Path, str], None], told: Told
) -> Restored:
    """Make `data` from a backup: whole or not at all. The database gets a key of its own, so that the one in the
    backup opens the backup alone; ALONGSIDE_KEY where it is set.

    `wake(folder, secret)` sets Django up, once the secret is known. Raises Problem; then `data` is as it was.
    """
    folders.bare(data)
    with beside(data) as work:
        folders.room_for(work, 3 * file.stat().st_size if file.is_file() else 0)
        found = opening.opened(file, identities, work, told)
        wake(work, found.small["secret"].decode().strip())
        key = os.environ.get("ALONGSIDE_KEY") or secrets.token_hex(32)
        if not RAW_KEY.fullmatch(key):
            raise Problem("ALONGSIDE_KEY must be 64 hexadecimal digits.")
        new = folders.draft_in(work, "db")
        where = opening.closed_anew(found, new, key, told)
        os.replace(new, found.database)
        _beside(work, found.small)
        demo = bool(found.manifest["demo"])
        if demo:
            keys.kept(work / keys.DEMO_KEY, lambda: key)
        place, aside = ("", "") if demo else _key(data, key)
        _into_place(work, data)
    made, until = found.manifest["made"], moment(found.facts.last_at)
    version = str(found.manifest["version"])
    signer = keys.signer_place(data, demo)
    return Restored(
        str(data), place, made, until, found.facts.entries, version, bool(where.pending), aside,
        "" if (signer / "key").exists() else str(signer),
    )  # fmt: skip


def _beside(work: Path, small: Mapping[str, bytes]) -> None:
    """What lies beside the database, from the names we know (packing.BESIDE)."""
    for name in packing.BESIDE:
        if name in small:
            with open(os.open(work / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(small[name].rstrip(b"\n") if name == "secret" else small[name])
                file.flush()
                os.fsync(file.fileno())


def _key(data: Path, key: str) -> tuple[str, str]:
    """Put the key where the server looks for it; one that lies there already is put aside, never written over."""
    if os.environ.get("ALONGSIDE_KEY"):
        return "ALONGSIDE_KEY", ""
    place, aside = keys.key_place(data, False), ""
    if place.exists():
        aside = str(place.with_name(f"{place.name}.before-{secrets.token_hex(3)}"))
        os.rename(place, aside)
    keys.kept(place, lambda: key)
    folders.hand_over(place)
    folders.settle(place.parent)
    return str(place), aside


def _into_place(work: Path, data: Path) -> None:
    for companion in ("-wal", "-shm"):
        if (work / f"{packing.DATABASE}{companion}").exists():
            raise Problem("The restored record is still open. Nothing was put in place.")
    folders.settle(work)
    if data.exists():
        folders.as_was(data, work)
        data.rmdir()
    os.rename(work, data)
    folders.settle(data.parent)

"""Destroying what is left on this machine, once a folder holds all of it: the keys first, then the files.

With the key gone nobody opens what a disk may still hold of the database. Files of Alongside's own go, by their names;
what else lies in the data folder is named and stays. A mark in the folder says that it was begun, so that a destroying
that was cut short is ended by the same command, also when the database opens no more.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from alongside.exchange.export import check
from alongside.exchange.export.everything import grown
from alongside.site import keys
from alongside.site.closing.places import DATABASES, DRAFTS, NAMES
from alongside.site.closing.sheet import NAME
from alongside.site.problem import Problem

MARK = "destroying"
PIECE = 1 << 20
Told = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Going:
    """`keys`: files that open something, gone first; `files`: what else of Alongside's goes; `others`: what lies in
    the data folder and is not Alongside's, which stays."""

    keys: tuple[Path, ...]
    files: tuple[Path, ...]
    others: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """What the mark says. `sums`: SHA-256 of the folder's list of sums."""

    office: str
    folder: str
    sums: str


def going(data: Path, demo: bool) -> Going:
    """What would go from this machine."""
    signer = keys.signer_place(data, demo)
    opens = [keys.key_place(data, demo), data / "secret", *_under(signer)]
    here = sorted(data.iterdir())
    ours = [one for one in here if one.name in NAMES or one.name.startswith(DRAFTS)]
    files = [one for one in [*ours, signer] if one not in opens and one.exists()]
    others = tuple(one for one in here if one not in ours and one.name != MARK)
    return Going(tuple(one for one in opens if one.is_file()), tuple(dict.fromkeys(files)), others)


def _under(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file()) if folder.is_dir() else []


def apart(folder: Path, data: Path) -> None:
    """Raises Problem where the one lies inside the other: it would go with it."""
    one, other = folder.resolve(), data.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise Problem(f"{folder} and the data folder lie inside each other. Copy the folder elsewhere first.")


def whole(folder: Path, told: Told) -> str:
    """Look at the folder; returns the sum of its list of sums. Raises Problem."""
    if not (folder / NAME).is_file():
        raise Problem(f'{folder} is no folder that "alongside close --to" made: there is no {NAME} in it.')
    try:
        check.check(folder, told("read again"))
    except (check.Wrong, OSError, ValueError, KeyError, TypeError) as why:
        what = str(why) if isinstance(why, check.Wrong) else "Something in it cannot be read."
        raise Problem(f"{folder} does not hold. {what} Nothing was destroyed.") from None
    return check.sum_of(folder / check.SUMS)


def nothing_since(folder: Path) -> None:
    """Raises Problem where the record holds something today that the folder does not, or holds otherwise."""
    found = grown(check.sums(folder))
    if found:
        raise Problem(
            f"The record is not as it is in {folder} any more: {', '.join(found)}. Somebody wrote, looked or signed in "
            'since. Run "alongside close --to" again, into another folder. Nothing was destroyed.'
        )  # fmt: skip


def mark(data: Path) -> Begun | None:
    """What was begun here and not ended, or None."""
    try:
        return Begun(**json.loads((data / MARK).read_text("utf-8")))
    except FileNotFoundError:
        return None


def begin(data: Path, begun: Begun) -> None:
    """Write the mark, on the disk when this returns."""
    with open(os.open(data / MARK, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump({"office": begun.office, "folder": begun.folder, "sums": begun.sums}, file)
        file.flush()
        os.fsync(file.fileno())


def destroy(data: Path, what: Going, told: Callable[[int, int], None]) -> None:
    """Keys first, then everything else of ours, the mark last. What stays in the folder stays."""
    todo = [*what.keys, *what.files]
    for done, place in enumerate(todo, 1):
        _gone(place, blank=place in what.keys or place.name.startswith(DATABASES))
        told(done, len(todo))
    (data / MARK).unlink(missing_ok=True)
    if not any(data.iterdir()):
        data.rmdir()


def _gone(place: Path, *, blank: bool) -> None:
    if place.is_dir() and not place.is_symlink():
        if blank:
            _blanked(_under(place))
        shutil.rmtree(place)
        return
    if blank and place.is_file() and not place.is_symlink():
        _blanked([place])
    place.unlink(missing_ok=True)


def _blanked(places: Iterable[Path]) -> None:
    """Written over once. A disk may keep the old pieces all the same: that is why the keys go first."""
    for place in places:
        size = place.stat().st_size
        with open(place, "r+b") as file:
            for begin in range(0, size, PIECE):
                file.write(bytes(min(PIECE, size - begin)))
            file.flush()
            os.fsync(file.fileno())

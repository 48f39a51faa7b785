"""Folders and files on a disk: whether there is room, and that what was named is really there after a power cut."""

import errno
import os
import secrets
import shutil
from pathlib import Path

from alongside.site.problem import Problem


def draft_in(folder: Path, what: str) -> Path:
    """A name nobody has in this folder, beginning with a dot, for something that is not finished."""
    return folder / f".alongside-{secrets.token_hex(4)}.{what}"


def opened(place: Path) -> int:
    """The descriptor of a file in somebody's folder, made where it is not there and theirs also when root makes it.
    Raises Problem where it is a link: it could lead root to what the folder's owner may not touch."""
    try:
        found = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as why:
        if why.errno != errno.ELOOP:
            raise
        raise Problem(f"{place} is a link. Find out who put it there, and take it away.") from None
    hand_over(place)
    return found


def hand_over(place: Path) -> None:
    """What root has made in a folder belongs to whoever has that folder: else the server could not open it. Where a
    link leads is nobody's gift."""
    if os.geteuid() == 0:
        above = place.parent.stat()
        os.chown(place, above.st_uid, above.st_gid, follow_symlinks=False)


def as_was(folder: Path, new: Path) -> None:
    """What root puts into the place of an empty folder belongs to whoever had that one. From within outwards, each
    name asked of the folder it stands in: what was handed over may be something else in the next moment."""
    if os.geteuid() == 0:
        had = folder.stat()
        for _path, inner, files, within in os.fwalk(new, topdown=False):
            for name in (*inner, *files):
                os.chown(name, had.st_uid, had.st_gid, dir_fd=within, follow_symlinks=False)
        os.chown(new, had.st_uid, had.st_gid, follow_symlinks=False)


def settle(folder: Path) -> None:
    """Wait until the disk has the names in this folder."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def room_for(folder: Path, size: int) -> None:
    """Raises Problem when this folder's disk has no room for so many bytes: better now than half way."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise Problem(f"{folder} has room for {free >> 20} MB, and {(size >> 20) + 1} MB are needed. Nothing was done.")


def bare(folder: Path) -> None:
    """Raises Problem unless there is nothing in this folder, or no folder yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Problem(f"{folder} is not empty. Only an empty folder, or one that is not there yet, is taken.")


def size_of(database: Path) -> int:
    """Bytes of a database with its write-ahead log."""
    log = database.with_name(f"{database.name}-wal")
    return database.stat().st_size + (log.stat().st_size if log.exists() else 0)

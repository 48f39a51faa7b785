"""What lies inside a backup: a plain tar with the database, its own key, and what the folder needs beside it.

manifest.json   what it holds, from when, of which version, the sum of every other part
database.key    64 hex digits: opens the database here, and no other
secret          what cards, second factors and sealed words hang on
office.toml     what the office said of itself; the demo has cast-loaded instead
clocks.toml, password-words.txt  what the office wrote itself, where it did
alongside.db    the record
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from alongside.site.keeping.snapshot import Facts
from alongside.site.problem import Problem

FORMAT = "alongside.backup.v1"
DATABASE, KEY, MANIFEST = "alongside.db", "database.key", "manifest.json"
BESIDE = ("secret", "office.toml", "cast-loaded", "clocks.toml", "password-words.txt")
PIECE = 1 << 20
SMALL = 1 << 20  # bytes that a part beside the database may have
Told = Callable[[int, int], None]


class Packed:
    """A tar as a stream that is made while it is read: no second copy on any disk."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._left) < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._left += piece
        given, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        return given


def packed(small: Mapping[str, bytes], database: Path, told: Told | None = None) -> Packed:
    """The tar of these small parts, in order, and of the database last."""
    return Packed(_pieces(small, database, told))


def _pieces(small: Mapping[str, bytes], database: Path, told: Told | None) -> Iterator[bytes]:
    for name, content in small.items():
        yield _head(name, len(content)) + content + bytes(-len(content) % tarfile.BLOCKSIZE)
    size, done = database.stat().st_size, 0
    yield _head(DATABASE, size)
    with open(database, "rb") as file:
        while piece := file.read(PIECE):
            done += len(piece)
            if told:
                told(done, size)
            yield piece
    if done != size:
        raise OSError(f"{database} changed while it was read.")
    yield bytes(-size % tarfile.BLOCKSIZE) + bytes(2 * tarfile.BLOCKSIZE)


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup that was opened. `small`: the parts beside the database, by name. `database`: where it was put."""

    manifest: Mapping[str, Any]
    facts: Facts
    key: str
    small: Mapping[str, bytes]
    database: Path


def unpacked(stream: BinaryIO, folder: Path, told: Told | None = None) -> Unpacked:
    """Read a tar from `stream`: the database goes into `folder`, the rest is kept in memory. `told(bytes, all)`.

    Only names we know are taken, so nothing lands elsewhere. Raises Problem when a sum is not what it should be.
    """
    small: dict[str, bytes] = {}
    sums: dict[str, str] = {}
    place = folder / DATABASE
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=PIECE) as tar:
            for part in tar:
                content = tar.extractfile(part)
                if content is None or part.name in sums or part.name not in (MANIFEST, KEY, *BESIDE, DATABASE):
                    raise Problem("This is no backup of Alongside: it holds something else.")
                if part.name == DATABASE:
                    sums[part.name] = _put(content, place, part.size, told)
                    continue
                if part.size > SMALL:
                    raise Problem(f"This is no backup of Alongside: {part.name} is too large.")
                small[part.name] = content.read()
                sums[part.name] = hashlib.sha256(small[part.name]).hexdigest()
        manifest = json.loads(small.pop(MANIFEST))
        key = small.pop(KEY).decode("ascii").strip()
        found = Facts(**manifest["facts"])
    except (tarfile.TarError, KeyError, TypeError, ValueError) as why:
        raise Problem(f"This is no backup of Alongside ({type(why).__name__}).") from None
    sums.pop(MANIFEST)
    if manifest["format"] != FORMAT or sums != manifest["sums"]:
        raise Problem("The backup does not hold what its own list says.")
    return Unpacked(manifest, found, key, small, place)


def _put(content: Any, place: Path, size: int, told: Told | None) -> str:
    """Its sum. Nobody waits for the disk: what stays is a copy of this that has another key."""
    found, done = hashlib.sha256(), 0
    with open(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while piece := content.read(PIECE):
            found.update(piece)
            file.write(piece)
            done += len(piece)
            if told:
                told(done, size)
    return found.hexdigest()


def sums_of(small: Mapping[str, bytes], database: Path) -> dict[str, str]:
    """The sum of every part, for the manifest."""
    from alongside.site.keeping.sealing import sum_of

    found = {name: hashlib.sha256(content).hexdigest() for name, content in small.items()}
    return {**found, DATABASE: sum_of(database)}


def as_json(value: Any) -> bytes:
    """JSON with an end of line, readable by a person."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

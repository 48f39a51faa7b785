"""A folder of plain files, made whole or not at all, with the sum of each."""

import csv
import hashlib
import io
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alongside.record.statement import Refused

SUMS = "SHA256SUMS"
DRAFT = re.compile(r"[0-9a-f]{8}")  # how the name of a folder ends that is not whole yet


class Folder:
    """Where files are put. Nothing is written over; each file's sum is kept."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.sums: dict[str, str] = {}

    def put(self, name: str, content: Iterable[str]) -> None:
        """A file of text in UTF-8, piece by piece, on the disk when this returns."""
        place = self.place / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = hashlib.sha256()
        with open(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            for piece in content:
                data = piece.encode()
                found.update(data)
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.sums[name] = found.hexdigest()

    def seal(self) -> None:
        """The list of sums, as `sha256sum -c SHA256SUMS` reads it."""
        lines = [f"{found}  {name}\n" for name, found in sorted(self.sums.items())]
        self.put(SUMS, lines)


def fits(to: Path) -> None:
    """Raises Refused: not-empty, no-place."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise Refused("not-empty")
    if not to.parent.is_dir():
        raise Refused("no-place")


@contextmanager
def new(to: Path, look: Callable[[Path], object] | None = None) -> Iterator[Folder]:
    """A folder that has its name only when the block ends well, and when `look` at it raises nothing.

    Raises Refused: not-empty, no-place; and what `look` raises.
    """
    fits(to)
    draft = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        folder = Folder(draft)
        yield folder
        folder.seal()
        if look is not None:
            look(draft)
        if to.exists():
            to.rmdir()
        os.rename(draft, to)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def swept(to: Path) -> int:
    """Take away what a run that was killed left of this folder; how many. It is not encrypted, so it must not lie."""
    drafts = [one for one in to.parent.glob(f".{to.name}.*") if DRAFT.fullmatch(one.name[len(to.name) + 2 :])]
    for one in drafts:
        shutil.rmtree(one)
    return len(drafts)


def line(value: Any) -> str:
    """One line of JSON: keys in order, no blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def sum_of(content: Iterable[str]) -> str:
    """The sum a file with this content would have."""
    found = hashlib.sha256()
    for piece in content:
        found.update(piece.encode())
    return found.hexdigest()


def table(head: Sequence[str], listed: Iterable[Sequence[str]]) -> str:
    """CSV as spreadsheets open it. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in listed:
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell[:1] else cell for cell in row])
    return "﻿" + out.getvalue()

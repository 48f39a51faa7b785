"""Passwords known from leaks: a file of their SHA-1 sums, in order, that an office fetched elsewhere.

One line is forty hex digits, and whatever may follow behind a colon. The file may be larger than memory: a line is
looked for by halving. Nothing is asked of anybody, and no password is written anywhere.
"""

import hashlib
import logging
import re
from pathlib import Path
from typing import BinaryIO

LINE = re.compile(rb"([0-9A-Fa-f]{40})(?::\d*)?\r?\n?")
LONGEST = 200  # bytes of a line
LOOKED_AT = 1000  # places at which the order is looked at when the server starts
log = logging.getLogger("alongside.access")


def holds(place: Path | None, password: str) -> bool:
    """Whether the password is in the file. Without a file, or when it cannot be read (then the log says so), it is
    not."""
    if place is None:
        return False
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    try:
        with open(place, "rb") as file:
            return _found(file, wanted)
    except (OSError, ValueError) as why:
        log.error("the file of leaked passwords cannot be read (%s)", type(why).__name__)
        return False


def _found(file: BinaryIO, wanted: bytes) -> bool:
    low, high = 0, file.seek(0, 2)
    while low < high:
        begins, here = _line(file, (low + high) // 2)
        if here == wanted:
            return True
        low, high = (file.tell(), high) if here < wanted else (low, begins)
    return False


def _line(file: BinaryIO, at: int) -> tuple[int, bytes]:
    """Where the line around this byte begins, and its sum; the file then stands behind it. Raises ValueError."""
    before = max(0, at - LONGEST)
    file.seek(before)
    begins = before + file.read(at - before).rfind(b"\n") + 1
    file.seek(begins)
    found = LINE.fullmatch(file.readline(LONGEST))
    if found is None:
        raise ValueError("not a line of sums")
    return begins, found[1].upper()


def wrong(place: Path) -> str:
    """'' or what is wrong with the file, as a sentence: looked at in a thousand places, not in each."""
    try:
        with open(place, "rb") as file:
            size = file.seek(0, 2)
            if not size:
                return f"The file of leaked passwords is empty: {place}."
            sums = [_line(file, size * n // LOOKED_AT)[1] for n in range(LOOKED_AT)] + [_line(file, size - 1)[1]]
    except OSError as why:
        return f"The file of leaked passwords cannot be read: {place} ({why.strerror})."
    except ValueError:
        return f"The file of leaked passwords holds something else than SHA-1 sums, one in each line: {place}."
    if sums != sorted(sums):
        return f"The file of leaked passwords is not sorted by its sums: {place}."
    return ""

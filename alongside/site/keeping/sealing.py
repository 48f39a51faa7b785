"""The file format age (age-encryption.org): closed for public keys, opened with a private one, by any age program."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from alongside.site.problem import Problem

PIECE = 1 << 20


def pair() -> tuple[str, str]:
    """A new pair: the private key and the public one, as text."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def recipients(named: Sequence[str]) -> list[Any]:
    """Public keys, each given as text or as a file of them. Raises Problem for what is none."""
    found = []
    for one in named:
        lines = [one] if one.startswith("age1") else _lines(Path(one))
        for line in lines:
            if line.startswith("AGE-SECRET-KEY"):
                raise Problem(f"{one} is a private key. It does not belong on this machine: take it away from here.")
            try:
                found.append(pyrage.x25519.Recipient.from_str(line))
            except pyrage.RecipientError:
                raise Problem(f"{one} holds no public key of age. One begins with age1.") from None
    if not found:
        raise Problem("Say for whom it is closed: --recipient age1...")
    return found


def identities(place: Path) -> list[Any]:
    """The private keys in a file of age. Raises Problem when there are none."""
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in _lines(place)]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise Problem(f"{place} holds no private key of age. One begins with AGE-SECRET-KEY-1.")
    return found


def _lines(place: Path) -> list[str]:
    if not place.is_file():
        raise Problem(f"There is no file {place}.")
    return [line.strip() for line in place.read_text("utf-8").splitlines() if line.strip() and line[0] != "#"]


class _Written:
    """Passes bytes on to a file and keeps their sum."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.sum = file, hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.sum.update(piece)
        self._file.write(piece)
        return len(piece)

    def flush(self) -> None:
        self._file.flush()


def closed(source: Any, place: Path, to: Sequence[Any]) -> str:
    """Everything `source.read(n)` gives, closed for `to`, in a new file at `place`, on the disk when this returns.
    Returns the SHA-256 of what was written. Raises OSError when the disk does not take it."""
    with open(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        written = _Written(file)
        try:
            pyrage.encrypt_io(source, written, list(to))
        except pyrage.EncryptError as why:
            raise OSError(f"The backup could not be written: {why}") from None
        file.flush()
        os.fsync(file.fileno())
    return written.sum.hexdigest()


def sum_of(place: Path) -> str:
    """The SHA-256 of a file as the disk gives it back, not as memory remembers it, where the system lets us ask."""
    found = hashlib.sha256()
    with open(place, "rb") as file:
        with suppress(AttributeError, OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


@contextmanager
def open_for_reading(place: Path, keys: Sequence[Any]) -> Iterator[BinaryIO]:
    """What is in a closed file, as a stream; nothing of it touches the disk here.

    What was read counts only when the block ends without a Problem: a file cut short or altered is found at its end.
    """
    out, into = os.pipe()
    why: list[Exception] = []

    def opening() -> None:
        try:
            with open(place, "rb") as closed_file, open(into, "wb") as end:
                pyrage.decrypt_io(closed_file, end, list(keys))
        except Exception as error:
            why.append(error)

    thread = threading.Thread(target=opening, name="opening", daemon=True)
    thread.start()
    try:
        with open(out, "rb") as stream:
            yield stream
            while stream.read(PIECE):
                pass
    except Exception:
        thread.join()
        _said(place, why)
        raise
    thread.join()
    _said(place, why)


def _said(place: Path, why: list[Exception]) -> None:
    wished: list[tuple[Callable[[Exception], bool], str]] = [
        (lambda error: "No matching keys" in str(error), f"This private key does not open {place}."),
        (lambda error: not isinstance(error, BrokenPipeError), f"{place} is not whole, or was altered."),
    ]
    for error in why:
        for fits, words in wished:
            if fits(error):
                raise Problem(words) from None

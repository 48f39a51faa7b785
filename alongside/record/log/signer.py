"""The signer: it signs the log's next checkpoint, once it has seen that the log still begins with the last one.

Its key and its memory lie in a folder of its own, outside the data folder, so that whoever changes the database
alone gets no signature for it. It never signs two trees of which one is not the beginning of the other.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alongside.record.log import tree
from alongside.record.log.note import Checkpoint, Key, NotANote, key_of, opened, sign

LAST = "last-checkpoint"
Proof = Callable[[int], Sequence[bytes]]


class WillNotSign(Exception):
    """`str`: shorter (the log is shorter than what was signed), another-tree (it does not begin with what was
    signed), no-memory (what was signed last is gone), not-its-own (its memory was not signed by its key)."""


@dataclass(frozen=True, slots=True)
class Signer:
    """`folder`: its own; `name`: of the log; `seed`: 32 secret bytes."""

    folder: Path
    name: str
    seed: bytes

    @property
    def key(self) -> Key:
        """The public half."""
        return key_of(self.name, self.seed)

    def last(self) -> str:
        """The note it signed last, or ''."""
        try:
            return (self.folder / LAST).read_text("utf-8")
        except FileNotFoundError:
            return ""

    def sign(self, size: int, root: bytes, proof: Proof, *, begins: bool) -> str:
        """The signed note of this tree. `proof(old)`: that it begins with the tree of `old` leaves. `begins`: no
        checkpoint was made of this log yet. Signing the same again gives the same. Raises WillNotSign."""
        with self._alone():
            known = self._known(begins)
            if known is not None:
                if size < known.size:
                    raise WillNotSign("shorter")
                if not tree.grew(known.size, size, proof(known.size), known.root, root):
                    raise WillNotSign("another-tree")
            note = sign(Checkpoint(self.name, size, root), self.name, self.seed)
            self._remember(note)
            return note

    def _known(self, begins: bool) -> Checkpoint | None:
        last = self.last()
        if not last:
            if begins:
                return None
            raise WillNotSign("no-memory")
        try:
            return opened(last, self.key)
        except NotANote:
            raise WillNotSign("not-its-own") from None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One at a time, whichever process asks."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _remember(self, note: str) -> None:
        """On the disk, whole, before anybody gets the signature."""
        draft = self.folder / f".{LAST}"
        with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self.folder / LAST)
        above = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(above)
        finally:
            os.close(above)

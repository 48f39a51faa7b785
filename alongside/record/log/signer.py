"""The signer: it signs the log's next checkpoint, once it has seen that the log still begins with the last one.

Its key and its memory lie in a folder of its own, outside the data folder, so that whoever changes the database
alone gets no signature for it. It never signs two trees of which one is not the beginning of the other.

A log that is begun again (again.py) gets a new name and a new key here. What is known of the earlier one goes into
`earlier/`, the secret half of its key is gone: nothing is ever signed under its name again.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alongside.record.log import tree
from alongside.record.log.note import Checkpoint, Key, NotANote, key_of, opened, read_key, sign

LAST, EARLIER, PUBLIC = "last-checkpoint", "earlier", "public-key"
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
        return text(self.folder / LAST)

    def earlier(self) -> dict[str, Key]:
        """{name: public key} of the logs before this one."""
        return put_aside(self.folder)

    def sign(self, size: int, root: bytes, proof: Proof, *, begins: bool) -> str:
        """The signed note of this tree. `proof(old)`: that it begins with the tree of `old` leaves. `begins`: no
        checkpoint was made of this log yet. Signing the same again gives the same. Raises WillNotSign."""
        with alone(self.folder):
            known = self._known(begins)
            if known is not None:
                if size < known.size:
                    raise WillNotSign("shorter")
                if not tree.grew(known.size, size, proof(known.size), known.root, root):
                    raise WillNotSign("another-tree")
            note = sign(Checkpoint(self.name, size, root), self.name, self.seed)
            _written(self.folder / LAST, note)
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
def alone(folder: Path) -> Iterator[None]:
    """One at a time in this folder, whichever process asks."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def text(place: Path) -> str:
    """What is in a file, or ''."""
    try:
        return place.read_text("utf-8")
    except FileNotFoundError:
        return ""


def _written(place: Path, words: str) -> None:
    """On the disk, whole, before anybody goes on. What lies where it is drafted is not gone through: a link could lead
    root to what the folder's owner may not touch."""
    draft = place.with_name(f".{place.name}")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, place)
    _settled(place.parent)


def _settled(folder: Path) -> None:
    """Wait until the disk has the names in this folder."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


# --- under a new name ----------------------------------------------------------------------------------------


def aside(folder: Path, name: str) -> Path:
    """Where what is known of an earlier log lies."""
    return folder / EARLIER / name.replace("/", "_")


def put_aside(folder: Path) -> dict[str, Key]:
    """{name: public key} of every earlier log whose key is known here."""
    found = {}
    for place in (folder / EARLIER).glob(f"*/{PUBLIC}"):
        try:
            key = read_key(text(place))
        except NotANote:
            continue
        if key.name == text(place.with_name("name")).strip():
            found[key.name] = key
    return found


def renamed(
    folder: Path, name: str, after: str, *, key: Key | None, note: str, size: int, root: bytes
) -> Signer:  # fmt: skip
    """Put aside what is known of the log `name`, and make the signer of the log `after`, which has signed this tree.

    The first checkpoint lies there before the key does, and the key before the name: killed in between, nothing is
    signed under either name, and calling it again ends it. Raises FileExistsError where another has done it.
    """
    with alone(folder):
        if text(folder / "name").strip() not in ("", name):
            raise FileExistsError(folder / "name")
        _put_aside(folder, name, key, note)
        seed = secrets.token_hex(32)
        _written(folder / LAST, sign(Checkpoint(after, size, root), after, bytes.fromhex(seed)))
        _written(folder / "key", seed)
        _written(folder / "name", after)
    return Signer(folder, after, bytes.fromhex(seed))


def _put_aside(folder: Path, name: str, key: Key | None, note: str) -> None:
    """Whole or not at all, and never over what lies there."""
    final = aside(folder, name)
    if final.exists():
        return
    final.parent.mkdir(mode=0o700, exist_ok=True)
    draft = final.with_name(f".{final.name}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    for file, words in (("name", name), (PUBLIC, key.text if key else ""), (LAST, note)):
        if words:
            _written(draft / file, words)
    os.rename(draft, final)
    _settled(final.parent)

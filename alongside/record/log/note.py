"""Signed notes and checkpoints, as C2SP writes them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), with Ed25519.

A checkpoint says three things on three lines: the name of the log, how many leaves it has, its root. Whoever keeps
one can tell later whether the log still begins with what it held then.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
DASH = "— "


class NotANote(Exception):
    """This text is no checkpoint, or not one signed by the key it should be signed by. `str` says why: a code of
    not-a-note, not-a-key, another-key, bad-signature."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`origin`: the name of the log; `size`: leaves; `root`: 32 bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_spelt(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Key:
    """Whom to believe: the name of a log and its public key, 32 bytes."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that stand before each signature."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key as one line, to be printed: name, id, key (a C2SP vkey)."""
        return f"{self.name}+{self.id.hex()}+{_spelt(ED25519 + self.public)}"


def _spelt(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _read(text: str) -> bytes:
    """Base64 in its one spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotANote("not-a-note") from None
    if _spelt(data) != text:
        raise NotANote("not-a-note")
    return data


def key_of(name: str, seed: bytes) -> Key:
    """The public half of a key. `seed`: 32 secret bytes."""
    return Key(name, Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def read_key(text: str) -> Key:
    """The key that `Key.text` wrote. Raises NotANote: not-a-key."""
    name, _plus, rest = text.strip().partition("+")
    id_, _plus, spelt = rest.partition("+")
    try:
        data = _read(spelt)
    except NotANote:
        data = b""
    key = Key(name, data[1:])
    if not name or data[:1] != ED25519 or len(data) != 33 or key.id.hex() != id_:
        raise NotANote("not-a-key")
    return key


def sign(checkpoint: Checkpoint, name: str, seed: bytes) -> str:
    """The checkpoint as a signed note."""
    signed = Ed25519PrivateKey.from_private_bytes(seed).sign(checkpoint.text.encode())
    return f"{checkpoint.text}\n{DASH}{name} {_spelt(key_of(name, seed).id + signed)}\n"


def opened(note: str, key: Key) -> Checkpoint:
    """The checkpoint of a note, once its signature by this key holds. Raises NotANote."""
    return read(text_of(note, key))


def text_of(note: str, key: Key) -> str:
    """The text of a note, once its signature by this key holds; signatures of others are passed over.
    Raises NotANote."""
    text, signatures = parts(note)
    mine = [data[4:] for name, data in signatures if name == key.name and data[:4] == key.id]
    if not mine:
        raise NotANote("another-key")
    for one in mine:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(one, text.encode())
        except InvalidSignature:
            raise NotANote("bad-signature") from None
    return text


def parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The signed text of a note, and its signatures: (name, id and signature)."""
    text, gap, rest = note.rpartition("\n\n")
    lines = rest.split("\n")
    if not gap or lines.pop() != "" or not 0 < len(lines) <= 16 or any(ord(sign) < 32 for sign in note if sign != "\n"):
        raise NotANote("not-a-note")
    signatures = []
    for line in lines:
        name, _space, spelt = line.removeprefix(DASH).partition(" ")
        if not line.startswith(DASH) or not name or "+" in name:
            raise NotANote("not-a-note")
        signatures.append((name, _read(spelt)))
    return f"{text}\n", signatures


def read(text: str) -> Checkpoint:
    """The checkpoint in a text, whoever may have signed it. Raises NotANote: not-a-note."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not lines[1].isascii() or not lines[1].isdigit():
        raise NotANote("not-a-note")
    size, root = int(lines[1]), _read(lines[2])
    if str(size) != lines[1] or len(root) != 32:
        raise NotANote("not-a-note")
    return Checkpoint(lines[0], size, root)

"""Identities that tell nothing: random, holding neither time nor order nor name.

An entry, a person and a draft have an `id` of 128 random bits (UUIDv4, RFC 9562, 32 hex digits);
a family has a `code` of twelve letters and digits that can be read aloud.
"""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_bytes
from typing import TypeVar

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
T = TypeVar("T")
_seed: ContextVar[tuple[str, list[int]] | None] = ContextVar("ids", default=None)


def _bits(count: int) -> bytes:
    seed = _seed.get()
    if seed is None:
        return token_bytes(count)
    key, drawn = seed
    drawn[0] += 1
    return hashlib.shake_256(f"{key}/{drawn[0]}".encode()).digest(count)


def new() -> str:
    """A fresh identity: 32 hex digits of a UUIDv4."""
    return uuid.UUID(bytes=_bits(16), version=4).hex


def code() -> str:
    """A fresh family code: twelve characters without look-alikes."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in _bits(12))


def salt() -> bytes:
    """Thirty-two secret bytes for one entry (see docs/decisions on the record)."""
    return _bits(32)


def shuffled(items: Sequence[T]) -> list[T]:
    """The same items in a random order, every order as likely as another."""
    mixed = list(items)
    for last in range(len(mixed) - 1, 0, -1):
        other = int.from_bytes(_bits(16)) % (last + 1)  # 128 bits over a small number: no order is preferred
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


@contextmanager
def seeded(key: str) -> Iterator[None]:
    """Within this block the identities follow from `key` alone (the invented cast, twin worlds)."""
    token = _seed.set((key, [0]))
    try:
        yield
    finally:
        _seed.reset(token)

"""The tree of RFC 6962 (section 2.1): roots, and proofs that a leaf is in it or that a tree only grew.

Hashes are 32 bytes; a size is a number of leaves. The stricter rule of transparency-dev/merkle holds: of an empty
tree nothing is proved, so size 0 is refused.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

Whole = Callable[[int, int], bytes]
"""`whole(first, count)`: the hash of `count` leaves from `first`; count a power of two, first a multiple of it."""


def leaf(data: bytes) -> bytes:
    """The hash of a leaf that holds `data`."""
    return hashlib.sha256(b"\0" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of what lies above two hashes."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over the hashes of leaves; of none the hash of nothing."""
    roots = Growing()
    for one in leaves:
        roots.add(one)
    return roots.root()


class Growing:
    """A tree that takes leaves in order and keeps no more than its complete parts. `size`: how many it took."""

    def __init__(self) -> None:
        self.size = 0
        self.parts: list[bytes] = []

    def add(self, hash: bytes) -> list[tuple[int, int, bytes]]:
        """Take one leaf. Returns what it completed: (level, number on that level, hash), the leaf not among them."""
        self.parts.append(hash)
        done, level = [], 0
        while self.size >> level & 1:
            right = self.parts.pop()
            self.parts[-1] = node(self.parts[-1], right)
            level += 1
            done.append((level, self.size >> level, self.parts[-1]))
        self.size += 1
        return done

    def root(self) -> bytes:
        """The root of what was taken so far."""
        if not self.parts:
            return hashlib.sha256(b"").digest()
        above = self.parts[-1]
        for left in reversed(self.parts[:-1]):
            above = node(left, above)
        return above


def span(first: int, size: int, whole: Whole) -> bytes:
    """The hash over `size` leaves from `first`, made of complete parts."""
    if size & (size - 1) == 0:
        return whole(first, size)
    left = _half(size)
    return node(whole(first, left), span(first + left, size - left, whole))


def _half(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def inclusion(index: int, size: int, whole: Whole) -> list[bytes]:
    """The path from the leaf at `index` to the root of `size` leaves. Raises ValueError where it is not in it."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    first, path = 0, []
    while size > 1:
        left = _half(size)
        if index - first < left:
            path.append(span(first + left, size - left, whole))
            size = left
        else:
            path.append(whole(first, left))
            first, size = first + left, size - left
    return path[::-1]


def consistency(old: int, new: int, whole: Whole) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with that of `old`. Raises ValueError for other sizes."""
    if not 0 < old <= new:
        raise ValueError("no such sizes")
    first, size, known, proof = 0, new, True, []
    while old < size:
        left = _half(size)
        if old <= left:
            proof.append(span(first + left, size - left, whole))
            size = left
        else:
            proof.append(whole(first, left))
            first, old, size, known = first + left, old - left, size - left, False
    return ([] if known else [span(first, size, whole)]) + proof[::-1]


def included(index: int, size: int, hash: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf with this hash is at `index` under this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last = index, size - 1
    for one in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            hash = node(one, hash)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hash = node(hash, one)
        place, last = place >> 1, last >> 1
    return last == 0 and hash == root


def grew(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the tree with the new root begins with the one with the old root (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    hashes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not hashes:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for one in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node(one, before), node(one, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node(after, one)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root

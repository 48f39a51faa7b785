"""The tree as the database keeps it: leaves, and the complete parts above each block of sixty-four."""

from collections.abc import Callable

from alongside.record.log import tree
from alongside.record.reading import rows

BLOCK = 64  # leaves; the log's size is always a multiple
LEVEL = 6  # of a block; below it nothing but leaves is kept
LEVELS = 44  # bits


def key(level: int, number: int) -> int:
    """Where a complete part is kept."""
    return level << LEVELS | number


def proved(prove: Callable[[tree.Whole], list[bytes]]) -> list[bytes]:
    """What `prove` makes, with what it needs of the tree fetched at once: leaves of a block or two, and parts."""
    needed: set[tuple[int, int]] = set()

    def ask(first: int, count: int) -> bytes:
        needed.add((first, count))
        return b""

    prove(ask)
    parts, blocks = _parts(needed), _leaves({first // BLOCK for first, count in needed if count < BLOCK})

    def whole(first: int, count: int) -> bytes:
        if count >= BLOCK:
            return parts[first, count]
        return tree.root(blocks[first // BLOCK][first % BLOCK : first % BLOCK + count])

    return prove(whole)


def _parts(needed: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    keys = {
        key(count.bit_length() - 1, first // count): (first, count) for first, count in needed if count >= BLOCK
    }  # fmt: skip
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    found = rows(f"SELECT key, hash FROM record_node WHERE key IN ({marks})", list(keys))
    return {keys[one]: bytes(hash) for one, hash in found}


def _leaves(blocks: set[int]) -> dict[int, list[bytes]]:
    """The hashes of the leaves of these blocks."""
    found = {}
    for block in blocks:
        sql = "SELECT hash FROM record_leaf WHERE number >= %s AND number < %s ORDER BY number"
        found[block] = [tree.leaf(bytes(one)) for (one,) in rows(sql, [block * BLOCK, (block + 1) * BLOCK])]
    return found


def growing(size: int) -> tree.Growing:
    """The tree of `size` leaves, ready to take more. Raises LookupError where a part of it is gone."""
    made = tree.Growing()
    made.size = size
    levels = [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]
    wanted = {(size >> level << level) - (1 << level): 1 << level for level in levels}
    parts = _parts(set(wanted.items()))
    made.parts = [parts[one] for one in wanted.items()]
    return made


def inclusion(index: int, size: int) -> list[bytes]:
    """The path of a leaf to the root of `size` leaves."""
    return proved(lambda whole: tree.inclusion(index, size, whole))


def consistency(old: int, new: int) -> list[bytes]:
    """That the tree of `new` leaves begins with that of `old`; nothing for sizes that cannot be."""
    return proved(lambda whole: tree.consistency(old, new, whole)) if 0 < old <= new else []

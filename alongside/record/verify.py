"""Looks whether every stored byte still fits the commitment made when it was written."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alongside.record.appending import hash_of
from alongside.record.canonical import canonical
from alongside.record.entry import COLUMNS, from_row
from alongside.record.reading import rows, whole


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry (place inside the server) whose row is not what was written, or a gap before it."""

    place: int
    what: str


def verify(told: Callable[[int, int], None] | None = None) -> Iterator[Broken]:
    """Every entry whose row does not fit its commitment, its order or its neighbours."""
    families = rows("SELECT number, last_seq FROM record_family ORDER BY number", [])
    for done, (number, last) in enumerate(families, 1):
        previous, seq = "", 0
        for row in whole(number):
            seq += 1
            broken, previous = _check(row, seq, previous)
            if broken:
                yield Broken(row[0], broken)
        if seq != last:
            yield Broken(number << 20, "entries are missing")
        if told:
            told(done, len(families))


def _check(row: tuple, seq: int, previous: str) -> tuple[str, str]:
    kept, (salt, stored, once) = row[: len(COLUMNS)], row[len(COLUMNS) :]
    try:
        entry = from_row(kept)
        known = hash_of(entry, once=once, previous=previous, salt=bytes(salt))
        spelt = all(canonical(json.loads(kept[n])).decode() == kept[n] for n in (9, 19, 20))
    except (ValueError, TypeError, AttributeError):
        return "not readable as it was written", stored
    if not spelt or known != stored:
        return "not what was written", stored
    if (entry.pk & 0xFFFFF) != seq:
        return "out of order", stored
    return "", stored

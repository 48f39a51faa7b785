"""The log against every checkpoint there is of it: leaf by leaf, in one pass, however long it is."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from alongside.record.log import stored, tree
from alongside.record.log.note import Checkpoint, Key, NotANote, opened, parts, read
from alongside.record.log.sequencer import padding
from alongside.record.reading import rows

STEP = 128 * stored.BLOCK  # leaves read at a time
FAMILY_BITS = 20
Finding = tuple[str, int, str]  # code, number, of what


@dataclass(slots=True)
class Log:
    """What one pass over the log found. `families`: with leaves in it; `runs`: (size, moment) in order."""

    families: set[int] = field(default_factory=set)
    runs: list[tuple[int, int]] = field(default_factory=list)

    def earliest(self, number: int) -> int:
        """The moment before which what this leaf holds was not received: that of the run before its own; 0 for
        the first run."""
        place = bisect_right(self.runs, number, key=lambda run: run[0])
        return self.runs[place - 1][1] if place else 0

    @property
    def last(self) -> int:
        """The moment of the last run, or 0."""
        return self.runs[-1][1] if self.runs else 0


def compared(log: Log, key: Key | None, outside: Sequence[str]) -> Iterator[Finding]:
    """Every change of the log by itself; fills `log` on the way."""
    log.runs = rows("SELECT size, at FROM record_taken ORDER BY size", [])
    here = rows("SELECT size, note FROM record_checkpoint ORDER BY size", [])
    wanted: dict[int, list[bytes]] = {}
    for size, note in [*here, *((0, note) for note in outside)]:
        try:
            checkpoint = _opened(note, key)
        except NotANote as why:
            yield str(why), size, "checkpoint"
            continue
        if size and size != checkpoint.size:
            yield "log-changed", size, "checkpoint"
        wanted.setdefault(checkpoint.size, []).append(checkpoint.root)
    yield from _pass(log, wanted)


def _opened(note: str, key: Key | None) -> Checkpoint:
    return opened(note, key) if key is not None else read(parts(note)[0])


def _pass(log: Log, wanted: dict[int, list[bytes]]) -> Iterator[Finding]:
    """All leaves in order, the parts above them, and the roots where there is a checkpoint."""
    growing, parts = tree.Growing(), dict(rows("SELECT key, hash FROM record_node", []))
    expected = 0
    for number, hash, place, opens in _leaves():
        if number != expected:
            yield "log-gap", expected, "leaf"
        expected = number + 1
        if place is None and padding(bytes(opens or b"")) != bytes(hash):
            yield "foreign-leaf", number, "leaf"
        elif place is not None:
            log.families.add(place >> FAMILY_BITS)
        for level, above, part in growing.add(tree.leaf(bytes(hash))):
            if level >= stored.LEVEL and bytes(parts.pop(stored.key(level, above), b"")) != part:
                yield "tree", number, "leaf"
        if growing.size in wanted and growing.size % stored.BLOCK == 0:
            yield from _root(growing, wanted.pop(growing.size))
    for size in wanted:
        yield ("rolled-back" if size > growing.size else "log-changed"), size, "checkpoint"
    if parts:
        yield "tree", growing.size, "leaf"
    if growing.size != (log.runs[-1][0] if log.runs else 0):
        yield "log-gap", growing.size, "leaf"


def _root(growing: tree.Growing, roots: list[bytes]) -> Iterator[Finding]:
    if set(roots) != {growing.root()}:
        yield "log-changed", growing.size, "checkpoint"


def _leaves() -> Iterator[tuple]:
    """Every leaf, some at a time."""
    last = -1
    while True:
        sql = "SELECT number, hash, place, opens FROM record_leaf WHERE number > %s ORDER BY number LIMIT %s"
        found = rows(sql, [last, STEP])
        if not found:
            return
        yield from found
        last = found[-1][0]

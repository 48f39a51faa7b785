"""The log against every checkpoint there is of it: leaf by leaf, in one pass, however long it is.

A checkpoint of an earlier name of the log (begun.py) is held against it like any other, as far as that log is here.
What reaches further is no change: it is lost, and said so.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from alongside.record.log import begun, stored, tree
from alongside.record.log.note import Checkpoint, Key, NotANote, opened, parts, read
from alongside.record.log.sequencer import padding
from alongside.record.reading import rows

STEP = 128 * stored.BLOCK  # leaves read at a time
FAMILY_BITS = 20
Finding = tuple[str, int, str]  # code, number, of what: a leaf, a checkpoint, or an earlier log by its name
Wanted = dict[int, set[tuple[bytes, str]]]  # by size: root, and the earlier name of which it reaches further, or ''


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


class Trusted:
    """Whose checkpoints to believe. `key`: of the log as it is named now, or None to compare roots alone; `aside`:
    {name: key} of earlier names, as the signer has put them aside."""

    def __init__(self, key: Key | None, aside: Mapping[str, Key]) -> None:
        every = begun.beginnings() if key else ()
        self.key, self.reached = key, 0
        self.held: set[str] = set()
        self.keys = begun.keys(key, aside, every) if key else {}
        self.order = list(self.keys)
        self.broken_off = begun.broken_off(key.name, every) if key else {}

    def opened(self, note: str) -> Checkpoint:
        """The checkpoint in a note, once the key of its name signed it. Of an earlier name whose key is nowhere the
        signature is passed over. Raises NotANote."""
        checkpoint = read(parts(note)[0])
        if self.key is None:
            return checkpoint
        key = self.keys.get(checkpoint.origin, self.key)
        found = opened(note, key) if key else checkpoint
        self.held.add(found.origin)
        return found

    @property
    def taken_back(self) -> bool:
        """Whether of all that was opened nothing is of the name whose key is trusted: the log was begun again, and
        record and signer were put back to before that."""
        return self.key is not None and bool(self.held) and self.key.name not in self.held

    def in_turn(self, checkpoint: Checkpoint) -> bool:
        """Whether the record's checkpoints, asked one after another, never go back to an earlier name."""
        number = self.order.index(checkpoint.origin) if checkpoint.origin in self.order else len(self.order)
        before, self.reached = self.reached, max(self.reached, number)
        return self.key is None or number >= before

    def further(self, checkpoint: Checkpoint) -> str:
        """The earlier name of which this checkpoint reaches further than what is here, or ''."""
        begun = self.broken_off.get(checkpoint.origin)
        return checkpoint.origin if begun and checkpoint.size > begun.kept else ""


def compared(log: Log, trusted: Trusted, outside: Sequence[str]) -> Iterator[Finding]:
    """Every change of the log by itself, and what is lost of an earlier one; fills `log` on the way."""
    log.runs = rows("SELECT size, at FROM record_taken ORDER BY size", [])
    here = rows("SELECT size, note FROM record_checkpoint ORDER BY size", [])
    wanted: Wanted = {}
    for size, note in [*here, *((0, note) for note in outside)]:
        try:
            checkpoint = trusted.opened(note)
        except NotANote as why:
            yield str(why), size, "checkpoint"
            continue
        if size and size != checkpoint.size:
            yield "log-changed", size, "checkpoint"
        if size and not trusted.in_turn(checkpoint):
            yield "another-key", size, "checkpoint"
        further = "" if size else trusted.further(checkpoint)
        wanted.setdefault(checkpoint.size, set()).add((checkpoint.root, further))
    if trusted.taken_back:
        yield "another-key", here[-1][0] if here else 0, "checkpoint"
    yield from _pass(log, wanted)


def _pass(log: Log, wanted: Wanted) -> Iterator[Finding]:
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
            yield from _unlike(growing.size, wanted.pop(growing.size), growing.root(), "log-changed")
    for size, roots in wanted.items():
        yield from _unlike(size, roots, b"", "rolled-back" if size > growing.size else "log-changed")
    if parts:
        yield "tree", growing.size, "leaf"
    if growing.size != (log.runs[-1][0] if log.runs else 0):
        yield "log-gap", growing.size, "leaf"


def _unlike(size: int, roots: set[tuple[bytes, str]], root: bytes, code: str) -> Iterator[Finding]:
    """The checkpoints of this size that have another root: what is lost by its name, and a change once."""
    others = {further for one, further in roots if one != root}
    yield from (("lost", size, further) for further in sorted(others - {""}))
    if "" in others:
        yield code, size, "checkpoint"


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

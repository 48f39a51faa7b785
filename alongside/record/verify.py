"""Looks whether everything stored is what was received, and names every kind of change.

Three things are held against each other: each row against its own commitment, each row against its leaf in the log,
and the log against every checkpoint that was signed: those kept here, the one the signer remembers, and those that
somebody outside has kept. Only the last cannot be made anew by somebody with the database, its keys and time.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from alongside.record.canonical import canonical
from alongside.record.commitment import hash_of
from alongside.record.entry import APART, COLUMNS, SEQ_BITS, Apart, from_row
from alongside.record.erased import ERASED, lawfully
from alongside.record.log.compared import Log, Trusted, compared
from alongside.record.log.note import Key
from alongside.record.reading import rows, whole

LOST = "lost"  # the one that is no change: a backup was brought back, the log was begun again, and it says so
WORDS = {
    "edited": "a row is not what was written",
    "rewritten": "a row was written anew after the log had it",
    "backdated": "a row says another time than it was received",
    "missing": "a row that was received is gone",
    "moved": "a row stands where another was received",
    "swapped": "two rows stand in each other's place",
    "slipped-in": "a row stands among older ones that the log never had",
    "counter": "a family's counter does not fit its rows",
    "foreign-leaf": "the log holds something that is neither a row nor its own padding",
    "log-gap": "a leaf of the log is gone",
    "log-changed": "the log is not what was signed",
    "rolled-back": "a checkpoint reaches further than the log",
    "another-key": "a checkpoint was signed by another key",
    "bad-signature": "the signature of a checkpoint does not hold",
    "not-a-note": "a checkpoint cannot be read",
    "tree": "a kept part of the tree does not fit its leaves",
    LOST: "a checkpoint of an earlier log reaches further than what was brought back of it",
}
SLACK = 600_000_000  # microseconds between the moment an act was sent and the moment the record had it, at most


@dataclass(frozen=True, slots=True)
class Broken:
    """`place`: of an entry, inside the server; of a leaf or a checkpoint its number. `code`: one of WORDS. `of`: entry,
    leaf or checkpoint; of what is lost the name of the earlier log."""

    place: int
    code: str
    of: str = "entry"

    @property
    def what(self) -> str:
        """The kind of change, in words."""
        return WORDS[self.code]


@dataclass(slots=True)
class Stored:
    """One row as it is found. `hash`: as stored; `fits`: whether the row fits it. `at`: received, as it says;
    `early`: before the row that stands before it; `too_early`: before a run of the log that did not have it."""

    place: int
    hash: str
    fits: bool
    at: int
    early: bool = False
    too_early: bool = False


def verify(
    told: Callable[[int, int], None] | None = None, *, key: Key | None = None, aside: Mapping[str, Key] | None = None,
    outside: Sequence[str] = (),
) -> Iterator[Broken]:  # fmt: skip
    """Everything that is not as it was received. `told(done, families)`: after each family. `key`: whose
    checkpoints to believe; without it their roots are compared and their signatures are not. `aside`: the keys of the
    log's earlier names. `outside`: signed notes kept elsewhere, the signer's memory among them."""
    log = Log()
    for code, number, of in compared(log, Trusted(key, aside or {}), outside):
        yield Broken(number, code, of)
    families = dict(rows("SELECT number, last_seq FROM record_family", []))
    numbers = sorted(families.keys() | log.families)
    for done, number in enumerate(numbers, 1):
        yield from _family(number, families.get(number, 0), log)
        if told:
            told(done, len(numbers))


def _family(number: int, last: int, log: Log) -> Iterator[Broken]:
    """The changes of one family. `last`: its counter."""
    low = number << SEQ_BITS
    sql = "SELECT place, hash, number FROM record_leaf WHERE place >= %s AND place < %s"
    found = rows(sql, [low, low + (1 << SEQ_BITS)])
    leaves = {place: bytes(hash).hex() for place, hash, _leaf in found}
    earliest = {place: log.earliest(leaf) for place, _hash, leaf in found}
    here: dict[int, Stored] = {}
    before = Stored(low, "", True, 0)
    for row in whole(number):
        one = stored_of(row, leaves.get(row[0] - 1, before.hash))
        one.early, one.too_early = one.at < before.at, one.at + SLACK < earliest.get(one.place, log.last)
        if one.place > before.place + 1 and before.place + 1 not in leaves:
            yield Broken(before.place + 1, "missing")
        here[one.place] = before = one
    yield from _against_the_log(here, leaves)
    if before.place < low | last and before.place + 1 not in leaves:
        yield Broken(before.place + 1, "missing")
    if before.place > low | last:
        yield Broken(low | last, "counter")


@lru_cache(maxsize=4096)
def _spelt_right(text: str) -> bool:
    """Whether a stored list is spelt in the one way; the same few stand in a family's rows again and again."""
    return canonical(json.loads(text)).decode() == text


def stored_of(row: tuple, previous: str) -> Stored:
    """One row, and whether it fits its own commitment. `previous`: the hash of the entry before."""
    kept, apart = row[: len(COLUMNS)], Apart(*row[len(COLUMNS) :][: len(APART)])
    salt, stored, once = row[len(COLUMNS) + len(APART) :]
    entry = from_row(kept)
    try:
        lawful = entry.kind == ERASED and lawfully(entry)  # its hash stays, and the next entry is held against it
        known = stored if lawful else hash_of(entry, apart, once=once, previous=previous, salt=bytes(salt))
        lists = (entry.via_text, entry.about_text, entry.given_text)
        fits = known == stored and all(map(_spelt_right, lists))
    except (ValueError, TypeError, AttributeError):
        fits = False
    return Stored(entry.pk, stored, fits, entry.recorded_at if isinstance(entry.recorded_at, int) else 0)


def _against_the_log(here: dict[int, Stored], leaves: dict[int, str]) -> Iterator[Broken]:
    """Rows and leaves, place by place."""
    known, reached = {hash: place for place, hash in leaves.items()}, max(leaves, default=0)
    for place in sorted(here.keys() | leaves.keys()):
        one, leaf = here.get(place), leaves.get(place)
        if one is None:
            yield Broken(place, "missing")
        elif leaf is None and place < reached:
            yield Broken(place, "slipped-in")
        elif leaf not in (None, one.hash) and one.hash in known:
            other = here.get(known[one.hash])
            yield Broken(place, "swapped" if other is not None and other.hash == leaf else "moved")
        elif leaf not in (None, one.hash) or not one.fits:
            yield Broken(place, "backdated" if one.early or one.too_early else "rewritten" if one.fits else "edited")
        elif one.too_early or (one.early and leaf is None):
            yield Broken(place, "backdated")

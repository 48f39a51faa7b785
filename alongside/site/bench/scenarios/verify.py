"""A family's entries held against their commitments, against reading the same rows and one bare SHA-256 of each."""

from collections.abc import Iterator
from hashlib import sha256

from alongside.record.entry import STORED, first_pk, last_pk
from alongside.record.reading import whole
from alongside.record.verify import Stored, stored_of
from alongside.site.bench.facts import Fact
from alongside.site.bench.filling import LARGE, SMALL
from alongside.site.bench.timing import fact, in_turns

GOAL = 4
ROWS = f"SELECT {', '.join(STORED)} FROM record_entry"


def measure(bench) -> Iterator[Fact]:
    """Families of 100 and of 5,000 entries, row after row as `alongside verify` goes."""
    store = bench.largest
    raw, sql = store.bare(), f"{ROWS} WHERE pk BETWEEN {store.MARK} AND {store.MARK} ORDER BY pk"
    with store.entered():
        for entries in (SMALL, LARGE):
            numbers = [family.number for family in store.families(entries=entries)]

            def ours(turn: int, numbers=numbers) -> list[Stored]:
                return verified(numbers[turn % len(numbers)])

            def bare(turn: int, numbers=numbers) -> list[str]:
                number = numbers[turn % len(numbers)]
                rows = raw.execute(sql, (first_pk(number), last_pk(number))).fetchall()
                return [sha256(_bytes(row)).hexdigest() for row in rows]

            if not all(one.fits for one in ours(0)) or len(ours(0)) != len(bare(0)):
                raise AssertionError("a row does not fit its commitment")
            times = in_turns(ours, bare, bench.rounds(entries), warm=bare)
            name = f"verify, {entries:,} entries : the same rows and a bare SHA-256 of each"
            yield fact(name, times, wall=bench.wall, goal=GOAL, entries=store.entries)


def verified(number: int) -> list[Stored]:
    """Every row of a family, and whether it fits its own commitment and the row before."""
    found, previous = [], ""
    for row in whole(number):
        found.append(stored_of(row, previous))
        previous = found[-1].hash
    return found


def _bytes(row: tuple) -> bytes:
    return "\0".join(map(str, row)).encode()

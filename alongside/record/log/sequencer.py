"""The sequencer: at fixed times it gives what was received since a place in the log, and has the log signed.

`append` writes nothing for it. What is taken at one time stands there in random order among as much padding as makes
whole blocks, and a block is added though nothing was received: neither an index nor a size tells what happened in an
hour. What still settles, and drafts, are not entries yet and are not taken.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from alongside import ids
from alongside.asking import for_the_house
from alongside.record.log import stored, tree
from alongside.record.log.signer import Signer
from alongside.record.reading import rows

SECOND = 1_000_000
MOST = 256 * stored.BLOCK  # entries taken in one transaction; the gate is let go between two
FAMILY = 1 << 20
REACHED = f"""
SELECT taken, upto FROM (
  SELECT COALESCE((
    SELECT MAX(l.place) FROM record_leaf l
     WHERE l.place >= CAST(f.number AS bigint) * {FAMILY} AND l.place < (CAST(f.number AS bigint) + 1) * {FAMILY}
    ), CAST(f.number AS bigint) * {FAMILY}) AS taken, CAST(f.number AS bigint) * {FAMILY} + f.last_seq AS upto
    FROM record_family f) AS reached
 WHERE taken < upto ORDER BY taken
"""
SINCE = "SELECT pk, hash FROM record_entry WHERE pk > %s AND pk <= %s ORDER BY pk LIMIT %s"
LAST = "SELECT t.size, t.at FROM record_taken t ORDER BY t.size DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint that was made: its size, its signed note, when (microseconds), and the public key in one line."""

    size: int
    note: str
    at: int
    key: str


def padding(opens: bytes) -> bytes:
    """What a leaf of padding holds. It can be opened, so no entry's leaf can be passed off as one."""
    return hashlib.sha256(b"alongside.padding.v1\0" + opens).digest()


def signer() -> Signer:
    """The signer of this office; made where no checkpoint was signed yet."""
    return settings.LOG_SIGNER(begins=newest() is None)


def newest() -> Signed | None:
    """The checkpoint that was signed last."""
    found = rows("SELECT size, note, at, key FROM record_checkpoint ORDER BY size DESC LIMIT 1", [])
    return Signed(*found[0]) if found else None


@for_the_house()
def run(*, at: int, every: int, by: Signer | None = None) -> Signed | None:
    """Take and sign where the time has come. `at`: microseconds; `every`: seconds between two times, counted from
    midnight of 1970. Returns the checkpoint made. Killed anywhere, the next run goes on. Raises WillNotSign."""
    taken, last = rows(LAST, []), newest()
    waits = bool(taken) and (last is None or last.size < taken[0][0])
    if not waits and not _due(taken, at, every):
        return None
    if not waits:
        more = take(at=at, every=every)
        while more == MOST:
            more = take(at=at, every=0)
    return finish(at=at, by=by or signer())


def _due(taken: list[tuple], at: int, every: int) -> bool:
    """Whether the time for another run has come."""
    return not taken or every == 0 or taken[0][1] // (every * SECOND) < at // (every * SECOND)


@for_the_house()
def take(*, at: int, every: int) -> int:
    """Give what is new its place in the log, in one transaction; returns how many entries there were. Where another
    run was quicker there is nothing to do: the time is looked at again inside, and a place is given once."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            taken = _asked(cursor, LAST)
            if not _due(taken, at, every):
                return 0
            new = _new(cursor)
            if taken and every == 0 and not new:
                return 0
            _insert(cursor, taken[0][0] if taken else 0, new)
            size = _padded(len(new)) + (taken[0][0] if taken else 0)
            cursor.execute("INSERT INTO record_taken (size, at) VALUES (%s, %s)", [size, at])
            return len(new)
    except IntegrityError:
        return 0


def _asked(cursor: Any, sql: str) -> list[tuple]:
    cursor.execute(sql)
    return cursor.fetchall()


def _new(cursor: Any) -> list[tuple]:
    """(place, hash) of at most MOST entries that have no leaf yet, in order. Each family with news is asked for itself:
    joined, PostgreSQL would look at every entry for row-level security, once for each family."""
    found: list[tuple] = []
    for taken, upto in _asked(cursor, REACHED):
        cursor.execute(SINCE, [taken, upto, MOST - len(found)])
        found += cursor.fetchall()
        if len(found) >= MOST:
            break
    return found


def _padded(count: int) -> int:
    """The leaves of a run that takes `count` entries: whole blocks, at least one."""
    return max(1, -(-count // stored.BLOCK)) * stored.BLOCK


def _insert(cursor: Any, size: int, new: list[tuple]) -> None:
    """The leaves of one run, and the parts of the tree they complete."""
    dummies = [ids.salt() for _n in range(_padded(len(new)) - len(new))]
    leaves = [(bytes.fromhex(hash), place, None) for place, hash in new]
    leaves = ids.shuffled([*leaves, *((padding(opens), None, opens) for opens in dummies)])
    cursor.executemany(
        "INSERT INTO record_leaf (number, hash, place, opens) VALUES (%s, %s, %s, %s)",
        [(number, *leaf) for number, leaf in enumerate(leaves, size)],
    )
    growing, parts = stored.growing(size), []
    for hash, _place, _opens in leaves:
        done = growing.add(tree.leaf(hash))
        parts += [(stored.key(level, number), part) for level, number, part in done if level >= stored.LEVEL]
    cursor.executemany("INSERT INTO record_node (key, hash) VALUES (%s, %s)", parts)


def finish(*, at: int, by: Signer) -> Signed | None:
    """Have signed what was taken and is not under a checkpoint yet. Raises WillNotSign."""
    taken, last = rows(LAST, []), newest()
    if not taken or (last is not None and last.size >= taken[0][0]):
        return None
    size = taken[0][0]
    note = by.sign(
        size, stored.growing(size).root(), lambda old: stored.consistency(old, size), begins=last is None
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO record_checkpoint (size, note, at, key) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [size, note, at, by.key.text],
        )
    return Signed(size, note, at, by.key.text)

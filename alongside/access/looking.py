"""Looking leaves a trace: who of those who work with a family looked at what, when, and through what (R94).

Looks go to a queue in memory; the ticker writes it each second and once more when the server stops. Whoever
kills the server loses at most the last second. Repeated looks of one person at one page within ten minutes are
one. Family members leave none: when somebody reads their own record is theirs to know, so it is not kept at all.
This is a log and not the record: nobody said anything by looking.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from alongside.record.entry import first_pk, last_pk
from alongside.record.readers import SIGNED_IN, Reader

SHOWN = frozenset({200, 400, 422})  # a page, also one that says what to mend
ONE_LOOK = 600 * 1_000_000  # microseconds
MOST_WAITING = 5_000
OFFICE = 0
INSERT = """
INSERT INTO access_looked (person, role, family, page, entry, given, at)
VALUES (%s, %s, %s, %s, (SELECT pk FROM record_entry WHERE id = %s AND pk BETWEEN %s AND %s),
  (SELECT MAX(entry) FROM record_relationship WHERE family = %s AND person = %s AND kind = %s), %s)
"""


@dataclass(frozen=True, slots=True)
class Look:
    """`page`: the name of the address; `entry`: the id in it, or ''; `role`: the relationship, or the role in
    the office. `family` 0: no family's page."""

    person: int
    role: str
    family: int
    page: str
    entry: str = ""


class Queue:
    """What was looked at and is not written yet, and what was written in the last ten minutes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: list[tuple[Look, int]] = []
        self._recent: dict[Look, int] = {}

    def add(self, look: Look, at: int) -> bool:
        """Keep a look; False when it is one with an earlier one. `at`: microseconds."""
        with self._lock:
            before = self._recent.get(look)
            if before is not None and 0 <= at - before < ONE_LOOK:
                return False
            self._recent[look] = at
            self._waiting.append((look, at))
            return True

    @property
    def full(self) -> bool:
        """Whether so much waits that pages have to write it themselves: nobody reads unlogged for long."""
        return len(self._waiting) >= MOST_WAITING

    def write(self) -> None:
        """Everything that waits goes into the log, in one transaction; what fails waits again."""
        with self._writing:
            with self._lock:
                taken, self._waiting = self._waiting, []
            if not taken:
                return
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.executemany(INSERT, [_row(look, at) for look, at in taken])
            except BaseException:
                with self._lock:
                    self._waiting = taken + self._waiting
                raise
            self._forget(taken[-1][1])

    def _forget(self, now: int) -> None:
        with self._lock:
            self._recent = {look: at for look, at in self._recent.items() if now - at < ONE_LOOK}

    def clear(self) -> None:
        """Forget everything: for tests, where one process is many servers."""
        with self._lock:
            self._waiting, self._recent = [], {}


queue = Queue()


def _row(look: Look, at: int) -> list:
    places = [first_pk(look.family), last_pk(look.family)]
    return [
        look.person, look.role, look.family, look.page, look.entry, *places, look.family, look.person, look.role, at,
    ]  # fmt: skip


def looked(page: str, entry: str, readers: Iterable[Reader], *, at: int) -> None:
    """A page was shown, and these readers read for it. `entry`: the id in its address, or ''."""
    urgent = False
    for reader in readers:
        if reader.kin or reader.strength < SIGNED_IN or reader.family == OFFICE:
            continue
        new = queue.add(Look(reader.person, reader.role, reader.family, page, entry), at)
        urgent |= new and bool(reader.urgent)
    if urgent or queue.full:
        queue.write()


def looked_at_the_log(*, person: int, role: str, family: int, at: int) -> None:
    """Whoever reads the log is in it. `family`: the one it was narrowed to, 0 for none."""
    queue.add(Look(person, role, family, "log"), at)


def write() -> None:
    """Called by the ticker."""
    queue.write()

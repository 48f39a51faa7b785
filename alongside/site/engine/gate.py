"""The write gate: writers of one database file in this process wait in a line, first come first served.

SQLite admits one writer at a time and lets the others poll. Under load polling is unfair: some wait
a few milliseconds, some for seconds. Here they wait in the order they came and are woken in turn.
Writers in another process are held off by SQLite's own lock, as always.
"""

import os
import threading
from collections import deque
from functools import lru_cache


class GateTimeout(Exception):
    """The line did not move in time, or this thread already stands inside."""


class Gate:
    """A lock that is handed from one holder straight to the one who has waited longest."""

    def __init__(self):
        self._mutex = threading.Lock()
        self._waiting = deque()
        self._holder = None

    @property
    def waiting(self):
        """How many stand in line now."""
        return len(self._waiting)

    def acquire(self, timeout):
        """Wait at most `timeout` seconds for our turn. Raises GateTimeout; at once if this thread
        holds the gate through another connection, because that wait could never end."""
        me = threading.get_ident()
        with self._mutex:
            if self._holder is None:
                self._holder = me
                return
            if self._holder == me:
                raise GateTimeout("this thread already writes through another connection")
            turn = threading.Event()
            place = (turn, me)
            self._waiting.append(place)
        if not turn.wait(timeout):
            self._leave_line(place)

    def _leave_line(self, place):
        with self._mutex:
            if place in self._waiting:
                self._waiting.remove(place)
                raise GateTimeout("waited too long for the other writers")
        # Our turn came between the timeout and the mutex: we hold the gate after all.

    def release(self):
        """Hand the gate to whoever has waited longest, or leave it open."""
        with self._mutex:
            if self._waiting:
                turn, self._holder = self._waiting.popleft()
                turn.set()
            else:
                self._holder = None


_gates = {}
_gates_mutex = threading.Lock()


def gate_for(name):
    """The gate of the database called `name` (a path, or the name of a database in memory)."""
    place = _place(str(name))
    with _gates_mutex:
        return _gates.setdefault(place, Gate())


@lru_cache(maxsize=64)
def _place(name):
    """The file itself, by whatever path it is called. A file that is open stays where it is."""
    return name if name.startswith((":memory:", "file:")) else os.path.realpath(name)


def _forget():
    """A forked child has none of its parent's threads, so nobody is left to open old gates."""
    global _gates_mutex
    _gates_mutex = threading.Lock()
    _gates.clear()


os.register_at_fork(after_in_child=_forget)

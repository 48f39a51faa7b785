"""What a piece of work expects to find, so that it need not ask first: what the last one in this process left there.

It is never believed. The statement that goes first gives a row only where all of it holds, as the database has it with
the turn taken; where it gives none, the server refuses whatever comes after it, and the work asks like any other.
What is kept here are places, moments and hashes, no words: a wrong or an old one costs two journeys and nothing else.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any, NamedTuple

from psycopg import errors

MOST = 4_096  # of what is kept, in a process
# No row: a division by zero, and with it the end of the transaction. Nothing of ours divides anything else.
ONLY_IF = "WITH there AS ({}) SELECT 1 / COUNT(*) FROM there"


class Expected(NamedTuple):
    """`found`: what is expected, in the order of the premises. `only_if(query, values)`: to be said before anything is
    written: a statement that gives a row where all of it holds, and none otherwise."""

    found: tuple[Any, ...]
    only_if: Callable[[str, Sequence[Any]], None]


def unexpected(error: Exception) -> bool:
    """Whether it was the expectation that failed."""
    return isinstance(error.__cause__, errors.DivisionByZero)


class Memory:
    """What was left where, of all threads of a process; what was left longest ago is forgotten first."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.left, self.lock = most, OrderedDict(), Lock()

    def of(self, premises: Sequence[Hashable]) -> tuple[Any, ...] | None:
        """What was left at each of them, or None where that is not known of all."""
        with self.lock:
            known = all(premise in self.left for premise in premises)
            return tuple(self.left[premise] for premise in premises) if known else None

    def keep(self, premises: Sequence[Hashable], left: Sequence[Any]) -> None:
        """Remember this instead of what was; None: nothing."""
        with self.lock:
            for premise, one in zip(premises, left, strict=True):
                self.left.pop(premise, None)
                if one is not None:
                    self.left[premise] = one
            while len(self.left) > self.most:
                self.left.popitem(last=False)

    def forget(self, premises: Sequence[Hashable]) -> None:
        """Know nothing of them any more."""
        self.keep(premises, [None] * len(premises))


REMEMBERED = Memory()

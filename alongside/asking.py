"""For whom the database is asked, at this moment: nobody, one person, or the house itself.

PostgreSQL repeats *standing* behind the gate (row-level security) and needs to be told. The rule, in one place:

- What is read through the gate (`alongside/record/reading.py`) is read for its Reader, whoever is at work.
- Beside the gate, a page that is looked at asks for whoever visits, and whoever writes asks for the house.
- Who says nothing is nobody, and reads nothing.

On SQLite nobody listens.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

HOUSE = "house"
"""Work that is nobody's look: verbs, receiving, folding, verifying, background work, commands."""


@dataclass(frozen=True, slots=True)
class Asking:
    """`who`: a person's number in digits, HOUSE or ''. `now`: the moment they stand at in microseconds, 0 for none.

    `looks`: a page is looked at, and nothing is read for anybody but its visitor until the house says so itself.
    `family`: this one alone is read, and the office's own record; None: wherever they stand.
    """

    who: str = ""
    now: int = 0
    looks: bool = False
    family: int | None = None


_NOBODY = Asking()
_STRANGER = Asking(looks=True)
_HOUSE = Asking(HOUSE)
_ASKING: ContextVar[Asking] = ContextVar("asking", default=_NOBODY)


def asking() -> tuple[str, int, int | None]:
    """(a person's number in digits, HOUSE or ''; the moment in microseconds, 0 for none; the one family, or None)."""
    found = _ASKING.get()
    return found.who, found.now, found.family


class _Said:
    """A block, or a function, in which the database is asked for `what`."""

    __slots__ = ("before", "what")

    def __init__(self, what: Asking) -> None:
        self.what = what

    def __enter__(self) -> None:
        self.before = _ASKING.set(self.what)

    def __exit__(self, *_error: object) -> None:
        _ASKING.reset(self.before)

    def __call__(self, function: Callable) -> Callable:
        """A function may run in two threads, and inside itself: each time is a block of its own."""

        @wraps(function)
        def inside(*args: Any, **named: Any) -> Any:
            with _Said(self.what):
                return function(*args, **named)

        return inside


def for_person(person: int, *, now: int):
    """A block in which a page is looked at: everything is read for this person, as they stand at `now`
    (microseconds)."""
    return _Said(Asking(str(int(person)), int(now), looks=True))


def for_nobody():
    """A block in which a page is looked at by a stranger."""
    return _Said(_STRANGER)


def for_the_house():
    """A block of the house's own work: a form that was sent, a command, the ticker. Also a decorator.

    What goes through the gate is read for its Reader here too.
    """
    return _Said(_HOUSE)


def for_reader(person: int, *, now: int, family: int | None = None):
    """A block in which the gate reads for this person, as they stand at `now`: of whatever work it is part.

    On a page it is the visitor who is asked for, whomever the page takes for its reader; for nobody, nobody. `family`:
    it reads this one alone, so that the database need not look where else somebody stands.
    """
    found = _ASKING.get()
    if found.looks or not found.who:
        return _Said(found if family is None else replace(found, family=family))
    return _Said(Asking(str(int(person)), int(now), family=family))

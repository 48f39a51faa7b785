"""When the work that waits for no visitor was last done in this process, and what of it failed then. Plain names and a
moment by the machine's own clock; nothing of anybody."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beat:
    """`at`: aware, UTC; `failed`: the names of what failed."""

    at: dt.datetime
    failed: tuple[str, ...] = ()


_last: Beat | None = None


def beat(at: dt.datetime, failed: tuple[str, ...] = ()) -> None:
    """One pass is done."""
    global _last
    _last = Beat(at, failed)


def last() -> Beat | None:
    """The last pass, or None when there was none since this process began."""
    return _last

"""The one clock. Doors and tickers ask it; the domain is handed the moment.

Moments inside the record are whole microseconds since 1970 in UTC.
"""

import datetime as dt
from collections.abc import Callable

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def machine() -> dt.datetime:
    """The moment by this machine's own clock."""
    return dt.datetime.now(dt.UTC)


_source: Callable[[], dt.datetime] = machine


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return _source()


def install(source: Callable[[], dt.datetime]) -> None:
    """Let another source tell the time (the demo's Friday, a test's moment)."""
    global _source
    _source = source


def reset() -> None:
    """Back to the machine's clock."""
    install(machine)


def micros(moment: dt.datetime) -> int:
    """Whole microseconds since 1970 for an aware datetime."""
    return (moment - _EPOCH) // dt.timedelta(microseconds=1)


def moment(micros: int) -> dt.datetime:
    """The aware UTC datetime for whole microseconds since 1970."""
    return _EPOCH + dt.timedelta(microseconds=micros)

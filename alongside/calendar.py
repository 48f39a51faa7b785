"""Working days: Monday to Friday, without the public holidays of Norway.

Source: lov om 1. og 17. mai som høytidsdager (1947) and lov om helligdager og helligdagsfred (1995). Easter by
the Gregorian computus as Meeus gives it. Standard library only.
"""

import datetime as dt
from functools import lru_cache

FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))  # month, day
AFTER_EASTER = (-3, -2, 0, 1, 39, 49, 50)  # days: Maundy Thursday to Whit Monday
WEEK = 5  # Monday is 0; Saturday and Sunday are no working days


def easter(year: int) -> dt.date:
    """Easter Sunday of this year."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=16)
def holidays(year: int) -> frozenset[dt.date]:
    """The public holidays of Norway in this year."""
    moving = {easter(year) + dt.timedelta(days=days) for days in AFTER_EASTER}
    return frozenset({dt.date(year, month, day) for month, day in FIXED} | moving)


def works(day: dt.date) -> bool:
    """Whether this is a working day."""
    return day.weekday() < WEEK and day not in holidays(day.year)


def working_day(day: dt.date, after: int) -> dt.date:
    """The working day that lies `after` working days after `day`; the day itself does not count."""
    while after > 0:
        day += dt.timedelta(days=1)
        after -= works(day)
    return day

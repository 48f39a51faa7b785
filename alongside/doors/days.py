"""By when: a day that was typed, and a few days to tap, the same in every door."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside import dates
from alongside.record.statement import Refused

FRIDAY = 4


def a_day(text: str, code: str = "no-day") -> dt.date:
    """A day from a form, such that there is one after it: much ends as the next begins. Raises Refused with this code
    where it is none."""
    try:
        found = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(code) from None
    if found == dt.date.max:
        raise Refused(code)
    return found


def guesses(today: dt.date, lang: str) -> tuple[tuple[str, str], ...]:
    """(ISO date, words): the next working day, this week's Friday, in a week, in two; each once."""
    following = today + dt.timedelta(days=1)
    while following.weekday() > FRIDAY:
        following += dt.timedelta(days=1)
    friday = today + dt.timedelta(days=(FRIDAY - today.weekday()) % 7)
    named = {
        today + dt.timedelta(days=14): _("In two weeks"),
        today + dt.timedelta(days=7): _("In a week"),
        friday: dates.weekday_name(friday.toordinal(), lang),
        following: _("Tomorrow") if (following - today).days == 1 else dates.weekday_name(following.toordinal(), lang),
    }
    return tuple(
        (day.isoformat(), f"{words[:1].upper()}{words[1:]}") for day, words in sorted(named.items()) if day > today
    )


def in_a_week(today: dt.date) -> str:
    """What is chosen until somebody says: ISO date."""
    return (today + dt.timedelta(days=7)).isoformat()

"""By when: a few days to tap, and a box for any other."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside import dates
from alongside.doors.practice.forms import Field, Typed

FRIDAY = 4


def guesses(today: dt.date, lang: str) -> tuple[tuple[str, str], ...]:
    """(ISO date, words): the next working day, this week's Friday, in a week, in two; each once."""
    following = today + dt.timedelta(days=1)
    while following.weekday() > FRIDAY:
        following += dt.timedelta(days=1)
    named = {
        following: _("Tomorrow") if (following - today).days == 1 else dates.weekday_name(following.toordinal(), lang),
        today + dt.timedelta(days=(FRIDAY - today.weekday()) % 7): _("Friday"),
        today + dt.timedelta(days=7): _("In a week"),
        today + dt.timedelta(days=14): _("In two weeks"),
    }
    return tuple((day.isoformat(), f"{words[:1].upper()}{words[1:]}") for day, words in named.items() if day > today)


def fields(today: dt.date, lang: str, sent: Typed, *, none: bool = True, label: str = "") -> tuple[Field, ...]:
    """The choice and the box. `none`: "no day" may be said."""
    options = [*guesses(today, lang), *([("", _("No day"))] if none else [])]
    chosen = sent.one("due") if "due" in sent.values else (today + dt.timedelta(days=7)).isoformat()
    return (
        Field("choice", "due", label or _("By when"), options=tuple((v, w, v == chosen, "") for v, w in options)),
        Field("date", "day", _("Another day"), sent.one("day")),
    )


def due(sent: Typed) -> str:
    """What was said: the box before the choice. ISO date, or '' for no day."""
    return sent.one("day").strip() or sent.one("due")

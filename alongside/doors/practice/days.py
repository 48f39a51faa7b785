"""By when: a few days to tap, and a box for any other."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside.doors.days import guesses, in_a_week
from alongside.doors.practice.forms import Field, Typed


def fields(today: dt.date, lang: str, sent: Typed, *, none: bool = True, label: str = "") -> tuple[Field, ...]:
    """The choice and the box. `none`: "no day" may be said."""
    options = [*guesses(today, lang), *([("", _("No day"))] if none else [])]
    chosen = sent.one("due") if "due" in sent.values else in_a_week(today)
    return (
        Field("choice", "due", label or _("By when"), options=tuple((v, w, v == chosen, "") for v, w in options)),
        Field("date", "day", _("Another day"), sent.one("day")),
    )


def due(sent: Typed) -> str:
    """What was said: the box before the choice. ISO date, or '' for no day."""
    return sent.one("day").strip() or sent.one("due")

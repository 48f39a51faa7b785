"""How an appointment is said on a page, the same in every door: when, and what happened to it."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.said import words
from alongside.dialogue.showing import Showing
from alongside.record.entry import Entry
from alongside.teams.appointment import OURS, Appointment, side_of


def is_ahead(one: Appointment, today: int) -> bool:
    """Whether its day is known and not over."""
    return one.on.last is not None and one.on.last >= today


def when(one: Appointment, showing: Showing) -> str:
    """Day and time in words; '' where only its own words tell."""
    shown = showing.day(one.on, long=True) if one.on else ""
    shown = shown[:1].upper() + shown[1:]
    if one.until and shown:
        return _("%(when)s to %(until)s") % {"when": shown, "until": one.until}
    return shown


def about(one: Appointment) -> str:
    """What it is when its own words do not tell: the day of the account, or ''."""
    return _("The account: we answer for what we promised.") if one.first.body.get("for") == "account" else ""


def leaf(on: dates.Partial, showing: Showing) -> tuple[str, str]:
    """The day and the short name of its month; nothing where the day is not known."""
    if on.first is None or on.first != on.last:
        return "", ""
    day = dt.date.fromordinal(on.first)
    shown = dates.show(dates.on(day), showing.lang, day).split()
    return str(day.day), shown[1].strip(".") if len(shown) > 1 else ""


def notes(one: Appointment, showing: Showing) -> tuple[str, ...]:
    """What happened to it since, oldest first: who moved or cancelled it, when, and the reason in their words."""
    steps: Sequence[Entry] = one.steps
    if not one.stands and not steps:
        steps = (one.first,)
    return tuple(_note(step, showing) for step in steps)


def _note(step: Entry, showing: Showing) -> str:
    text, _lang = words(step, showing.lang)
    names = {"who": showing.Name(step.speaker), "name": showing.to(step.speaker), "day": showing.on(step.received)}
    if step.kind == "teams.appointment-moved":
        said = _("%(who)s moved it, %(day)s.") % names
    elif side_of(step) == OURS and showing.me is None:
        said = _("Cancelled by us (%(name)s), %(day)s.") % names
    else:
        said = _("Cancelled by %(name)s, %(day)s.") % names
    return f"{said} {text}" if text else said

"""Small sentences of these pages, and what is not taken, in plain words."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.access.openings import Opening
from alongside.access.standing import office_day
from alongside.access.urgent import REASONS
from alongside.doors.practice.forms import refusal
from alongside.families.person import Person
from alongside.record.statement import Refused

NOBODY = "nobody"


def refused(why: Refused) -> str:
    """Why nothing was opened or kept."""
    sentences = {
        "not-yours": _("Your role here does not open families in an emergency. Ring the supervisor."),
        "too-weak": _("Opening needs a second factor within the last quarter of an hour. Use it, then send again."),
        "no-reason": _("Say why, in a few words, and choose the reason. Those who are told read it."),
        "nobody-named": _("Give the family’s code, or a whole name and the year of birth."),
        "too-many": _("You have tried three times this month. Ring your supervisor: with their yes it opens."),
        "no-answer": _("Choose one of the two answers."),
        "no-second": _("Choose a supervisor who can say yes now, and ring them."),
        "not-alone": _("Somebody else has to say yes."),
        "over": _("This has been answered already."),
    }  # fmt: skip
    return sentences.get(why.code) or refusal(why)


def lang() -> str:
    return translation.get_language() or "en"


def day(moment: int, now: int) -> str:
    """The local day of a moment."""
    return dates.show(dates.on(office_day(moment)), lang(), office_day(now))


def due(on: dt.date, now: int) -> str:
    """A day with its weekday."""
    return dates.show(dates.on(on), lang(), office_day(now), True)


def clock_time(moment: int) -> str:
    """The local time of a moment."""
    return f"{clock.moment(moment).astimezone(settings.OFFICE_ZONE):%H:%M}"


def day_and_time(moment: int, now: int) -> str:
    """The local day and time of a moment."""
    return _("%(day)s at %(time)s") % {"day": day(moment, now), "time": clock_time(moment)}


def who(workers: Mapping[int, Person], person: int) -> str:
    """How somebody who works here is called, with what they are."""
    known = workers.get(person)
    if known is None:
        return _("someone")
    role = known.role(lang())
    return _("%(name)s, %(role)s") % {"name": known.name, "role": role} if role else known.name


def reason(one: Opening) -> str:
    """The reason that was chosen; '' in what was written before there were reasons."""
    return str(REASONS[one.reason]) if one.reason else ""


def judged(one: Opening) -> str:
    """What a supervisor has said of it, or ''."""
    return {"right": _("found right"), "wrong": _("found not right")}.get(one.judged, "")

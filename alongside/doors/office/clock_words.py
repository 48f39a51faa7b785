"""What the pages about keeping and holds say: clocks, days and refusals in words."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.clocks import Clock, said
from alongside.access.running import Run
from alongside.access.standing import office_day
from alongside.doors.office.erasing import refused as refused_to_erase
from alongside.doors.office.whole import no_family
from alongside.doors.practice.looking import says
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Told:
    """A clock in a family in words. `over`: whether its time is over today."""

    what: str
    since: str
    until: str
    then: str
    source: str
    check: str
    over: bool


def told(run: Run, now: int) -> Told:
    """Of a birth and of the newest entry only the year is said: the day may be for others than the reader."""
    clock, today = run.clock, office_day(now)
    if run.due is None:
        until = _("Nobody knows exactly when a child here was born, so this clock never runs out. Look at it.")
        return Told(_name(clock), "", until, then(clock), *source(clock), over=False)
    exact = clock.begins == "closing"
    began, due = (_day(run.began, now), _day(run.due, now)) if exact else (str(run.began.year), str(run.due.year))
    since = {
        "closing": _("It runs from %(day)s, when the work ended."),
        "birth": _("It runs from %(day)s, for the youngest child."),
        "last-entry": _("It runs from %(day)s, when somebody last wrote."),
    }[clock.begins] % {"day": began}
    over = run.over(today)
    until = _("Its time ran out on %(day)s.") if over else _("Its time runs out on %(day)s.")
    if not exact:
        until = _("Its time ran out in %(day)s.") if over else _("Its time runs out in %(day)s.")
    return Told(_name(clock), since, until % {"day": due}, then(clock), *source(clock), over=over)


def _day(day: dt.date, now: int) -> str:
    return dates.show(dates.on(day), says.lang(), office_day(now), True)


def day(on: dt.date, now: int) -> str:
    """A day as these pages say it."""
    return _day(on, now)


def _name(clock: Clock) -> str:
    return said(clock.says, says.lang())


def then(clock: Clock) -> str:
    """What is to happen when it has run out; two persons decide."""
    return {
        "look": _("Then: look at it."),
        "erase": _("Then: erase it."),
        "archive": _("Then: hand it to the archive, and erase it here."),
    }[clock.then]


def source(clock: Clock) -> tuple[str, str]:
    """(where its years come from, what the office must still do about that or '')."""
    check = "" if clock.checked else _("Nobody has checked this yet. The office must.")
    return said(clock.source, says.lang()), check


def clock_line(clock: Clock) -> Told:
    """A clock by itself, as it stands in the file."""
    begins = {
        "closing": _("%(years)s years from the end of the work."),
        "birth": _("%(years)s years from the birth of the youngest child."),
        "last-entry": _("%(years)s years from when somebody last wrote."),
    }[clock.begins] % {"years": clock.years}
    if clock.died:
        more = _("For a child who died before the age of %(age)s: %(years)s years from the death.")
        begins = f"{begins} {more % {'age': clock.died[0], 'years': clock.died[1]}}"
    return Told(_name(clock), begins, "", then(clock), *source(clock), over=False)


def refused(why: Refused) -> str:
    """What is not taken, in plain words."""
    return {
        "not-found": no_family(),
        "no-day": _("Choose a day."),
        "over": _("Choose a day after today."),
        "no-choice": _("Choose what is to be done."),
        "no-reason": _("Say why, in a few words, without what anybody said."),
    }.get(why.code) or refused_to_erase(why)


def why_not(code: str) -> str:
    """Why a family may not go by its clocks today, in words; '' where it may."""
    return refused_to_erase(Refused(code)) if code else ""

"""The log of looking, for the privacy officer: who, which family by its code, when, through what. Never content,
never a sum, never a list of workers by how much they look. Reading it leaves a line in it."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside import clock
from alongside.access import looked, openings
from alongside.access.frame import enters
from alongside.access.looking import looked_at_the_log
from alongside.access.named import family_coded
from alongside.access.roles import holds
from alongside.access.standing import office_day
from alongside.dialogue.asking import asked_why
from alongside.doors.days import a_day
from alongside.doors.practice.desk import desk
from alongside.doors.practice.looking import says
from alongside.families.queries import ids, workers
from alongside.record.statement import Refused

ROLE = "privacy"
MOST = 100
ROLES = {
    "coordinator": gettext_lazy("coordinator"), "allocated": gettext_lazy("works with them"),
    "co-worker": gettext_lazy("works with them too"), "duty": gettext_lazy("on duty"),
    "supervisor": gettext_lazy("supervises"), "emergency": gettext_lazy("in an emergency"),
    "emergency-named": gettext_lazy("in an emergency, also what is for named people"),
    "emergency-sealed": gettext_lazy("in an emergency, also what is sealed"),
    "partner": gettext_lazy("partner"), "advocate": gettext_lazy("advocate"), "consult": gettext_lazy("consulted"),
    "reviewer": gettext_lazy("reviewer"), "privacy": gettext_lazy("privacy officer"),
    "kept-back": gettext_lazy("nothing was shown"),
}  # fmt: skip
PAGES = {
    "families": gettext_lazy("the list of families"), "family": gettext_lazy("the first page"),
    "home": gettext_lazy("the first page"), "story": gettext_lazy("the story"), "my-story": gettext_lazy("the story"),
    "people": gettext_lazy("the people"), "my-people": gettext_lazy("the people"),
    "note": gettext_lazy("one note"), "my-note": gettext_lazy("one note"), "log": gettext_lazy("this log"),
    "part": gettext_lazy("their own part"), "kept-back": gettext_lazy("sealed words, kept back on their way out"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """`what`: the kind of page, never a title."""

    time: str
    who: str
    family: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the log is narrowed to. `before`: microseconds; each other None for all."""

    person: int | None
    family: int | None
    day: dt.date | None
    before: int
    typed: dict[str, str]
    wrong: str = ""


def _chosen(request: HttpRequest, handles: dict[int, str]) -> Chosen:
    typed = {name: request.GET.get(name, "").strip()[:40] for name in ("who", "family", "day")}
    person = next((one for one, handle in handles.items() if handle == typed["who"]), None)
    family, wrong = None, ""
    if typed["family"]:
        family = next(iter(family_coded(typed["family"])), -1)
    try:
        day = a_day(typed["day"]) if typed["day"] else None
    except Refused:
        day, wrong = None, _("There is no such day. Write it as year, month, day: 2026-11-20.")
    try:
        before = int(request.GET.get("before") or looked.ALWAYS)
    except ValueError:
        raise Http404 from None
    if before < 0:
        raise Http404
    return Chosen(person, family, day, min(before, looked.ALWAYS), typed, wrong)


def _span(one: Chosen) -> tuple[int, int]:
    """(from, to) in microseconds: a day, or everything up to `before`."""
    if one.day is None:
        return 0, one.before
    begin = dt.datetime.combine(one.day, dt.time(), settings.OFFICE_ZONE)
    end = dt.datetime.combine(one.day + dt.timedelta(days=1), dt.time(), settings.OFFICE_ZONE)
    return clock.micros(begin), min(one.before, clock.micros(end))


@enters("practice")
def log(request: HttpRequest) -> HttpResponse:
    """Emergencies, questions why, and every look, newest first."""
    visit = request.visit
    if not holds(visit.person, ROLE):
        raise Http404
    staff = workers()
    handles = ids(staff.keys())
    one = _chosen(request, handles)
    looked_at_the_log(person=visit.person, role=ROLE, family=max(one.family or 0, 0), at=visit.now)
    after, before = _span(one)
    found = looked.whole_log(before=before, after=after, person=one.person, family=one.family, most=MOST)
    opened = openings.every(family=one.family, person=one.person, before=before)
    context = desk(
        request, staff, "log", days=_days(found, visit.now, staff), earlier=_earlier(one, found),
        openings=[_opening(each, visit.now, staff) for each in opened],
        asked=[_asked(a, visit.now, staff) for a in asked_why(family=one.family, of=one.person)],
        people=[("", _("everybody")), *((handles[p], staff[p].name) for p in staff if p in handles and p != 1)],
        typed=one.typed, wrong=one.wrong, narrowed=any(one.typed.values()),
    )  # fmt: skip
    return render(request, "looking/log.jinja", context, status=400 if one.wrong else 200)


def _days(found: list[looked.Line], now: int, staff: dict) -> list[tuple[str, str, list[Line]]]:
    days: dict[dt.date, list[Line]] = {}
    for look in found:
        days.setdefault(office_day(look.at), []).append(_line(look, now, staff))
    return [(day.isoformat(), says.due(day, now), lines) for day, lines in days.items()]


def _line(look: looked.Line, now: int, staff: dict) -> Line:
    why = str(ROLES.get(look.role, look.role))
    if look.since is not None:
        why = _("%(role)s since %(day)s") % {"role": why, "day": says.day(look.since, now)}
    what = str(PAGES.get(look.page, _("one note") if look.one else _("another page")))
    who = staff[look.person].name if look.person in staff else _("somebody from outside the office")
    return Line(says.clock_time(look.at), who, look.code or "", what, why)


def _earlier(one: Chosen, found: list[looked.Line]) -> str:
    if len(found) < MOST:
        return ""
    return f"{reverse('log')}?{urlencode({**{k: v for k, v in one.typed.items() if v}, 'before': found[-1].at})}"


def _opening(one: openings.Opening, now: int, staff: dict) -> dict[str, str]:
    return {
        "who": says.who(staff, one.person), "family": one.code or "", "why": one.why, "reason": says.reason(one),
        "when": says.day_and_time(one.at, now),
        "sought": one.sought, "said": says.judged(one), "said_why": one.judged_why,
    }  # fmt: skip


def _asked(one, now: int, staff: dict) -> dict[str, str]:
    names = {"who": says.who(staff, one.of), "day": says.day(clock.micros(_noon(one.on)), now)}
    return {
        "what": _("Somebody of the family asks why %(who)s looked on %(day)s") % names, "family": one.code,
        "due": _("answered") if one.answered else _("not answered; owed by %(day)s") % {"day": says.due(one.due, now)},
    }  # fmt: skip


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), settings.OFFICE_ZONE)

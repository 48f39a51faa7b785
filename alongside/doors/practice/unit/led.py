"""What a leader or intake knows of the unit: who works there, who is away, and which families somebody works with, by
their codes. Nothing that is said in a family is here, and no number beside anybody's name."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access import ending
from alongside.access.absence import away_among
from alongside.access.policy import Tie, led_by
from alongside.access.roles import ROLES, roles_of
from alongside.doors.practice.who import labels
from alongside.families.person import Person

AHEAD = 14  # days before an absence begins that it stands here


@dataclass(frozen=True, slots=True)
class OfUnit:
    """One family: its code as it is said aloud, who works there, whether the work has ended, and whether somebody
    of it has said since that they want to talk again."""

    said: str
    workers: str
    closed: bool
    href: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in the unit. `roles`: in words."""

    name: str
    roles: str


def said_aloud(code: str) -> str:
    """A family's code in groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def families(me: int, now: int, staff: Mapping[int, Person]) -> tuple[tuple[OfUnit, ...], tuple[OfUnit, ...]]:
    """Those nobody works with now, or where the work has ended; and the others. By code."""
    nobody, others, wanting = [], [], ending.wanting()
    for code, number, work, over in ending.of_unit(me):
        names = ", ".join(filter(None, (_work(tie, staff) for tie in work)))
        one = OfUnit(
            said_aloud(code), names, over, f"{reverse('unit-family')}?family={code}", over and number in wanting
        )
        worked_with = not over and any(tie.kind in ending.WORK and tie.live(now) for tie in work)
        (others if worked_with else nobody).append(one)
    return tuple(nobody), tuple(others)


def _work(tie: Tie, staff: Mapping[int, Person]) -> str:
    person = staff.get(tie.person)
    return f"{person.name} ({labels.place(tie.kind)})" if person else ""


def away(me: int, today: dt.date, staff: Mapping[int, Person]) -> tuple[str, ...]:
    """Who of the unit is away now or in the next fortnight, and who stands in."""
    lang = translation.get_language() or "en"
    by_worker: dict[tuple[int, int, int], list[int]] = {}
    until = today.toordinal() + AHEAD
    for person, stand_in, first, last in away_among(led_by(me), first=today.toordinal(), last=until):
        by_worker.setdefault((person, first, last), []).append(stand_in)
    return tuple(
        _("%(who)s is away from %(first)s to %(last)s. %(other)s stands in.")
        % {
            "who": staff[person].name, "other": _listed([staff[one].called for one in others if one in staff]),
            "first": _day(first, lang, today), "last": _day(last, lang, today),
        }
        for (person, first, last), others in by_worker.items()
        if person in staff
    )  # fmt: skip


def _day(ordinal: int, lang: str, today: dt.date) -> str:
    return dates.show(dates.on(dt.date.fromordinal(ordinal)), lang, today)


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def colleagues(me: int, staff: Mapping[int, Person]) -> tuple[Colleague, ...]:
    """Those who work in the unit, in the order of their names."""
    found = []
    for person in led_by(me):
        if person != me and person in staff:
            roles = dict.fromkeys(str(ROLES[role.role]) for role in roles_of(person))
            found.append(Colleague(staff[person].name, ", ".join(roles)))
    return tuple(sorted(found, key=lambda one: one.name))

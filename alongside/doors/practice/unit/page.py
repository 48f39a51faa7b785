"""What the unit's page shows, for each role its part. Whatever is said in a family is read through that family's own
gate, in one statement for forty families; of the others only the code is known here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import ending
from alongside.access.hazards import KINDS as PROTECTION
from alongside.access.openings import waiting_for
from alongside.access.roles import roles_of
from alongside.access.standing import office_day
from alongside.dialogue.queries import questions
from alongside.doors.practice.looking.beside import SHOWN
from alongside.doors.practice.looking.notices_page import Notice, Waits, notices_of, waits_of
from alongside.doors.practice.names import family_names
from alongside.doors.practice.page import Opened, opened
from alongside.doors.practice.standing import core, headed, stands
from alongside.doors.practice.today.page import NAMES
from alongside.doors.practice.unit import led, waits
from alongside.families.person import Person
from alongside.promises.promise import KINDS as PROMISES
from alongside.promises.queries import asked_of
from alongside.record.readers import Reader
from alongside.record.reading import read_listed
from alongside.words import fold


@dataclass(frozen=True, slots=True)
class Family:
    """One family with what waits there: `questions`: lines for the look's `promise`, the oldest first."""

    names: str
    href: str
    questions: tuple[Mapping[str, Any], ...]
    protections: tuple[waits.Owed, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """`supervises`, `leads`, `opens`: which parts there are. `families`: those with something that waits; `told`,
    `seconds`: emergencies to judge, and colleagues who ask for a second person; `yes`: promises that need this
    person's yes; `asked`: whether a place is asked of them."""

    supervises: bool
    leads: bool
    families: tuple[Family, ...] = ()
    told: tuple[Notice, ...] = ()
    seconds: tuple[Waits, ...] = ()
    yes: tuple[Mapping[str, Any], ...] = ()
    asked: bool = False
    nobody: tuple[led.OfUnit, ...] = ()
    others: tuple[led.OfUnit, ...] = ()
    away: tuple[str, ...] = ()
    people: tuple[led.Colleague, ...] = ()


def unit_page(request: HttpRequest, staff: Mapping[int, Person], roles: Collection[str]) -> Unit:
    """Compose the page. `roles`: what this person is in the office."""
    visit = request.visit
    readers = visit.families()
    supervises, leads = "supervisor" in roles, bool({"leader", "intake"} & set(roles))
    pages = _pages(visit, readers, staff, supervises=supervises)
    told = notices_of(visit.person, visit.now, lambda: readers, staff, above=supervises, since=visit.now - SHOWN)
    nobody, others = led.families(visit.person, visit.now, staff) if leads else ((), ())
    return Unit(
        supervises=supervises,
        leads=leads,
        families=tuple(_families(pages)) if supervises else (),
        told=tuple(one for one in told if one.judge),
        seconds=tuple(one for one in waits_of(waiting_for(visit.person, now=visit.now), staff) if one.agree),
        yes=tuple(waits.needs_yes([(page, names) for page, names in pages])),
        asked=bool(ending.asked(visit.person)),
        nobody=nobody,
        others=others,
        away=led.away(visit.person, office_day(visit.now), staff) if leads else (),
        people=led.colleagues(visit.person, staff) if leads else (),
    )


def in_short(request: HttpRequest, staff: Mapping[int, Person]) -> tuple[tuple[str, str, str], ...]:
    """What waits on the page of the unit for a supervisor, the most urgent first, for the top of their day: (what,
    more of it, address). Empty for everybody else."""
    visit = request.visit
    if not visit.on_unit or "supervisor" not in {role.role for role in roles_of(visit.person)}:
        return ()
    readers, unit = visit.families(), reverse("unit")
    told = notices_of(visit.person, visit.now, lambda: readers, staff, above=True, since=visit.now - SHOWN)
    ask = _("%(who)s asks you to be the second person")
    seconds = waits_of(waiting_for(visit.person, now=visit.now), staff)
    found = [(ask % {"who": one.who}, "", unit) for one in seconds if one.agree]
    found += [(_("An opening in an emergency, to be looked at"), "", unit)] if any(one.judge for one in told) else []
    for one in _families(_pages(visit, readers, staff, supervises=True)):
        for owed in one.protections:
            found.append((one.names, f"{owed.what}, {owed.due}.", owed.href))
        if one.questions:
            found.append((one.names, f"{one.questions[0]['who']} {one.questions[0]['what']}", unit))
    return tuple(found)


def _pages(visit, readers: list[Reader], staff: Mapping[int, Person], *, supervises: bool) -> list[tuple[Opened, str]]:
    """Each family where this person stands, with what may wait there and how it is called here."""
    mine = {reader.family: reader for reader in readers}
    some: dict[int, set[int]] = {family: set() for family in mine}
    above = [family for family, reader in mine.items() if reader.role == "supervisor"] if supervises else []
    for family, place in (*questions(above), *(row for row in asked_of(visit.person) if row[0] in mine)):
        some[family].add(place)
    kinds = (*NAMES, *PROTECTION, *PROMISES)
    found = read_listed([(mine[family], places) for family, places in some.items()], kinds=kinds)
    day = office_day(visit.now)
    pages = [opened(mine[one], entries, now=visit.now, today=day, staff=staff) for one, entries in found.items()]
    named = [(page, family_names(page, headed(page, core(page, stands(page.entries, page.now))))) for page in pages]
    return sorted(named, key=lambda one: fold(one[1]))


def _families(pages: list[tuple[Opened, str]]) -> list[Family]:
    """The families this person stands in as supervisor where something waits."""
    above = [(page, names) for page, names in pages if page.reader.role == "supervisor"]
    found = [
        Family(names, page.href("family"), tuple(waits.questions_of(page)), waits.protections_of(page))
        for page, names in above
    ]
    return [one for one in found if one.questions or one.protections]

"""What stands beside somebody's families: what they were told of an emergency, and the ways their roles open."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import closing, erasure, openings, urgent
from alongside.access.roles import roles_of
from alongside.doors.practice.looking.notices_page import Notice, Waits, notices_of, waits_of
from alongside.families.person import Person

ELSEWHERE = {"duty", "privacy"}  # roles whose work is no family of their own
SHOWN = 2 * 24 * 3600 * 1_000_000  # on this page an opening stands for two days, or until it is judged


@dataclass(frozen=True, slots=True)
class Beside:
    """`ways`: (address, icon, words). `elsewhere`: their work is no family of their own."""

    notices: tuple[Notice, ...]
    waits: tuple[Waits, ...]
    ways: tuple[tuple[str, str, str], ...]
    elsewhere: bool


def beside(request: HttpRequest, staff: dict[int, Person]) -> Beside:
    """Three queries, for the first page of this door alone."""
    visit = request.visit
    roles = {role.role for role in roles_of(visit.person)}
    told = notices_of(
        visit.person, visit.now, visit.families, staff, above="supervisor" in roles, since=visit.now - SHOWN
    )  # fmt: skip
    waits = waits_of(openings.waiting_for(visit.person, now=visit.now), staff) if "supervisor" in roles else ()
    return Beside(tuple(told), tuple(waits), ways(roles), bool(roles & ELSEWHERE))


def ways(roles: Collection[str]) -> tuple[tuple[str, str, str], ...]:
    """Where these roles lead beside the families: (address, icon, words)."""
    found = []
    if set(urgent.MAY) & set(roles):
        found.append((reverse("urgent"), "life-buoy", _("Open a family in an emergency")))
        found.append((reverse("urgent-notices"), "list", _("What you were told in emergencies")))
    if "privacy" in roles:
        found.append((reverse("log"), "eye", _("Who has looked")))
    if set(erasure.MAY) & set(roles):
        found.append((reverse("erasing"), "list-checks", _("Erasing by law")))
        found.append((reverse("keeping"), "hourglass", _("How long records are kept")))
    if set(closing.MAY) & set(roles):
        found.append((reverse("closing"), "log-out", _("Closing the office")))
    return tuple(found)


def without_families(person: int) -> tuple[tuple[str, str, str], ...]:
    """The ways of somebody whose work is no family of their own: on duty, or watching over who looks; else none."""
    roles = {role.role for role in roles_of(person)}
    return ways(roles) if roles & ELSEWHERE else ()

"""What stands beside somebody's families: what they were told of an emergency, and the ways their roles open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import openings, urgent
from alongside.access.roles import roles_of
from alongside.doors.practice.looking.notices_page import Notice, Waits, notices_of, waits_of
from alongside.families.person import Person

SHOWN = 2 * 24 * 3600 * 1_000_000  # on this page an opening stands for two days, or until it is judged


@dataclass(frozen=True, slots=True)
class Beside:
    """`ways`: (address, icon, words)."""

    notices: tuple[Notice, ...]
    waits: tuple[Waits, ...]
    ways: tuple[tuple[str, str, str], ...]


def beside(request: HttpRequest, staff: dict[int, Person]) -> Beside:
    """Three queries, for the first page of this door alone."""
    visit = request.visit
    roles = {role.role for role in roles_of(visit.person)}
    told = notices_of(
        visit.person, visit.now, visit.families, staff, above="supervisor" in roles, since=visit.now - SHOWN
    )  # fmt: skip
    ways = []
    if roles & set(urgent.MAY):
        ways.append((reverse("urgent"), "life-buoy", _("Open a family in an emergency")))
        ways.append((reverse("urgent-notices"), "list", _("What you were told in emergencies")))
    if "privacy" in roles:
        ways.append((reverse("log"), "eye", _("Who has looked")))
    waits = waits_of(openings.waiting_for(visit.person, now=visit.now), staff) if "supervisor" in roles else ()
    return Beside(tuple(told), tuple(waits), tuple(ways))

"""The page of the unit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.access.frame import enters
from alongside.access.roles import roles_of
from alongside.access.visits import ON_UNIT
from alongside.doors.practice.desk import desk
from alongside.doors.practice.unit.page import unit_page
from alongside.families.queries import workers


@enters("practice")
def unit(request: HttpRequest) -> HttpResponse:
    """For whoever is supervisor, leader or intake; to everybody else it is not there."""
    roles = {role.role for role in roles_of(request.visit.person)}
    if not roles & ON_UNIT:
        raise Http404
    staff = workers()
    shown = {"page": None, "unit": unit_page(request, staff, roles)}
    return render(request, "unit/unit.jinja", desk(request, staff, "unit", **shown))

"""The administrator's page: how the machine is, what the office says of itself, who looks after ways in."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from alongside.access.frame import enters
from alongside.access.roles import holders, holds
from alongside.doors.office.machine import machine
from alongside.doors.office.says import says
from alongside.doors.practice.desk import desk
from alongside.families.queries import workers

OWN_NAMES = {"en": "English", "nb": "Norsk bokmål"}  # a language is called by its own name


@enters("practice")
def office(request: HttpRequest) -> HttpResponse:
    """For administrators; to everybody else it is not there. No family is on it, and nothing of one."""
    if not holds(request.visit.person, "administrator"):
        raise Http404
    staff, lang = workers(), translation.get_language() or "en"
    parts = says(machine(settings.DATA), zone=settings.OFFICE_ZONE, lang=lang)
    after = dict.fromkeys(staff[one.person].name for one in holders("administrator") if one.person in staff)
    shown = {
        "parts_of_it": parts, "todo": [one for one in parts if one.todo], "office": settings.OFFICE,
        "languages_here": ", ".join(OWN_NAMES.get(one, one) for one in settings.OFFICE.languages),
        "administrators": list(after),
    }  # fmt: skip
    return render(request, "office/office.jinja", desk(request, staff, "office", **shown))

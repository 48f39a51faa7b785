"""Reading: the families, one family, its people, one note."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from alongside.access import erasure, recent
from alongside.access.frame import enters
from alongside.access.holds import lasting
from alongside.access.opening import may_open
from alongside.access.sealed import whose
from alongside.doors.practice.desk import desk, family_desk
from alongside.doors.practice.families_page import families as own_families
from alongside.doors.practice.families_page import opened_lately
from alongside.doors.practice.family_page import family_page
from alongside.doors.practice.looking.beside import beside
from alongside.doors.practice.note_page import note_page
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.people.twice import joined
from alongside.doors.practice.people_page import people_page
from alongside.families.queries import workers

BAD_DATE = 400


def _page(request: HttpRequest, page: Opened, name: str, *args: str, **shown) -> HttpResponse:
    context = family_desk(request, page, name, *args, **shown)
    return render(request, f"practice/{name}.jinja", context, status=BAD_DATE if page.wrong else 200)


@enters("practice")
def families(request: HttpRequest) -> HttpResponse:
    """The families of this worker."""
    staff = workers()
    mine = own_families(request, staff)
    shown = {
        "families": mine, "lately": opened_lately(request, mine),
        "told": beside(request, staff), "opens": not mine and may_open(request.visit.person),
    }  # fmt: skip
    return render(request, "practice/families.jinja", desk(request, staff, **shown))


@enters("practice")
def family(request: HttpRequest, code: str) -> HttpResponse:
    """One family, now or as known then."""
    page = open_family(request, code, lately=True)
    if page.at is None:
        recent.opened(request.visit.account, code)
    return _page(request, page, "family", family=family_page(page), held=_held(request, page))


def _held(request: HttpRequest, page: Opened) -> bool:
    """Whether to say that the family is held: to those who lead and may erase, and to nobody else."""
    visit = request.visit
    return page.at is None and visit.on_unit and erasure.may(visit.person) and bool(lasting(page.reader.family))


@enters("practice")
def people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of a family, their homes and ties, and how to reach them."""
    page = open_family(request, code)
    shown = people_page(page, joined(request, page))
    return _page(request, page, "people", people=shown, whose=whose(request.visit.account))


@enters("practice")
def note(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """One statement with everything beside it. A sentence inside another stands on that one's page."""
    page = open_family(request, code, around=id)
    said = page.woven.find(id)
    if said is None:
        raise Http404
    top = page.top(said)
    if top.id != said.id:
        return HttpResponseRedirect(page.note(said))
    if page.at is None:
        recent.opened(request.visit.account, code, id)
    return _page(request, page, "note", id, note=note_page(page, top))

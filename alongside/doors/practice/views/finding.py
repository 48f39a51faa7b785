"""Finding what was said, and the keys of the keyboard."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.access.frame import enters, looked_at
from alongside.access.standing import office_day
from alongside.dialogue.asked import asked
from alongside.doors.practice.desk import desk, then_bar
from alongside.doors.practice.find_page import Moment, find_page, own_families
from alongside.families.queries import workers


@enters("practice")
def find(request: HttpRequest) -> HttpResponse:
    """In which sentences of one's own families these words stand. The address can be sent to a colleague, who
    finds what they may read; nothing of it is noted down."""
    within, staff = request.GET.get("in", "")[:16], workers()
    try:
        at, today, value = looked_at(request)
    except (ValueError, OverflowError):
        raise Http404 from None
    moment = Moment(at, value, today, at or request.visit.now) if within and at is not None else None
    moment = moment or Moment(None, "", office_day(request.visit.now), request.visit.now)
    mine = own_families(request, staff, moment)
    if within and within not in {one.reader.code for one in mine}:
        raise Http404
    page = find_page(
        request, staff, mine, asked(request.GET.get("q", "")), moment, within=within,
        after=request.GET.get("after", "")[:16], before=request.GET.get("before", "")[:32],
    )  # fmt: skip
    back = f"{reverse('find')}?in={within}"
    context = desk(request, staff, "find", found=page, at=moment.value, then=then_bar(moment, back))
    return render(request, "practice/find.jinja", context)


@enters("practice")
def keys(request: HttpRequest) -> HttpResponse:
    """The keys of this door, and whether they are on."""
    return render(request, "practice/keys.jinja", desk(request, workers(), "keys"))

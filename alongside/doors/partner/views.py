"""The page of one's own part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.access.closing import words_for
from alongside.access.views import SeeOther
from alongside.doors.family.forms import begun
from alongside.doors.family.room import enter
from alongside.doors.family.rooms import CHOSEN, framed, in_room
from alongside.doors.family.words import also_the_office, done
from alongside.doors.partner.part import own_part
from alongside.record.readers import Reader


@in_room()
def part(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What a partner wrote, was told, promised and was promised. Who belongs to the family has a home instead."""
    if reader.kin:
        return SeeOther(reverse("home"))
    room = enter(request, reader)
    context = framed(
        request, "part", room=room, page=own_part(room), notice=done(request.GET.get("done", "")),
        also=also_the_office(), several=request.session.get(CHOSEN), stops=words_for(request.visit),
        begun=begun(reader),
    )  # fmt: skip
    return render(request, "partner/part.jinja", context)

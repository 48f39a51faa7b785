"""Coming back without a worry: in a room whose work has ended, one says that one wants to talk again (R125)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access import ending
from alongside.access.policy import closed
from alongside.access.views import SeeOther, elsewhere, gives_back
from alongside.doors.family.forms import carried, filled, once
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.words import listed
from alongside.doors.invited import one_stop
from alongside.families.queries import workers
from alongside.record.readers import Reader
from alongside.record.statement import Refused

NEWEST = 300


@in_room("GET", "POST")
def again(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Say that one wants to talk again; who reads it and rings is said first. One need not say why."""
    gives_back(request)
    if not (reader.kin and closed(reader.family)):
        return elsewhere(request, reverse("home"))
    room = enter(request, reader, newest=NEWEST)
    form, refused = filled(request, reader), False
    if request.method == "POST":
        try:
            ending.wants_to_talk(
                by=reader, text=form.one("words"), lang=room.showing.lang, at=room.now, once=once(request)
            )
            return SeeOther(reverse("my-again"))
        except Refused:
            refused = True
    since, staff = ending.asked_to_talk(reader), workers()
    context = framed(
        request, "home", room=room, form=form, refused=refused, carried=carried(request, reader, again=refused),
        names=listed(staff[one].name for one in ending.who_answers(reader.family) if one in staff),
        said=_said(room, since) if since is not None else "",
    )  # fmt: skip
    return render(request, "family/again.jinja", context, status=422 if refused else 200)


def _said(room: Room, since: int) -> str:
    return one_stop(_("You said so %(day)s. We have it.") % {"day": room.showing.on(clock.moment(since))})

"""Pages about meeting: the next ones, asking to meet, another time, cancelling."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.views import elsewhere
from alongside.doors.family import arranged, words
from alongside.doors.family.forms import Filled, filled, once
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.writing import _page, _to
from alongside.doors.meanwhile import cancelled_words, moved_on
from alongside.record.readers import Reader
from alongside.record.statement import Refused
from alongside.teams import arranging as verbs
from alongside.teams.appointment import Appointment, appointments

NEWEST = 300


@in_room()
def listed(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The next ones, and what became of the others."""
    room = enter(request, reader, newest=NEWEST)
    context = framed(
        request, "home", room=room, page=arranged.meetings(room), notice=words.done(request.GET.get("done", ""))
    )
    return render(request, "family/appointments.jinja", context)


def _form(request: HttpRequest, room: Room, send: Callable, one: Appointment | None, **says: str) -> HttpResponse:
    """One box, one verb, back to the list. `one`: the appointment it is about."""
    form, refused = filled(request, room.reader), ""
    if request.method == "POST":
        try:
            send(**_said(request, room, form))
            return _to("my-appointments", "sent")
        except Refused as why:
            if why.code == "cancelled-already":
                return moved_on(
                    request, room.reader, cancelled_words(one, room.showing, room.reader), room.href("my-appointments")
                )
            refused = why.code
    meeting = arranged.meeting(room, one) if one else None
    return _page(request, room, "appointment", "home", refused, form, meeting=meeting, **says)


def _said(request: HttpRequest, room: Room, form: Filled) -> dict:
    return {
        "by": room.reader, "text": form.one("words"), "lang": room.showing.lang, "at": room.now,
        "once": once(request), "wait": words.settles(),
    }  # fmt: skip


@in_room("GET", "POST")
def ask(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Ask to meet."""
    if not reader.writes:
        return elsewhere(request, f"{reverse('home')}?done=closed")
    room = enter(request, reader, newest=NEWEST)
    return _form(
        request, room, lambda **said: verbs.ask(readers=room.circle.own, **said), None, title=_("Ask to meet"),
        label=_("What it is about, and when it suits you"), hint=_("You can write in any language."), button=_("Send"),
    )  # fmt: skip


def _found(request: HttpRequest, reader: Reader, id: str) -> tuple[Room, Appointment]:
    """The appointment with this id, while it stands and is to come; anything else is not found. A form that was being
    written while it was cancelled says so."""
    room = enter(request, reader)
    one = next((one for one in appointments(room.woven.entries) if one.first.id == id), None)
    if one is None or room.woven.by_place[one.first.pk].taken_back is not None:
        raise Http404
    while_writing = request.method == "POST" and room.writes and not one.stands
    if not while_writing and not arranged.acts(room, one, id):
        raise Http404
    return room, one


@in_room("GET", "POST")
def another_time(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Ask for another time. It stands until a helper has moved it."""
    room, one = _found(request, reader, id)
    return _form(
        request, room, lambda **said: verbs.ask_another_time(appointment=id, **said), one,
        title=_("Another time"), label=_("When it suits you better"), button=_("Send"),
        hint=_("It stands as it is until we have moved it. You need not say why."),
    )  # fmt: skip


@in_room("GET", "POST")
def cancel(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Cancel it. One need not say why."""
    room, one = _found(request, reader, id)
    return _form(
        request, room, lambda **said: verbs.cancel(appointment=id, **said), one,
        title=_("Cancel it"), label=_("Why, if you like"), hint=_("Those who were to come can read it."),
        button=_("Cancel the appointment"),
    )  # fmt: skip

"""Pages to read: home, story, one thing."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import own_looks
from alongside.access.closing import words_for
from alongside.access.frame import looked_at
from alongside.access.views import SeeOther
from alongside.dialogue.looking import NAMES
from alongside.doors.family import home as homes
from alongside.doors.family import note as notes
from alongside.doors.family import story as stories
from alongside.doors.family.forms import begun, carried, once
from alongside.doors.family.room import Room, day_words, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.words import also_the_office, done
from alongside.doors.look_forms import refusal
from alongside.record.readers import Reader
from alongside.record.statement import Refused

NEWEST = 300
REFUSED = 422


class NotADay(Exception):
    """What stands in the address as a day is none."""


def look_into(request: HttpRequest, reader: Reader, name: str, id: str = "") -> tuple[Room, dict]:
    """The room as now, or as known then, and what the frame needs for it."""
    try:
        at, today, typed = looked_at(request)
    except (ValueError, OverflowError) as error:
        raise NotADay from error
    room = enter(request, reader, at=at, today=today, typed=typed)
    if at is None:
        return room, {"notice": done(request.GET.get("done", ""))}
    says = day_words(today, room.showing.lang) + (f", {typed[11:16]}" if "T" in typed else "")
    back = reverse(name, args=[id] if id else [])
    return room, {"at": typed, "then": {"says": says, "back_href": back}}


@in_room()
def home(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Hello; what is new, next and owed. Who helps and does not belong to the family has a page of their part."""
    if not reader.kin:
        said = request.GET.urlencode()
        return SeeOther(reverse("part") + (f"?{said}" if said else ""))
    room = enter(request, reader, newest=NEWEST)
    context = framed(
        request, "home", room=room, page=homes.home(room), notice=done(request.GET.get("done", "")),
        also=also_the_office(), several=request.session.get("room"), stops=words_for(request.visit),
        begun=begun(reader),
    )  # fmt: skip
    return render(request, "family/home.jinja", context)


@in_room()
def story(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Everything, by day, now or as known then."""
    try:
        room, around = look_into(request, reader, "my-story")
    except NotADay:
        return no_day(request, reader)
    chosen = {name: request.GET.get(name, "")[:40] for name in NAMES}
    return _story(request, room, chosen, before=request.GET.get("before", ""), **around)


def _story(
    request: HttpRequest, room: Room, chosen: dict[str, str], *, before: str = "", unkept: str = "", **around
) -> HttpResponse:
    """The story, or what was chosen of it. `unkept`: why a way of looking was not kept."""
    page = stories.story(room, before, chosen)
    if page is None:
        raise Http404
    context = framed(
        request, "my-story", room=room, page=page, typed=room.typed, wrong="",
        kept=own_looks.of(request.visit.account, room.reader.code),
        fields=carried(request, room.reader), called=request.POST.get("called", ""), unkept=unkept, **around,
    )  # fmt: skip
    return render(request, "family/story.jinja", context, status=REFUSED if unkept else 200)


@in_room("POST")
def keep_look(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Keep what is shown of the story under a name of one's own."""
    room = enter(request, reader)
    page = stories.story(room, "", {name: request.POST.get(name, "")[:40] for name in NAMES})
    try:
        called = request.POST.get("called", "")
        own_looks.keep(
            account=request.visit.account, family=reader.code, called=called, chosen=page.chosen, once=once(request)
        )
    except Refused as why:
        return _story(request, room, page.chosen, unkept=refusal(why))
    return SeeOther(f"{reverse('my-story')}?{urlencode(page.chosen)}")


@in_room("POST")
def throw_look(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Take a kept way of looking away."""
    if not own_looks.throw(account=request.visit.account, family=reader.code, id=id):
        raise Http404
    return SeeOther(reverse("my-story"))


def no_day(request: HttpRequest, reader: Reader) -> HttpResponse:
    """400: says what a day looks like, and keeps what was typed."""
    room = enter(request, reader)
    context = framed(
        request, "my-story", room=room, page=stories.Story((), ""), typed=request.GET["at"], kept=(), fields={},
        called="", unkept="",
        wrong=_("We cannot read this as a day. Write it like 2025-11-03."),
    )  # fmt: skip
    return render(request, "family/story.jinja", context, status=400)


@in_room()
def note(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """One thing, sentence by sentence."""
    try:
        room, around = look_into(request, reader, "my-note", id)
    except NotADay:
        return no_day(request, reader)
    said = room.woven.find(id)
    if said is None:
        raise Http404
    context = framed(request, "my-story", room=room, page=notes.note(room, said), **around)
    return render(request, "family/note.jinja", context)

"""My circle, what gives and takes, my family and homes: drawn by taps, each with the same as a list.

Everybody draws their own; what others drew stands beside it, where it may be read.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.views import SeeOther, elsewhere
from alongside.doors.drawn import Shown, circles, ecomaps, gives, rings, strengths, visible
from alongside.doors.drawn_forms import by_name, named, tapped
from alongside.doors.family.forms import Filled, carried, filled, offers, once, picked
from alongside.doors.family.reading import NotADay, look_into, no_day
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.words import listed, refused
from alongside.doors.tree import tree
from alongside.families.drawn import RINGS, draw, drawn, may_move, place
from alongside.families.telling import Told
from alongside.record.readers import Reader
from alongside.record.statement import Refused

UNPROCESSABLE = 422


@in_room()
def pictures(request: HttpRequest, reader: Reader) -> HttpResponse:
    """My pictures, and those of others that I may read, now or as known then. `?pick=`: somebody to move."""
    try:
        room, around = look_into(request, reader, "my-pictures")
    except NotADay:
        return no_day(request, reader)
    shown = _shown(request, room)
    others = [of for of in dict.fromkeys(one.of for one in visible(shown)) if of != room.me]
    called = room.showing.people.called
    context = framed(
        request, "my-people", room=room, circles=circles(shown, room.me), ecomaps=ecomaps(shown, room.me),
        others=[(called(of), (*circles(shown, of),), (*ecomaps(shown, of),), gives(called(of))) for of in others],
        tree=tree(room.showing, room.woven.entries, room.me, unborn=bool(request.GET.get("unborn"))),
        unborn=bool(request.GET.get("unborn")), gives=gives(room.hello), fields=carried(request, reader), **around,
    )  # fmt: skip
    return render(request, "family/pictures.jinja", context)


def _shown(request: HttpRequest, room: Room) -> Shown:
    href = room.href("my-pictures")
    return Shown(
        room.showing, room.woven.entries, request.GET.get("pick", "")[:40], lambda id: f"{href}?pick={id}#picked",
        lambda one: room.writes and may_move(room.reader, one),
    )  # fmt: skip


@in_room("GET", "POST")
def circle(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Put people and places into my circle: as many as I name, in one go."""
    return _draw(request, reader, "my-circle")


@in_room("GET", "POST")
def lines(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Draw a line to what gives me something, or takes."""
    return _draw(request, reader, "my-lines")


def _draw(request: HttpRequest, reader: Reader, name: str) -> HttpResponse:
    """The form, or what was said in it. For those who belong to the family and may write; others see the pictures."""
    room = enter(request, reader)
    if request.method == "GET" and not (reader.kin and reader.writes):
        return elsewhere(request, room.href("my-pictures"))
    form, wrong = filled(request, reader), ""
    if request.method == "POST":
        also = picked(room, room.circle.family, form.all("also"))
        told = Told(reader, so=dates.on(room.showing.today), to=(*room.circle.own, *also))
        try:
            (_say_circle if name == "my-circle" else _say_line)(
                room, form, told, {"at": room.now, "once": once(request)}
            )
            return SeeOther(f"{room.href('my-pictures')}?done=kept")
        except Refused as why:
            wrong = why.code
    asks = _ring_fields() if name == "my-circle" else ()
    context = framed(
        request, "my-people", room=room, name=name, asks=asks, strengths=strengths(), gives=gives(room.hello),
        form=form, fields=carried(request, reader, again=wrong == "other-words"), wrong=_refused(wrong, room),
        helpers=listed(room.showing.people.called(p) for p in room.circle.helpers),
        people=offers(room, room.circle.family, form.all("also")),
    )  # fmt: skip
    return render(request, "family/draw.jinja", context, status=UNPROCESSABLE if wrong else 200)


def _ring_fields() -> tuple[tuple[str, str, str], ...]:
    hints = (
        _("those you would ring in the night, the cat"), _("whom you like to have near"),
        _("sport, work, a café, where you pray"), _("a teacher, a doctor, us"),
    )  # fmt: skip
    return tuple(
        (f"ring{ring}", words[:1].upper() + words[1:], hint)
        for (ring, words), hint in zip(rings().items(), hints, strict=True)
    )


def _met(room: Room) -> dict[str, int | None]:
    """Whom a typed name may mean: those I meet here, and my helpers."""
    persons = room.showing.people.persons
    among = [n for n, one in persons.items() if n != room.me and (one.group != "staff" or n in room.circle.helpers)]
    return by_name(persons, among)


def _say_circle(room: Room, form: Filled, told: Told, how: dict) -> None:
    known = _met(room)
    near = [near for ring in RINGS for near in named(form.one(f"ring{ring}"), ring, known)]
    place(told=told, of=room.me, near=near, before=drawn(room.woven.entries), **how)


def _say_line(room: Room, form: Filled, told: Told, how: dict) -> None:
    name = " ".join(form.one("name").split())
    who = _met(room).get(name.casefold())
    draw(
        told=told, of=room.me, who=who, name="" if who else name, strength=form.one("strength"),
        gives=form.one("gives"), words=form.one("words"), before=drawn(room.woven.entries), **how,
    )  # fmt: skip


@in_room("POST")
def moved(request: HttpRequest, reader: Reader) -> HttpResponse:
    """One tap: nearer, farther, another kind of line, other words, or away."""
    room = enter(request, reader)
    shown = _shown(request, room)
    form = filled(request, reader)
    one = next((one for one in visible(shown) if one.entry.id == form.one("line")), None)
    if one is None or not shown.moves(one):
        raise Http404
    try:
        tapped(reader, one, form.one, {"at": room.now, "once": once(request)})
    except Refused as why:
        raise Http404 from why
    picked = "" if form.one("act") == "out" else f"&pick={one.entry.id}#picked"
    return SeeOther(f"{room.href('my-pictures')}?done=kept{picked}")


def _refused(code: str, room: Room) -> str:
    said = {
        "no-name": _("Write at least one name. One word is enough."),
        "nothing-chosen": _("Choose what kind of line it is."),
        "same-person": _("You are in the middle already. Write who else is there."),
        "too-many": _("These are more than we can take in one go. Keep some for a second time."),
        "line-too-long": _("One of the lines is too long. Say it shorter."),
    }
    return said.get(code) or (refused(code, room.worker) if code else "")

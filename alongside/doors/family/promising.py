"""Pages about promises in a room: all of them, asking for one, making one, and what became of one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.views import elsewhere, gives_back
from alongside.doors.days import guesses, in_a_week
from alongside.doors.family import lines, promised, words
from alongside.doors.family.forms import Filled, filled, offers, once, picked
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.writing import _page, _to
from alongside.doors.meanwhile import moved_on, settled_words
from alongside.promises import writing as verbs
from alongside.promises.promise import Ask, Promise, asks, promises
from alongside.record.readers import Reader
from alongside.record.statement import Refused

NEWEST = 300


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to say about a promise. `box`: the name of its field; `days`: whether a day is asked."""

    name: str
    title: str
    label: str
    box: str
    button: str
    days: bool
    none: bool
    send: Callable


@in_room()
def listed(request: HttpRequest, reader: Reader) -> HttpResponse:
    """All promises."""
    room = enter(request, reader, newest=NEWEST)
    context = framed(
        request, "home", room=room, page=promised.every(room), notice=words.done(request.GET.get("done", ""))
    )
    return render(request, "family/promises.jinja", context)


def days(room: Room) -> tuple[tuple[str, str], ...]:
    """Days to tap."""
    return guesses(room.showing.today, room.showing.lang)


def due(form: Filled) -> str:
    """The day that was said: the box before the choice; '' for none."""
    return form.one("day").strip() or form.one("due")


def _said(request: HttpRequest, room: Room, form: Filled, box: str) -> dict:
    return {
        "by": room.reader, "text": form.one(box), "lang": room.showing.lang, "at": room.now, "once": once(request),
        "wait": words.settles(),
    }  # fmt: skip


@in_room("GET", "POST")
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Say what one will do. It is never late."""
    return _new(request, reader, asked=False)


@in_room("GET", "POST")
def ask(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Ask a helper for a promise."""
    return _new(request, reader, asked=True)


def _new(request: HttpRequest, reader: Reader, *, asked: bool) -> HttpResponse:
    room = enter(request, reader, newest=NEWEST)
    if not reader.writes:
        return elsewhere(request, f"{reverse('home')}?done=closed")
    form, refused = filled(request, reader), ""
    if request.method == "POST":
        try:
            _send(request, room, form, asked=asked)
            return _to("my-promises", "sent")
        except Refused as why:
            refused = why.code
    chosen = form.all("of") or [one["value"] for one in offers(room, room.circle.helpers)[:1]]
    return _page(
        request, room, "promise_new", "home", refused, form, asked=asked, days=days(room), chosen=form.one("due"),
        helpers=offers(room, room.circle.helpers, chosen) if asked else [],
        people=offers(room, room.circle.family, form.all("also")),
    )  # fmt: skip


def _send(request: HttpRequest, room: Room, form: Filled, *, asked: bool) -> None:
    also = picked(room, room.circle.family, form.all("also"))
    said = {**_said(request, room, form, "words"), "due": due(form), "readers": [*room.circle.own, *also]}
    if not asked:
        verbs.make(**said)
        return
    of = picked(room, room.circle.helpers, form.all("of"))
    if not of:
        raise Refused("to-somebody")
    verbs.ask(of=of[0], **said)


@in_room("GET", "POST")
def one(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """One promise, what happened to it, and what the one who owes it may say."""
    room = enter(request, reader)
    it, said = _found(room, id)
    gives_back(request)
    form, refused, acting = filled(request, reader), "", ""
    if request.method == "POST":
        way = next((way for way in _ways(room, it) if way.name == form.one("act")), None)
        if way is None:  # it is another's to say
            return elsewhere(request, room.href("my-promise", id))
        try:
            more = {"due": due(form)} if way.days else {}
            way.send(id, **_said(request, room, form, way.box), **more)
            return _to("my-promise", "sent", id)
        except Refused as why:
            if why.code == "settled-already":
                return moved_on(
                    request, reader, settled_words(it, room.showing, room.reader), room.href("my-promise", id)
                )
            refused, acting = why.code, way.name
    ways = _ways(room, it) if it.open else ()
    owed = promised.owed_line(room, it, said) if isinstance(it, Promise) else promised.ask_line(room, it)
    waits = tuple(act for act in lines.pending(room) if act.about == id and act.kind.startswith("promises."))
    return _page(
        request, room, "promise", "home", refused, form, owed=owed, line=lines.line(room, said), ways=ways,
        acting=acting, days=days(room), chosen=form.one("due") or in_a_week(room.showing.today), id=id, waits=waits,
    )  # fmt: skip


def _found(room: Room, id: str) -> tuple:
    """The promise or ask with this id. Hidden, absent, taken back and anything else are the same 404."""
    said = room.woven.find(id)
    every = [*promises(room.woven.entries), *asks(room.woven.entries)]
    it = next((it for it in every if (it.made if isinstance(it, Promise) else it.asked).id == id), None)
    if said is None or it is None or said.taken_back is not None:
        raise Http404
    return it, said


def _ways(room: Room, it: Promise | Ask) -> tuple[Way, ...]:
    """What this reader may say about it, as long as it is open."""
    if not room.writes:
        return ()
    why = _("Why, if you like")
    if isinstance(it, Ask):
        if it.of != room.me:
            return ()
        return (
            Way("promise", _("Say yes"), _("What you say you will do"), "words", _("I will do this"), True, True,
                lambda id, **said: verbs.make(answers=id, **said)),
            Way("decline", _("Say no"), why, "reason", _("I cannot do this"), False, False,
                lambda id, **said: verbs.decline(ask=id, **said)),
        )  # fmt: skip
    if it.owner != room.me:
        return ()
    return (
        Way("kept", _("I did it"), _("A word about it, if you like"), "words", _("I did it"), False, False,
            lambda id, **said: verbs.keep(promise=id, **said)),
        Way("moved", _("It must wait"), why, "why", _("Move it"), True, False,
            lambda id, **said: verbs.move(promise=id, **said)),
        Way("broken", _("I did not manage it"), why, "reason", _("Say that I did not manage it"), False, False,
            lambda id, **said: verbs.break_with_reason(promise=id, **said)),
    )  # fmt: skip

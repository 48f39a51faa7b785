"""What somebody says of themselves: the name they use, the safe way to reach them, who belongs to them; and their
own journal, everything they can read that is about them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.views import SeeOther, elsewhere
from alongside.dialogue.journal import of_one
from alongside.doors.family.forms import Filled, carried, filled, offers, once, picked
from alongside.doors.family.reading import NotADay, look_into, no_day
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.story import Item, item
from alongside.doors.family.words import listed, refused
from alongside.families import contact, meeting, tie
from alongside.families.telling import Told
from alongside.record.readers import Reader
from alongside.record.statement import Refused

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class OwnForm:
    """One form about oneself. `fields()`: (kind, name, label, hint); `say(room, form, told, how)`."""

    title: Callable[[], str]
    fields: Callable[[], tuple[tuple[str, str, str, str], ...]]
    say: Callable[[Room, Filled, Told, dict], object]
    people: Callable[[], str] = str


def _name_fields() -> tuple[tuple[str, str, str, str], ...]:
    return (
        ("line", "name", _("The name you use"), _("Your whole name, or what there is of it.")),
        ("line", "called", _("What we call you"), _("Leave it empty, and we take the first word.")),
    )


def _name(room: Room, form: Filled, told: Told, how: dict) -> object:
    return meeting.named(told=told, person=room.me, name=form.one("name"), called=form.one("called"), **how)


def _reach_fields() -> tuple[tuple[str, str, str, str], ...]:
    return (
        ("area", "how", _("How and when"), _("A text, a call, a knock, at which hours, through whom.")),
        ("line", "never", _("What we must never do"), _("No voicemail. Never at school.")),
        ("line", "say", _("What we say when we reach you"), _("Which name we give, and nothing more.")),
    )


def _reach(room: Room, form: Filled, told: Told, how: dict) -> object:
    return contact.reach(
        told=told, person=room.me, how=form.one("how"), never=form.one("never"), say=form.one("say"),
        lang=room.showing.lang, **how,
    )  # fmt: skip


def _gender_fields() -> tuple[tuple[str, str, str, str], ...]:
    hint = _("Only if you want it seen in the picture of the family. Nobody has to say it.")
    return (("gender", "gender", _("I am"), hint),)


def _gender(room: Room, form: Filled, told: Told, how: dict) -> object:
    return meeting.gender(told=told, person=room.me, gender=form.one("gender"), **how)


def _belongs_fields() -> tuple[tuple[str, str, str, str], ...]:
    hint = _("Who they are, and what they are to you. You decide who counts.")
    return (("area", "words", _("In your words"), hint),)


def _belongs(room: Room, form: Filled, told: Told, how: dict) -> object:
    return tie.belongs(told=told, text=form.one("words"), lang=room.showing.lang, about=(), **how)


FORMS = {
    "name": OwnForm(lambda: _("The name I use"), _name_fields, _name),
    "reach": OwnForm(lambda: _("How to reach me safely"), _reach_fields, _reach),
    "gender": OwnForm(lambda: _("Woman, man or another"), _gender_fields, _gender),
    "belongs": OwnForm(lambda: _("Who belongs to me"), _belongs_fields, _belongs),
}


def saying(name: str):
    """The view of one form about oneself."""

    @in_room("GET", "POST")
    def view(request: HttpRequest, reader: Reader) -> HttpResponse:
        return _own(request, reader, name, FORMS[name])

    view.__doc__ = f"The form “{name}” about oneself."
    return view


def _own(request: HttpRequest, reader: Reader, name: str, own: OwnForm) -> HttpResponse:
    """The form, or what was said in it. For those who belong to the family and may write; others see the people."""
    room = enter(request, reader)
    if request.method == "GET" and not (reader.kin and reader.writes):
        return elsewhere(request, room.href("my-people"))
    form, wrong = filled(request, reader), ""
    if request.method == "POST":
        also = picked(room, room.circle.family, form.all("also"))
        told = Told(reader, so=dates.on(room.showing.today), to=(*room.circle.own, *also))
        try:
            own.say(room, form, told, {"at": room.now, "once": once(request)})
            return SeeOther(f"{room.href('my-people')}?done=kept")
        except Refused as why:
            wrong = why.code
    context = framed(
        request, "my-people", room=room, name=name, title=own.title(), asks=own.fields(), form=form,
        fields=carried(request, reader, again=wrong == "other-words"), wrong=_refused(wrong, room),
        helpers=listed(room.showing.people.called(p) for p in room.circle.helpers),
        people=offers(room, room.circle.family, form.all("also")),
    )  # fmt: skip
    return render(request, "family/own.jinja", context, status=UNPROCESSABLE if wrong else 200)


def _refused(code: str, room: Room) -> str:
    said = {
        "no-name": _("Write the name. One word is enough."),
        "no-words": _("Write a few words first."),
        "nothing-chosen": _("Choose one, or go back."),
        "line-too-long": _("One of the lines is too long. Say it shorter."),
    }
    return said.get(code) or (refused(code, room.worker) if code else "")


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the journal: its name and what belongs to it."""

    words: str
    items: tuple[Item, ...]


def _months(room: Room) -> tuple[Month, ...]:
    """Everything about the reader that they read, the oldest first."""
    mine = sorted((_day(room, said), said.entry.pk, said, some) for said, some in of_one(room.woven.roots, room.me))
    return tuple(
        Month(
            dates.show(dates.canonical(month) or dates.UNSAID, room.showing.lang, room.showing.today, True),
            tuple(item(room, said, some) for _d, _pk, said, some in them),
        )
        for month, them in groupby(mine, key=lambda one: one[0][:7])
    )


def _day(room: Room, said) -> str:
    """The day it was so, else the day it was received, as ISO."""
    ordinal = said.so.first or said.so.last
    received = said.received.astimezone(room.showing.zone).date()
    return (dt.date.fromordinal(ordinal) if ordinal else received).isoformat()


@in_room()
def journal(request: HttpRequest, reader: Reader) -> HttpResponse:
    """My own journal, now or as known then, made for reading and for paper."""
    try:
        room, around = look_into(request, reader, "my-journal")
    except NotADay:
        return no_day(request, reader)
    made = room.showing.day(dates.on(room.showing.today), True)
    context = framed(request, "my-people", room=room, months=_months(room), made=made, **around)
    return render(request, "family/journal.jinja", context)

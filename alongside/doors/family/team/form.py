"""What the forms of these pages have in common: fields, who else reads, one verb, back to the team."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.views import SeeOther
from alongside.doors.family.forms import Filled, carried, filled, offers, once, picked
from alongside.doors.family.room import Room
from alongside.doors.family.rooms import framed
from alongside.doors.family.words import listed
from alongside.doors.family.words import refused as refused_here
from alongside.families.telling import Told
from alongside.record.readers import Reader
from alongside.record.statement import Refused

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Ask:
    """One field. `kind`: line, area, date, picks, chips or check; `options`: (value, words, chosen, small words)."""

    kind: str
    name: str
    label: str
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str, bool, str], ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class TeamForm:
    """`fields(form)`; `say(form, told, how)` where `how` is at and once; `readers`: whether it asks who else reads;
    `note`: sentences before the fields."""

    title: str
    send: str
    fields: Callable[[Filled], tuple[Ask, ...]]
    say: Callable[[Filled, Told, dict], object]
    note: tuple[str, ...] = ()
    readers: bool = False
    rows: Callable[[Filled], tuple] | None = None


def told(room: Room, form: Filled) -> Told:
    """The reader's own words of today, for the helpers and those they chose."""
    also = picked(room, room.circle.family, form.all("also"))
    return Told(room.reader, so=dates.on(room.showing.today), to=(*room.circle.own, *also))


def shown(request: HttpRequest, reader: Reader, room: Room, asked: TeamForm) -> HttpResponse:
    """The form; or what was said in it, and back to the team."""
    form, wrong = filled(request, reader), ""
    if request.method == "POST":
        try:
            asked.say(form, told(room, form), {"at": room.now, "once": once(request)})
            return SeeOther(f"{room.href('my-team')}?done=kept")
        except Refused as why:
            wrong = why.code
    context = framed(
        request, "my-people", room=room, asked=asked, fields=asked.fields(form), form=form, wrong=refused(wrong, room),
        carried=carried(request, reader, again=wrong == "other-words"), rows=asked.rows(form) if asked.rows else (),
        helpers=listed(room.showing.people.called(p) for p in room.circle.helpers),
        people=offers(room, room.circle.family, form.all("also")) if asked.readers else [],
    )  # fmt: skip
    return render(request, "family/team_form.jinja", context, status=UNPROCESSABLE if wrong else 200)


def refused(code: str, room: Room) -> str:
    """What is not taken here, in plain words."""
    said = {
        "": "",
        "nobody": _("Choose somebody, or write a name."),
        "no-name": _("Write the name. One word is enough."),
        "no-words": _("Write a few words first."),
        "line-too-long": _("One of the lines is too long. Say it shorter."),
        "no-until": _("Choose the last day, from today on, like 2026-12-01."),
        "unknown-form": _("Choose one of them."),
        "works-here": _("Choose somebody who does not work here. Who stands by you is there for you alone."),
        "stands-already": _("They stand by you already."),
        "left-already": _("They are out of it already."),
    }
    return said[code] if code in said else refused_here(code, room.worker)

"""Pages about the room itself: who sees what, who is here, how to ask, how to read more easily."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.frame import enters
from alongside.access.models import Account
from alongside.access.views import SeeOther
from alongside.doors.family.forms import carried
from alongside.doors.family.lines import Line, line
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.who_works import works
from alongside.doors.family.words import also_the_office, done, listed
from alongside.families.belonging import belonging
from alongside.families.person import Person
from alongside.families.units import in_words
from alongside.record.readers import Reader

NEWEST = 300
SIZES = (100, 125, 150)
LIGHTS = ("", "day", "night")
OWN_NAMES = {"en": "English", "nb": "Norsk bokmål"}  # a language is called by its own name


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person on the page of people. `reach`: how to reach a helper, or ''."""

    name: str
    role: str
    under: str = ""
    rings: bool = False


@dataclass(frozen=True, slots=True)
class Belongs:
    """A group or a place that is theirs: whose by name, own words about it, and who says so, each or ''."""

    name: str
    who: str
    text: str
    lang: str
    says: str


def _helpers(room: Room) -> list[Somebody]:
    return [
        Somebody(one.name, one.role(room.showing.lang), in_words(one.unit), True)
        for one in _known(room, room.circle.helpers)
    ]


def _office(room: Room) -> list[Somebody]:
    """Those of the office who take part here without being helpers, such as a leader who decides."""
    lang = room.showing.lang
    return [Somebody(one.name, one.role(lang)) for one in _known(room, room.circle.others) if one.group == "staff"]


def _known(room: Room, numbers: tuple[int, ...]) -> list[Person]:
    persons = room.showing.people.persons
    return [persons[number] for number in numbers if number in persons]


def _others(room: Room, groups: tuple[str, ...]) -> list[Somebody]:
    """People of these groups whose name the reader may know, in the order they were met."""
    lang = room.showing.lang
    return [
        Somebody(one.name, one.role(lang), _("died %(year)s") % {"year": one.died[:4]} if one.died else "")
        for one in room.showing.people.persons.values()
        if one.group in groups and one.number != room.me
    ]


@in_room()
def people(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Everybody the reader may know here, and how to reach the helpers."""
    room = enter(request, reader, newest=NEWEST)
    page = {
        "me": _me(room),
        "reach": _newest(room, "families.safe-contact", room.me),
        "ties": _ties(room),
        "belongs": _belongs(room),
        "helpers": _helpers(room),
        "family": _others(room, ("family",)),
        "friends": _others(room, ("network",)),
        "others": _others(room, ("partner", "role", "other")) + _office(room),
    }
    notice = done(request.GET.get("done", ""))
    return render(request, "family/people.jinja", framed(request, "my-people", room=room, page=page, notice=notice))


def _me(room: Room) -> str:
    """The reader's own name as it stands here, or ''."""
    mine = room.showing.people.persons.get(room.me)
    return mine.name if mine else ""


def _ties(room: Room) -> list[Line]:
    """What people say in words of who belongs together, as far as the reader was told."""
    return [line(room, one) for one in room.woven.by_place.values() if one.kind == "families.tie" and one.text]


def _said_by(room: Room, speaker: int) -> str:
    if speaker == room.me:
        return _("You say so")
    name = room.showing.people.called(speaker)
    return _("%(who)s says so") % {"who": name} if name else ""


def _belongs(room: Room) -> list[Belongs]:
    """Groups and places that are theirs, as far as the reader was told."""
    called = room.showing.people.called
    return [
        Belongs(
            one.name, listed(called(number) for number in one.who if called(number)), one.text, one.lang,
            _said_by(room, one.said.speaker),
        )
        for one in belonging(room.woven.entries)
    ]  # fmt: skip


@in_room()
def who_sees(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Who reads what, made only of what this reader may read."""
    room = enter(request, reader, newest=NEWEST)
    called = room.showing.people.called
    page = {
        "helpers": listed(called(p) for p in room.circle.team),
        "own": listed(called(p) for p in room.circle.own),
        "family": listed(called(p) for p in room.circle.family),
        "others": listed(called(p) for p in room.circle.others),
        "said": _newest(room, "access.who-may-see-talk"),
        "works": works(room),
    }
    return render(request, "family/who_sees.jinja", framed(request, room=room, page=page, also=also_the_office()))


def _newest(room: Room, kind: str, person: int | None = None) -> Line | None:
    """The newest statement of this kind, about this person where one is given."""
    for entry in reversed(room.woven.entries):
        if entry.kind == kind and (person is None or entry.body.get("person") == person):
            return line(room, room.woven.by_place[entry.pk])
    return None


@enters("family")
def ask(request: HttpRequest) -> HttpResponse:
    """What is not shown, how to ask for it, how to complain: the same page for everybody, always."""
    return render(request, "family/ask.jinja", framed(request, complaints=getattr(settings, "COMPLAINTS", [])))


@in_room("GET", "POST")
def settings_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Language, text size, light, the safe way to reach me, signing out."""
    if request.method == "POST":
        light, size = request.POST.get("light", ""), request.POST.get("size", "100")
        if light not in LIGHTS or size not in map(str, SIZES):
            raise Http404
        Account.objects.filter(pk=request.visit.account.pk).update(light=light, text_size=int(size))
        return SeeOther(f"{reverse('my-settings')}?done=kept")
    room = enter(request, reader, newest=NEWEST)
    page: dict[str, Any] = {
        "reach": _newest(room, "families.safe-contact", room.me),
        "fields": carried(request, reader),
        "changes": request.visit.account.has_usable_password(),
    }
    named = [(code, OWN_NAMES.get(code, words)) for code, words in settings.LANGUAGES]
    notice = done(request.GET.get("done", ""))
    context = framed(request, room=room, page=page, languages_here=named, sizes=SIZES, notice=notice)
    return render(request, "family/settings.jinja", context)

"""Who works with this reader's family: since when, who stands in, how many there have been (R124). And the place one
is asked to take."""

from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside import clock, dates, ids
from alongside.access import ending
from alongside.access.absence import Absent, absences
from alongside.access.frame import enters
from alongside.access.relationship import Held, relationships
from alongside.access.sealed import from_this_account, whose
from alongside.access.standing import office_day
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.family.circle import WORKS_HERE
from alongside.doors.family.room import Room
from alongside.doors.family.rooms import framed
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Worked:
    """One worker as a row: name, since when or until when."""

    name: str
    span: str


@dataclass(frozen=True, slots=True)
class Works:
    """`now`, `before`: workers; `away`: sentences, each with the worker's own words and their language; `many`: how
    many workers there have been, in a sentence, or ''."""

    now: tuple[Worked, ...]
    before: tuple[Worked, ...]
    away: tuple[tuple[str, str, str], ...]
    many: str


def works(room: Room) -> Works:
    """What this reader may know of those who work with them."""
    held = [one for one in relationships(room.woven.entries) if one.kind in WORKS_HERE and _ours(room, one)]
    mine = [one for one in held if one.kind in ending.HOLDS and one.state != "invited"]
    many = len({one.person for one in mine})
    words = ngettext("You have had one worker here.", "You have had %(n)s workers here.", many) % {"n": many}
    now = [one for one in held if one.live(room.now)]
    here = {one.person for one in now}
    past = [one for one in held if one.person not in here and one.state in ("ended", "excluded", "active")]
    return Works(
        tuple(_row(room, one, _("since %(day)s") % {"day": _day(room, one.granted.recorded_at)}) for one in now),
        tuple(_row(room, one, _("until %(day)s") % {"day": _left(room, one)}) for one in past),
        away(room), words if many and room.reader.kin else "",
    )  # fmt: skip


def _ours(room: Room, one: Held) -> bool:
    return one.to in (None, room.me) and bool(room.showing.people.called(one.person))


def _row(room: Room, one: Held, span: str) -> Worked:
    return Worked(room.showing.people.persons[one.person].name, span)


def _day(room: Room, moment: int) -> str:
    return room.showing.day(dates.on(office_day(moment)))


def _left(room: Room, one: Held) -> str:
    over = one.until - 1 if one.until is not None and one.state == "active" else one.last.recorded_at
    return _day(room, over)


def away(room: Room) -> tuple[tuple[str, str, str], ...]:
    """Who is away now or soon, and who stands in."""
    return tuple(_away(room, one) for one in absences(room.woven.entries) if one.coming(room.showing.today))


def _away(room: Room, one: Absent) -> tuple[str, str, str]:
    names = {
        "who": room.showing.Name(one.person), "first": room.showing.day(dates.on(one.first)),
        "last": room.showing.day(dates.on(one.last)), "other": room.showing.Name(one.stand_in),
    }  # fmt: skip
    said = _("%(who)s is away from %(first)s to %(last)s. %(other)s stands in.") % names
    own = one.words[0] if one.words else {"text": "", "lang": ""}
    return said, own["text"], own["lang"]


@enters("family", methods=("GET", "POST"))
def asked(request: HttpRequest) -> HttpResponse:
    """Somebody is asked to have a room here, and says yes. It opens when we know that it is them."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    me = request.visit.person
    found = {tie.id: number for number, _code, tie in ending.asked(me)}
    if request.method == "POST":
        place = request.POST.get("place", "")
        if place in found:
            at, once = clock.micros(clock.now()), request.POST.get("once", "")[:80]
            with suppress(Refused):
                ending.take_over(by=me, family=found[place], grant=place, at=at, once=once)
        return SeeOther(f"{reverse('my-asked')}?done=yes")
    shown = {"places": tuple(found), "once": ids.new(), "whose": whose(request.visit.account)}
    said = _("Thank you. We ring you before the room opens.") if request.GET.get("done") == "yes" else ""
    return render(request, "family/asked.jinja", framed(request, page=shown, notice=said))

"""Pages about meetings in a room: those to come and those held, one meeting, and something for the agenda."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.views import elsewhere
from alongside.dialogue import writing as dialogue
from alongside.dialogue.said import words as words_of
from alongside.doors.arranged import is_ahead
from alongside.doors.family import arranged, promised, words
from alongside.doors.family.forms import Filled, filled, offers, once, picked
from alongside.doors.family.lines import Line, Pending, line, pending
from alongside.doors.family.reading import NotADay, look_into
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.writing import _page, _to
from alongside.doors.held import called, decided_by, private_says, who_came
from alongside.promises.promise import promises
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.statement import Refused
from alongside.teams import holding, private
from alongside.teams.appointment import Appointment, appointments
from alongside.teams.meeting import Meeting, meetings, points

NEWEST = 300
MOST = 30


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as a row."""

    href: str
    called: str
    under: str


@dataclass(frozen=True, slots=True)
class Fell:
    """Something that fell in a meeting. `who`: of a decision, who was there."""

    who: str
    line: Line
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One meeting. `ours`: what the reader may read of private time; `turns`: whether they may begin or end it."""

    called: str
    where: str
    who: str
    line: Line
    private: tuple[str, ...]
    decided: tuple[Fell, ...]
    promises: tuple[promised.Owed, ...]
    said: tuple[Fell, ...]
    ours: tuple[Fell, ...]
    waits: tuple[Pending, ...]
    turns: bool


def _stands(room: Room, entry: Entry) -> bool:
    said = room.woven.by_place.get(entry.pk)
    return said is not None and said.taken_back is None


def _held(room: Room) -> list[Meeting]:
    found = [one for one in meetings(room.woven.entries) if _stands(room, one.held)]
    return sorted(found, key=lambda one: (one.held.so_last or 0, one.held.pk), reverse=True)


def _ahead(room: Room) -> list[Appointment]:
    today = room.showing.today.toordinal()
    every = [one for one in appointments(room.woven.entries) if one.stands and _stands(room, one.first)]
    return sorted((one for one in every if is_ahead(one, today)), key=lambda one: one.on)


@in_room()
def listed(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What comes, what waits for the agenda, and what was held."""
    room = enter(request, reader, newest=NEWEST)
    rows = tuple(_row(room, one) for one in _held(room)[:MOST])
    put = [entry for entry in points(room.woven.entries) if _stands(room, entry)]
    context = framed(
        request, "home", room=room, held=rows, coming=[arranged.meeting(room, one) for one in _ahead(room)],
        put=[_point(room, entry) for entry in put], notice=words.done(request.GET.get("done", "")),
        waits=[one for one in pending(room) if one.kind == "teams.point-put"],
    )  # fmt: skip
    return render(request, "family/meetings.jinja", context)


def _row(room: Room, one: Meeting) -> Held:
    who = who_came(one, room.showing) or words_of(one.held, room.showing.lang)[0]
    return Held(room.href("my-meeting", one.id), called(one, room.showing), who)


def _point(room: Room, entry: Entry) -> tuple[str, str, str]:
    text, lang = words_of(entry, room.showing.lang)
    names = {"who": room.showing.Name(entry.speaker), "day": room.showing.on(entry.received)}
    return _("%(who)s, %(day)s") % names, text, lang


def shown(room: Room, one: Meeting) -> Shown:
    """One meeting, as far as this reader reads it."""
    inside = [entry for entry in room.woven.entries if entry.within == one.held.pk and _stands(room, entry)]
    made = [it for it in promises(room.woven.entries) if it.made.answers == one.held.pk and _stands(room, it.made)]
    said = room.woven.by_place[one.held.pk]
    mine = [entry for entry in inside if entry.kind == "teams.private-words"]
    other = [entry for entry in inside if entry not in (*one.decided, *one.said, *mine)]
    return Shown(
        called(one, room.showing), one.held.body.get("place", ""), who_came(one, room.showing),
        line(room, said, acts=False), private_says(room.showing, one),
        tuple(_fell(room, entry) for entry in one.decided if entry in inside),
        tuple(promised.owed_line(room, it, room.woven.by_place[it.made.pk]) for it in made),
        tuple(_fell(room, entry) for entry in (*one.said, *other) if entry in inside),
        tuple(_fell(room, entry) for entry in mine),
        tuple(p for p in pending(room) if p.kind == "teams.private-words"),
        room.writes and private.may_begin(room.reader, one),
    )  # fmt: skip


def _fell(room: Room, entry: Entry) -> Fell:
    """Under its heading a line need not say again what kind it is."""
    shown = line(room, room.woven.by_place[entry.pk], acts=False)
    known = entry.kind.startswith("teams.") and entry.kind != "teams.family-plan"
    who = decided_by(room.showing, entry) if entry.kind == "teams.meeting-decided" else ""
    return Fell(
        who, replace(shown, statement=shown.statement | {"label": ""}) if known else shown,
        room.href("my-note", entry.id),
    )  # fmt: skip


@in_room("GET", "POST")
def one(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """One meeting: who came, what fell, and the family's private time."""
    try:
        room, then = look_into(request, reader, "my-meeting", id)
    except NotADay:
        return _to("my-meeting", "", id)
    it = next((it for it in _held(room) if it.id == id), None)
    if it is None:
        raise Http404
    form, refused = filled(request, reader), ""
    if request.method == "POST":
        act = ACTS.get(form.one("act"))
        if act is None or not reader.kin or room.at is not None:
            raise Http404
        try:
            act(request, room, it, form)
            return _to("my-meeting", "sent" if form.one("act") in WAIT else "kept", id)
        except Refused as why:
            refused = why.code
    more = {
        "shown": shown(room, it), "meeting": it, "id": id, "act": form.one("act"),
        "own": {entry.id for entry in room.woven.entries if entry.author == room.me},
        "people": offers(room, private.companions(reader, it), form.all("to")) if reader.kin and it.private else [],
        "helpers": words.listed(room.showing.people.called(p) for p in room.circle.team),
    }  # fmt: skip
    if then.get("then"):
        return render(request, "family/meeting.jinja", framed(request, "home", room=room, form=form, **more, **then))
    return _page(request, room, "meeting", "home", refused, form, **more)


def _begin(request: HttpRequest, room: Room, it: Meeting, form: Filled) -> None:
    private.begin(by=room.reader, meeting=it.id, at=room.now, once=once(request))


def _end(request: HttpRequest, room: Room, it: Meeting, form: Filled) -> None:
    private.end(by=room.reader, meeting=it.id, at=room.now, once=once(request))


def _write(request: HttpRequest, room: Room, it: Meeting, form: Filled) -> None:
    to = picked(room, private.companions(room.reader, it), form.all("to"))
    private.write(
        by=room.reader, meeting=it.id, to=to, text=form.one("words"), lang=room.showing.lang, at=room.now,
        once=once(request), wait=words.settles(),
    )  # fmt: skip


def _share(request: HttpRequest, room: Room, it: Meeting, form: Filled) -> None:
    """Let the helpers read one's own words from private time: it is the writer's to say, and nobody else's."""
    dialogue.share(
        by=room.reader, entry_id=form.one("entry"), to=room.circle.team, reason="", at=room.now, once=once(request),
        wait=words.settles(),
    )  # fmt: skip


ACTS = {"private-begin": _begin, "private-end": _end, "private-words": _write, "share": _share}
WAIT = ("private-words", "share")


@in_room("GET", "POST")
def point(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Put something on the agenda of the next meeting."""
    if not reader.writes:
        return elsewhere(request, f"{reverse('home')}?done=closed")
    room = enter(request, reader, newest=NEWEST)
    ahead, form, refused = _ahead(room)[:1], filled(request, reader), ""
    if request.method == "POST":
        try:
            holding.put(
                by=reader, text=form.one("words"), lang=room.showing.lang, at=room.now, once=once(request),
                wait=words.settles(), appointment=ahead[0].first.id if ahead else "",
                readers=() if ahead else room.circle.own,
            )  # fmt: skip
            return _to("my-meetings", "sent")
        except Refused as why:
            refused = why.code
    return _page(
        request, room, "appointment", "home", refused, form,
        meeting=arranged.meeting(room, ahead[0]) if ahead else None, title=_("Put it on the agenda"),
        label=_("What you want to talk about"), button=_("Put it there"),
        hint=_("Those who read this appointment can read it.") if ahead else _("It is taken up at the next meeting."),
    )  # fmt: skip

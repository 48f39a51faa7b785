"""The first page of the room: what is new, what happens next, what is owed, and where to turn."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.said import HIDDEN_KINDS, Said, Woven, words
from alongside.doors.arranged import is_ahead, leaf, notes, when
from alongside.doors.family.arranged import acts, where
from alongside.doors.family.lines import Act, Pending, line, pending
from alongside.doors.family.promised import JUST_DONE, Owed, promised, questions
from alongside.doors.family.room import Room
from alongside.doors.family.who_works import away
from alongside.doors.family.words import listed, minutes
from alongside.teams.appointment import Appointment, appointments

NEW = 30  # days
MOST = 3
OWN_PLACE = {"teams.appointment-set", "promises.made", "promises.kept", "promises.moved", "promises.broken",
             "families.safe-contact"}  # fmt: skip

STEPS = {
    "promises.kept": lambda: _("%(who)s kept a promise"),
    "promises.moved": lambda: _("%(who)s moved a promise to another day"),
    "promises.broken": lambda: _("%(who)s did not manage a promise"),
    "promises.declined": lambda: _("%(who)s says no to a promise"),
    "promises.asked": lambda: _("%(who)s asks for a promise"),
    "teams.appointment-moved": lambda: _("%(who)s moved an appointment"),
    "teams.appointment-cancelled": lambda: _("%(who)s cancelled an appointment"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """Something new to read, without a word of what it says."""

    href: str
    title: str
    under: str


@dataclass(frozen=True, slots=True)
class Coming:
    """The next appointment. `day`, `month`: for the leaf, '' when only the words tell."""

    text: str
    lang: str
    day: str
    month: str
    href: str
    answers: tuple[dict[str, Any], ...]
    when: str = ""
    where: str = ""
    notes: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    hello: str
    new: tuple[Card, ...]
    next: Coming | None
    owed: tuple[Owed, ...]
    ours: tuple[Owed, ...]
    waits: tuple[Pending, ...]
    worker: str
    helpers: str
    lines: tuple[tuple[str, str], ...]
    away: tuple[tuple[str, str, str], ...] = ()


def home(room: Room) -> Home:
    """Compose the page from one room."""
    owed, ours = promised(room)
    return Home(
        hello=room.hello,
        new=tuple(_new(room)),
        next=_next(room),
        owed=tuple(owed + questions(room)),
        ours=tuple(ours),
        waits=pending(room),
        worker=room.worker,
        helpers=listed(room.showing.people.called(p) for p in room.circle.helpers),
        lines=tuple(settings.HELP_LINES),
        away=away(room),
    )


def root_of(woven: Woven, said: Said) -> Said:
    """The outermost statement this one belongs to, among those that were read."""
    place = said.entry
    while True:
        above = next((p for p in (place.within, place.answers) if p in woven.by_place), None)
        if above is None and place.thing != place.pk and place.thing in woven.by_place:
            above = place.thing
        if above is None:
            return woven.by_place[place.pk]
        place = woven.by_place[above].entry


def _new(room: Room) -> list[Card]:
    """The newest things others wrote, one card for each page that can be read, in the last 30 days."""
    since = room.now - NEW * 24 * 3600 * 1_000_000
    cards: dict[str, Card] = {}
    for entry in reversed(room.woven.entries):
        if entry.recorded_at < since or len(cards) == MOST:
            break
        if entry.author == room.me or entry.kind in HIDDEN_KINDS or entry.pk not in room.woven.by_place:
            continue
        said = room.woven.by_place[entry.pk]
        root = root_of(room.woven, said)
        if entry.kind in OWN_PLACE and root is said or root.id in cards or root.taken_back:
            continue
        cards[root.id] = Card(room.href("my-note", root.id), title(room, said, root), _under(room, said, root))
    return list(cards.values())


def title(room: Room, said: Said, root: Said) -> str:
    """What kind of thing it is and from whom, without its words."""
    who = {"who": room.showing.Name(said.by), "teller": room.showing.Name(said.of)}
    if said.kind in STEPS:
        return STEPS[said.kind]() % who
    above = room.woven.by_place.get(said.entry.answers or 0)
    if above is not None:
        return _("%(who)s has answered you") % who if room.mine(above) else _("%(who)s has answered") % who
    if root.kind == "dialogue.conversation":
        return _how(room, root)
    if root.kind.startswith("decisions."):
        return _("Something was decided") if root.kind != "decisions.options" else _("Something to decide")
    named = {
        "dialogue.letter": _("A letter from %(who)s"), "dialogue.praise": _("%(who)s wrote down what went well"),
        "dialogue.drawing": _("A drawing by %(teller)s"), "dialogue.question": _("%(teller)s asks something"),
        "teams.meeting": _("Our meeting"), "followup.rated": _("Where we are with a goal"),
        "followup.goal": _("A goal"), "access.handed-over": _("Another worker"),
        "access.closed": _("We stop here"), "access.who-may-see-talk": _("The talk: who may see what"),
        "teams.celebration": _("Something to be glad of"),
    }  # fmt: skip
    return named.get(root.kind, _("%(who)s wrote something down")) % who


def _how(room: Room, root: Said) -> str:
    """ "Our visit on Friday": by weekday when it was this week, else by date."""
    near = root.so.first and 0 <= room.showing.today.toordinal() - root.so.first < 7
    if near:
        day = dates.weekday_name(root.so.first, room.showing.lang)
    elif root.so.first and root.so.first == root.so.last:
        day = room.showing.day(dates.on(dt.date.fromordinal(root.so.first)))
    else:
        day = room.showing.when(root)
    called = {
        "visit": _("Our visit on %(day)s"), "call": _("Our call on %(day)s"), "message": _("A message on %(day)s"),
        "meeting": _("Our meeting on %(day)s"),
    }  # fmt: skip
    return called.get(root.entry.body.get("how", ""), _("Our talk on %(day)s")) % {"day": day}


def _under(room: Room, said: Said, root: Said) -> str:
    day = room.showing.on(said.received)
    return f"{day[:1].upper() + day[1:].rstrip('.')}. {minutes(said if said is not root else root)}"


def _next(room: Room) -> Coming | None:
    """The next appointment whose day is known; else the newest one told in words alone, for two weeks."""
    today = room.showing.today.toordinal()
    every = [one for one in appointments(room.woven.entries) if one.stands and not _taken_back(room, one)]
    ahead = sorted((one for one in every if is_ahead(one, today)), key=lambda one: one.on)
    told = [one for one in every if not one.on and one.first.received.date().toordinal() + JUST_DONE >= today]
    return next((_coming(room, one) for one in (*ahead[:1], *told[-1:])), None)


def _taken_back(room: Room, one: Appointment) -> bool:
    return room.woven.by_place[one.first.pk].taken_back is not None


def _coming(room: Room, one: Appointment) -> Coming:
    said, (day, month) = room.woven.by_place[one.first.pk], leaf(one.on, room.showing)
    text, lang = words(one.first, room.showing.lang)
    return Coming(
        text, lang, day, month, room.href("my-note", said.id), line(room, said, acts=False).answers,
        when(one, room.showing), where(room, one), notes(one, room.showing),
        acts(room, one, said.id)[:1],
    )  # fmt: skip

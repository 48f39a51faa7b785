"""The first page of the room: what is new, what happens next, what is owed, and where to turn."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from alongside.access.policy import closed
from alongside.dialogue.said import Said, words
from alongside.dialogue.woven import HIDDEN_KINDS
from alongside.doors.arranged import about, is_ahead, leaf, notes, when
from alongside.doors.family.arranged import acts, where
from alongside.doors.family.lines import Act, Pending, line, pending
from alongside.doors.family.promised import JUST_DONE, Owed, promised, questions
from alongside.doors.family.room import Room
from alongside.doors.family.titles import called, root_of
from alongside.doors.family.who_works import away
from alongside.doors.family.words import listed, minutes
from alongside.teams.appointment import Appointment, appointments

NEW = 30  # days
MOST = 3
OWN_PLACE = {"teams.appointment-set", "promises.made", "promises.kept", "promises.moved", "promises.broken",
             "families.safe-contact"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """Something new to read, without a word of what it says. `came`: when it was received."""

    href: str
    title: str
    under: str
    came: dt.datetime | None = None


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
    again: bool = False


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
        again=room.reader.kin and not room.writes and room.at is None and closed(room.reader.family),
    )


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
        cards[root.id] = Card(
            room.href("my-note", root.id), called(room, said, root), _under(room, said, root), said.received
        )
    return _told_apart(room, list(cards.values()))


def _told_apart(room: Room, cards: list[Card]) -> list[Card]:
    """Cards that are called alike also say at what time they came."""
    names = [card.title for card in cards]
    return [
        card if names.count(card.title) == 1 or card.came is None
        else replace(card, under=card.under.replace(". ", f", {card.came.astimezone(room.showing.zone):%H:%M}. ", 1))
        for card in cards
    ]  # fmt: skip


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
        text or about(one), lang, day, month, room.href("my-note", said.id), line(room, said, acts=False).beside,
        when(one, room.showing), where(room, one), notes(one, room.showing),
        acts(room, one, said.id)[:1],
    )  # fmt: skip

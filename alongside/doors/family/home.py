"""The first page of the room: what is new, what happens next, what is owed, and where to turn."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.said import HIDDEN_KINDS, Said, within, words
from alongside.doors.family.lines import Pending, line, pending
from alongside.doors.family.room import Room
from alongside.doors.family.titles import called, root_of
from alongside.doors.family.words import listed, minutes
from alongside.promises.promise import Promise, promises
from alongside.record.entry import Entry
from alongside.record.readers import KIN

NEW = 30  # days
MOST = 3
JUST_DONE = 14  # days a kept or broken promise still stands here
OWN_PLACE = {"teams.appointment-set", "promises.made", "promises.kept", "promises.moved", "promises.broken",
             "families.safe-contact"}  # fmt: skip
OURS = ("family", "network")


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


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise as `parts.promise` takes it, with its answers (R5)."""

    state: str
    who: str
    what: str
    due: str
    notes: tuple[str, ...]
    answers: tuple[dict[str, Any], ...]
    href: str


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


def home(room: Room) -> Home:
    """Compose the page from one room."""
    owed, ours = _promises(room)
    return Home(
        hello=room.hello,
        new=tuple(_new(room)),
        next=_next(room),
        owed=tuple(owed + _questions(room)),
        ours=tuple(ours),
        waits=pending(room),
        worker=room.worker,
        helpers=listed(room.showing.people.called(p) for p in room.circle.helpers),
        lines=tuple(settings.HELP_LINES),
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
    """The newest appointment that was not cancelled and is not over."""
    gone = {
        place
        for entry in room.woven.entries
        if entry.kind == "teams.appointment-cancelled"
        for place in (entry.thing, entry.answers)
    }
    for entry in reversed(room.woven.entries):
        if entry.kind == "teams.appointment-set" and entry.thing not in gone and entry.pk not in gone:
            return _coming(room, entry)
    return None


def _coming(room: Room, entry: Entry) -> Coming | None:
    said = room.woven.by_place[entry.pk]
    on = dates.canonical(entry.body.get("on", "")) or dates.canonical("")
    last = on.last if on and on.last else entry.received.date().toordinal() + JUST_DONE
    if last < room.showing.today.toordinal() or said.taken_back:
        return None
    day, month = "", ""
    if on and on.first == on.last:
        day, month = _leaf(dt.date.fromordinal(on.first), room.showing.lang)
    text, lang = words(entry, room.showing.lang)
    return Coming(text, lang, day, month, room.href("my-note", said.id), line(room, said, acts=False).beside)


def _leaf(day: dt.date, lang: str) -> tuple[str, str]:
    """The day and the short name of its month."""
    shown = dates.show(dates.on(day), lang, day).split()
    return str(day.day), shown[1].strip(".") if len(shown) > 1 else ""


def _promises(room: Room) -> tuple[list[Owed], list[Owed]]:
    """What others owe and what the family said it would do: open ones, and those settled lately."""
    owed: list[Owed] = []
    ours: list[Owed] = []
    for one in promises(room.woven.entries):
        said = room.woven.by_place.get(one.made.pk)
        lately = room.now - one.last.recorded_at < JUST_DONE * 24 * 3600 * 1_000_000
        if said is None or said.taken_back or not (one.open or lately):
            continue
        (ours if _is_ours(room, one.owner) else owed).append(_owed(room, one, said))
    return owed, ours


def _is_ours(room: Room, person: int) -> bool:
    """Whether this person is of the family: by place, else by how they are known."""
    if person == room.me:
        return True
    kinds = {place.kind for place in room.circle.places if place.person == person}
    known = room.showing.people.persons.get(person)
    return room.reader.kin and (bool(kinds & KIN) or bool(known and not kinds and known.group in OURS))


def _owed(room: Room, one: Promise, said: Said) -> Owed:
    show = room.showing
    notes, before = [], one.made.body.get("due")
    for step in one.steps:
        text, _lang = words(step, show.lang)
        if step.kind == "promises.moved" and before:
            notes.append(_("Moved from %(day)s.") % {"day": show.due(before)})
        if text:
            notes.append(_("%(who)s: “%(text)s”") % {"who": show.Name(step.author), "text": within(text)})
        before = step.body.get("due", before)
    due = _("by %(day)s") % {"day": show.due(one.due)} if one.due and one.open else ""
    shown = line(room, said, acts=False)
    return Owed(
        one.state, show.Name(one.owner) + ":", shown.statement["text"], due, tuple(notes), shown.beside,
        room.href("my-note", said.id),
    )  # fmt: skip


def _questions(room: Room) -> list[Owed]:
    """Questions to others that nobody has answered or promised to answer yet."""
    found = []
    for said in room.woven.by_place.values():
        if said.kind != "dialogue.question" or said.taken_back or said.entry.body.get("to") == room.me:
            continue
        if any(one.kind in ("dialogue.answer", "promises.made") for one in said.beside):
            continue
        if room.reader.kin or room.mine(said):
            found.append(_asked(room, said))
    return found


def _asked(room: Room, said: Said) -> Owed:
    heard = next((one for one in said.beside if one.kind == "dialogue.heard" and one.due), None)
    due = ""
    if heard is not None:
        names = {"who": room.showing.Name(heard.by), "day": room.showing.due(heard.due)}
        due = _("%(who)s answers by %(day)s") % names
    who = _("You asked:") if room.mine(said) else _("%(who)s asked:") % {"who": room.showing.Name(said.of)}
    shown = line(room, said, acts=False)
    return Owed("open", who, said.text, due or _("No answer yet"), (), shown.beside, room.href("my-note", said.id))

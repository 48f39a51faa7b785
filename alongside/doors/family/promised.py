"""What is promised, as the reader of a room sees it: what they are owed, what they said they would, what was asked."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import Said, words
from alongside.doors.family.lines import Act, Pending, line, pending
from alongside.doors.family.room import Room
from alongside.promises.promise import CONSTRAINTS, Ask, Promise, asks, promises
from alongside.record.readers import KIN

JUST_DONE = 14  # days a kept or broken promise still stands on the first page
MOST = 20  # of what is settled, the newest
OURS = ("family", "network")
INNER = str.maketrans("“”«»", "‘’‘’")  # a quote inside a quote


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise as `parts.promise` takes it, with its answers (R5) and what its owner may say of it."""

    state: str
    who: str
    what: str
    due: str
    notes: tuple[str, ...]
    answers: tuple[dict[str, Any], ...]
    href: str
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Promises:
    """Everything promised: `settled`: kept and not kept, the newest first."""

    waits: tuple[Pending, ...]
    owed: tuple[Owed, ...]
    asked: tuple[Owed, ...]
    ours: tuple[Owed, ...]
    settled: tuple[Owed, ...]


def every(room: Room) -> Promises:
    """All promises this reader reads."""
    made = [one for one in promises(room.woven.entries) if _counts(room, one.made.pk)]
    still = [
        (is_ours(room, one.owner), owed_line(room, one, room.woven.by_place[one.made.pk])) for one in made if one.open
    ]
    done = sorted((one for one in made if not one.open), key=lambda one: -one.last.pk)[:MOST]
    return Promises(
        tuple(one for one in pending(room) if one.kind.startswith("promises.")),
        tuple(line for mine, line in still if not mine) + tuple(questions(room)),
        tuple(
            ask_line(room, one)
            for one in asks(room.woven.entries)
            if one.state == "open" and _counts(room, one.asked.pk)
        ),
        tuple(line for mine, line in still if mine),
        tuple(_line(room, one) for one in done),
    )


def _line(room: Room, one: Promise) -> Owed:
    return owed_line(room, one, room.woven.by_place[one.made.pk])


def _counts(room: Room, place: int) -> bool:
    said = room.woven.by_place.get(place)
    return said is not None and said.taken_back is None


def ask_line(room: Room, one: Ask) -> Owed:
    """A promise somebody was asked for and has not answered yet."""
    said, show = room.woven.by_place[one.asked.pk], room.showing
    names = {"who": show.Name(said.of), "other": show.to(one.of)}
    who = _("You asked %(other)s:") % names if said.of == room.me else _("%(who)s asked %(other)s:") % names
    due = _("wished by %(day)s") % {"day": show.due(one.due)} if one.due else ""
    shown = line(room, said, acts=False)
    return Owed("open", who, shown.statement["text"], due, (), shown.beside, room.href("my-promise", said.id))


def own_acts(room: Room, one: Promise, said: Said) -> tuple[Act, ...]:
    """What the one who promised may say of it, straight from a list."""
    if not (room.writes and one.open and one.owner == room.me):
        return ()
    href = room.href("my-promise", said.id)
    acts = (
        Act(f"{href}#act-kept", _("I did it"), "check", said.first_line),
        Act(f"{href}#act-moved", _("It must wait"), "clock", said.first_line),
    )
    broken = Act(f"{href}#act-broken", _("I did not manage it"), "minus", said.first_line)
    return acts if room.reader.kin else (*acts, broken)


def _due(room: Room, one: Promise) -> str:
    """By when. What a helper owes and did not do in time is said plainly; a family is never late."""
    if not one.open:
        done = _("kept, %(day)s") if one.state == "kept" else _("not kept, %(day)s")
        return done % {"day": room.showing.on(one.last.received)}
    if not one.due:
        return ""
    over = one.due < room.showing.today.isoformat() and not is_ours(room, one.owner)
    return (_("was to be by %(day)s") if over else _("by %(day)s")) % {"day": room.showing.due(one.due)}


def promised(room: Room) -> tuple[list[Owed], list[Owed]]:
    """What others owe and what the family said it would do: open ones, the next first, and those settled lately."""
    owed: list[Owed] = []
    ours: list[Owed] = []
    for one in sorted(promises(room.woven.entries), key=lambda one: (not one.open, one.due or "9")):
        said = room.woven.by_place.get(one.made.pk)
        lately = room.now - one.last.recorded_at < JUST_DONE * 24 * 3600 * 1_000_000
        if said is None or said.taken_back or not (one.open or lately):
            continue
        (ours if is_ours(room, one.owner) else owed).append(owed_line(room, one, said))
    return owed, ours


def is_ours(room: Room, person: int) -> bool:
    """Whether this person is of the family: by place, else by how they are known."""
    if person == room.me:
        return True
    kinds = {place.kind for place in room.circle.places if place.person == person}
    known = room.showing.people.persons.get(person)
    return room.reader.kin and (bool(kinds & KIN) or bool(known and not kinds and known.group in OURS))


def owed_line(room: Room, one: Promise, said: Said) -> Owed:
    """A promise with what happened to it, in the words of those who owe it."""
    show = room.showing
    notes, before = [], one.made.body.get("due")
    for step in one.steps:
        text, _lang = words(step, show.lang)
        if step.kind == "promises.moved" and before and step.body.get("due") != before:
            notes.append(_("Moved from %(day)s.") % {"day": show.due(before)})
        if text:
            notes.append(_("%(who)s: “%(text)s”") % {"who": show.Name(step.author), "text": text.translate(INNER)})
        before = step.body.get("due", before)
        if step.body.get("constraint") in CONSTRAINTS:
            notes.append(_("What stood in the way: %(what)s.") % {"what": CONSTRAINTS[step.body["constraint"]]})
    due = _due(room, one)
    shown = line(room, said, acts=False)
    return Owed(
        one.state, show.Name(one.owner) + ":", shown.statement["text"], due, tuple(notes), shown.beside,
        room.href("my-promise", said.id), own_acts(room, one, said),
    )  # fmt: skip


def questions(room: Room) -> list[Owed]:
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
    due = _("An answer is owed by %(day)s") % {"day": room.showing.due(said.due)} if said.due else ""
    if heard is not None:
        names = {"who": room.showing.Name(heard.by), "day": room.showing.due(heard.due)}
        due = _("%(who)s answers by %(day)s") % names
    who = _("You asked:") if room.mine(said) else _("%(who)s asked:") % {"who": room.showing.Name(said.of)}
    if said.form == "not-enough":
        mine, other = _("You said it is not enough:"), _("%(who)s said it is not enough:")
        who = mine if room.mine(said) else other % {"who": room.showing.Name(said.of)}
    shown = line(room, said, acts=False)
    return Owed("open", who, said.text, due or _("No answer yet"), (), shown.beside, room.href("my-note", said.id))

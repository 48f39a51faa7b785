"""Appointments, as the reader of a room sees them: the next ones, and what became of the others (R22)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import words
from alongside.doors.arranged import about, is_ahead, leaf, notes, when
from alongside.doors.family.lines import Act, Pending, line, pending
from alongside.doors.family.room import Room
from alongside.teams.appointment import Appointment, appointments, asked

MOST = 30  # of those that are over or were cancelled, the newest


@dataclass(frozen=True, slots=True)
class Meeting:
    """`day`, `month`: for the leaf, '' when only the words tell. `notes`: what happened to it."""

    id: str
    day: str
    month: str
    when: str
    where: str
    text: str
    lang: str
    notes: tuple[str, ...]
    beside: tuple[dict[str, Any], ...]
    href: str
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Meetings:
    """`asked`: (when it was asked, the words, their language), while no time was found."""

    waits: tuple[Pending, ...]
    coming: tuple[Meeting, ...]
    asked: tuple[tuple[str, str, str], ...]
    before: tuple[Meeting, ...]


def meetings(room: Room) -> Meetings:
    """Everything arranged that this reader reads."""
    today = room.showing.today.toordinal()
    every = [one for one in appointments(room.woven.entries) if room.woven.by_place[one.first.pk].taken_back is None]
    coming = sorted((one for one in every if one.stands and is_ahead(one, today)), key=lambda one: one.on)
    rest = sorted((one for one in every if one not in coming), key=lambda one: -one.first.pk)
    wishes = [room.woven.by_place[one.asked.pk] for one in asked(room.woven.entries) if not one.fixed]
    return Meetings(
        tuple(one for one in pending(room) if one.kind.startswith("teams.appointment")),
        tuple(meeting(room, one) for one in coming),
        tuple((_asked_on(room, said), said.text, said.lang) for said in wishes if said.taken_back is None),
        tuple(meeting(room, one) for one in rest[:MOST]),
    )


def _asked_on(room: Room, said: Any) -> str:
    names = {"who": room.showing.Name(said.of), "day": room.showing.on(said.received)}
    return _("%(who)s asked to meet, %(day)s") % names


def meeting(room: Room, one: Appointment) -> Meeting:
    """One appointment with what happened to it and what stands beside it."""
    said, (day, month) = room.woven.by_place[one.first.pk], leaf(one.on, room.showing)
    alone = one.first.kind == "teams.appointment-cancelled"
    text, lang = ("", "") if alone else words(one.first, room.showing.lang)
    text = text or about(one)
    return Meeting(
        said.id, day, month, when(one, room.showing), where(room, one), text, lang, notes(one, room.showing),
        line(room, said, acts=False).beside, room.href("my-note", said.id), acts(room, one, said.id),
    )  # fmt: skip


def where(room: Room, one: Appointment) -> str:
    """Where, and with whom else."""
    others = room.showing.names([person for person in one.there if person != room.me])
    with_whom = _("with %(names)s") % {"names": others} if others else ""
    return ", ".join(part for part in (one.place, with_whom) if part)


def acts(room: Room, one: Appointment, id: str) -> tuple[Act, ...]:
    """Another time, or not at all: as long as it is to come."""
    if not (room.writes and one.stands and is_ahead(one, room.showing.today.toordinal())):
        return ()
    day = when(one, room.showing)
    return (
        Act(room.href("my-appointment-time", id), _("Another time"), "clock", day),
        Act(room.href("my-appointment-cancel", id), _("Cancel it"), "x", day),
    )

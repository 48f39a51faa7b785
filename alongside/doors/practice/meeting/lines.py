"""The appointments of one family as a page lists them: both sides' cancellings, side by side, in words (R22)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.said import Said, words
from alongside.dialogue.showing import Showing
from alongside.doors.practice.page import Opened
from alongside.doors.practice.promising.lines import Waits, waits
from alongside.record.entry import Entry
from alongside.teams.appointment import OURS, Appointment, appointments, asked, side_of

MOST = 30  # of those that are over or were cancelled, the newest


@dataclass(frozen=True, slots=True)
class Meeting:
    """`day`, `month`: for the leaf, '' when only the words tell. `notes`: what happened to it, in sentences.
    `beside`: wishes for another time and answers."""

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
    stands: bool


@dataclass(frozen=True, slots=True)
class Meetings:
    """`asked`: (who and when, their words, language, where to fix a time)."""

    waits: tuple[Waits, ...]
    coming: tuple[Meeting, ...]
    asked: tuple[tuple[str, str, str, str], ...]
    before: tuple[Meeting, ...]


def meetings(page: Opened) -> Meetings:
    """Everything arranged in this family, as far as this reader reads it."""
    every = [one for one in appointments(page.entries) if not page.woven.by_place[one.first.pk].taken_back]
    today = page.today.toordinal()
    ahead = sorted((one for one in every if one.stands and is_ahead(one, today)), key=lambda one: one.on)
    rest = [one for one in every if one not in ahead]
    rest.sort(key=lambda one: (one.on.last or _day(page, one), one.first.pk), reverse=True)
    return Meetings(
        waits=waits(page, "teams.appointment"),
        coming=tuple(meeting(page, one) for one in ahead),
        asked=tuple(_asked(page, one.asked) for one in asked(page.entries) if not one.fixed),
        before=tuple(meeting(page, one) for one in rest[:MOST]),
    )


def is_ahead(one: Appointment, today: int) -> bool:
    """Whether its day is known and not over."""
    return one.on.last is not None and one.on.last >= today


def _day(page: Opened, one: Appointment) -> int:
    return one.first.received.astimezone(page.showing.zone).date().toordinal()


def meeting(page: Opened, one: Appointment) -> Meeting:
    """One appointment with what happened to it and what stands beside it."""
    said, showing = page.woven.by_place[one.first.pk], page.showing
    own = "" if one.first.kind == "teams.appointment-cancelled" else said.text
    lang = said.lang if own else ""
    day, month = leaf(one.on, showing)
    return Meeting(
        said.id, day, month, when(one, showing), where(page, one), own, lang, notes(one, showing),
        tuple(showing.answer(beside) for beside in said.beside), page.note(said), one.stands,
    )  # fmt: skip


def when(one: Appointment, showing: Showing) -> str:
    """Day and time in words; '' where only its own words tell."""
    shown = showing.day(one.on, long=True) if one.on else ""
    if one.until and shown:
        return _("%(when)s to %(until)s") % {"when": shown, "until": one.until}
    return shown


def where(page: Opened, one: Appointment) -> str:
    """Where, and with whom."""
    others = page.showing.names([person for person in one.there if person != page.reader.person])
    with_whom = _("with %(names)s") % {"names": others} if others else ""
    return ", ".join(part for part in (one.place, with_whom) if part)


def leaf(on: dates.Partial, showing: Showing) -> tuple[str, str]:
    """The day and the short name of its month; nothing where the day is not known."""
    if on.first is None or on.first != on.last:
        return "", ""
    day = dt.date.fromordinal(on.first)
    shown = dates.show(dates.on(day), showing.lang, day).split()
    return str(day.day), shown[1].strip(".") if len(shown) > 1 else ""


def notes(one: Appointment, showing: Showing) -> tuple[str, ...]:
    """What happened to it since, oldest first: who moved or cancelled it, when, and the reason in their words."""
    steps: Sequence[Entry] = one.steps
    if not one.stands and not steps:
        steps = (one.first,)
    return tuple(_note(step, showing) for step in steps)


def _note(step: Entry, showing: Showing) -> str:
    text, _lang = words(step, showing.lang)
    names = {"who": showing.Name(step.speaker), "name": showing.name(step.speaker), "day": showing.on(step.received)}
    if step.kind == "teams.appointment-moved":
        said = _("%(who)s moved it, %(day)s.") % names
    elif side_of(step) == OURS and showing.me is None:
        said = _("Cancelled by us (%(name)s), %(day)s.") % names
    else:
        said = _("Cancelled by %(name)s, %(day)s.") % names
    return f"{said} {text}" if text else said


def _asked(page: Opened, entry: Entry) -> tuple[str, str, str, str]:
    said: Said = page.woven.by_place[entry.pk]
    who = _("%(who)s asks to meet, %(day)s") % {
        "who": page.showing.Name(said.of),
        "day": page.showing.on(said.received),
    }
    return who, said.text, said.lang, page.href("appointment-new", asked=said.id)

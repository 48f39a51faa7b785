"""The appointments of one family as a page lists them: both sides' cancellings, side by side, in words (R22)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import Said
from alongside.doors.arranged import about, is_ahead, leaf, notes, when
from alongside.doors.practice.page import Opened
from alongside.doors.practice.promising.lines import Waits, waits
from alongside.record.entry import Entry
from alongside.teams.account import is_account
from alongside.teams.appointment import Appointment, appointments, asked

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


def _day(page: Opened, one: Appointment) -> int:
    return one.first.received.astimezone(page.showing.zone).date().toordinal()


def meeting(page: Opened, one: Appointment) -> Meeting:
    """One appointment with what happened to it and what stands beside it."""
    said, showing = page.woven.by_place[one.first.pk], page.showing
    own = "" if one.first.kind == "teams.appointment-cancelled" else said.text
    lang, own = said.lang if own else "", own or about(one)
    day, month = leaf(one.on, showing)
    return Meeting(
        said.id, day, month, when(one, showing), where(page, one), own, lang, notes(one, showing),
        tuple(showing.answer(beside) for beside in said.beside), page.note(said), one.stands,
    )  # fmt: skip


def where(page: Opened, one: Appointment) -> str:
    """Where, and with whom."""
    others = page.showing.names([person for person in one.there if person != page.reader.person])
    with_whom = _("with %(names)s") % {"names": others} if others else ""
    return ", ".join(part for part in (one.place, with_whom) if part)


def next_time(page: Opened) -> str:
    """When one meets next, and where: for a line of a page; '' where nothing is fixed."""
    every = [one for one in appointments(page.entries) if one.stands and is_ahead(one, page.today.toordinal())]
    ahead = sorted(every, key=lambda one: one.on)
    one = next((one for one in ahead if not page.woven.by_place[one.first.pk].taken_back), None)
    if one is None:
        return ""
    parts = (when(one, page.showing), _("the account") if is_account(one) else "")
    what = ", ".join(part for part in parts if part)
    return ". ".join(part for part in (_("Next: %(what)s") % {"what": what}, where(page, one)) if part)


def _asked(page: Opened, entry: Entry) -> tuple[str, str, str, str]:
    said: Said = page.woven.by_place[entry.pk]
    who = _("%(who)s asks to meet, %(day)s") % {
        "who": page.showing.Name(said.of),
        "day": page.showing.on(said.received),
    }
    return who, said.text, said.lang, page.href("appointment-new", asked=said.id)

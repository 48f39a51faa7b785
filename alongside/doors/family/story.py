"""Everything the reader may read, by day, newest first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from alongside import dates
from alongside.access.standing import office_day
from alongside.dialogue.said import Said
from alongside.doors.family.lines import Line, line
from alongside.doors.family.note import shown
from alongside.doors.family.room import Room
from alongside.doors.family.titles import root_of

PAGE = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One thing with what lies inside it. `href`: its own page; `shown`: what was said when it was shown."""

    line: Line
    inside: tuple[Line, ...]
    href: str
    shown: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """`when` in words; `iso` where it is one day."""

    when: str
    iso: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """`earlier`: the id after which the next page begins, or ''."""

    days: tuple[Day, ...]
    earlier: str


def story(room: Room, before: str = "") -> Story | None:
    """A page of the story; None when `before` names nothing on it."""
    ordered = sorted(room.woven.roots, key=lambda said: (_day(said), said.entry.pk), reverse=True)
    start = 0
    if before:
        start = next((n for n, said in enumerate(ordered, 1) if said.id == before), -1)
        if start < 0:
            return None
    page = ordered[start : start + PAGE]
    days: list[Day] = []
    for said in page:
        when, iso = room.showing.when(said), _iso(said)
        if days and days[-1].when == when:
            days[-1] = Day(when, iso, (*days[-1].items, _item(room, said)))
        else:
            days.append(Day(when, iso, (_item(room, said),)))
    more = start + PAGE < len(ordered)
    return Story(tuple(days), page[-1].id if more else "")


def _day(said: Said) -> int:
    """The ordinal day a thing is sorted by: the last day it was so, else the day it was received."""
    return said.so.last or said.so.first or office_day(said.entry.recorded_at).toordinal()


def _iso(said: Said) -> str:
    so = said.so if said.so else dates.on(office_day(said.entry.recorded_at))
    return dt.date.fromordinal(so.first).isoformat() if so.first and so.first == so.last else ""


def _item(room: Room, said: Said) -> Item:
    inside = () if said.taken_back else tuple(line(room, one, whole=False, acts=False) for one in said.inside)
    root = root_of(room.woven, said)
    href = room.href("my-note", root.id) + (f"#n-{said.id}" if root is not said else "")
    return Item(line(room, said, whole=False, acts=False), inside, href, shown(room, said))

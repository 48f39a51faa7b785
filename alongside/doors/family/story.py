"""Everything the reader may read, by day, newest first."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.standing import office_day
from alongside.dialogue.looking import Choices, choices, fields, look
from alongside.dialogue.said import Said
from alongside.doors import look_forms
from alongside.doors.family.forms import handle
from alongside.doors.family.lines import Line, line
from alongside.doors.family.note import shown
from alongside.doors.family.room import Room
from alongside.doors.family.titles import root_of
from alongside.doors.look_forms import Pairs

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
    """`earlier`: the id after which the next page begins, or ''. `people`, `parts`, `ways`, `groups`: what can be
    chosen; `chosen`: the fields that count; `seen`: in a sentence what is shown, '' for everything."""

    days: tuple[Day, ...]
    earlier: str
    people: Pairs = ()
    parts: Pairs = ()
    ways: Pairs = ()
    groups: Pairs = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""


def story(room: Room, before: str = "", wanted: Mapping[str, str] | None = None) -> Story | None:
    """A page of the story; None when `before` names nothing on it. `wanted`: the fields of what is chosen."""
    here = choices(room.woven, room.showing.people, lambda numbers: {one: handle(room.reader, one) for one in numbers})
    ways = _ways()
    seen = look(wanted or {}, here, dict(ways))
    ordered = sorted(room.woven.roots, key=lambda said: (_day(said), said.entry.pk), reverse=True)
    left = [(said, seen.leaves(said, office_day(said.entry.recorded_at))) for said in ordered] if seen else [
        (said, [said, *said.inside]) for said in ordered
    ]  # fmt: skip
    left = [(said, sentences) for said, sentences in left if sentences]
    start = 0
    if before:
        start = next((n for n, (said, _left) in enumerate(left, 1) if said.id == before), -1)
        if start < 0:
            return None
    page = left[start : start + PAGE]
    more = start + PAGE < len(left)
    return Story(
        tuple(_days(room, page)),
        page[-1][0].id if more else "",
        people(here, room),
        look_forms.parts(),
        ways,
        look_forms.groups(here),
        fields(seen, here),
        look_forms.sentence(seen, dict(ways), room.showing),
    )


def people(here: Choices, room: Room) -> Pairs:
    """Who can be chosen; the reader is "you", and stands first."""
    you = [(here.people[room.me][0], _("you"))] if room.me in here.people else []
    return (("", _("Everyone")), *you, *(one for one in look_forms.people(here)[1:] if one[0] not in dict(you)))


def _ways() -> Pairs:
    return (
        ("", _("Every way of knowing")), ("own", _("somebody’s own words")), ("seen", _("what somebody saw")),
        ("told", _("what somebody was told")), ("view", _("what somebody thinks")),
        ("act", _("decided, promised, done")),
    )  # fmt: skip


def _days(room: Room, page: Sequence[tuple[Said, Sequence[Said]]]) -> list[Day]:
    days: list[Day] = []
    for said, sentences in page:
        when, iso = room.showing.when(said), _iso(said)
        if days and days[-1].when == when:
            days[-1] = Day(when, iso, (*days[-1].items, item(room, said, sentences)))
        else:
            days.append(Day(when, iso, (item(room, said, sentences),)))
    return days


def _day(said: Said) -> int:
    """The ordinal day a thing is sorted by: the last day it was so, else the day it was received."""
    return said.so.last or said.so.first or office_day(said.entry.recorded_at).toordinal()


def _iso(said: Said) -> str:
    so = said.so if said.so else dates.on(office_day(said.entry.recorded_at))
    return dt.date.fromordinal(so.first).isoformat() if so.first and so.first == so.last else ""


def item(room: Room, said: Said, sentences: Sequence[Said]) -> Item:
    """A root with those of its sentences that are shown."""
    kept = [one for one in said.inside if one in sentences]
    inside = () if said.taken_back else tuple(line(room, one, whole=False, acts=False) for one in kept)
    root = root_of(room.woven, said)
    href = room.href("my-note", root.id) + (f"#n-{said.id}" if root is not said else "")
    return Item(line(room, said, whole=False, acts=False), inside, href, shown(room, said))

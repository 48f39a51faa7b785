"""The story: everything this reader may read, by the day it was so, the newest first."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.looking import Look, choices, fields, look
from alongside.dialogue.said import Said
from alongside.dialogue.shown import shown
from alongside.doors import look_forms
from alongside.doors.look_forms import Pairs
from alongside.doors.practice.lately import Day, Item
from alongside.doors.practice.lines import company, lead, line
from alongside.doors.practice.page import Opened
from alongside.families.queries import ids

AT_ONCE = 40  # statements on one page of the story


@dataclass(frozen=True, slots=True)
class StoryPage:
    """`people`, `parts`, `ways`, `groups`: what can be chosen, pairs of value and words; `chosen`: the fields that
    count; `seen`: in a sentence what is shown, '' for everything; `earlier`: the next page, or ''."""

    days: tuple[Day, ...]
    people: Pairs
    parts: Pairs
    ways: Pairs
    groups: Pairs
    chosen: Mapping[str, str]
    seen: str
    earlier: str
    empty: str


def story_page(page: Opened, chosen: Mapping[str, str], *, before: str) -> StoryPage:
    """`chosen`: the fields of the form; `before`: id of the last one seen.

    What is not known here is no filter: the whole story is shown.
    """
    here, ways = choices(page.woven, page.people, ids), _ways()
    seen = look(chosen, here, dict(ways))
    roots = sorted(page.woven.roots, key=_when(page), reverse=True)
    left = [(said, seen.leaves(said, _received(page, said))) for said in roots]
    left = [(said, sentences) for said, sentences in left if sentences]
    start = next((place + 1 for place, (said, _left) in enumerate(left) if said.id == before), 0)
    shown, rest = left[start : start + AT_ONCE], left[start + AT_ONCE :]
    kept = fields(seen, here)
    return StoryPage(
        days=tuple(_days(page, shown)),
        people=look_forms.people(here),
        parts=look_forms.parts(),
        ways=ways,
        groups=look_forms.groups(here),
        chosen=kept,
        seen=look_forms.sentence(seen, dict(ways), page.showing),
        earlier=page.href("story", **kept, before=shown[-1][0].id) if rest else "",
        empty="" if shown else _nothing(page, seen),
    )


def _ways() -> Pairs:
    return (
        ("", _("Every way of knowing")), ("own", _("own words")), ("seen", _("seen")), ("told", _("told us")),
        ("view", _("professional view")), ("act", _("decided, promised, done")),
    )  # fmt: skip


def _when(page: Opened) -> Callable[[Said], tuple[int, int]]:
    def key(said: Said) -> tuple[int, int]:
        return (said.so.last or said.so.first or _received(page, said).toordinal(), said.entry.pk)

    return key


def _received(page: Opened, said: Said) -> dt.date:
    return said.received.astimezone(page.showing.zone).date()


def _days(page: Opened, shown: list[tuple[Said, list[Said]]]) -> Iterator[Day]:
    for so, some in groupby(shown, key=lambda pair: _day(page, pair[0])):
        words, iso = page.showing.day(so), so.text if so.first == so.last and not so.words else ""
        yield Day(words, iso, tuple(_item(page, said, sentences) for said, sentences in some))


def _day(page: Opened, said: Said) -> dates.Partial:
    """The day it was so, without its hour; when that is not said, the day it was received."""
    if not said.so:
        return dates.on(_received(page, said))
    if said.so.first == said.so.last and said.so.first and not said.so.words and not said.so.text.endswith("~"):
        return dates.on(dt.date.fromordinal(said.so.first))
    return said.so


def _item(page: Opened, said: Said, sentences: list[Said]) -> Item:
    lines = tuple(line(page, one, short=True, old=False) for one in sentences if one.text)
    about = lines[0].about if lines else page.showing.when(said)
    return Item(_lead(page, said), company(page, said), lines, page.note(said), about, shown(page.showing, said))


def _lead(page: Opened, said: Said) -> str:
    """What it is; for what became of a promise or a goal also which one."""
    what, parent = lead(page, said), page.parent(said)
    if said.kind.startswith("promises.") and parent is not None:
        return f"{what}: {parent.first_line}"
    return what


def _nothing(page: Opened, seen: Look) -> str:
    """Why the list is empty, in words."""
    if seen.what or seen.since or seen.until or seen.part:
        return _("Nothing stands here that fits this and that you may read.")
    if seen.who is not None or seen.how:
        names = {"who": page.showing.name(seen.who) if seen.who is not None else "", "how": dict(_ways())[seen.how]}
        if seen.who is not None and seen.how:
            return _("Nothing you may read of %(who)s is known in this way: %(how)s.") % names
        if seen.who is not None:
            return _("There is nothing you may read of %(who)s.") % names
        return _("There is nothing you may read that is known in this way: %(how)s.") % names
    if page.at is not None:
        return _("Nothing had been written that you may read.")
    return _("Nothing is written that you may read.")

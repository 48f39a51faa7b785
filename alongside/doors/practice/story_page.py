"""The story: everything this reader may read, by the day it was so, the newest first."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.said import Said
from alongside.dialogue.shown import shown
from alongside.doors.practice.lately import Day, Item
from alongside.doors.practice.lines import company, lead, line
from alongside.doors.practice.page import Opened
from alongside.families.queries import ids

AT_ONCE = 40  # statements on one page of the story


@dataclass(frozen=True, slots=True)
class StoryPage:
    """`people`, `ways`: choices of the two filters, pairs of value and words; `earlier`: the next page, or ''."""

    days: tuple[Day, ...]
    people: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]
    who: str
    how: str
    earlier: str
    empty: str


def story_page(page: Opened, *, who: str, how: str, before: str) -> StoryPage:
    """`who`: random id of a person, `how`: own, seen, told, view or act, `before`: id of the last one seen.

    What is not known here is no filter: the whole story is shown.
    """
    found = _people(page)
    number = next((person for person, (id, _name) in found.items() if id == who), None)
    ways = _ways()
    how = how if how in dict(ways) else ""
    roots = sorted(page.woven.roots, key=_when(page), reverse=True)
    chosen = [(said, _sentences(said, number, how)) for said in roots]
    chosen = [(said, sentences) for said, sentences in chosen if sentences]
    start = next((place + 1 for place, (said, _left) in enumerate(chosen) if said.id == before), 0)
    shown, rest = chosen[start : start + AT_ONCE], chosen[start + AT_ONCE :]
    who = who if number is not None else ""
    return StoryPage(
        days=tuple(_days(page, shown)),
        people=(("", _("Everyone")), *sorted(found.values(), key=lambda one: one[1])),
        ways=ways,
        who=who,
        how=how,
        earlier=page.href("story", who=who, how=how, before=shown[-1][0].id) if rest else "",
        empty="" if shown else _nothing(page, number, how),
    )


def _ways() -> tuple[tuple[str, str], ...]:
    return (
        ("", _("Every way of knowing")), ("own", _("own words")), ("seen", _("seen")), ("told", _("told us")),
        ("view", _("professional view")), ("act", _("decided, promised, done")),
    )  # fmt: skip


def _people(page: Opened) -> dict[int, tuple[str, str]]:
    """Everybody by name who spoke, wrote or is spoken of: {number: (random id, name)}."""
    met: set[int] = set()
    for said in page.woven.by_place.values():
        met |= {said.of, said.by, *said.entry.about}
    known = [number for number in sorted(met) if page.people.called(number)]
    return {number: (id, page.people.called(number)) for number, id in ids(known).items()}


def _when(page: Opened) -> Callable[[Said], tuple[int, int]]:
    def key(said: Said) -> tuple[int, int]:
        received = said.received.astimezone(page.showing.zone).date().toordinal()
        return (said.so.last or said.so.first or received, said.entry.pk)

    return key


def _sentences(said: Said, number: int | None, how: str) -> list[Said]:
    """What of a root the filters leave: itself if it says something, and what lies inside it."""
    every = [one for one in (said, *said.inside) if one.text or (one is said and not said.inside)]
    return [one for one in every if (number is None or _of(one, number)) and (not how or one.basis == how)]


def _of(said: Said, number: int) -> bool:
    return number in (said.of, said.by, *said.entry.about)


def _days(page: Opened, shown: list[tuple[Said, list[Said]]]) -> Iterator[Day]:
    for so, some in groupby(shown, key=lambda pair: _day(page, pair[0])):
        words, iso = page.showing.day(so), so.text if so.first == so.last and not so.words else ""
        yield Day(words, iso, tuple(_item(page, said, sentences) for said, sentences in some))


def _day(page: Opened, said: Said) -> dates.Partial:
    """The day it was so, without its hour; when that is not said, the day it was received."""
    if not said.so:
        return dates.on(said.received.astimezone(page.showing.zone).date())
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
        return f"{what}: {replace(parent).first_line}"
    return what


def _nothing(page: Opened, number: int | None, how: str) -> str:
    """Why the list is empty, in words."""
    if number is not None or how:
        names = {"who": page.showing.name(number) if number is not None else "", "how": dict(_ways())[how]}
        if number is not None and how:
            return _("Nothing you may read of %(who)s is known in this way: %(how)s.") % names
        if number is not None:
            return _("There is nothing you may read of %(who)s.") % names
        return _("There is nothing you may read that is known in this way: %(how)s.") % names
    if page.at is not None:
        return _("Nothing had been written that you may read.")
    return _("Nothing is written that you may read.")

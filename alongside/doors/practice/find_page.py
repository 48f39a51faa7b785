"""Finding: in which sentences of a worker's own families certain words stand, the newest first.

Each family is asked by itself, by one statement with the gate in it, and no further one once the page is full.
There is no total: what is not shown is not counted.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.recent import recent
from alongside.access.standing import office_day
from alongside.dialogue.asked import Asked
from alongside.dialogue.finding import found, text_of
from alongside.dialogue.said import Said
from alongside.dialogue.stems import any_stem
from alongside.doors.marked import in_answers, in_statement
from alongside.doors.practice.families_page import KINDS as NAMES
from alongside.doors.practice.lately import Item
from alongside.doors.practice.lines import heading, lead, line
from alongside.doors.practice.names import family_names
from alongside.doors.practice.page import Opened, around, merged, opened
from alongside.doors.practice.standing import core, headed, stands
from alongside.families.person import Person, people
from alongside.families.queries import ids
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.reading import find, read
from alongside.words import fold

EACH = 5  # of one family among several
AT_ONCE = 20  # on one page


@dataclass(frozen=True, slots=True)
class Own:
    """One of the worker's families. `entries`: what its names are made of."""

    reader: Reader
    entries: tuple[Entry, ...]
    names: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one family. `people`: (name, where everything by or about them stands); `more`: where
    the further ones of this family stand, or ''."""

    names: str
    href: str
    people: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    more: str


@dataclass(frozen=True, slots=True)
class FindPage:
    """`within`: the code of the one family looked in, or ''; `choices`: (code, names); `onward`: the next page
    among several families; `lately`: (names, address) of what was opened last."""

    typed: str
    within: str
    within_names: str
    choices: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    onward: str
    lately: tuple[tuple[str, str], ...]
    nothing: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """`at`: microseconds as known then, or None; `value`: the same in the address."""

    at: int | None
    value: str
    today: dt.date
    now: int


def own_families(request: HttpRequest, workers: dict[int, Person], moment: Moment | None = None) -> list[Own]:
    """The families of this worker by name: one small read each."""
    moment = moment or Moment(None, "", office_day(request.visit.now), request.visit.now)
    found = [_own(reader, workers, moment) for reader in request.visit.families()]
    return sorted(found, key=lambda one: (fold(one.names), one.reader.code))


def _own(reader: Reader, workers: dict[int, Person], moment: Moment) -> Own:
    entries = read(reader, kinds=NAMES, at=moment.at)
    page = _page(reader, entries, workers, moment)
    return Own(reader, tuple(entries), _names(page), page.href("family"))


def _page(reader: Reader, entries: Collection[Entry], workers: dict[int, Person], moment: Moment) -> Opened:
    return opened(reader, entries, at=moment.at, value=moment.value, now=moment.now, today=moment.today, staff=workers)


def _names(page: Opened) -> str:
    return family_names(page, headed(page, core(page, stands(page.entries, page.now))))


def find_page(
    request: HttpRequest, workers: dict[int, Person], mine: Sequence[Own], wanted: Asked, moment: Moment, *,
    within: str, after: str, before: str,
) -> FindPage:  # fmt: skip
    """`within`: only this family; `after`: the code of the family after which to go on; `before`: the id of the
    entry after which to go on inside one."""
    codes = [one.reader.code for one in mine]
    some = [one for one in mine if one.reader.code == within] if within else mine[_start(codes, after) :]
    groups, onward, shown = [], "", 0
    for place, one in enumerate(some if wanted else ()):
        group = _group(one, workers, wanted, moment, AT_ONCE if within else EACH, before if within else "")
        if group.items or group.people:
            groups.append(group)
            shown += len(group.items)
        if shown >= AT_ONCE and place + 1 < len(some):
            onward = _href(wanted, moment, after=one.reader.code)
            break
    return FindPage(
        typed=wanted.typed,
        within=within,
        within_names=next((one.names for one in mine if one.reader.code == within), ""),
        choices=tuple((one.reader.code, one.names) for one in mine),
        groups=tuple(groups),
        onward=onward,
        lately=() if wanted or moment.at is not None else tuple(_lately(request, workers, mine, moment)),
        nothing=bool(wanted) and not groups,
    )


def _start(codes: list[str], after: str) -> int:
    return codes.index(after) + 1 if after in codes else 0


def _href(wanted: Asked, moment: Moment, **more: str) -> str:
    query = {"q": wanted.typed, **more, "at": moment.value}
    return f"{reverse('find')}?{urlencode({name: value for name, value in query.items() if value})}"


def _group(
    one: Own, workers: dict[int, Person], wanted: Asked, moment: Moment, most: int, before: str
) -> Group:  # fmt: skip
    hits = found(one.reader, wanted, at=moment.at, before=before, most=most)
    entries = list(one.entries)
    if hits.entries:
        hung = [entry.answers for entry in hits.entries if entry.answers is not None]
        entries = merged(entries, around(one.reader, moment.at, [*(entry.pk for entry in hits.entries), *hung]))
    page = _page(one.reader, entries, workers, moment)
    items = [_item(page, page.woven.by_place[entry.pk], wanted) for entry in hits.entries]
    more = _href(wanted, moment, **{"in": one.reader.code}, before=hits.entries[-1].id) if hits.more else ""
    return Group(one.names, one.href, () if before else _people(page, one, wanted), tuple(items), more)


def _item(page: Opened, said: Said, wanted: Asked) -> Item:
    lang = page.showing.lang
    text, spoken = text_of(said.entry, lang, wanted)
    shown = line(page, said.saying(text, "" if spoken == lang else spoken))
    here = replace(
        shown,
        statement=in_statement(shown.statement, lang, wanted),
        answers=in_answers(shown.answers, lang, wanted),
    )
    parent = page.parent(said)
    about = _("About: “%(words)s”") % {"words": parent.first_line} if parent and parent.first_line else ""
    return Item(lead(page, said), about, (here,), shown.href, shown.about)


def _people(page: Opened, one: Own, wanted: Asked) -> tuple[tuple[str, str], ...]:
    """The people of this family whose name holds every word, and where all of theirs stands."""
    named = people(one.entries, {}).persons
    there = [
        number
        for number, person in named.items()
        if all(any(forms & any_stem(word) for word in fold(person.name).split()) for forms in wanted.words)
    ]
    return tuple((named[number].name, page.href("story", who=id)) for number, id in ids(there).items())


def _lately(
    request: HttpRequest, workers: dict[int, Person], mine: Sequence[Own], moment: Moment
) -> Iterator[tuple[str, str]]:
    """What was opened last and can be opened still: families by name, notes by what they are."""
    by_code = {one.reader.code: one for one in mine}
    for code, id in recent(request.visit.account):
        one = by_code.get(code)
        if one is not None and not id:
            yield one.names, one.href
        elif one is not None and (entry := find(one.reader, id)) is not None:
            page = _page(one.reader, merged(one.entries, [entry]), workers, moment)
            said = page.woven.find(id)
            if said is not None:
                yield f"{heading(page, said)}: {one.names}", page.note(said)

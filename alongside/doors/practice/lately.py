"""Lately: the newest that was said and done, by the day it was received, with its answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from alongside.dialogue.said import Said
from alongside.dialogue.shown import shown
from alongside.doors.practice.lines import Line, company, lead, line
from alongside.doors.practice.page import LATELY, NO_NEWS, Opened

OPENED = "access.opened"  # why the work began


@dataclass(frozen=True, slots=True)
class Item:
    """`lead`: what it is, in bold; `company`: who was there; `lines`: what it says; `href`: where it stands;
    `shown`: what was said when it was shown, or None."""

    lead: str
    company: str
    lines: tuple[Line, ...]
    href: str
    about: str
    shown: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One day: as words, for machines, and what belongs to it."""

    words: str
    iso: str
    items: tuple[Item, ...]


def lately(page: Opened) -> Iterator[Day]:
    """The newest roots, grouped by the local day they were received; households and names are not news."""
    roots = [said for said in page.woven.roots if said.kind == OPENED or not said.kind.startswith(NO_NEWS)]
    newest = sorted(roots, key=lambda said: -said.entry.pk)[:LATELY]
    for day, some in groupby(newest, key=lambda said: said.received.astimezone(page.showing.zone).date()):
        found = list(some)
        yield Day(page.showing.on(found[0].received), day.isoformat(), tuple(item(page, said) for said in found))


def item(page: Opened, said: Said) -> Item:
    """A root as a line of a list: its beginning, and every sentence in it that was answered."""
    sentences = [said] if said.text else []
    sentences += [one for one in said.inside if one.beside] or ([] if sentences else list(said.inside[:1]))
    lines = tuple(line(page, one, short=True, old=False) for one in sentences)
    about = lines[0].about if lines else page.showing.when(said)
    return Item(lead(page, said), company(page, said), lines, page.note(said), about, shown(page.showing, said))

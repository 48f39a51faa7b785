"""The journal of one child (R45): everything about that child that this reader reads, month by month, with what
stands beside it; nothing that is about a sibling or a parent only."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside import dates
from alongside.access.frame import enters
from alongside.dialogue.journal import of_one
from alongside.dialogue.said import Said
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.lately import Item
from alongside.doors.practice.lines import company, lead, line
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.people.person_page import has_journal
from alongside.doors.practice.people.somebody import one_of

BAD_DATE = 400


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a journal, its name as words."""

    words: str
    items: tuple[Item, ...]


def months(page: Opened, number: int) -> tuple[Month, ...]:
    """The journal in the order in which it was so, the oldest first."""
    chosen = sorted(of_one(page.woven.roots, number), key=lambda pair: when(page, pair[0]))
    return tuple(
        Month(dates.show(month, page.showing.lang, page.today, True), tuple(_item(page, *pair) for pair in some))
        for month, some in groupby(chosen, key=lambda pair: _month(page, pair[0]))
    )


def when(page: Opened, said: Said) -> tuple[int, int]:
    """The day it was so, else the day it was received; then the order of receiving."""
    received = said.received.astimezone(page.showing.zone).date().toordinal()
    return (said.so.first or said.so.last or received, said.entry.pk)


def _month(page: Opened, said: Said) -> dates.Partial:
    day = dt.date.fromordinal(when(page, said)[0])
    return dates.canonical(f"{day.year:04d}-{day.month:02d}") or dates.UNSAID


def _item(page: Opened, said: Said, sentences: list[Said]) -> Item:
    lines = tuple(line(page, one, old=False) for one in sentences)
    return Item(lead(page, said), company(page, said), lines, page.note(said), lines[0].about)


@enters("practice")
def journal(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """One child's journal, now or as known then, made for reading and for paper."""
    page = open_family(request, code, whole=True)
    number = one_of(page, person)
    if not has_journal(page, number):
        raise Http404
    me = page.workers.get(request.visit.person)
    context = family_desk(
        request, page, "journal", person, child=page.people.persons[number].name, months=months(page, number),
        made=page.showing.day(dates.on(page.today), long=True), by=me.name if me else "",
        back=page.href("person", person),
    )  # fmt: skip
    return render(request, "people/journal.jinja", context, status=BAD_DATE if page.wrong else 200)

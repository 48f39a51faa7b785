"""Everything that is written about me: asking for it, when it comes, and reading it from front to back."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alongside.access.leaving import cleared
from alongside.access.views import SeeOther
from alongside.doors.family.forms import carried, filled, handle, once
from alongside.doors.family.room import Room, day_words, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.exchange.pack import asked as asking
from alongside.exchange.pack import handing, paper
from alongside.exchange.pack.asked import Asked
from alongside.record.readers import SIGNED_IN, Reader
from alongside.record.statement import Refused

NEWEST = 300
REFUSED = 422
FILE = "everything.pdf"  # a name that says nothing of whom it is about


@dataclass(frozen=True, slots=True)
class Request:
    """One request as its asker sees it. `whose`: '' for oneself, else the child's name; `late`: the day has passed;
    `longer`: why it takes longer, (words, language)."""

    id: str
    state: str
    whose: str
    asked: str
    due: str
    given: str
    late: bool
    longer: tuple[tuple[str, str], ...]


def _shown(room: Room, one: Asked) -> Request:
    lang, today = room.showing.lang, room.showing.today
    whose = "" if one.about == one.person else room.showing.name(one.about)

    def said(iso: str) -> str:
        return day_words(dt.date.fromisoformat(iso), lang) if iso else ""

    longer = tuple((text, "" if of == lang else of) for text, of in asking.reasons(one))
    late = one.open and one.due < today.isoformat()
    return Request(one.id, one.state, whose, said(one.on), said(one.due), said(one.given_on), late, longer)


@in_room("GET", "POST")
def everything(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What was asked for, and asking."""
    if not reader.kin:
        return SeeOther(reverse("part"))
    room = enter(request, reader, newest=NEWEST)
    children = asking.children_of(reader, room.showing.people, room.showing.today)
    if request.method == "POST" and room.reads:
        by_handle = {handle(reader, one.number): one.number for one in children}
        about = by_handle.get(request.POST.get("about", ""), reader.person)
        try:
            asking.ask(
                by=reader, about=about, children=by_handle.values(), words=request.POST.get("words", ""),
                lang=room.showing.lang, at=request.visit.now, once=once(request),
            )  # fmt: skip
        except Refused as why:
            if why.code != "asked-already":
                return _page(request, room, children, _("This is too long. Say it in fewer words."))
        return SeeOther(f"{reverse('my-everything')}?done=everything")
    return _page(request, room, children)


def _page(request: HttpRequest, room: Room, children: list, wrong: str = "") -> HttpResponse:
    listed = [_shown(room, one) for one in asking.mine(room.me, room.reader.family)] if room.reads else []
    waits = {one.about for one in asking.mine(room.me, room.reader.family) if one.open}
    offered = [(handle(room.reader, one.number), one.called) for one in children if one.number not in waits]
    context = framed(
        request, room=room, listed=[one for one in listed if one.state != "withdrawn"], children=offered,
        mine=room.me not in waits, wrong=wrong, words=filled(request, room.reader).one("words"),
        fields=carried(request, room.reader, again=bool(wrong)), notice=_done(request.GET.get("done", "")),
        complaints=getattr(settings, "COMPLAINTS", []),
    )  # fmt: skip
    return render(request, "family/everything.jinja", context, status=REFUSED if wrong else 200)


def _done(code: str) -> str:
    return {"everything": _("Asked. The day by which it comes stands here."), "not-any-more": _("You do not ask any "
            "more. You can ask again whenever you like.")}.get(code, "")  # fmt: skip


def _mine(reader: Reader, id: str) -> Asked:
    one = next((one for one in asking.mine(reader.person, reader.family) if one.id == id), None)
    if one is None:
        raise Http404
    return one


@in_room("POST")
def withdraw(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Not to ask any more."""
    one = _mine(reader, id)
    if reader.strength >= SIGNED_IN:
        asking.withdraw(by=reader, asked=one, at=request.visit.now, once=once(request))
    return SeeOther(f"{reverse('my-everything')}?done=not-any-more")


def _handed(request: HttpRequest, reader: Reader, id: str) -> Asked | HttpResponse:
    """What was handed over to this reader. Who has not shown lately that it is them shows it first."""
    one = _mine(reader, id)
    if one.state != "given":
        raise Http404
    if not request.visit.fresh:
        return SeeOther(f"{reverse('again')}?{urlencode({'to': request.get_full_path()}, safe='/')}")
    return one


@in_room()
def read(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """One part of it, from the people in it to the last day."""
    one = _handed(request, reader, id)
    if isinstance(one, HttpResponse):
        return one
    asked_for = request.GET.get("part", "0")
    number = int(asked_for) if asked_for.isdecimal() and len(asked_for) < 6 else -1
    lines, last = handing.given_part(one, number)
    if last < 0:
        raise Http404
    room = enter(request, reader, newest=1)
    context = framed(
        request, room=room, one=_shown(room, one), lines=lines, number=number, last=last, words_lang=one.lang,
        on_paper=number == 0 and paper.holds(handing.given(one)), changed=not handing.unchanged(one),
    )  # fmt: skip
    return render(request, "family/everything_read.jinja", context)


@in_room()
def as_paper(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """The whole of it as a file."""
    one = _handed(request, reader, id)
    if isinstance(one, HttpResponse):
        return one
    parts, visit = handing.given(one), request.visit
    if not paper.holds(parts):
        return SeeOther(reverse("my-pack", args=[id]))
    clear = partial(cleared, to=visit.person, now=visit.now)
    made = paper.pdf(parts, asked=one, day=day_words(dt.date.fromisoformat(one.given_on), one.lang), clear=clear)
    response = HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{FILE}"'}
    )
    response.cleared_for = visit.person
    return response


urlpatterns = [
    path("me/everything", everything, name="my-everything"),
    path("me/everything/<str:id>", read, name="my-pack"),
    path("me/everything/<str:id>/everything.pdf", as_paper, name="my-pack-paper"),
    path("me/everything/<str:id>/withdraw", withdraw, name="my-pack-withdraw"),
]

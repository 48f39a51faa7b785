"""Finding words in one's own room.

The words are sent in the body of a form and the answer comes at once, without the usual 303: so no word that
somebody looks for stands in an address, in the history of the phone or in a log. Nothing is written.
"""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.access.sealed import whose
from alongside.dialogue.asked import Asked, asked
from alongside.dialogue.finding import found, text_of
from alongside.dialogue.said import Said
from alongside.dialogue.woven import carries_on
from alongside.doors.family.forms import filled
from alongside.doors.family.lines import Line, line
from alongside.doors.family.reading import NotADay, look_into
from alongside.doors.family.room import Room
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.titles import root_of
from alongside.doors.marked import in_answers, in_statement
from alongside.record.readers import Reader

AT_ONCE = 10
BAD_DATE = 400


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence in which the words stand. `about`: the sentence it answers, or ''; `href`: its page."""

    line: Line
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class Finding:
    """`more`: the id after which the further ones come, or ''."""

    typed: str
    items: tuple[Item, ...] = ()
    more: str = ""
    nothing: bool = False


@in_room("GET", "POST")
def find(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The page to look for words, and what was found."""
    typed = filled(request, reader).one("q")
    wanted, before = asked(typed), request.POST.get("before", "")[:32]
    try:
        room, around = look_into(request, reader, "my-find")
    except NotADay:
        return _page(request, reader, Finding(wanted.typed), status=BAD_DATE)
    return _page(request, reader, _finding(room, wanted, before), room=room, **around)


def _page(request: HttpRequest, reader: Reader, finding: Finding, *, status: int = 200, **more) -> HttpResponse:
    context = framed(request, "my-find", finding=finding, reader=reader, whose=whose(request.visit.account), **more)
    return render(request, "family/find.jinja", context, status=status)


def _finding(room: Room, wanted: Asked, before: str) -> Finding:
    hits = found(room.reader, wanted, at=room.at, before=before, most=AT_ONCE)
    items = tuple(_item(room, room.woven.by_place[entry.pk], wanted) for entry in hits.entries)
    more = hits.entries[-1].id if hits.more else ""
    return Finding(wanted.typed, items, more, bool(wanted) and not items)


def _item(room: Room, said: Said, wanted: Asked) -> Item:
    lang = room.showing.lang
    text, spoken = text_of(said.entry, lang, wanted)
    shown = line(room, said.saying(text, "" if spoken == lang else spoken), acts=False)
    here = replace(
        shown,
        statement=in_statement(shown.statement, lang, wanted),
        answers=in_answers((*shown.old, *shown.answers), lang, wanted),
    )
    above = None if carries_on(said.entry) else room.woven.by_place.get(said.entry.answers)
    about = _("About: “%(words)s”") % {"words": above.first_line} if above is not None and above.text else ""
    root = root_of(room.woven, said)
    return Item(here, about, room.href("my-note", root.id) + (f"#n-{said.id}" if root.id != said.id else ""))

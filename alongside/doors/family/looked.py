"""Who has looked: by day, in plain words, with a way to ask why (R94)."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside import clock, dates
from alongside.access import looked as log
from alongside.access import openings, urgent
from alongside.access.standing import office_day
from alongside.access.views import SeeOther
from alongside.calendar import working_day
from alongside.dialogue.asking import ANSWERED_WITHIN, ask_why
from alongside.dialogue.said import Said
from alongside.doors.family import words
from alongside.doors.family.forms import carried, filled
from alongside.doors.family.room import Room, day_words, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.titles import root_of, title
from alongside.record.readers import Reader
from alongside.record.statement import Refused

UNPROCESSABLE = 422
PAGES = {
    "families": gettext_lazy("the list of families, with your words on it"),
    "family": gettext_lazy("the first page about your family"),
    "home": gettext_lazy("the first page about your family"),
    "story": gettext_lazy("the whole story"), "my-story": gettext_lazy("the whole story"),
    "export": gettext_lazy("a copy to take along"),
    "people": gettext_lazy("the page of people"), "my-people": gettext_lazy("the page of people"),
    "part": gettext_lazy("their own part"),
    "log": gettext_lazy("the log of who has looked, and nothing else"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """What was looked at, in words; `href`: where one reads it oneself, or ''."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one person looked at on one day. `who`: with what they are here; `why`: through what they look;
    `urgent`: sentences of an emergency; `key`: names this visit in an address."""

    person: int
    who: str
    why: str
    things: tuple[Thing, ...]
    urgent: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Day:
    iso: str
    words: str
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`month`: in words; `earlier`, `later`: months to go to as 2026-10, or ''."""

    month: str
    days: tuple[Day, ...]
    earlier: str
    later: str


def _moment(day: dt.date) -> int:
    """The moment a day begins in the office's zone."""
    return clock.micros(dt.datetime.combine(day, dt.time(), settings.OFFICE_ZONE))


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def _months(room: Room, typed: str) -> tuple[dt.date, dt.date]:
    """The month looked at and this month, each as its first day. A month to come is this one."""
    now = office_day(room.now).replace(day=1)
    try:
        asked = dt.date.fromisoformat(f"{typed}-01") if typed else now
    except ValueError:
        raise Http404 from None
    return min(max(asked, dt.date(2000, 1, 1)), now), now


def looked_page(room: Room, typed: str) -> Page:
    """One month of who has looked, made only of what this reader may know."""
    month, now = _months(room, typed)
    ends = _moment(_next(month))
    looks = log.own(room.reader, before=ends, today_began=_moment(office_day(room.now)))
    opened = _opened(room, ends)
    begun = _moment(month)
    days: dict[dt.date, dict[int, list]] = {}
    for one in [*looks, *opened]:
        if one.at >= begun:
            days.setdefault(office_day(one.at), {}).setdefault(one.person, []).append(one)
    older = [one.at for one in [*looks, *opened] if one.at < begun]
    shown = [_day(room, day, days[day]) for day in sorted(days, reverse=True)]
    return Page(
        dates.show(dates.canonical(f"{month:%Y-%m}"), room.showing.lang, dt.date.min), tuple(shown),
        f"{office_day(max(older)):%Y-%m}" if older else "", f"{_next(month):%Y-%m}" if month < now else "",
    )  # fmt: skip


def _opened(room: Room, before: int) -> list[openings.Opening]:
    """Openings in an emergency this reader may know of, from the day after: those written for the whole team to
    children, parents and carers; others to those who read them. Under hazard none that is newer."""
    reader = room.reader
    if not log.lists(reader):
        return []
    before = min(before, _moment(office_day(room.now)), log.hazard_began(reader))
    found = openings.in_family(reader.family, before=before)
    read = log.readable(reader, [place for place, _one in found])
    close = reader.role in log.CLOSE
    return [one for place, one in found if place in read or (close and one.until is not None)]


def _day(room: Room, day: dt.date, visits: dict[int, list]) -> Day:
    return Day(
        day.isoformat(),
        words.opening(day_words(day, room.showing.lang)),
        tuple(_visit(room, day, person, found) for person, found in visits.items()),
    )


def key_of(reader: Reader, day: dt.date, person: int) -> str:
    """How an address names one person's looking of one day to this reader: a keyed hash, so that no number
    leaves the server."""
    return salted_hmac("looked", f"{reader.family}/{reader.person}/{day}/{person}").hexdigest()[:24]


def _visit(room: Room, day: dt.date, person: int, found: list) -> Visit:
    looks = [one for one in found if isinstance(one, log.Looked)]
    things = dict.fromkeys(_thing(room, one) for one in looks if not log.is_urgent(one.role) or one.entry)
    opened = [one for one in found if isinstance(one, openings.Opening)]
    return Visit(
        person, _who(room, person), next((why for one in looks if (why := _why(room, one))), ""), tuple(things),
        tuple(sentence for one in opened for sentence in _urgent(room, one)), key_of(room.reader, day, person),
    )  # fmt: skip


def _who(room: Room, person: int) -> str:
    """Their name and what they are here."""
    known = room.showing.people.persons.get(person)
    if known is None:
        return _("Someone who helps")
    role = known.role(room.showing.lang)
    return _("%(name)s, %(role)s") % {"name": known.name, "role": role} if role else known.name


def _why(room: Room, one: log.Looked) -> str:
    if log.is_urgent(one.role):
        return _("In an emergency, for an hour.")
    if one.role == "privacy":
        return _("Watches over who looks. Reads nothing of what is written.")
    if one.since is None:
        return ""
    day = dates.show(dates.on(office_day(one.since)), room.showing.lang, dt.date.min)
    here = {"supervisor": _("Supervises the work here since %(day)s."), "duty": _("On duty since %(day)s.")}
    return here.get(one.role, _("Works here since %(day)s.")) % {"day": day}


def _thing(room: Room, one: log.Looked) -> Thing:
    said = room.woven.by_place.get(one.entry) if one.entry is not None else None
    if said is not None:
        return _read_here(room, root_of(room.woven, said))
    if one.entry is not None:
        return Thing(_("something you can read here"))
    return Thing(str(PAGES.get(one.page, _("another page about your family"))))


def _read_here(room: Room, root: Said) -> Thing:
    """Something the reader can open too: what kind of thing it is, and from when."""
    href = room.href("my-note", root.id)
    if root.kind == "dialogue.conversation":
        return Thing(title(room, root, root), href)
    words = _("Something you said") if room.mine(root) else title(room, root, root)
    return Thing(f"{words}, {room.showing.on(root.received)}", href)


def _urgent(room: Room, one: openings.Opening) -> list[str]:
    """What is said of an emergency: that it was, why, and whether a supervisor found it right. The words of the
    reason stand in the record, for those they were opened to."""
    said = [_("Opened the record in an emergency, for an hour, to read.")]
    if one.reason:
        said.append(_("Why: %(reason)s.") % {"reason": urgent.REASONS[one.reason]})
    entry = next((entry for entry in room.woven.entries if entry.id == one.id), None)
    if entry is not None:
        text = room.woven.by_place[entry.pk].text
        said.append(_("In their words: “%(words)s”") % {"words": text})
    judged = {
        "right": _("A supervisor has looked at it and found it right."),
        "wrong": _("A supervisor has looked at it and found that it should not have been opened."),
    }
    return [*said, *([judged[one.judged]] if one.judged else [])]


@in_room()
def looked(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Who has looked at what is written about me."""
    room = enter(request, reader)
    page = looked_page(room, request.GET.get("month", ""))
    notice = words.done(request.GET.get("done", ""))
    return render(request, "family/looked.jinja", framed(request, "my-people", room=room, page=page, notice=notice))


def _asked_about(room: Room, day: str, key: str) -> tuple[dt.date, Visit]:
    """The visit that is asked about, if it is listed to this reader; else not found."""
    try:
        on = dt.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    page = looked_page(room, f"{on:%Y-%m}")
    for one in page.days:
        for visit in one.visits:
            if one.iso == day and visit.key == key:
                return on, visit
    raise Http404


@in_room("GET", "POST")
def why(request: HttpRequest, reader: Reader, day: str, key: str) -> HttpResponse:
    """Ask why: one tap, and words if one likes. An answer is owed by a day."""
    room = enter(request, reader)
    on, visit = _asked_about(room, day, key)
    form, refused = filled(request, reader), ""
    if request.method == "POST":
        try:
            ask_why(
                by=reader, of=visit.person, on=on, instead=room.circle.worker, text=form.one("words"),
                lang=room.showing.lang, today=office_day(room.now), at=room.now,
                once=form.one("once")[:64], wait=words.settles(),
            )  # fmt: skip
            return SeeOther(f"{room.href('looked')}?month={on:%Y-%m}&done=asked")
        except Refused as error:
            refused = error.code
    due = working_day(office_day(room.now), ANSWERED_WITHIN)
    says = words.opening(day_words(on, room.showing.lang))
    context = framed(
        request, "my-people", room=room, visit=visit, day=day, form=form, on=says,
        due=room.showing.due(due.isoformat()), fields=carried(request, reader, again=refused == "other-words"),
        wrong=words.refused(refused, room.worker) if refused else "", time=words.span(words.settles()),
        also=words.also_the_office(),
    )  # fmt: skip
    return render(request, "family/why.jinja", context, status=UNPROCESSABLE if refused else 200)

"""What waits for one worker, across families: visits, what they owe, questions, answers, what was not sent.

The registers say where to look; everything shown is read through each family's own gate, in one statement
for forty families. What others owe is not here: a supervisor sees on this page what is asked of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.ending import given_lately
from alongside.access.standing import office_day
from alongside.access.visit import Visit
from alongside.dialogue.queries import questions, received
from alongside.dialogue.said import Said
from alongside.doors.arranged import about
from alongside.doors.practice.everything import owed as everything
from alongside.doors.practice.meeting.lines import where
from alongside.doors.practice.names import family_names
from alongside.doors.practice.owed import answered, promise_line, question_line, question_of
from alongside.doors.practice.page import Opened, opened
from alongside.doors.practice.promising.lines import ask_line
from alongside.doors.practice.standing import core, headed, stands
from alongside.families.person import Person
from alongside.promises.promise import Promise, asks, promises
from alongside.promises.queries import asked_of, owed_by
from alongside.record.reading import read_listed
from alongside.record.settling import Waiting
from alongside.teams.appointment import Appointment, appointments
from alongside.teams.queries import coming

WEEK = 7  # days ahead for visits and promises, back for answers
MOST = 30  # answers
DAY = 86_400_000_000  # microseconds
NAMES = ("access.granted", "access.changed", "access.hazard-on", "families.met", "families.tie", "record.taken-back")


@dataclass(frozen=True, slots=True)
class Visiting:
    """One appointment of one's own. `today`: then `when` is a time of day, else a weekday; `iso`: for machines."""

    today: bool
    when: str
    iso: str
    names: str
    href: str
    where: str
    text: str
    lang: str
    write: str


@dataclass(frozen=True, slots=True)
class Received:
    """An answer for the look's `answer`, and the sentence it is about."""

    answer: Mapping[str, Any]
    about: str
    lang: str
    names: str
    href: str


@dataclass(frozen=True, slots=True)
class Today:
    """`stands`: whether any family is theirs at all; `offered`: whether they are asked to take one; `new`: those that
    became theirs this week, (names, address)."""

    stands: bool
    offered: bool
    new: tuple[tuple[str, str], ...]
    visits: tuple[Visiting, ...]
    owed: tuple[Mapping[str, Any], ...]
    asked: tuple[Mapping[str, Any], ...]
    questions: tuple[Mapping[str, Any], ...]
    answers: tuple[Received, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the registers say to look. `owed`: place to due; `answers`: (place, what it answers), newest first;
    `everything`: who asked to read all that is written, by place."""

    owed: Mapping[int, str]
    asked: frozenset[int]
    visits: frozenset[int]
    questions: frozenset[int]
    answers: tuple[tuple[int, int], ...]
    everything: Mapping[int, Any]


def today(request: HttpRequest, workers: Mapping[int, Person], waiting: Collection[Waiting]) -> Today:
    """One worker's day. `waiting`: their own acts that settle still; what those move on is not owed any more."""
    visit: Visit = request.visit
    readers = {reader.family: reader for reader in visit.families()}
    given = given_lately(visit.person, since=visit.now - WEEK * DAY)
    new = {family: place for family, place, state in given if state == "active" and family in readers}
    places, by_family = _listed(visit, readers, new)
    found = read_listed([(readers[family], some) for family, some in by_family.items()], kinds=NAMES)
    day = office_day(visit.now)
    pages = [
        opened(readers[family], entries, now=visit.now, today=day, staff=workers) for family, entries in found.items()
    ]
    moving = {id for act in waiting for said in act.statements for id in (said.thing, said.answers)}
    named = [(page, family_names(page, headed(page, core(page, stands(page.entries, page.now))))) for page in pages]
    return Today(
        stands=bool(readers),
        offered=any(state == "invited" for _family, _place, state in given),
        new=tuple((names, page.href("family")) for page, names in named if page.reader.family in new),
        visits=tuple(_visits(named, places)),
        owed=tuple(_owed(named, places, moving)),
        asked=tuple(_asked(named, places, moving)),
        questions=tuple(_questions(named, places)),
        answers=tuple(_answers(named, places)),
    )


def _listed(
    visit: Visit, readers: Mapping[int, Any], new: Mapping[int, int]
) -> tuple[Places, dict[int, set[int]]]:  # fmt: skip
    """The places, and the same by family, with what must be read beside them. `new`: families of this week."""
    day = office_day(visit.now).toordinal()
    owed, asked, met, waits, got = [
        [row for row in found if row[0] in readers]
        for found in (
            owed_by(visit.person), asked_of(visit.person), coming(list(readers), first=day, last=day + WEEK),
            questions(list(readers)), received(visit.person, since=visit.now - WEEK * DAY, most=MOST),
        )
    ]  # fmt: skip
    by_family: dict[int, set[int]] = {family: {place} for family, place in new.items()}
    for family, *some in (*((f, p, b) for f, p, _due, b in owed), *asked, *met, *waits, *got):
        by_family.setdefault(family, set()).update(place for place in some if place is not None)
    whole = everything.places(readers.values())
    for place, one in whole.items():
        by_family.setdefault(one.family, set()).add(place)
    places = Places(
        {place: due for _family, place, due, _beside in owed}, frozenset(place for _family, place in asked),
        frozenset(place for _family, place, _now in met), frozenset(place for _family, place in waits),
        tuple((place, to) for _family, place, to in got), whole,
    )  # fmt: skip
    return places, by_family


Named = list[tuple[Opened, str]]


def _visits(named: Named, places: Places) -> list[Visiting]:
    """Appointments where this worker comes, the next first."""
    found = [
        (one, page, names)
        for page, names in named
        for one in appointments(page.entries)
        if one.stands and one.first.pk in places.visits and _mine(page, one)
    ]
    found.sort(key=lambda one: (one[0].on, one[0].first.pk))
    return [_visiting(page, names, one) for one, page, names in found]


def _mine(page: Opened, one: Appointment) -> bool:
    me, said = page.reader.person, page.woven.by_place[one.first.pk]
    return not said.taken_back and (me in one.there or not one.there and me == said.by)


def _visiting(page: Opened, names: str, one: Appointment) -> Visiting:
    said, today = page.woven.by_place[one.first.pk], page.today.toordinal()
    of_today = one.on.first == today
    time = one.on.text.partition("T")[2]
    weekday = dates.weekday_name(one.on.first or today, page.showing.lang)
    when = (time or _("Today")) if of_today else weekday[:1].upper() + weekday[1:]
    place = ", ".join(part for part in ("" if of_today else time, where(page, one)) if part)
    return Visiting(
        of_today, when, one.on.text, names, page.href("family"), place, said.first_line or about(one),
        said.lang, page.href("write") if of_today and page.writing else "",
    )  # fmt: skip


def _owed(named: Named, places: Places, moving: Collection[Any]) -> list[dict[str, Any]]:
    """One's own promises of this week and earlier, and those without a day; questions one said by when to answer."""
    found: list[tuple[str, dict[str, Any]]] = []
    for page, names in named:
        last = page.today.fromordinal(page.today.toordinal() + WEEK).isoformat()
        for one in promises(page.entries):
            due = places.owed.get(one.made.pk)
            question = question_of(page, one)
            if due is None or due > last or one.made.id in moving or question is not None and answered(question):
                continue
            line = promise_line(page, _as_now(one, due))
            found.append((due or "9999", _of({**line, **_you(page, question)}, names)))
        found += [(due, _of(line, names)) for due, line in everything.lines(page, places.everything) if due <= last]
        for said in _waiting(page, places):
            heard = _heard(said)
            if heard is not None and heard.by == page.reader.person and heard.due <= last:
                found.append((heard.due or "9999", _of({**question_line(page, said), **_you(page, said)}, names)))
    return [one for _due, one in sorted(found, key=lambda one: one[0])]


def _of(line: dict[str, Any], names: str) -> dict[str, Any]:
    """A line for the look's `promise`, with the family it is about."""
    return {**line, "notes": [*line["notes"], names]}


def _as_now(one: Promise, due: str) -> Promise:
    """The promise with the day that holds now; its steps stand on its own page."""
    return replace(one, due=due or None)


def _you(page: Opened, question: Said | None) -> dict[str, str]:
    """The same line said to the one who owes it."""
    if question is None:
        return {"who": _("You:")}
    names = {"asker": page.showing.name(question.of), "question": question.first_line}
    return {"who": _("You"), "what": _("answer %(asker)s: %(question)s") % names}


def _heard(said: Said) -> Said | None:
    return next((one for one in reversed(said.beside) if one.kind == "dialogue.heard"), None)


def _asked(named: Named, places: Places, moving: Collection[Any]) -> list[dict[str, Any]]:
    """Promises asked of this worker that wait for a yes or no, and everything that is written, owed later."""
    week = {page.reader.family: page.today.fromordinal(page.today.toordinal() + WEEK).isoformat() for page, _ in named}
    return [
        _of(line, names)
        for page, names in named
        for due, line in everything.lines(page, places.everything)
        if due > week[page.reader.family]
    ] + [
        _of(ask_line(page, one), names)
        for page, names in named
        for one in asks(page.entries)
        if one.asked.pk in places.asked and one.of == page.reader.person
        if one.state == "open" and one.asked.id not in moving
    ]


def _waiting(page: Opened, places: Places) -> list[Said]:
    """Questions nobody has answered and nobody has promised to answer."""
    found = [said for place, said in page.woven.by_place.items() if place in places.questions]
    return [
        said
        for said in found
        if not said.taken_back and not answered(said) and not any(one.kind == "promises.made" for one in said.beside)
    ]


def _questions(named: Named, places: Places) -> list[dict[str, Any]]:
    """Questions nobody has said how they heard, to this worker, or to nobody by name."""
    return [
        _of(question_line(page, said), names)
        for page, names in named
        for said in _waiting(page, places)
        if _heard(said) is None and _to_me(page, said)
    ]


def _to_me(page: Opened, said: Said) -> bool:
    me, to = page.reader.person, said.entry.body.get("to")
    return said.by != me and (to == me or to is None and page.reader.by_mark)


def _answers(named: Named, places: Places) -> list[Received]:
    """Answers to what this worker wrote, the newest first. An answer is not shown without its sentence."""
    found = []
    for place, to in places.answers:
        for page, names in named:
            said, about = page.woven.by_place.get(place), page.woven.by_place.get(to)
            if said is not None and about is not None and not said.taken_back:
                answer = {**page.showing.answer(said), "quoted": False}
                found.append(Received(answer, about.first_line or about.label, about.lang, names, page.note(said)))
    return found

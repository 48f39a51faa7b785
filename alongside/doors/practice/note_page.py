"""One conversation, letter or decision: sentence by sentence, with what stands beside each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from alongside import clock
from alongside.dialogue.said import Said
from alongside.dialogue.shown import shown
from alongside.dialogue.woven import thing_of
from alongside.doors.practice.acting import Way, ways
from alongside.doors.practice.lines import Line, company, heading, lead, line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import of_family
from alongside.record.entry import Entry
from alongside.record.marks import opens_to
from alongside.record.reading import named
from alongside.record.settling import waiting
from alongside.record.statement import MEANT, Statement


@dataclass(frozen=True, slots=True)
class Sentence:
    """`label`: what it is when that is not plain; `readers`: said only where others read it than the page;
    `facts`: how it came to be in these words; `ways`: what this reader may do with it; `waits`: own answers
    that are not sent yet."""

    line: Line
    label: str
    readers: str
    facts: tuple[str, ...]
    ways: tuple[Way, ...]
    waits: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class NotePage:
    """`under`: who wrote it, when; `company`: who was there; `shown`: what was said
    when it was shown to them, or None; `readers`: who can read it, '' as known then."""

    title: str
    under: str
    company: str
    shown: dict[str, Any] | None
    readers: str
    sentences: tuple[Sentence, ...]


def note_page(page: Opened, top: Said) -> NotePage:
    """`top`: the outermost statement; asks once who is named on what stands here, except as known then."""
    said = list(sentences(page, top))
    readers = _readers(page, [top, *said]) if page.at is None else {}
    waits = _waits(page) if page.writing else {}
    whole = readers.get(top.entry.pk, "")
    return NotePage(
        title=heading(page, top),
        under=_under(page, top),
        company=company(page, top),
        shown=shown(page.showing, top),
        readers=whole,
        sentences=tuple(_sentence(page, top, one, readers, whole, waits) for one in said),
    )


def sentences(page: Opened, top: Said) -> Iterator[Said]:
    """What stands here one under the other: the words of the statement, what lies inside it, and what became
    of it. An answer that also lies inside the conversation is shown once, beside its sentence."""
    beside = {one.id for said in _all(top) for one in said.beside}
    for said in _all(top):
        if said.text and (said is top or said.id not in beside):
            yield said
    places = {one.entry.pk for said in _all(top) for one in (said, *page.showing.under(said))}
    for place, said in sorted(page.woven.by_place.items()):
        if thing_of(said.entry) in places and place not in places and said.text:
            yield said


def _all(said: Said) -> Iterator[Said]:
    yield said
    for one in said.inside:
        yield from _all(one)


def _sentence(
    page: Opened, top: Said, said: Said, readers: Mapping[int, str], whole: str, waits: Mapping[str, list]
) -> Sentence:
    own = readers.get(said.entry.pk, "")
    label = lead(page, said) if said is not top and said.kind != "dialogue.passage" else ""
    waiting_here = tuple(waits.get(said.id, ())) + tuple(
        one for answer in page.showing.under(said) for one in waits.get(answer.id, ())
    )
    readers_here = own if own != whole else ""
    here = line(page, said)
    here = replace(here, answers=tuple(_with_acts(page, one) for one in here.answers))
    return Sentence(here, label, readers_here, _facts(page, said), ways(page, said), waiting_here)


def _with_acts(page: Opened, answer: dict[str, Any]) -> dict[str, Any]:
    """What stands beside, with what this reader may do there: say how a question was heard, answer."""
    said = page.woven.find(answer.get("id", ""))
    acts = [] if said is None or said.by == page.reader.person else [way for way in ways(page, said) if way.main]
    replies = [_with_acts(page, one) for one in answer.get("replies", ())]
    return answer | {"replies": replies, "acts": sorted(acts, key=lambda way: way.name != "heard")}


def _facts(page: Opened, said: Said) -> tuple[str, ...]:
    """Who was told first, who said yes to these words, through whom, and when a withholding is looked at again."""
    body, who = said.entry.body, page.showing.Name(said.of)
    facts = []
    if body.get("told_before"):
        facts.append(_("%(who)s was told first who may read it") % {"who": who})
    if body.get("approved"):
        facts.append(_("%(who)s said yes to these words") % {"who": who})
    if body.get("interpreter"):
        facts.append(_("interpreter: %(who)s") % {"who": page.showing.Name(body["interpreter"])})
    if body.get("rendering"):
        facts.append(body["rendering"])
    if body.get("review"):
        facts.append(_("looked at again by %(day)s") % {"day": page.showing.due(body["review"])})
    if body.get("why") and body.get("review"):
        facts.append(_("because: %(why)s") % {"why": body["why"]})
    return (*facts, *_opened(page, said))


def _opened(page: Opened, said: Said) -> Iterator[str]:
    """To whom this reader opened it, and when: their own acts."""
    for entry in page.entries:
        mine = entry.author == page.reader.person and entry.answers == said.entry.pk
        names = page.showing.names(entry.body["to"]) if mine and entry.kind == "record.released" else ""
        if names:
            yield _("you opened it to %(names)s, %(day)s") % {"names": names, "day": page.showing.on(entry.received)}


def _under(page: Opened, top: Said) -> str:
    names = {"writer": page.showing.Name(top.by), "moment": page.showing.at(top.received)}
    return _("%(writer)s wrote this; in the record since %(moment)s.") % names


def _readers(page: Opened, said: Sequence[Said]) -> dict[int, str]:
    """Who can read each statement today, in names: those named on it, and the helpers. Who does not read by mark
    is told whom it was for when it was written: to whom it was opened since is not theirs to know. Of what they wrote
    themselves they are told for whom they wrote it."""
    marks = {entry.answers: entry.body["mark"] for entry in page.entries if entry.kind == "record.remarked"}
    if page.reader.by_mark:
        on_it = named(page.reader, [one.entry for one in said])
    else:
        on_it = {one.entry.pk: (*one.entry.given, (page.reader.person, "own")) for one in said}
    own = [one for one in said if not page.reader.by_mark and one.entry.author == page.reader.person]
    found = {one.entry.pk: _for(page, one.entry) for one in own}
    for one in said:
        if one not in own:
            mark, persons = marks.get(one.entry.pk, one.entry.mark), on_it.get(one.entry.pk, ())
            found[one.entry.pk] = _who(page, mark, [p for p, _why in persons]) + _not_reached(page, one.entry)
    return found


def _not_reached(page: Opened, entry: Entry) -> str:
    """For whom it was meant besides, and does not reach them: for who reads by mark, and may speak of it."""
    far = tuple(person for person, because in entry.named if because == MEANT) if page.reader.by_mark else ()
    names = page.showing.names(far)
    return ". " + _("It was meant for %(names)s too and does not reach them") % {"names": names} if names else ""


def _for(page: Opened, entry: Entry) -> str:
    """For whom one wrote this oneself."""
    others = tuple(person for person in entry.chosen if person != page.reader.person)
    if entry.mark in ("persons", "sealed"):
        names = page.showing.names(others)
        return _("For %(names)s alone") % {"names": names} if names else ""
    names = page.showing.names(tuple(p for p in others if of_family(page, p) or _partner(page, p)))
    if not names or entry.mark == "professionals":
        return _("For those who work with the family")
    return _("For %(names)s, and those who work with the family") % {"names": names}


def readers_of(page: Opened, said: Said) -> str:
    """Who can read one statement today, as a sentence; '' where that may not be said."""
    return _readers(page, [said]).get(said.entry.pk, "")


def _who(page: Opened, mark: str, persons: Sequence[int]) -> str:
    if mark in ("persons", "sealed"):
        names = page.showing.names(tuple(dict.fromkeys(persons)))
        return _("Only %(names)s can read this") % {"names": names} if names else ""
    if mark == "professionals":
        return _("Only those who work with the family can read this")
    names = page.showing.names(tuple(dict.fromkeys(p for p in persons if of_family(page, p) or _partner(page, p))))
    if not names:
        return _("Those who work with the family can read this")
    return _("%(names)s, and those who work with the family, can read this") % {"names": names}


def _partner(page: Opened, number: int) -> bool:
    person = page.people.persons.get(number)
    return person is not None and person.group == "partner"


def _opening(page: Opened, statement: Statement) -> str:
    """Whom a sentence is about to be opened to; '' for other acts."""
    names = page.showing.names(opens_to(statement))
    return _("You open it to %(names)s, not sent yet") % {"names": names} if names else ""


def _waits(page: Opened) -> dict[str, list[dict[str, Any]]]:
    """Own answers that settle still, by the id of what they answer."""
    found: dict[str, list[dict[str, Any]]] = {}
    for act in waiting(page.reader.person, family=page.reader.family):
        for statement in act.statements:
            if isinstance(statement.answers, str):
                words = statement.body.get("words", ())
                at = clock.moment(act.due_at).astimezone(page.showing.zone)
                found.setdefault(statement.answers, []).append(
                    {
                        "who": _opening(page, statement) or _("You, not sent yet"), "icon": "hourglass",
                        "text": words[0]["text"] if words else statement.body.get("reason", ""),
                        "meta": _("It goes into the record at %(time)s.") % {"time": f"{at:%H:%M}"},
                    }
                )  # fmt: skip
    return found

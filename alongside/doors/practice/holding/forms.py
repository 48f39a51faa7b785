"""What the forms of a meeting ask, and which verb each calls."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.dialogue.queries import standings
from alongside.doors.practice import days
from alongside.doors.practice.forms import Field, Typed, refusal
from alongside.doors.practice.page import Opened
from alongside.doors.practice.promising.forms import others
from alongside.families.queries import ids
from alongside.record.statement import Refused
from alongside.teams import holding, private
from alongside.teams.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Form:
    """One thing that falls. `words`: the button; `send(page, one, sent, at)` calls the verb."""

    name: str
    title: str
    words: str
    icon: str
    fields: tuple[Field, ...]


def everybody(page: Opened) -> dict[str, int]:
    """Who can be ticked: the reader first, and those who belong here, by name. {random id: number}."""
    return {id: number for number, id in ids([page.reader.person]).items()} | others(page)


def _there(page: Opened, one: Meeting) -> dict[str, int]:
    """Those who are ticked as here, the reader first."""
    come = [page.reader.person, *(person for person in one.there if person != page.reader.person)]
    public = ids(come)
    return {public[number]: number for number in come if number == page.reader.person or page.people.called(number)}


def _persons(page: Opened, one: Meeting, name: str, label: str, sent: Typed) -> Field:
    people = _there(page, one)
    chosen = sent.one(name) or next(iter(people))
    mine = page.reader.person
    return Field("choice", name, label, options=tuple(
        (id, _("I do") if number == mine and name == "owner" else page.showing.Name(number), id == chosen, "")
        for id, number in people.items()
    ))  # fmt: skip


def forms(page: Opened, one: Meeting, sent: Typed) -> tuple[Form, ...]:
    """What can be written as it falls: a promise, a decision, what somebody said."""
    decision = [Field("area", "decision", _("What is decided"), sent.one("decision"))]
    if not family_here(page, one):
        hint = _("Nobody of the family is ticked as here. Say why, or it is not decided.")
        decision.append(Field("line", "without", _("Why without the family"), sent.one("without"), hint))
    return (
        Form("promise", _("A promise"), _("Keep the promise"), "handshake", (
            Field("line", "words", _("What is promised"), sent.one("words")),
            _persons(page, one, "owner", _("Who does it"), sent),
            *days.fields(page.today, page.showing.lang, sent),
        )),
        Form("decide", _("A decision"), _("Keep the decision"), "check", tuple(decision)),
        Form("say", _("What somebody said"), _("Keep the words"), "quote", (
            _persons(page, one, "speaker", _("Who says it"), sent),
            Field("area", "said", _("In their words"), sent.one("said")),
        )),
    )  # fmt: skip


def family_here(page: Opened, one: Meeting) -> bool:
    """Whether somebody of the family is ticked as here."""
    here = standings(page.reader.family, now=page.now)
    return any(person in here and here[person].kind in holding.FAMILY for person in one.there)


def who_fields(page: Opened, one: Meeting, sent: Typed) -> tuple[Field, ...]:
    """Who is here, said anew."""
    fresh = "there" not in sent.values
    chosen = set(one.there) if fresh else {everybody(page).get(id) for id in sent.many("there")}
    options = tuple((id, page.showing.Name(n), n in chosen, "") for id, n in everybody(page).items())
    interpreter = sent.one("interpreter") if "interpreter" in sent.values else one.interpreter
    return (
        Field("chips", "there", _("Who is here"), options=options),
        Field("line", "interpreter", _("Interpreter, by name"), interpreter),
    )


def _promise(page: Opened, one: Meeting, sent: Typed, at: int) -> None:
    owner = _there(page, one).get(sent.one("owner"))
    if owner is None:
        raise Refused("to-nobody")
    holding.promise(owner=owner, text=sent.one("words"), due=days.due(sent), **_act(page, one, sent, at))


def _decide(page: Opened, one: Meeting, sent: Typed, at: int) -> None:
    holding.decide(text=sent.one("decision"), why=sent.one("without"), **_act(page, one, sent, at))


def _say(page: Opened, one: Meeting, sent: Typed, at: int) -> None:
    speaker = _there(page, one).get(sent.one("speaker"))
    if speaker is None:
        raise Refused("to-nobody")
    holding.say(speaker=speaker, text=sent.one("said"), **_act(page, one, sent, at))


def _came(page: Opened, one: Meeting, sent: Typed, at: int) -> None:
    people = everybody(page)
    there = [people[id] for id in dict.fromkeys(sent.many("there")) if id in people]
    unknown = [person for person in one.there if person not in people.values()]  # whom this reader knows not by name
    holding.came(
        by=page.reader, meeting=one.id, there=[*there, *unknown], interpreter=sent.one("interpreter"), at=at,
        once=sent.once,
    )  # fmt: skip


def _begin(page: Opened, one: Meeting, sent: Typed, at: int) -> None:
    private.begin(by=page.reader, meeting=one.id, at=at, once=sent.once)


def _end(page: Opened, one: Meeting, sent: Typed, at: int) -> None:
    private.end(by=page.reader, meeting=one.id, at=at, once=sent.once)


def _act(page: Opened, one: Meeting, sent: Typed, at: int) -> dict:
    return {"by": page.reader, "meeting": one.id, "lang": page.showing.lang, "at": at, "once": sent.once}


ACTS: dict[str, Callable[[Opened, Meeting, Typed, int], None]] = {
    "promise": _promise, "decide": _decide, "say": _say, "came": _came, "private-begin": _begin, "private-end": _end,
}  # fmt: skip


def refused(why: Refused) -> str:
    """What is not taken, in the words of these pages."""
    mine = {
        "no-day": _("Choose a day from today on, as 2026-12-01."),
        "family-not-there": _("Nobody of the family is here. Say why it is decided without them."),
        "private-time": _("It is the family’s private time. Nothing is written here until it is over."),
        "to-nobody": _("Choose who, among those who are here."),
        "not-to-them": _("One of those you ticked cannot be in this meeting. Ask your supervisor."),
        "told-only": _("This was written down once the meeting was over. Answer it on its own page."),
    }
    return mine.get(why.code) or refusal(why)

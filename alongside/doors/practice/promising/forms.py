"""What the forms about promises ask, and which verb each calls."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.dialogue.queries import standings
from alongside.doors.practice import days
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.sentence_forms import READ_BY_NAME, offered, people_chips, settles
from alongside.families.queries import ids
from alongside.promises import writing
from alongside.promises.promise import CONSTRAINTS, promises
from alongside.record.readers import STAFF
from alongside.record.statement import Refused
from alongside.teams.appointment import appointments

MAKES_POSSIBLE = (*STAFF, "consult", "partner")
OWNERS = (*STAFF, *READ_BY_NAME)
AROUND = (*OWNERS, "consult")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to say about a promise. `words`: the button; `send(page, id, sent, at)` calls the verb."""

    name: str
    title: str
    words: str
    fields: tuple[Field, ...]
    send: Callable[[Opened, str, Typed, int], object]
    main: bool = False


# a new one


def others(page: Opened) -> dict[str, int]:
    """Who else may be the one it is about: those who work with the family and those around it whom the reader
    knows by name. {random id: number}."""
    here = standings(page.reader.family, now=page.now, by=page.reader.person)
    may = [
        one
        for one, stands in here.items()
        if stands.safe and stands.kind in AROUND and one != page.reader.person and page.people.called(one)
    ]
    return {id: number for number, id in ids(may).items()}


def _kinds(page: Opened) -> dict[int, str]:
    return {one: stands.kind for one, stands in standings(page.reader.family, now=page.now).items()}


def new_fields(page: Opened, sent: Typed) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The four fields, and the one behind "more"."""
    people, choice, kinds = others(page), offered(page, None), _kinds(page)
    owner = sent.one("owner")
    owners = [("", _("I do"), owner == "", "")]
    owners += [(id, page.showing.Name(one), owner == id, "") for id, one in people.items() if kinds[one] in OWNERS]
    read = people_chips(page, choice, _guessed(page, sent, choice), _("Who can read it, beside your team"))
    first = (
        Field("area", "words", _("What is promised"), sent.one("words")),
        Field("choice", "owner", _("Who does it"), options=tuple(owners), hint=_(
            "A colleague is asked, and says yes or no. What somebody of the family said, you write down for them.")),
        *days.fields(page.today, page.showing.lang, sent),
        read,
    )  # fmt: skip
    possible = _possible(page, sent, people, kinds)
    return first, (possible,) if possible.options else ()


def _possible(page: Opened, sent: Typed, people: dict[str, int], kinds: dict[int, str]) -> Field:
    chosen = set(sent.many("possible"))
    may = [(id, page.showing.Name(n), id in chosen, "") for id, n in people.items() if kinds[n] in MAKES_POSSIBLE]
    return Field("chips", "possible", _("Who else must make it possible: money, a room, a yes"), options=tuple(may))


def met(page: Opened) -> tuple[int, ...]:
    """Who comes to the newest appointment where one comes oneself."""
    mine = [one for one in appointments(page.entries) if page.reader.person in one.there]
    return mine[-1].there if mine else ()


def _guessed(page: Opened, sent: Typed, choice: dict[str, int]) -> Typed:
    """Who reads it, until somebody says: those who read one's newest promise here, else whom one met last or
    meets next. Nobody is guessed because of what they are to each other."""
    if "words" in sent.values:
        return sent
    mine = [one for one in promises(page.entries) if one.owner == page.reader.person]
    last = {person for person in mine[-1].made.chosen} if mine else set()
    like = (last & set(choice.values())) or set(met(page))
    return Typed({**sent.values, "to": [id for id, number in choice.items() if number in like]}, sent.once)


def send_new(page: Opened, sent: Typed, at: int) -> object:
    """Make it, write it down for somebody of the family, or ask it of a colleague."""
    people, choice, kinds = others(page), offered(page, None), _kinds(page)
    owner = people.get(sent.one("owner"))
    if sent.one("owner") and owner is None:
        raise Refused("to-nobody")
    said = {
        "by": page.reader, "text": sent.one("words"), "due": days.due(sent), "lang": page.showing.lang, "at": at,
        "once": sent.once, "wait": settles(), "readers": _picked(sent, "to", choice),
    }  # fmt: skip
    if owner is not None and kinds[owner] in STAFF:
        return writing.ask(of=owner, **said)
    return writing.make(owner=owner, possible=_picked(sent, "possible", people), **said)


def _picked(sent: Typed, name: str, choice: dict[str, int]) -> list[int]:
    return [choice[id] for id in dict.fromkeys(sent.many(name)) if id in choice]


# what became of one


def acts_on_promise(page: Opened, sent: Typed, *, ours: bool) -> tuple[Act, ...]:
    """Kept, moved, not kept. `ours`: the reader's own, so that they say why."""
    why = _("They can read it.") if ours else ""
    stood = sent.one("constraint")
    options = tuple((value, str(words), stood == value, "") for value, words in CONSTRAINTS.items())
    return (
        Act("kept", _("It was kept"), _("Kept"), (
            Field("area", "words", _("A word about it, if you like"), sent.one("words")),
        ), _kept, main=True),
        Act("moved", _("It must wait"), _("Move it"), (
            *days.fields(page.today, page.showing.lang, sent, none=False, label=_("Until when")),
            Field("area", "why", _("Why"), sent.one("why"), why),
        ), _moved),
        Act("broken", _("It was not kept"), _("Say that it was not kept"), (
            Field("area", "reason", _("What happened"), sent.one("reason"), why),
            Field("choice", "constraint", _("What stood in the way, if it was not you"), options=(
                ("", _("nothing of these"), not stood, ""), *options), hint=_(
                "Then it is asked of those who must make it possible.")),
        ), _broken),
    )  # fmt: skip


def acts_on_ask(page: Opened, sent: Typed) -> tuple[Act, ...]:
    """Promise it, or say no with a reason."""
    words = sent.one("words") if "words" in sent.values else ""
    return (
        Act("promise", _("Promise it"), _("I promise this"), (
            Field("area", "words", _("What you promise"), words),
            *days.fields(page.today, page.showing.lang, sent),
        ), _promised, main=True),
        Act("decline", _("Say no"), _("I cannot promise this"), (
            Field("area", "reason", _("Why"), sent.one("reason"), _("They can read it.")),
        ), _declined),
    )  # fmt: skip


def _said(page: Opened, sent: Typed, name: str, at: int) -> dict:
    return {
        "by": page.reader, "text": sent.one(name), "lang": page.showing.lang, "at": at, "once": sent.once,
        "wait": settles(),
    }  # fmt: skip


def _kept(page: Opened, id: str, sent: Typed, at: int) -> object:
    return writing.keep(promise=id, **_said(page, sent, "words", at))


def _moved(page: Opened, id: str, sent: Typed, at: int) -> object:
    return writing.move(promise=id, due=days.due(sent), **_said(page, sent, "why", at))


def _broken(page: Opened, id: str, sent: Typed, at: int) -> object:
    constraint = sent.one("constraint")
    return writing.break_with_reason(promise=id, constraint=constraint, **_said(page, sent, "reason", at))


def _promised(page: Opened, id: str, sent: Typed, at: int) -> object:
    return writing.make(answers=id, due=days.due(sent), **_said(page, sent, "words", at))


def _declined(page: Opened, id: str, sent: Typed, at: int) -> object:
    return writing.decline(ask=id, **_said(page, sent, "reason", at))

"""The forms for one sentence: what each asks, and which verb it calls."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from alongside.dialogue import writing
from alongside.dialogue.queries import standings
from alongside.dialogue.said import Said
from alongside.doors.practice import acting, days
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened
from alongside.families.queries import ids
from alongside.promises import writing as promising
from alongside.record.reading import named
from alongside.record.statement import Refused

READ_BY_NAME = ("child", "parent", "carer", "network", "partner", "advocate")
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SentenceForm:
    """`may(page, said)`: to whom it is offered; `fields(page, said, sent)`; `send(page, said, sent, at)`."""

    done: str
    may: Callable[[Opened, Said], bool]
    words: Callable[[], Mapping[str, str]]
    fields: Callable[[Opened, Said, Typed], tuple[Field, ...]]
    send: Callable[[Opened, Said, Typed, int], object]


def settles() -> int:
    """Seconds before what a worker wrote is received."""
    return settings.SETTLES["staff"]


# answer


def _answer_fields(page: Opened, said: Said, sent: Typed) -> tuple[Field, ...]:
    return (Field("area", "words", _("Your answer"), sent.one("words")),)


def _answer(page: Opened, said: Said, sent: Typed, at: int) -> object:
    return writing.answer(
        by=page.reader, to=said.id, form="", text=sent.one("words"), lang=page.showing.lang, at=at, once=sent.once,
        wait=settles(),
    )  # fmt: skip


# say how a question was heard


def _heard_fields(page: Opened, said: Said, sent: Typed) -> tuple[Field, ...]:
    due = sent.one("due") or (page.today + WEEK).isoformat()
    hint = _("In your own words. They can say if you heard it wrong.")
    return (
        Field("area", "words", _("How you heard it"), sent.one("words"), hint),
        Field("date", "due", _("You answer by"), due),
    )


def _heard(page: Opened, said: Said, sent: Typed, at: int) -> object:
    try:
        due = dt.date.fromisoformat(sent.one("due").strip())
    except ValueError:
        raise Refused("no-day") from None
    if due < page.today:
        raise Refused("no-day")
    return writing.heard(
        by=page.reader, question=said.id, text=sent.one("words"), lang=page.showing.lang, due=due.isoformat(), at=at,
        once=sent.once,
    )  # fmt: skip


# promise something beside it


def _promise_fields(page: Opened, said: Said, sent: Typed) -> tuple[Field, ...]:
    return (
        Field("area", "words", _("What you promise"), sent.one("words")),
        *days.fields(page.today, page.showing.lang, sent),
    )


def _promise(page: Opened, said: Said, sent: Typed, at: int) -> object:
    return promising.make(
        by=page.reader, answers=said.id, text=sent.one("words"), due=days.due(sent), lang=page.showing.lang, at=at,
        once=sent.once, wait=settles(),
    )  # fmt: skip


# correct, take back


def _correct_fields(page: Opened, said: Said, sent: Typed) -> tuple[Field, ...]:
    hint = _("The right words stand first. The old ones stay beside them, for all who could read them.")
    words = sent.one("words") if "words" in sent.values else _words_now(said)
    return (Field("area", "words", _("The right words"), words, hint),)


def _words_now(said: Said) -> str:
    """The words that count: the newest correction, else the sentence itself."""
    return next((one.text for one in reversed(said.beside) if one.kind == "dialogue.correction"), said.text)


def _correct(page: Opened, said: Said, sent: Typed, at: int) -> object:
    if sent.one("words").split() == _words_now(said).split():
        raise Refused("nothing-changed")
    return writing.correct(
        by=page.reader, entry_id=said.id, text=sent.one("words"), lang=page.showing.lang, at=at, once=sent.once
    )


def _take_back_fields(page: Opened, said: Said, sent: Typed) -> tuple[Field, ...]:
    return (Field("area", "why", _("Why (you need not say)"), sent.one("why")),)


def _take_back(page: Opened, said: Said, sent: Typed, at: int) -> object:
    return writing.take_back(by=page.reader, entry_id=said.id, why=sent.one("why"), at=at, once=sent.once)


# open to more people


def offered(page: Opened, said: Said | None) -> dict[str, int]:
    """Who may be chosen as a reader: those around the family whom this reader knows by name, less those who
    read already and those nothing may go to by itself. {random id: number}."""
    have = {said.by, *(one for one, _why in named(page.reader, [said.entry]).get(said.entry.pk, ()))} if said else set()
    here = standings(page.reader.family, now=page.now, by=page.reader.person)
    may = [one for one, stands in here.items() if stands.safe and stands.kind in READ_BY_NAME and one not in have]
    return {id: number for number, id in ids([one for one in may if page.people.called(one)]).items()}


def people_chips(page: Opened, choice: Mapping[str, int], sent: Typed, label: str) -> Field:
    """The persons of `choice` as chips."""
    chosen = set(sent.many("to"))
    options = tuple((id, page.showing.Name(number), id in chosen, "") for id, number in choice.items())
    return Field("chips", "to", label, options=options)


def _open_fields(page: Opened, said: Said, sent: Typed) -> tuple[Field, ...]:
    fields = [people_chips(page, offered(page, said), sent, _("Who is to read it from now on"))]
    if _somebody_elses(said):
        ask = _("I have asked %(who)s, and they said yes") % {"who": page.showing.name(said.of)}
        fields.append(Field("check", "asked", ask, sent.one("asked"), _("These are their words. Ask them first.")))
    fields.append(Field("area", "reason", _("Why"), sent.one("reason"), _("In a few words. It stays in the record.")))
    return tuple(fields)


def _somebody_elses(said: Said) -> bool:
    return said.basis == "own" and said.of != said.by


def _open(page: Opened, said: Said, sent: Typed, at: int) -> object:
    choice = offered(page, said)
    to = [choice[id] for id in dict.fromkeys(sent.many("to")) if id in choice]
    if not to:
        raise Refused("to-nobody")
    if _somebody_elses(said) and not sent.one("asked"):
        raise Refused("not-asked")
    return writing.share(
        by=page.reader, entry_id=said.id, to=to, reason=sent.one("reason"), at=at, once=sent.once, wait=settles()
    )  # fmt: skip


# pin


def _places() -> dict[str, tuple[str, str]]:
    return {
        "words": (_("In their words"), _("large, on top of the page")),
        "good": (_("Good"), ""),
        "worry": (_("Worry"), ""),
        "wish": (_("Wish"), ""),
    }


def _pinned(page: Opened, said: Said) -> set[str]:
    return {on for on, one, _part in page.woven.pins if one.id == said.id}


def _pin_fields(page: Opened, said: Said, sent: Typed) -> tuple[Field, ...]:
    held = _pinned(page, said)
    options = tuple(
        (on, words, sent.one("on") == on, small) for on, (words, small) in _places().items() if on not in held
    )
    off = tuple(
        (f"off-{on}", _("Take it off: %(place)s") % {"place": words}, sent.one("on") == f"off-{on}", "")
        for on, (words, _small) in _places().items()
        if on in held
    )
    hint = _("Leave it empty for the whole sentence. Otherwise copy the part exactly as it stands.")
    return (
        Field("picks", "on", _("Where it is to stand"), options=options + off),
        Field("area", "part", _("Only this part of it"), sent.one("part"), hint),
    )


def _pin(page: Opened, said: Said, sent: Typed, at: int) -> object:
    on, part = sent.one("on"), sent.one("part").strip()
    off = on.startswith("off-")
    if on.removeprefix("off-") not in _places():
        raise Refused("nothing-chosen")
    if part and not off and part not in said.text:
        raise Refused("wrong-part")
    return writing.pin(
        by=page.reader, entry_id=said.id, on=on.removeprefix("off-"), part=part, at=at, once=sent.once, off=off
    )


FORMS = {
    "answer-n": SentenceForm("answer", acting.may_answer, lambda: {
        "title": _("Answer"), "send": _("Send the answer"),
        "lead": _("Your answer stands beside this sentence from now on. The one who wrote it reads it, and of "
                  "those who work with the family all who read the sentence."),
    }, _answer_fields, _answer),
    "heard": SentenceForm("heard", acting.may_say_heard, lambda: {
        "title": _("Say how you heard it"), "send": _("Send it now"),
        "lead": _("The one who asked sees at once that it arrived, and by when you answer."),
    }, _heard_fields, _heard),
    "promise-n": SentenceForm("promise", acting.may_promise, lambda: {
        "title": _("Promise something"), "send": _("I promise this"),
        "lead": _("It stands beside these words. Those who read them read it too."),
    }, _promise_fields, _promise),
    "correct": SentenceForm("correct", acting.may_correct, lambda: {
        "title": _("Correct it"), "send": _("Put the right words first"), "lead": "",
    }, _correct_fields, _correct),
    "take-back": SentenceForm("take-back", acting.may_take_back, lambda: {
        "title": _("Take it back"), "send": _("Take it back"),
        "lead": _("From then on it is not used any more, and the taking-back stands first. Those who had it can still "
                  "see it as it was known then."),
    }, _take_back_fields, _take_back),
    "open-to": SentenceForm("open-to", acting.may_open, lambda: {
        "title": _("Open it to more people"), "send": _("Open it"),
        "lead": _("They read this sentence from now on, and nothing else by it."),
    }, _open_fields, _open),
    "pin": SentenceForm("pin", acting.may_pin, lambda: {
        "title": _("Put it on the family’s page"), "send": _("Keep"),
        "lead": _("Everybody who may read the sentence sees it there. Its answers come with it."),
    }, _pin_fields, _pin),
}  # fmt: skip

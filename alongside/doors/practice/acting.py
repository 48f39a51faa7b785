"""What a worker may do with one sentence: answer, correct, take back, open, pin, say how it was heard.

Each act is offered only to those who may do it; the verb checks again, and what it refuses is said in
plain words beside what was typed.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.dialogue.narrowing import may_narrow
from alongside.dialogue.said import Said
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import of_family
from alongside.record.erased import ERASED


@dataclass(frozen=True, slots=True)
class Way:
    """A link to one act on one sentence. `main`: shown first, the others behind "More"."""

    name: str
    words: str
    icon: str
    href: str
    main: bool = False


def ways(page: Opened, said: Said) -> tuple[Way, ...]:
    """The acts this reader may do with this sentence; none as known then."""
    if not page.writing or said.taken_back or said.kind == ERASED:
        return ()
    words = {
        "answer-n": (_("Answer"), "message-square-plus"),
        "heard": (_("Say how you heard it"), "ear"),
        "promise-n": (_("Promise something"), "handshake"),
        "correct": (_("Correct it"), "pen-line"),
        "take-back": (_("Take it back"), "undo-2"),
        "open-to": (_("Open it to more people"), "user-round-plus"),
        "fewer": (_("Let fewer people read it"), "lock"),
        "pin": (_("Put it on the family’s page"), "pin"),
    }
    return tuple(
        Way(name, *words[name], reverse(name, args=(page.reader.code, said.id)), main=name in ("answer-n", "heard"))
        for name, may in MAY.items()
        if may(page, said)
    )


def _writes(page: Opened, said: Said) -> bool:
    return page.writing and not said.taken_back


def may_answer(page: Opened, said: Said) -> bool:
    """Everybody who reads it."""
    return _writes(page, said)


def may_say_heard(page: Opened, said: Said) -> bool:
    """A question of somebody else that nobody has said yet how they heard."""
    asked = said.kind == "dialogue.question" and said.by != page.reader.person
    return _writes(page, said) and asked and heard(said) is None


def heard(said: Said) -> Said | None:
    """What says how a question was heard, or what was promised to it."""
    return next((one for one in said.beside if one.kind in ("dialogue.heard", "promises.made")), None)


def may_promise(page: Opened, said: Said) -> bool:
    """Beside a question or an answer of somebody of the family."""
    theirs = said.kind in ("dialogue.question", "dialogue.answer") and of_family(page, said.of)
    return _writes(page, said) and theirs and said.by != page.reader.person


def may_correct(page: Opened, said: Said) -> bool:
    """Its author, of a statement in words."""
    return _writes(page, said) and said.by == page.reader.person and bool(said.text)


def may_take_back(page: Opened, said: Said) -> bool:
    """Whose words they are, or whose act it was. A promise is never taken back: it is broken with a reason."""
    if said.kind.startswith("promises."):
        return False
    whose = {"own": said.of, "act": said.by}.get(said.basis)
    return _writes(page, said) and page.reader.person == whose


def may_open(page: Opened, said: Said) -> bool:
    """Its author, who reads by mark, unless it is an answer or for professionals or sealed."""
    alone = said.kind not in ("dialogue.answer", "dialogue.question")
    return may_correct(page, said) and page.reader.by_mark and alone and said.entry.mark in ("team", "persons")


def may_fewer(page: Opened, said: Said) -> bool:
    """Its writer, of words that more than the named read today."""
    return _writes(page, said) and may_narrow(page.reader, said.entry, _mark(page, said))


def _mark(page: Opened, said: Said) -> str:
    """The mark that holds, as far as this page's entries tell."""
    marks = (one.body["mark"] for one in page.entries if one.kind == "record.remarked" and one.answers == said.entry.pk)
    return [said.entry.mark, *marks][-1]


def may_pin(page: Opened, said: Said) -> bool:
    """Those who read by mark, of a statement in words."""
    return _writes(page, said) and page.reader.by_mark and bool(said.text)


MAY = {
    "answer-n": may_answer,
    "heard": may_say_heard,
    "promise-n": may_promise,
    "pin": may_pin,
    "open-to": may_open,
    "fewer": may_fewer,
    "correct": may_correct,
    "take-back": may_take_back,
}

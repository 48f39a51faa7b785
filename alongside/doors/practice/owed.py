"""What is owed to the family: promises of those who work with them, and questions that wait (R21, R109)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import Said
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import of_family
from alongside.promises.promise import CONSTRAINTS, Promise, promises

SHOWN_AFTER = 14  # days a kept or broken promise still stands on the page


def owed(page: Opened) -> list[dict[str, Any]]:
    """All promises and waiting questions for the look's `promises`: the next due first, what was kept last."""
    return next_owed(page, None)[0]


def next_owed(page: Opened, most: int | None) -> tuple[list[dict[str, Any]], int]:
    """The same with no more than the `most` open promises that are due next, and how many more are open."""
    made = [one for one in promises(page.entries) if one.made.pk in page.woven.by_place]
    theirs = [one for one in made if not of_family(page, one.owner) and _stands(page, one)]
    theirs.sort(key=lambda one: (not one.open, one.due or "9999", one.made.pk))
    waiting = list(_questions(page, {one.made.answers for one in made}))
    still = [one for one in theirs if one.open]
    settled = [one for one in theirs if not one.open]
    lines = [[promise_line(page, one) for one in some] for some in (still[:most], settled)]
    return [*lines[0], *waiting, *lines[1]], len(still) - len(still[:most])


def _stands(page: Opened, one: Promise) -> bool:
    if not one.open:
        return page.today.toordinal() - _day(page, one.last.received) <= SHOWN_AFTER
    question = question_of(page, one)
    return question is None or not answered(question)


def _day(page: Opened, moment: Any) -> int:
    return moment.astimezone(page.showing.zone).date().toordinal()


def question_of(page: Opened, one: Promise) -> Said | None:
    """The question this promise was made beside."""
    asked = page.woven.by_place.get(one.made.answers) if one.made.answers is not None else None
    return asked if asked is not None and asked.kind == "dialogue.question" else None


def answered(question: Said) -> bool:
    """Whether somebody else has answered it."""
    return any(one.kind == "dialogue.answer" and one.by != question.of for one in question.beside)


def promise_line(page: Opened, one: Promise) -> dict[str, Any]:
    """A promise for the look's `promise`, with what happened to it, what stands beside it, and its own page."""
    made, question = page.woven.by_place[one.made.pk], question_of(page, one)
    who = page.showing.Name(one.owner)
    beside = [page.showing.answer(one) for one in made.beside]
    shown = {"who": f"{who}:", "what": made.first_line, "notes": [], "answers": beside}
    if question is not None:
        shown |= {"who": who, "what": _answers(page, question), "notes": [made.first_line]}
    shown["notes"] = [*shown["notes"], *_steps(page, one)]
    return {**shown, "state": one.state, "due": _due(page, one), "href": page.promise(one.made)}


def _answers(page: Opened, question: Said) -> str:
    names = {"asker": page.showing.name(question.of), "question": question.first_line}
    return _("answers %(asker)s: %(question)s") % names


def _due(page: Opened, one: Promise) -> str:
    if one.state == "kept":
        return _("kept, %(day)s") % {"day": page.showing.on(one.last.received)}
    if one.state == "broken":
        return _("not kept, %(day)s") % {"day": page.showing.on(one.last.received)}
    if not one.due:
        return ""
    over = one.due < page.today.isoformat() and not of_family(page, one.owner)  # a family is never late
    return (_("was to be by %(day)s") if over else _("by %(day)s")) % {"day": page.showing.due(one.due)}


def _steps(page: Opened, one: Promise) -> list[str]:
    """What happened to it since, in the words of the one who owes it."""
    notes, due = [], one.made.body.get("due")
    for step in one.steps:
        said = page.woven.by_place.get(step.pk)
        words = said.first_line if said else ""
        if step.kind == "promises.moved" and due and step.body.get("due") != due:
            words = _("Moved from %(day)s: %(words)s") % {"day": page.showing.due(due), "words": words}
        due = step.body.get("due", due)
        notes.append(words)
        if step.body.get("constraint") in CONSTRAINTS:
            notes.append(_("What stood in the way: %(what)s.") % {"what": CONSTRAINTS[step.body["constraint"]]})
    return [note for note in notes if note]


def _questions(page: Opened, promised: set[int | None]) -> Iterator[dict[str, Any]]:
    """Questions of the family nobody has answered yet, and that are not to one of themselves."""
    for place, said in page.woven.by_place.items():
        if said.kind != "dialogue.question" or place in promised or not of_family(page, said.of):
            continue
        to = said.entry.body.get("to")
        if said.taken_back or answered(said) or (to is not None and of_family(page, to)):
            continue
        yield question_line(page, said)


def question_line(page: Opened, said: Said) -> dict[str, Any]:
    """A question that waits, for the look's `promise`: how it was heard and by when, or that nobody said so yet."""
    heard = next((one for one in reversed(said.beside) if one.kind == "dialogue.heard"), None)
    if heard is not None:
        return {
            "state": "open", "who": page.showing.Name(heard.by), "what": _answers(page, said),
            "due": _("by %(day)s") % {"day": page.showing.due(heard.due)} if heard.due else "",
            "notes": [heard.first_line], "answers": [page.showing.answer(one) for one in heard.beside],
            "href": page.note(said),
        }  # fmt: skip
    by = _("by %(day)s") % {"day": page.showing.due(said.due)} if said.due else ""
    asks = _("says it is not enough: %(words)s") if said.form == "not-enough" else _("asks: %(words)s")
    return {
        "state": "open", "who": page.showing.Name(said.of), "what": asks % {"words": said.first_line},
        "due": by or page.showing.when(said), "notes": [_("Nobody has said yet how they heard it.")], "answers": [],
        "href": page.note(said),
    }  # fmt: skip

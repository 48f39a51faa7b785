"""The forms of the plan's pages: what each asks, and what was typed as a verb takes it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from alongside.doors.planned.side import Side, not_now
from alongside.doors.practice.forms import Field, Typed, afresh
from alongside.record.statement import Refused

REFUSED = 422
POINT = re.compile(r"point-(\d+)")


@dataclass(frozen=True)
class Form:
    """`boxes(sent)`: what is asked; `send(sent)` calls the verb. `back`: the page it belongs to and returns to;
    `came`: where its way back leads, if that page is not there yet.
    `hidden`: more hidden values. `ask`: whose refusal makes the form say more, by code."""

    title: str
    lead: str
    boxes: Callable[[Typed], Sequence[Field]]
    send: Callable[[Typed], object]
    button: str
    back: str = "plan"
    back_words: str = ""
    came: str = ""
    done: str = "promise"
    hidden: tuple[tuple[str, str], ...] = ()
    above: str = ""


def answer_form(side: Side, form: Form) -> HttpResponse:
    """The form, again with a sentence where its words were not taken; after the act on to its page."""
    if away := not_now(side):
        return away
    sent, wrong, hidden = side.typed(), "", dict(form.hidden)
    if side.request.method == "POST":
        try:
            form.send(sent)
            return side.to(form.back, form.done)
        except Refused as why:
            wrong = side.refusal(why)
            sent = afresh(sent) if why.code == "other-words" else sent
            if why.code == "service-word":
                hidden["sure"] = "1"
    boxes = tuple(form.boxes(sent))
    return side.page(
        "form",
        form=form,
        boxes=boxes,
        wrong=wrong,
        more_hidden=hidden,
        once=sent.once,
        status=REFUSED if wrong else 200,
    )


def chips(side: Side, choice: dict[str, int], sent: Typed, name: str, label: str, kind: str = "chips") -> Field:
    """Persons to tap. `kind`: chips for several, choice for one."""
    chosen = set(sent.many(name))
    options = tuple((value, side.showing.Name(number), value in chosen, "") for value, number in choice.items())
    return Field(kind, name, label, options=options)


def picked(choice: dict[str, int], sent: Typed, name: str) -> list[int]:
    """The persons that were tapped, among those that were offered."""
    return [choice[value] for value in dict.fromkeys(sent.many(name)) if value in choice]


def one_of(choice: dict[str, int], sent: Typed, name: str) -> int | None:
    return choice.get(sent.one(name))


def lines(text: str) -> list[str]:
    """One thing a line."""
    return [line for line in text.splitlines() if line.strip()]


def points_typed(sent: Typed) -> list[tuple[int, str]]:
    """The points of a form: (key in the version before, or 0, words), those that were there first, in their order."""
    found = [(int(POINT.fullmatch(name)[1]), sent.one(name)) for name in sent.values if POINT.fullmatch(name)]
    new = [(0, sent.one(name)) for name in sorted(sent.values) if name.startswith("new-")]
    return [*found, *new, *((0, line) for line in lines(sent.one("more")))]

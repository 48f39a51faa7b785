"""The composer as its template shows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.noting import REVIEW_WITHIN
from alongside.dialogue.suggest import Hint, hints
from alongside.doors.practice.writing.company import Company, Someone
from alongside.doors.practice.writing.form import Form, Piece
from alongside.doors.practice.writing.giveaway import stand_in
from alongside.doors.practice.writing.meant import Meant
from alongside.doors.practice.writing.sentences import (
    left_out,
    not_by_itself,
    there_names,
    when_and_where,
    who_reads,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph with its settings. `number`: of its fields; `left`: who does not read it, in words; `gives`: words
    in it that would give somebody away, with whether they are chosen."""

    number: int
    piece: Piece
    hints: tuple[Hint, ...]
    error: str
    left: str
    gives: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Page:
    """Everything the composer shows. `reads`: who can read, in two parts. `more`: people behind "Add".
    `named`: ids of those who read the note by name; `team`: whether the helpers read it."""

    form: Form
    family: str
    near: tuple[Someone, ...]
    more: tuple[Someone, ...]
    readable: tuple[Someone, ...]
    named: frozenset[str]
    team: bool
    speakers: tuple[Someone, ...]
    colleagues: tuple[Someone, ...]
    there_names: str
    reads: tuple[str, str]
    without: tuple[str, ...]
    line: str
    when: str
    blocks: tuple[Block, ...]
    errors: tuple[tuple[str, str], ...]
    ask_again: bool
    may_show: bool
    withholds: bool
    until: tuple[str, str]
    notice: str = ""

    def error(self, field: str) -> str:
        """The sentence for a field, or ''."""
        return next((words for id, words in self.errors if id == field), "")

    @property
    def looked_over(self) -> bool:
        """Whether paragraphs stand apart already."""
        return bool(self.blocks)


def composer(
    form: Form, company: Company, meant: Meant, *, today: dt.date, lang: str,
    errors: Sequence[tuple[str, str]] = (), notice: str = "",
) -> Page:  # fmt: skip
    """The page for a form. `errors` are shown besides nothing else: a fresh page has none."""
    apart = form.pieces
    wrong = dict(errors)
    ticked = set(form.there)
    near = tuple(one for one in company.everyone if one.near or one.id in ticked)
    guess = dates.canonical(form.guess) or dates.UNSAID
    blocks = tuple(
        Block(
            n, piece, tuple(hints(piece.text, lang, piece.basis)), wrong.get(f"f-p-{n}", ""), left_out(meant, piece),
            tuple((words, words in piece.gives) for words in stand_in(piece.text, company.places, piece.gives)),
        )
        for n, piece in enumerate(apart)
    )  # fmt: skip
    return Page(
        form=form, family=company.family, near=near, more=tuple(one for one in company.everyone if one not in near),
        readable=company.readable, speakers=company.everyone,
        colleagues=company.colleagues,
        named=frozenset(one.id for one in meant.circle.named), team=meant.circle.mark == "team",
        there_names=there_names(meant), reads=who_reads(meant), without=tuple(not_by_itself(meant.circle)),
        line=when_and_where(form, meant.so, today, lang), when=form.when or dates.show(guess, lang, today),
        blocks=blocks, errors=tuple(errors), ask_again=meant.ask_again, may_show=bool(meant.shown_to_all),
        withholds=company.reader.by_mark, notice=notice,
        until=((today + dt.timedelta(days=1)).isoformat(), (today + dt.timedelta(days=REVIEW_WITHIN)).isoformat()),
    )  # fmt: skip


def ways() -> list[tuple[str, str]]:
    """How one met."""
    return [("visit", _("Visit")), ("call", _("Call")), ("message", _("Message")), ("meeting", _("Meeting"))]


def sources() -> list[tuple[str, str]]:
    """How we know, as a writer says it."""
    return [
        ("own-words", _("own words")),
        ("seen", _("I saw")),
        ("told", _("told us")),
        ("professional-view", _("I think")),
    ]

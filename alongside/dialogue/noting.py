"""A note: a visit, call or other conversation with what was said in it, as one act that settles.

Looked over before somebody else is shown it, and kept: both say the same statements.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside import dates
from alongside.dialogue.across import none_in_danger
from alongside.dialogue.queries import staff_of
from alongside.dialogue.writing import may_write, worded
from alongside.families.telling import LOOKED_AT_AGAIN
from alongside.record import settling
from alongside.record.readers import Reader
from alongside.record.sealing import refuse_sealed
from alongside.record.settling import Waiting
from alongside.record.statement import Earlier, Refused, Statement

SHOWN = ("right", "not-quite", "added")
REVIEW_WITHIN = 90  # days


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a note. `basis` as in the record; `speaker`: whose words (None: the writer's);
    `via`: through whom; `only`: named readers for this paragraph alone (None: as the whole note). Marked sealed, it is
    for workers alone, named in `only`; `terms`: the words in it that must not leave (R95)."""

    text: str
    basis: str = "seen"
    speaker: int | None = None
    via: tuple[int, ...] = ()
    about: tuple[int, ...] = ()
    only: tuple[int, ...] | None = None
    mark: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is written of one conversation. `by`: the Reader who writes; `at`: the moment in microseconds.

    `there`: persons who were present; `readers`: persons named as readers beside the helpers (present
    when they were there, else addressed); `how`: visit, call, message, meeting, other. With one paragraph
    and nobody there the note is still a conversation, so that it has one place and one date.
    `why`, `review` (ISO date within 90 days): needed under the mark professionals. `shown`: what those who
    were there said when it was shown to them, {"answer": one of SHOWN, "words": ""} (R11, R70).
    """

    by: Reader
    paragraphs: Sequence[Paragraph]
    there: Sequence[int]
    readers: Sequence[int]
    mark: str
    so: dates.Partial
    place: str
    how: str
    lang: str
    written_at: int | None
    saw: int | None
    at: int
    why: str = ""
    review: str = ""
    shown: Mapping[str, str] | None = None


def note(one: Note, *, once: str, wait: int) -> Waiting | None:
    """Keep it, to be received after `wait` seconds. `once`: the writer's own key for this act. Raises Refused:
    not-any-more, no-words, not-yours-to-mark, no-reason, no-review, to-nobody (a sealed paragraph), not-to-them,
    other-words, unknown-form, too-long, not-text; and SealedWords."""
    return settling.save(_said(one), family=one.by.family, by=one.by.person, once=once, at=one.at, wait=wait)


def look_over(one: Note) -> None:
    """Whether it would be kept: nothing is. Raises as `note` does."""
    refuse_sealed(_said(one), family=one.by.family, by=one.by.person, now=one.at)


def _said(one: Note) -> list[Statement]:
    """The conversation, and within it each paragraph that says something."""
    may_write(one.by)
    mark = one.mark or "team"
    spoken = [paragraph for paragraph in one.paragraphs if paragraph.text.strip()]
    if not spoken:
        raise Refused("no-words")
    _mark_allowed(one.by, mark)
    none_in_danger(one.by.family, tuple(dict.fromkeys(one.readers)))
    everybody = tuple(dict.fromkeys((*one.there, *(person for paragraph in spoken for person in paragraph.about))))
    when = {
        "so": one.so.text or None, "so_first": one.so.first, "so_last": one.so.last, "written_at": one.written_at,
        "saw": one.saw,
    }  # fmt: skip
    readers = _named(one.readers, one.there)
    said = [Statement("dialogue.conversation", _body(one, mark), about=everybody, mark=mark, readers=readers, **when)]
    for paragraph in spoken:
        sealed, only = _only_for(one, paragraph, mark)
        said.append(
            Statement(
                "dialogue.passage", {"words": worded(paragraph.text, one.lang)} | sealed, speaker=paragraph.speaker,
                via=paragraph.via, basis=paragraph.basis, mark=paragraph.mark or mark,
                about=paragraph.about or everybody, readers=_named(only, one.there), within=Earlier(0), **when,
            )
        )  # fmt: skip
    return said


def _body(one: Note, mark: str) -> dict[str, Any]:
    """What the conversation itself says."""
    body: dict[str, Any] = {"how": one.how, "place": one.place, "there": list(one.there)}
    if mark == "professionals":
        body |= _withheld(one)
    if one.shown:
        if one.shown["answer"] not in SHOWN:
            raise Refused("unknown-form")
        body["shown"] = {"answer": one.shown["answer"], "words": one.shown.get("words", "").strip()}
    return body


def _withheld(one: Note) -> dict[str, str]:
    """What must be said where a family does not read along: why, and when that is looked at again."""
    if not one.why.strip():
        raise Refused("no-reason")
    try:
        day = dt.date.fromisoformat(one.review).toordinal()
    except ValueError:
        raise Refused("no-review") from None
    if not one.by.today < day <= one.by.today + REVIEW_WITHIN:
        raise Refused("no-review")
    return {"why": one.why.strip(), "review": one.review}


def _only_for(one: Note, paragraph: Paragraph, mark: str) -> tuple[dict[str, Any], Sequence[int]]:
    """What a paragraph holds besides its words where it is sealed, and who is named on it."""
    _mark_allowed(one.by, paragraph.mark or mark)
    if paragraph.mark == "sealed":
        return _sealed(one, paragraph, mark), paragraph.only or ()
    if paragraph.only is None:
        return {}, one.readers
    return {}, [person for person in paragraph.only if person in set(one.readers) or mark != "team"]


def _sealed(one: Note, paragraph: Paragraph, mark: str) -> dict[str, Any]:
    """What a sealed paragraph holds beside its words: those that must not leave, and when it is looked at again.
    Only workers are named on it, and in a note for named people only such as read the note."""
    named_on_it = set(paragraph.only or ()) - {one.by.person}
    if not named_on_it:
        raise Refused("to-nobody")
    of_the_team = mark in ("team", "professionals")
    may_read = staff_of(one.by.family, sorted(named_on_it)) if of_the_team else set(one.readers)
    if named_on_it - may_read:
        raise Refused("not-to-them")
    again = dt.date.fromordinal(one.by.today + LOOKED_AT_AGAIN).isoformat()
    return {"terms": list(paragraph.terms), "review": again}


def _named(readers: Sequence[int], there: Sequence[int]) -> tuple[tuple[int, str], ...]:
    return tuple((p, "present" if p in there else "addressed") for p in dict.fromkeys(readers))


def _mark_allowed(by: Reader, mark: str) -> None:
    if mark in ("professionals", "sealed") and not by.by_mark:
        raise Refused("not-yours-to-mark")

"""Saying something: the verbs of this room. Each checks who may do it, then hands one act to the record.

Everything by keyword; `by` is the Reader who writes, `at` the moment in microseconds, `once` the writer's
own key for this act. Raises Refused with a code; the words stay with the writer.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from alongside import dates
from alongside.dialogue.across import addressed_to, back_to, none_in_danger, professionals, reached
from alongside.dialogue.conversation import FORMS
from alongside.dialogue.queries import staff_of
from alongside.families.telling import LOOKED_AT_AGAIN
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.marks import released, taken_back
from alongside.record.readers import Reader
from alongside.record.reading import find, mark_now
from alongside.record.sealing import refuse_sealed
from alongside.record.settling import Waiting
from alongside.record.statement import Earlier, Receipt, Refused, Statement

SETTLES = 600  # seconds; a family's replies 60, the demo 15: see settings
ON = ("words", "good", "worry", "wish")
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


def worded(text: str, lang: str) -> list[dict[str, str]]:
    """The words of a statement, as a body holds them: [{lang, text}]. Raises Refused: no-words."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("no-words")
    return [{"lang": lang, "text": text}]


def may_write(by: Reader) -> None:
    """New words of this reader are taken. Raises Refused: not-any-more."""
    if not by.writes:
        raise Refused("not-any-more")


def _not_urgent(by: Reader) -> None:
    """An emergency is for reading: nothing is taken back in it and nothing opened to others."""
    if by.urgent:
        raise Refused("not-any-more")


def note(
    *, by: Reader, paragraphs: Sequence[Paragraph], there: Sequence[int], readers: Sequence[int], mark: str,
    so: dates.Partial, place: str, how: str, lang: str, written_at: int | None, saw: int | None, at: int,
    once: str, wait: int | None, why: str = "", review: str = "", shown: Mapping[str, str] | None = None,
) -> Waiting | None:  # fmt: skip
    """A visit, call or other conversation with what was said in it, as one act that settles.

    `there`: persons who were present; `readers`: persons named as readers beside the helpers (present
    when they were there, else addressed); `how`: visit, call, message, meeting, other. With one paragraph
    and nobody there the note is still a conversation, so that it has one place and one date.
    `why`, `review` (ISO date within 90 days): needed under the mark professionals. `shown`: what those who
    were there said when it was shown to them, {"answer": one of SHOWN, "words": ""} (R11, R70).
    `wait`: None keeps nothing; it is only looked whether the note is taken. Raises SealedWords.
    Raises Refused: not-any-more, no-words, not-yours-to-mark, no-reason, no-review, to-nobody (a sealed paragraph),
    not-to-them, other-words, unknown-form, too-long, not-text.
    """
    may_write(by)
    mark = mark or "team"
    spoken = [p for p in paragraphs if p.text.strip()]
    if not spoken:
        raise Refused("no-words")
    _mark_allowed(by, mark)
    none_in_danger(by.family, tuple(dict.fromkeys(readers)))
    everybody = tuple(dict.fromkeys((*there, *(person for p in spoken for person in p.about))))
    when = {
        "so": so.text or None,
        "so_first": so.first,
        "so_last": so.last,
        "written_at": written_at,
        "saw": saw,
    }
    body: dict[str, Any] = {"how": how, "place": place, "there": list(there)}
    if mark == "professionals":
        body |= _withheld(by, why, review)
    if shown:
        if shown["answer"] not in SHOWN:
            raise Refused("unknown-form")
        body["shown"] = {"answer": shown["answer"], "words": shown.get("words", "").strip()}
    head = Statement("dialogue.conversation", body, about=everybody, mark=mark, readers=_named(readers, there), **when)
    said = [head]
    for one in spoken:
        _mark_allowed(by, one.mark or mark)
        only = readers if one.only is None else [p for p in one.only if p in set(readers) or mark != "team"]
        sealed = _sealed(by, one, mark, readers) if one.mark == "sealed" else {}
        only = one.only or () if sealed else only
        said.append(
            Statement(
                "dialogue.passage", {"words": worded(one.text, lang)} | sealed, speaker=one.speaker, via=one.via,
                basis=one.basis, mark=one.mark or mark, about=one.about or everybody,
                readers=_named(only, there), within=Earlier(0), **when,
            )
        )  # fmt: skip
    if wait is None:
        refuse_sealed(said, family=by.family, by=by.person, now=at)
        return None
    return settling.save(said, family=by.family, by=by.person, once=once, at=at, wait=wait)


def _withheld(by: Reader, why: str, review: str) -> dict[str, str]:
    """What must be said where a family does not read along: why, and when that is looked at again."""
    if not why.strip():
        raise Refused("no-reason")
    try:
        day = dt.date.fromisoformat(review).toordinal()
    except ValueError:
        raise Refused("no-review") from None
    if not by.today < day <= by.today + REVIEW_WITHIN:
        raise Refused("no-review")
    return {"why": why.strip(), "review": review}


def _sealed(by: Reader, one: Paragraph, mark: str, readers: Sequence[int]) -> dict[str, Any]:
    """What a sealed paragraph holds beside its words: those that must not leave, and when it is looked at again.
    Only workers are named on it, and in a note for named people only such as read the note."""
    named_on_it = set(one.only or ()) - {by.person}
    if not named_on_it:
        raise Refused("to-nobody")
    may_read = staff_of(by.family, sorted(named_on_it)) if mark in ("team", "professionals") else set(readers)
    if named_on_it - may_read:
        raise Refused("not-to-them")
    again = dt.date.fromordinal(by.today + LOOKED_AT_AGAIN).isoformat()
    return {"terms": list(one.terms), "review": again}


def _named(readers: Sequence[int], there: Sequence[int]) -> tuple[tuple[int, str], ...]:
    return tuple((p, "present" if p in there else "addressed") for p in dict.fromkeys(readers))


def _mark_allowed(by: Reader, mark: str) -> None:
    if mark in ("professionals", "sealed") and not by.by_mark:
        raise Refused("not-yours-to-mark")


def own_words(
    *, by: Reader, text: str, to: Sequence[int], lang: str, so: dates.Partial, at: int, once: str, wait: int,
    kind: str = "dialogue.passage",
) -> Waiting | None:  # fmt: skip
    """A family member writes in their own words. Helpers read it, and those the writer names in `to`."""
    may_write(by)
    statement = Statement(
        kind, {"words": worded(text, lang)}, basis="own-words", about=(by.person,), so=so.text or None,
        so_first=so.first, so_last=so.last, readers=addressed_to(by, to),
    )  # fmt: skip
    return settling.save([statement], family=by.family, by=by.person, once=once, at=at, wait=wait)


def only_for(
    *, by: Reader, text: str, to: Sequence[int], lang: str, at: int, once: str, wait: int,
    kind: str = "dialogue.passage",
) -> Waiting | None:  # fmt: skip
    """Own words for one or a few named people and nobody else."""
    may_write(by)
    statement = Statement(
        kind, {"words": worded(text, lang)}, basis="own-words", about=(by.person,), mark="persons",
        readers=addressed_to(by, to),
    )  # fmt: skip
    return settling.save([statement], family=by.family, by=by.person, once=once, at=at, wait=wait)


def answer(
    *, by: Reader, to: str, form: str, text: str, lang: str, at: int, once: str, wait: int, point: int = 0
) -> Waiting | None:
    """An answer that stands beside its sentence from now on (R3, R5). A grade alone is enough. `point`: the key of
    the point of a plan it is about, 0 for the whole.

    Read by its author and by the professionals who read the sentence; by other family members only by an
    act of its author and a worker. Raises Refused: not-found, no-words, unknown-form.
    """
    may_write(by)
    entry = find(by, to)
    if entry is None:
        raise Refused("not-found")
    if form and form not in FORMS:
        raise Refused("unknown-form")
    if not form and not text.strip() or form in ("add", "ask") and not text.strip():
        raise Refused("no-words")
    body: dict[str, Any] = {"form": form} if form else {}
    if text.strip():
        body["words"] = worded(text, lang)
    if entry.author not in (by.person,):
        body["to"] = entry.author
    if point:
        body["point"] = point
    statement = Statement(
        "dialogue.question" if form == "ask" else "dialogue.answer", body,
        basis="own-words" if by.kin else "act", mark=mark_now(entry), about=(by.person,) if by.kin else entry.about,
        answers=entry.id, readers=professionals(by, entry),
    )  # fmt: skip
    return settling.save([statement], family=by.family, by=by.person, once=once, at=at, wait=wait)


def heard(*, by: Reader, question: str, text: str, lang: str, due: str, at: int, once: str) -> list[Receipt]:
    """Say how a question was heard and by when it is answered (R109). `due`: ISO date. Settles at once,
    so that the asker sees that it arrived."""
    may_write(by)
    entry = find(by, question)
    if entry is None or entry.kind != "dialogue.question":
        raise Refused("not-found")
    statement = Statement(
        "dialogue.heard", {"words": worded(text, lang), "due": due}, mark=mark_now(entry), answers=entry.id,
        about=entry.about, readers=back_to(by, entry),
    )  # fmt: skip
    return append([statement], family=by.family, by=by.person, once=once, at=at)


def correct(*, by: Reader, entry_id: str, text: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Put the right words before one's own wrong ones; the old stay beside, for all who read them."""
    may_write(by)
    entry = find(by, entry_id)
    if entry is None:
        raise Refused("not-found")
    if entry.author != by.person:
        raise Refused("not-yours")
    statement = Statement(
        "dialogue.correction", {"words": worded(text, lang)}, mark=mark_now(entry), answers=entry.id, about=entry.about,
        readers=back_to(by, entry), basis=entry.basis,
    )  # fmt: skip
    return append([statement], family=by.family, by=by.person, once=once, at=at)


def take_back(*, by: Reader, entry_id: str, why: str, at: int, once: str) -> list[Receipt]:
    """Take back one's own words (R126), whoever wrote them down, or an act of one's own. Nobody takes back
    what somebody else said."""
    _not_urgent(by)
    entry = find(by, entry_id)
    if entry is None:
        raise Refused("not-found")
    if by.person != {"own-words": entry.speaker, "act": entry.author}.get(entry.basis):
        raise Refused("not-yours")
    statement = replace(taken_back(entry, back_to(by, entry), why.strip()), mark=mark_now(entry))
    return append([statement], family=by.family, by=by.person, once=once, at=at)


def share(
    *, by: Reader, entry_id: str, to: Sequence[int], reason: str, at: int, once: str, wait: int
) -> Waiting | None:  # fmt: skip
    """Open an entry to more persons of the family, after a wait in which it can be undone: nobody has it yet.

    A worker gives a reason (released); a family member opens only what they said or wrote themselves (shared).
    Never to somebody under hazard, never what was marked for professionals or sealed, and never an answer:
    that takes its author and a worker together (R5) and has no page yet. Whoever is under hazard is refused nothing for
    it: what they share opens to those who work here, and they see whom they chose.
    """
    _not_urgent(by)
    entry = find(by, entry_id)
    if entry is None:
        raise Refused("not-found")
    if mark_now(entry) in ("professionals", "sealed"):
        raise Refused("not-to-share")
    if entry.answers is not None and entry.kind in ("dialogue.answer", "dialogue.question"):
        raise Refused("not-to-share")
    if not by.by_mark and not (by.kin and by.person in (entry.author, entry.speaker)):
        raise Refused("not-yours")
    if not by.kin and not reason.strip():
        raise Refused("no-reason")
    near = reached(by, to)
    because = "shared" if by.kin else "released"
    act = replace(released(entry, *near, because=because, giver=by.person, reason=reason.strip()), mark=mark_now(entry))
    if set(to) - set(near):
        act = replace(act, body={**act.body, "chosen": list(dict.fromkeys(to))})
    return settling.save([act], family=by.family, by=by.person, once=once, at=at, wait=wait)


def praise(*, by: Reader, text: str, to: Sequence[int], lang: str, at: int, once: str, wait: int) -> Waiting | None:
    """Put in writing that something went well (R17): its own page, for those it is to."""
    may_write(by)
    if not to:
        raise Refused("to-nobody")
    statement = Statement(
        "dialogue.praise", {"words": worded(text, lang)}, basis="seen", about=tuple(to), readers=addressed_to(by, to)
    )
    return settling.save([statement], family=by.family, by=by.person, once=once, at=at, wait=wait)


def pin(*, by: Reader, entry_id: str, on: str, part: str, at: int, once: str, off: bool = False) -> list[Receipt]:
    """Put a sentence, or a part of it word for word, on the family's first page; or take it off again."""
    may_write(by)
    entry = find(by, entry_id)
    if entry is None or on not in ON:
        raise Refused("not-found")
    if part and not any(part in one["text"] for one in entry.body.get("words", ())):
        raise Refused("other-words")
    body = {"on": on, **({"part": part} if part and not off else {})}
    kind = "dialogue.unpinned" if off else "dialogue.pinned"
    statement = Statement(kind, body, mark=mark_now(entry), answers=entry.id, readers=back_to(by, entry))
    return append([statement], family=by.family, by=by.person, once=once, at=at)

"""Saying something: the verbs of this room. Each checks who may do it, then hands one act to the record.

Everything by keyword; `by` is the Reader who writes, `at` the moment in microseconds, `once` the writer's
own key for this act. Raises Refused with a code; the words stay with the writer.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from alongside import dates
from alongside.dialogue.across import addressed_to, back_to, professionals, reached
from alongside.dialogue.conversation import FORMS
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.marks import released, taken_back
from alongside.record.readers import Reader
from alongside.record.reading import find, mark_now
from alongside.record.settling import Waiting
from alongside.record.statement import Receipt, Refused, Statement

ON = ("words", "good", "worry", "wish")


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

"""Saying something: the verbs of this room. Each checks who may do it, then hands one act to the record.

Everything by keyword; `by` is the Reader who writes, `at` the moment in microseconds, `once` the writer's
own key for this act. Raises Refused with a code; the words stay with the writer.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside import dates
from alongside.dialogue.conversation import FORMS
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.entry import Entry, first_pk
from alongside.record.marks import released, taken_back
from alongside.record.readers import PASSES_A_HAZARD, STAFF, Reader
from alongside.record.reading import find, named, rows
from alongside.record.settling import Waiting
from alongside.record.statement import Earlier, Receipt, Refused, Statement

SETTLES = 600  # seconds; a family's replies 60, the demo 15: see settings
ON = ("words", "good", "worry", "wish")
SHOWN = ("right", "not-quite", "added")
REVIEW_WITHIN = 90  # days


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a note. `basis` as in the record; `speaker`: whose words (None: the writer's);
    `via`: through whom; `only`: named readers for this paragraph alone (None: as the whole note)."""

    text: str
    basis: str = "seen"
    speaker: int | None = None
    via: tuple[int, ...] = ()
    about: tuple[int, ...] = ()
    only: tuple[int, ...] | None = None
    mark: str = ""


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
    once: str, wait: int, why: str = "", review: str = "", shown: Mapping[str, str] | None = None,
) -> Waiting | None:  # fmt: skip
    """A visit, call or other conversation with what was said in it, as one act that settles.

    `there`: persons who were present; `readers`: persons named as readers beside the helpers (present
    when they were there, else addressed); `how`: visit, call, message, meeting, other. With one paragraph
    and nobody there the note is still a conversation, so that it has one place and one date.
    `why`, `review` (ISO date within 90 days): needed under the mark professionals. `shown`: what those who
    were there said when it was shown to them, {"answer": one of SHOWN, "words": ""} (R11, R70).
    Raises Refused: not-any-more, no-words, not-yours-to-mark, no-reason, no-review, not-to-them, other-words,
    unknown-form, too-long, not-text.
    """
    may_write(by)
    mark = mark or "team"
    spoken = [p for p in paragraphs if p.text.strip()]
    if not spoken:
        raise Refused("no-words")
    _mark_allowed(by, mark)
    _none_in_danger(by.family, tuple(dict.fromkeys(readers)))
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
        said.append(
            Statement(
                "dialogue.passage", {"words": worded(one.text, lang)}, speaker=one.speaker, via=one.via,
                basis=one.basis, mark=one.mark or mark, about=one.about or everybody,
                readers=_named(only, there), within=Earlier(0), **when,
            )
        )  # fmt: skip
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


def _named(readers: Sequence[int], there: Sequence[int]) -> tuple[tuple[int, str], ...]:
    return tuple((p, "present" if p in there else "addressed") for p in dict.fromkeys(readers))


def _mark_allowed(by: Reader, mark: str) -> None:
    if mark == "professionals" and not by.by_mark:
        raise Refused("not-yours-to-mark")


def own_words(
    *, by: Reader, text: str, to: Sequence[int], lang: str, so: dates.Partial, at: int, once: str, wait: int,
    kind: str = "dialogue.passage",
) -> Waiting | None:  # fmt: skip
    """A family member writes in their own words. Helpers read it, and those the writer names in `to`."""
    may_write(by)
    across_no_hazard(by, to)
    statement = Statement(
        kind, {"words": worded(text, lang)}, basis="own-words", about=(by.person,), so=so.text or None,
        so_first=so.first, so_last=so.last, readers=_named(to, ()),
    )  # fmt: skip
    return settling.save([statement], family=by.family, by=by.person, once=once, at=at, wait=wait)


def only_for(
    *, by: Reader, text: str, to: Sequence[int], lang: str, at: int, once: str, wait: int,
    kind: str = "dialogue.passage",
) -> Waiting | None:  # fmt: skip
    """Own words for one or a few named people and nobody else."""
    may_write(by)
    across_no_hazard(by, to)
    statement = Statement(
        kind, {"words": worded(text, lang)}, basis="own-words", about=(by.person,), mark="persons",
        readers=_named(to, ()),
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
        basis="own-words" if by.kin else "act", mark=entry.mark, about=(by.person,) if by.kin else entry.about,
        answers=entry.id, readers=professionals(by, entry),
    )  # fmt: skip
    return settling.save([statement], family=by.family, by=by.person, once=once, at=at, wait=wait)


def professionals(by: Reader, entry: Entry) -> tuple[tuple[int, str], ...]:
    """Who reads an answer to `entry` beside its author: the workers who are named on the sentence.

    When a worker answers, the person answered reads it too. Staff who read by mark need no naming, except
    where the sentence was for named persons only.
    """
    on_it = named(by, [entry]).get(entry.pk, ())
    staff = staff_of(by.family, [person for person, _ in on_it])
    keep = {person for person, _ in on_it if person in staff}
    if not by.kin and (by.hazard is None or entry.author in staff_of(by.family, [entry.author])):
        keep |= {entry.author}
    keep -= {by.person}
    return tuple((person, "addressed") for person in sorted(keep))


def staff_of(family: int, persons: Sequence[int]) -> set[int]:
    """Those of these persons who work in this family."""
    if not persons:
        return set()
    marks = ", ".join(["%s"] * len(persons))
    kinds = ", ".join(["%s"] * len(STAFF))
    sql = f"SELECT person FROM record_relationship WHERE family = %s AND person IN ({marks}) AND kind IN ({kinds})"
    return {person for (person,) in rows(sql, [family, *persons, *sorted(STAFF)])}


def heard(*, by: Reader, question: str, text: str, lang: str, due: str, at: int, once: str) -> list[Receipt]:
    """Say how a question was heard and by when it is answered (R109). `due`: ISO date. Settles at once,
    so that the asker sees that it arrived."""
    may_write(by)
    entry = find(by, question)
    if entry is None or entry.kind != "dialogue.question":
        raise Refused("not-found")
    statement = Statement(
        "dialogue.heard", {"words": worded(text, lang), "due": due}, mark=entry.mark, answers=entry.id,
        about=entry.about, readers=back_to(by, entry),
    )  # fmt: skip
    return append([statement], family=by.family, by=by.person, once=once, at=at)


def back_to(by: Reader, entry: Entry) -> tuple[tuple[int, str], ...]:
    """Everybody named on an entry, its author too, on this side of a hazard: for what goes back to those
    who read it."""
    on_it = named(by, [entry]).get(entry.pk, ())
    everybody = dict.fromkeys([entry.author, *(person for person, _ in on_it)])
    beyond = beyond_a_hazard(by, entry, tuple(everybody)) | {by.person}
    return tuple((person, "addressed") for person in everybody if person not in beyond)


def beyond_a_hazard(by: Reader, entry: Entry, persons: Sequence[int]) -> set[int]:
    """Those of these persons whom new words beside `entry` may not reach, although they read it.

    What somebody under hazard writes reaches workers only. What others write reaches somebody under hazard
    only from those who are not of the family, and only beside what that person wrote themselves or what was
    addressed or released to them since: what they had before stays, and nothing new comes with it.
    """
    if by.hazard is not None:
        return set(persons) - staff_of(by.family, persons)
    marks = ", ".join(["%s"] * len(persons)) or "NULL"
    sql = (
        "SELECT person, MIN(hazard_seq) FROM record_relationship "
        f"WHERE family = %s AND hazard_seq IS NOT NULL AND person IN ({marks}) GROUP BY person"
    )
    since = {person: first_pk(by.family) + seq for person, seq in rows(sql, [by.family, *persons])}
    if by.kin or not since:
        return set(since)
    reached = {
        person
        for person, because, at in rows("SELECT person, because, since FROM record_reader WHERE entry = %s", [entry.pk])
        if person in since and because in PASSES_A_HAZARD and (at > since[person] or person == entry.author)
    }
    return set(since) - reached


def correct(*, by: Reader, entry_id: str, text: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Put the right words before one's own wrong ones; the old stay beside, for all who read them."""
    may_write(by)
    entry = find(by, entry_id)
    if entry is None:
        raise Refused("not-found")
    if entry.author != by.person:
        raise Refused("not-yours")
    statement = Statement(
        "dialogue.correction", {"words": worded(text, lang)}, mark=entry.mark, answers=entry.id, about=entry.about,
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
    statement = taken_back(entry, back_to(by, entry), why.strip())
    return append([statement], family=by.family, by=by.person, once=once, at=at)


def share(
    *, by: Reader, entry_id: str, to: Sequence[int], reason: str, at: int, once: str, wait: int
) -> Waiting | None:  # fmt: skip
    """Open an entry to more persons of the family, after a wait in which it can be undone: nobody has it yet.

    A worker gives a reason (released); a family member opens only what they said or wrote themselves (shared).
    Never to somebody under hazard, never what was marked for professionals or sealed, and never an answer:
    that takes its author and a worker together (R5) and has no page yet.
    """
    _not_urgent(by)
    entry = find(by, entry_id)
    if entry is None:
        raise Refused("not-found")
    if entry.mark in ("professionals", "sealed"):
        raise Refused("not-to-share")
    if entry.answers is not None and entry.kind in ("dialogue.answer", "dialogue.question"):
        raise Refused("not-to-share")
    if not by.by_mark and not (by.kin and by.person in (entry.author, entry.speaker)):
        raise Refused("not-yours")
    if not by.kin and not reason.strip():
        raise Refused("no-reason")
    across_no_hazard(by, to)
    because = "shared" if by.kin else "released"
    act = released(entry, *to, because=because, giver=by.person, reason=reason.strip())
    return settling.save([act], family=by.family, by=by.person, once=once, at=at, wait=wait)


def _none_in_danger(family: int, persons: Sequence[int]) -> None:
    """Everybody named stands in the family today and none of them is under hazard, by whatever relationship."""
    marks = ", ".join(["%s"] * len(persons)) or "NULL"
    sql = f"SELECT person, state, hazard_seq FROM record_relationship WHERE family = %s AND person IN ({marks})"
    found = rows(sql, [family, *persons])
    active = {person for person, state, _hazard in found if state == "active"}
    danger = {person for person, state, hazard in found if hazard is not None or state in ("excluded", "barred")}
    if active - danger != set(persons):
        raise Refused("not-to-them")


def across_no_hazard(by: Reader, persons: Sequence[int]) -> None:
    """Nothing goes across a hazard, from neither side; to those who work here everybody may write."""
    _none_in_danger(by.family, persons)
    if by.hazard is not None and set(persons) - staff_of(by.family, persons):
        raise Refused("not-to-them")


def reached(by: Reader, persons: Sequence[int]) -> tuple[int, ...]:
    """Those of these persons whom something new by this writer reaches, each once.

    Somebody under hazard knows nothing of it and is refused nothing for it: what they write is taken as from anybody
    and reaches those who work here. Raises Refused: not-to-them, for everybody else, as `across_no_hazard` does.
    """
    chosen = tuple(dict.fromkeys(persons))
    if by.hazard is not None:
        works = staff_of(by.family, chosen)
        chosen = tuple(person for person in chosen if person in works)
    across_no_hazard(by, chosen)
    return chosen


def praise(*, by: Reader, text: str, to: Sequence[int], lang: str, at: int, once: str, wait: int) -> Waiting | None:
    """Put in writing that something went well (R17): its own page, for those it is to."""
    may_write(by)
    if not to:
        raise Refused("to-nobody")
    _none_in_danger(by.family, to)
    statement = Statement(
        "dialogue.praise",
        {"words": worded(text, lang)},
        basis="seen",
        about=tuple(to),
        readers=_named(to, ()),
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
    statement = Statement(kind, body, mark=entry.mark, answers=entry.id, readers=back_to(by, entry))
    return append([statement], family=by.family, by=by.person, once=once, at=at)

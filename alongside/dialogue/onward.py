"""What moves a thing on, in every room above: who reads it, the reason, and that it waits like other words."""

from collections.abc import Sequence
from typing import Any

from alongside.dialogue.across import beyond_a_hazard
from alongside.dialogue.writing import worded
from alongside.record import settling
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.reading import mark_now, named
from alongside.record.settling import Waiting
from alongside.record.statement import Refused, Statement


def as_its_thing(by: Reader, entry: Entry) -> dict[str, Any]:
    """Thing, mark and readers of what moves `entry` on: exactly its own. Somebody beyond a hazard is named as
    present, which passes no hazard, so that nothing new reaches them."""
    persons = tuple(dict.fromkeys(person for person, _because in named(by, [entry]).get(entry.pk, ())))
    beyond = beyond_a_hazard(by, entry, persons) - {by.person}
    if by.hazard is not None and beyond:
        raise Refused("not-to-them")
    readers = tuple((person, "present" if person in beyond else "addressed") for person in persons)
    return {"thing": entry.id, "mark": mark_now(entry), "readers": readers}


def moves_on(by: Reader, entry: Entry) -> dict[str, Any]:
    """As `as_its_thing`; but somebody under hazard is refused nothing for it. What they move on that others of the
    family read stands beside it as an answer, for those who work here and themselves: whoever reads it finds the
    thing moved on, and nobody across the hazard reads it."""
    if by.hazard is None:
        return as_its_thing(by, entry)
    persons = tuple(dict.fromkeys(person for person, _because in named(by, [entry]).get(entry.pk, ())))
    beyond = beyond_a_hazard(by, entry, persons) - {by.person}
    if not beyond:
        return as_its_thing(by, entry)
    near = (person for person in persons if person not in beyond | {by.person})
    return {"answers": entry.id, "mark": mark_now(entry), "readers": addressed(*near)}


def carried_on(by: Reader, versions: Sequence[Entry]) -> dict[str, Any]:
    """As `as_its_thing`, for the next version of what is one whole text, after these `versions`. What somebody under
    hazard makes of a text that others of the family read stands beside it (`moves_on`): for everybody else it is a
    text of its own from now on, so that no words cross when a helper goes on with it, and for its writer the next
    version (`began` in said.py)."""
    return moves_on(by, next(one for one in reversed(versions) if one.starts))


def on_its_way(by: Reader, id: str) -> bool:
    """Whether an act of this reader that moves this thing on, or answers it with a promise, settles still."""
    acts = settling.waiting(by.person, family=by.family)
    return any(
        said.thing == id or said.answers == id and said.kind.startswith("promises.") and said.kind != "promises.asked"
        for act in acts
        for said in act.statements
    )


def reason(by: Reader, text: str, lang: str) -> dict[str, Any]:
    """The words that say why, as a part of a body. Who works here owes them; a family need not say."""
    if text.strip():
        return {"words": worded(text, lang)}
    if by.kin:
        return {}
    raise Refused("no-reason")


def addressed(*persons: int) -> tuple[tuple[int, str], ...]:
    """These persons as readers whom it is meant for."""
    return tuple((person, "addressed") for person in dict.fromkeys(persons))


def save(said: Sequence[Statement], by: Reader, at: int, once: str, wait: int) -> Waiting | None:
    """Keep an act of this reader until it settles."""
    return settling.save(said, family=by.family, by=by.person, once=once, at=at, wait=wait)

"""Promising: the verbs of this room. Each checks who may do it, then hands one act to the record.

Everything by keyword, as in `dialogue.writing`: `by` is the Reader who acts, `at` microseconds, `once` the
writer's key, `wait` seconds until it is received. `due` is an ISO date, or '' for no day. What moves a promise
on is read exactly as the promise is. Raises Refused: not-any-more, no-words, no-reason, no-day, not-found,
not-yours, settled-already, to-nobody, not-to-them, other-words.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from alongside.dialogue.across import addressed_to, back_to
from alongside.dialogue.onward import moves_on, on_its_way, reason, save
from alongside.dialogue.queries import known, staff_of
from alongside.dialogue.writing import may_write, worded
from alongside.promises.promise import CONSTRAINTS, KINDS, Ask, Promise, asks, promises
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.reading import find, mark_now, named, read
from alongside.record.settling import Waiting
from alongside.record.statement import Earlier, Refused, Statement


def ask(
    *, by: Reader, of: int, text: str, due: str, readers: Sequence[int], lang: str, at: int, once: str, wait: int,
    answers: str = "",
) -> Waiting | None:  # fmt: skip
    """Ask somebody for a promise: it stands as asked, with their name, until they promise or say no. `answers`:
    what it stands beside, as in `make`."""
    may_write(by)
    held = _beside(by, answers, (of,), once) if answers else {"readers": addressed_to(by, (of, *readers))}
    body = {"words": worded(text, lang), "of": of, **_by(by, due)}
    statement = Statement("promises.asked", body, basis="own-words" if by.kin else "act", about=(of,), **held)
    return save([statement], by, at, once, wait)


def make(
    *, by: Reader, text: str, due: str, lang: str, at: int, once: str, wait: int, readers: Sequence[int] = (),
    possible: Sequence[int] = (), answers: str = "", owner: int | None = None,
) -> Waiting | None:  # fmt: skip
    """Promise something. `possible`: who else must make it possible (money, a room, a leader's yes).

    `answers`: the question, answer or ask this promise stands beside; then those who read that one read it,
    and nobody else. `owner`: somebody of the family whose promise a worker writes down, as told; nobody
    promises for another worker.
    """
    may_write(by)
    owner = owner or by.person
    if owner != by.person and (by.kin or staff_of(by.family, [owner])):
        raise Refused("not-yours")
    body: dict[str, Any] = {"words": worded(text, lang), "owner": owner, **_by(by, due)}
    if possible:
        body["possible"] = list(possible)
    named_too = [person for person in (*readers, *possible, owner) if person != by.person]
    held = _beside(by, answers, possible, once) if answers else {"readers": addressed_to(by, named_too)}
    theirs = {"speaker": owner, "basis": "told"} if owner != by.person else {}
    statement = Statement("promises.made", body, about=(owner,), **theirs, **held)
    return save([statement], by, at, once, wait)


def _beside(by: Reader, id: str, possible: Sequence[int], once: str) -> dict[str, Any]:
    """Mark, readers and link of a promise beside something that was said."""
    entry = find(by, id)
    if entry is None:
        raise Refused("not-found")
    if entry.kind == "promises.asked":
        _mine_to_answer(by, entry, once)
    readers = back_to(by, entry)
    read_it = {person for person, _because in (named(by, [entry])[entry.pk] if by.hazard is not None else readers)}
    if set(possible) - read_it - {entry.author} - staff_of(by.family, possible):
        raise Refused("not-to-them")
    return {"readers": readers, "mark": mark_now(entry), "answers": entry.id}


def asked_for(reader: Reader, id: str) -> bool:
    """Whether the entry with this id is a promise asked for, as far as this reader reads it."""
    entry = find(reader, id)
    return entry is not None and entry.kind == "promises.asked"


def _mine_to_answer(by: Reader, entry: Entry, once: str) -> Ask:
    one = next((one for one in asks(read(by, kinds=KINDS)) if one.asked.pk == entry.pk), None)
    if one is None or one.of != by.person:
        raise Refused("not-yours")
    if (one.state != "open" or on_its_way(by, entry.id)) and not known(by.person, by.family, once):
        raise Refused("settled-already")
    return one


def decline(*, by: Reader, ask: str, text: str, lang: str, at: int, once: str, wait: int) -> Waiting | None:
    """Say no to a promise asked for. Who works here gives the reason; a family need not."""
    may_write(by)
    entry = find(by, ask)
    if entry is None or entry.kind != "promises.asked":
        raise Refused("not-found")
    _mine_to_answer(by, entry, once)
    statement = Statement("promises.declined", reason(by, text, lang), **moves_on(by, entry))
    return save([statement], by, at, once, wait)


def keep(*, by: Reader, promise: str, text: str, lang: str, at: int, once: str, wait: int) -> Waiting | None:
    """It was kept. Words are welcome and not needed."""
    one = _open(by, promise, once)
    body = {"words": worded(text, lang)} if text.strip() else {}
    return save([Statement("promises.kept", body, **_moving(by, one))], by, at, once, wait)


def move(*, by: Reader, promise: str, text: str, due: str, lang: str, at: int, once: str, wait: int) -> Waiting | None:
    """It must wait until another day. Who works here says why (R21); a family need not."""
    one = _open(by, promise, once)
    if not due:
        raise Refused("no-day")
    body = {**reason(by, text, lang), **_by(by, due)}
    return save([Statement("promises.moved", body, **_moving(by, one))], by, at, once, wait)


def break_with_reason(
    *, by: Reader, promise: str, text: str, lang: str, at: int, once: str, wait: int, constraint: str = ""
) -> Waiting | None:
    """It was not kept. `constraint`: one of CONSTRAINTS, where it was not the person.

    Broken for a constraint it goes on to those who must make it possible (R21): in the same act it is asked
    of each of them, in the words of the promise. Nobody is made to have promised it.
    """
    one = _open(by, promise, once)
    if constraint and constraint not in CONSTRAINTS:
        raise Refused("not-found")
    body = {**reason(by, text, lang), **({"constraint": constraint} if constraint else {})}
    held = _moving(by, one)
    said = [Statement("promises.broken", body, **held)]
    for person in one.possible if constraint else ():
        readers = tuple((p, why) for p, why in held["readers"] if p != by.person)
        passed = {"words": one.made.body["words"], "of": person, "constraint": constraint}
        said.append(
            Statement("promises.asked", passed, about=(person,), mark=held["mark"], readers=readers, answers=Earlier(0))
        )
    return save(said, by, at, once, wait)


def _open(by: Reader, id: str, once: str) -> Promise:
    """The promise with this id, if it is open and this person's to settle. Sent again with the same key it is the
    same act, whatever became of the promise since."""
    may_write(by)
    one = next((one for one in promises(read(by, kinds=KINDS)) if one.made.id == id), None)
    if one is None:
        raise Refused("not-found")
    if not may_settle(by, one):
        raise Refused("not-yours")
    if (not one.open or on_its_way(by, id)) and not known(by.person, by.family, once):
        raise Refused("settled-already")
    return one


def may_settle(by: Reader, one: Promise) -> bool:
    """Its owner; and a worker who reads by mark, of a promise somebody of the family made."""
    return by.writes and (by.person == one.owner or by.by_mark and not staff_of(by.family, [one.owner]))


def _moving(by: Reader, one: Promise) -> dict[str, Any]:
    """What every step of a promise has in common: its thing, mark, readers, and whose word it is."""
    told = {"speaker": one.owner, "basis": "told"} if one.owner != by.person else {}
    return {**moves_on(by, one.made), **told, "about": one.made.about}


def _by(by: Reader, due: str) -> dict[str, str]:
    """The day as a part of the body; none where none was said. A day that is over is none."""
    if not due:
        return {}
    try:
        day = dt.date.fromisoformat(due)
    except ValueError:
        raise Refused("no-day") from None
    if day.toordinal() < by.today:
        raise Refused("no-day")
    return {"due": day.isoformat()}

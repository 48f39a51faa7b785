"""Holding a meeting: who came, what each said, decisions and promises as they fall (R26, R102).

Everything by keyword, as in `dialogue.writing`; what is said in a meeting is received at once, before those who are
there. Raises Refused: not-any-more, not-yours, not-found, to-nobody, not-to-them, no-words, no-reason, no-day,
family-not-there, private-time, told-only, other-words.
"""

from collections.abc import Sequence
from typing import Any

from alongside import dates
from alongside.dialogue.across import across_no_hazard, addressed_to, back_to, beyond_a_hazard
from alongside.dialogue.onward import save
from alongside.dialogue.queries import staff_of, standings
from alongside.dialogue.writing import may_write, worded
from alongside.promises import writing as promising
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.marks import released
from alongside.record.readers import Reader
from alongside.record.reading import find, mark_now, named, read
from alongside.record.settling import Waiting
from alongside.record.statement import Receipt, Refused, Statement
from alongside.teams.meeting import GROUP, KINDS, Meeting, points
from alongside.teams.private import found

FAMILY = ("child", "parent", "carer")  # without whom nothing is decided, or it is said why (R26)


def put(
    *, by: Reader, text: str, lang: str, at: int, once: str, wait: int, appointment: str = "",
    readers: Sequence[int] = (),
) -> Waiting | None:  # fmt: skip
    """Put something on the agenda. With `appointment` those who read that one read it; else the team, and `readers`."""
    may_write(by)
    held: dict[str, Any]
    if appointment:
        entry = find(by, appointment)
        if entry is None or entry.kind != "teams.appointment-set":
            raise Refused("not-found")
        held = {"readers": back_to(by, entry), "mark": mark_now(entry), "answers": entry.id}
    else:
        held = {"readers": addressed_to(by, readers)}
    basis = "own-words" if by.kin else "act"
    said = Statement("teams.point-put", {"words": worded(text, lang)}, basis=basis, about=(by.person,), **held)
    return save([said], by, at, once, wait)


def begin(
    *, by: Reader, on: str, place: str, there: Sequence[int], interpreter: str, form: str, text: str, lang: str,
    readers: Sequence[int], at: int, once: str, appointment: str = "",
) -> list[Receipt]:  # fmt: skip
    """A meeting begins. `on`: local day and time; `there`: who is here; those of them who do not work here read
    it, being present, and so do `readers`. `form`: '' or family-group. What waits on the agenda is taken up."""
    _holds(by)
    come = tuple(dict.fromkeys((by.person, *there)))
    if not come[1:]:
        raise Refused("to-nobody")
    everybody = tuple(dict.fromkeys((*come, *readers)))
    works = staff_of(by.family, everybody)
    others = [person for person in everybody if person not in works]
    across_no_hazard(by, tuple(dict.fromkeys((*come[1:], *readers))))
    body: dict[str, Any] = {"on": on, "there": list(come), "points": [one.id for one in points(_all(by))]}
    body |= {"form": GROUP} if form == GROUP else {}
    body |= {"place": place.strip()} if place.strip() else {}
    body |= {"interpreter": interpreter.strip()} if interpreter.strip() else {}
    body |= {"appointment": appointment} if appointment else {}
    body |= {"words": worded(text, lang)} if text.strip() else {}
    when = dates.canonical(on)
    said = Statement(
        "teams.meeting", body, about=come, so=when.text, so_first=when.first, so_last=when.last,
        readers=tuple((person, "present" if person in come else "addressed") for person in others),
    )  # fmt: skip
    return append([said], family=by.family, by=by.person, once=once, at=at)


def came(*, by: Reader, meeting: str, there: Sequence[int], interpreter: str, at: int, once: str) -> list[Receipt]:
    """Who is here, said anew. Somebody who came later reads the meeting, and its lines from now on."""
    one = _open(by, meeting)
    come = tuple(dict.fromkeys(there))
    across_no_hazard(by, tuple(person for person in come if person != by.person))
    reads = {person for person, _why in named(by, [one.held]).get(one.held.pk, ())}
    late = [person for person in come if person not in reads | staff_of(by.family, come)]
    said = (
        [released(one.held, *late, because="released", giver=by.person, reason="came to the meeting")] if late else []
    )
    body: dict[str, Any] = {"there": list(come)} | ({"interpreter": interpreter.strip()} if interpreter.strip() else {})
    held = {**_within(by, one), "readers": (*_within(by, one)["readers"], *((person, "present") for person in late))}
    said.append(Statement("teams.meeting-came", body, about=come, **held))
    return append(said, family=by.family, by=by.person, once=once, at=at)


def say(*, by: Reader, meeting: str, speaker: int, text: str, lang: str, at: int, once: str) -> list[Receipt]:
    """What one who is here said, written down before all of them."""
    one = _open(by, meeting)
    if speaker != by.person and speaker not in one.there:
        raise Refused("to-nobody")
    basis = "told" if speaker != by.person else "own-words" if by.kin else "professional-view"
    said = Statement(
        "teams.meeting-said", {"words": worded(text, lang)}, speaker=speaker, basis=basis, about=(speaker,),
        **_within(by, one),
    )  # fmt: skip
    return append([said], family=by.family, by=by.person, once=once, at=at)


def decide(*, by: Reader, meeting: str, text: str, why: str, lang: str, at: int, once: str) -> list[Receipt]:
    """What was decided, by whom who was here. Nobody of the family among them: then why not (R26)."""
    one = _open(by, meeting)
    words, here = worded(text, lang), standings(by.family, now=at)
    family = any(person in here and here[person].kind in FAMILY for person in one.there)
    if not family and not why.strip():
        raise Refused("family-not-there")
    body: dict[str, Any] = {"words": words, "there": list(one.there), "family": family}
    body |= {} if family else {"why": why.strip()}
    said = Statement("teams.meeting-decided", body, about=one.there, **_within(by, one))
    return append([said], family=by.family, by=by.person, once=once, at=at)


def promise(*, by: Reader, meeting: str, owner: int, text: str, due: str, lang: str, at: int, once: str) -> None:
    """A promise as it falls, read by those who read the meeting. A colleague is asked: nobody promises for them."""
    one = _open(by, meeting)
    if owner != by.person and owner not in one.there:
        raise Refused("to-nobody")
    said = {"by": by, "text": text, "due": due, "lang": lang, "at": at, "once": once, "wait": 0, "answers": one.id}
    if owner != by.person and staff_of(by.family, [owner]):
        at_once(promising.ask(of=owner, readers=(), **said), by, at)
    else:
        at_once(promising.make(owner=owner, **said), by, at)


def at_once(act: Waiting | None, by: Reader, at: int) -> None:
    """The record receives it now. What it does not take is not left waiting."""
    if act is None:
        return
    settling.send_now(by.person, at=at, id=act.id)
    stuck = next((one.stuck for one in settling.waiting(by.person, family=by.family) if one.id == act.id), "")
    if stuck:
        settling.undo(act.id, by=by.person, at=at)
        raise Refused(stuck)


def _holds(by: Reader) -> None:
    """Who works with this family here holds a meeting; others take part in it."""
    may_write(by)
    if not by.by_mark:
        raise Refused("not-yours")


def _open(by: Reader, id: str) -> Meeting:
    """The meeting with this id, which somebody here holds and whose private time does not last."""
    _holds(by)
    one = found(by, id)
    if one.told:
        raise Refused("told-only")
    if one.in_private:
        raise Refused("private-time")
    return one


def _within(by: Reader, one: Meeting) -> dict[str, Any]:
    """What lies in a meeting: its mark, and its readers on this side of a hazard; present are those who came."""
    persons = [person for person, _why in named(by, [one.held]).get(one.held.pk, ()) if person != by.person]
    beyond = beyond_a_hazard(by, one.held, persons)
    return {
        "within": one.id, "mark": mark_now(one.held),
        "readers": tuple(
            (person, "present" if person in one.there else "addressed")
            for person in dict.fromkeys(persons) if person not in beyond
        ),
    }  # fmt: skip


def _all(by: Reader) -> list:
    return read(by, kinds=KINDS)

"""What answers something, or lies in it, holds to the mark of today: a mark that was set since counts, in every verb of
these rooms."""

import pytest

from alongside.access.standing import office_day
from alongside.cast.said import id_of
from alongside.cast.story import numbers
from alongside.promises import writing as promising
from alongside.promises.promise import promises
from alongside.promises.tests.test_promise import ACT, NOW, reader, settled
from alongside.record.appending import append
from alongside.record.marks import remarked
from alongside.record.reading import find, mark_now, read
from alongside.record.registers import rebuild
from alongside.record.statement import Refused, Statement
from alongside.teams import account, arranging, crisis, holding, planning
from alongside.teams.meeting import meetings

N = numbers()
KEYS = iter(f"{n:032x}" for n in range(1, 1000))
PLAN, HARD = id_of(1, 87), id_of(1, 60)


def once() -> str:
    return next(KEYS)


def narrowed(id: str) -> None:
    """From now on this is for those named on it and its writer."""
    lars = reader("lars")
    entry = find(lars, id)
    mark = remarked(entry, "persons", "x")
    said = Statement(mark.kind, mark.body, answers=id, mark=mark.mark)
    if lars.person != entry.author:
        append([Statement("record.released", {"to": [lars.person], "because": "released", "giver": lars.person,
                "reason": "x"}, answers=id)], family=1, by=lars.person, once=once(), at=NOW)  # fmt: skip
    append([said], family=1, by=lars.person, once=once(), at=NOW)
    assert mark_now(entry) == "persons" != entry.mark


def fixed() -> str:
    arranging.fix(by=reader("lars"), on="2026-11-27T10:00", until="", place="", there=[N["anne"], N["lars"]], text="",
                  readers=[N["anne"]], once=once(), **ACT)  # fmt: skip
    settled()
    return read(reader("lars"), kinds=["teams.appointment-set"])[-1].id


def asked_to_meet() -> str:
    arranging.ask(by=reader("anne"), text="On a Friday.", readers=[], once=once(), **ACT)
    settled()
    return read(reader("lars"), kinds=["teams.appointment-asked"])[-1].id


def held() -> str:
    holding.begin(by=reader("lars"), there=[N["anne"]], on="2026-11-20T15:00", place="", interpreter="", form="",
                  text="", readers=(), lang="en", at=NOW, once=once())  # fmt: skip
    return meetings(read(reader("lars")))[-1].id


def promised() -> str:
    promising.make(by=reader("lars"), text="I ring.", due="", readers=[N["anne"]], once=once(), **ACT)
    settled()
    return next(one for one in promises(read(reader("anne"))) if one.owner == N["lars"] and one.open).made.id


VERBS = {
    "a point for the agenda": (fixed, lambda id: holding.put(
        by=reader("anne"), text="Rent", appointment=id, once=once(), **ACT)),
    "another time": (fixed, lambda id: arranging.ask_another_time(
        by=reader("anne"), appointment=id, text="Later", once=once(), **ACT)),
    "a time for who asked": (asked_to_meet, lambda id: arranging.fix(
        by=reader("lars"), on="2026-11-27T10:00", until="", place="", there=[N["anne"]], text="", readers=[],
        answers=id, once=once(), **ACT)),
    "said in a meeting": (held, lambda id: holding.say(
        by=reader("lars"), meeting=id, speaker=N["anne"], text="Rent", lang="en", at=NOW, once=once())),
    "the plan was used": (lambda: HARD, lambda id: crisis.use(by=reader("lars"), version=id, at=NOW, once=once())),
    "looked at again": (lambda: HARD, lambda id: crisis.review(
        by=reader("lars"), version=id, words={"worked": "Lea"}, once=once(), **ACT)),
    "points answered": (lambda: PLAN, lambda id: planning.answer(
        by=reader("lars"), version=id, grades={1: ("yes", "")}, once=once(), **ACT)),
    "for a child": (lambda: PLAN, lambda id: planning.for_child(
        by=reader("lars"), version=id, text="Short", once=once(), **ACT)),
    "not enough": (promised, lambda id: account.judge(
        by=reader("anne"), promise=id, enough=False, text="Why", today=office_day(NOW), once=once(), **ACT)),
}  # fmt: skip


@pytest.mark.parametrize("what", VERBS)
def test_it_is_taken_and_no_wider_than_what_it_stands_on(cast, what):
    begun, verb = VERBS[what]
    id = begun()
    narrowed(id)
    before = {entry.pk for entry in read(reader("lars"))}
    try:
        verb(id)
    except Refused as why:
        pytest.fail(why.code)
    settled()
    new = [entry for entry in read(reader("lars")) if entry.pk not in before]
    assert [entry.mark for entry in new] == ["persons"], what
    assert all(rebuild(check=True).values())

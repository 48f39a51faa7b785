"""Promises by their verbs: asked, made, kept, moved, broken; who may, who reads, and one act when sent ten times."""

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside import clock
from alongside.access.standing import readers_of
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, numbers
from alongside.promises import writing
from alongside.promises.promise import BECOMES, KINDS, asks, promises
from alongside.promises.queries import asked_of, owed_by
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.reading import read
from alongside.record.registers import rebuild
from alongside.record.statement import Refused, Statement

NOW = clock.micros(TODAY)
ACT = {"lang": "en", "at": NOW, "wait": 60}


def reader(who: str, family: int = 1):
    return next(one for one in readers_of(numbers()[who], now=NOW, strength=3) if one.family == family)


def settled() -> None:
    settling.settle(NOW + 3_600_000_000)


def theirs(who: str, family: int = 1):
    return promises(read(reader(who, family), kinds=KINDS))


def newest(who: str = "kari", family: int = 1):
    return theirs(who, family)[-1]


def make(who: str = "kari", once: str = "a" * 32, **more):
    said = {"text": "I ring the housing office.", "due": "2026-11-24", "readers": [numbers()["anne"]], **more}
    writing.make(by=reader(who), once=once, **said, **ACT)
    settled()
    return newest(who)


def refused(act, **how) -> str:
    with pytest.raises(Refused) as why:
        act(**how)
    return why.value.code


def test_a_promise_is_made_moved_and_kept_before_those_it_is_to(cast):
    one = make()
    assert (one.state, one.due, one.owner) == ("open", "2026-11-24", numbers()["kari"])
    assert (1, one.made.pk, "2026-11-24", None) in owed_by(numbers()["kari"])
    writing.move(
        by=reader("kari"), promise=one.made.id, text="They were closed.", due="2026-11-27", once="b" * 32, **ACT
    )
    settled()
    moved = newest("anne")
    assert (moved.state, moved.due, len(moved.steps)) == ("moved", "2026-11-27", 1)
    writing.keep(by=reader("kari"), promise=one.made.id, text="", once="c" * 32, **ACT)
    settled()
    assert newest("anne").state == "kept" and one.made.pk not in [place for _f, place, *_more in owed_by(one.owner)]
    assert one.made.id not in [p.made.id for p in theirs("per")]
    assert all(rebuild(check=True).values())


def test_ten_times_is_once(cast):
    for _ in range(10):
        one = make()
    assert len([p for p in theirs("kari") if p.made.body["words"] == one.made.body["words"]]) == 1


def test_nobody_settles_the_promise_of_another_who_works_here(cast):
    one = make()
    for who in ("anne", "lars", "ingrid"):
        code = refused(writing.keep, by=reader(who), promise=one.made.id, text="", once="d" * 32, **ACT)
        assert code == "not-yours"
    assert refused(writing.keep, by=reader("per"), promise=one.made.id, text="", once="d" * 32, **ACT) == "not-found"


def test_who_works_here_gives_a_reason_and_a_family_need_not(cast):
    one = make()
    assert refused(
        writing.break_with_reason, by=reader("kari"), promise=one.made.id, text=" ", once="e" * 32, **ACT
    ) == "no-reason"  # fmt: skip
    writing.make(by=reader("jonas"), text="I ask Ali.", due="", once="f" * 32, **ACT)
    settled()
    own = newest("jonas")
    writing.break_with_reason(by=reader("jonas"), promise=own.made.id, text="", once="1" * 32, **ACT)
    settled()
    assert newest("jonas").state == "broken"


@pytest.mark.parametrize("due", ["soon", "2026-11-19", "2026-02-30"])
def test_a_day_that_is_none_or_over_is_refused(cast, due):
    code = refused(writing.make, by=reader("kari"), text="x", due=due, once="2" * 32, **ACT)
    assert code == "no-day"


def test_settled_is_settled(cast):
    one = make()
    writing.keep(by=reader("kari"), promise=one.made.id, text="", once="3" * 32, **ACT)
    settled()
    again = refused(writing.keep, by=reader("kari"), promise=one.made.id, text="", once="4" * 32, **ACT)
    assert again == "settled-already"


def test_broken_for_money_it_goes_on_to_who_must_make_it_possible(cast):
    lars = numbers()["lars"]
    one = make(possible=[lars])
    writing.break_with_reason(
        by=reader("kari"), promise=one.made.id, text="There is none left.", constraint="money", once="5" * 32, **ACT
    )
    settled()
    (ask,) = [a for a in asks(read(reader("anne"), kinds=KINDS)) if a.of == lars]
    assert ask.state == "open" and newest("anne").state == "broken"
    assert (1, ask.asked.pk) in asked_of(lars)
    writing.decline(by=reader("lars"), ask=ask.asked.id, text="Not this year.", once="6" * 32, **ACT)
    settled()
    assert asked_of(lars) == [] and asks(read(reader("anne"), kinds=KINDS))[-1].state == "declined"
    assert all(rebuild(check=True).values())


def test_without_a_constraint_it_goes_on_to_nobody(cast):
    one = make(possible=[numbers()["lars"]])
    writing.break_with_reason(by=reader("kari"), promise=one.made.id, text="I forgot.", once="7" * 32, **ACT)
    settled()
    assert asked_of(numbers()["lars"]) == []


def test_anne_asks_kari_and_only_kari_can_promise_it(cast):
    kari = numbers()["kari"]
    writing.ask(by=reader("anne"), of=kari, text="Ring me first.", due="", readers=[], once="8" * 32, **ACT)
    settled()
    asked = asks(read(reader("kari"), kinds=KINDS))[-1]
    assert asked_of(kari)[-1] == (1, asked.asked.pk) and asks(read(reader("per"), kinds=KINDS)) == []
    how = {"text": "I ring.", "due": "2026-11-27", "answers": asked.asked.id, **ACT}
    assert refused(writing.make, by=reader("lars"), once="9" * 32, **how) == "not-yours"
    writing.make(by=reader("kari"), once="a1" * 16, **how)
    settled()
    assert asked_of(kari) == [] and newest("anne").made.answers == asked.asked.pk


def test_what_a_worker_writes_down_for_somebody_is_told_and_never_for_a_colleague(cast):
    one = make(owner=numbers()["farhiya"])
    assert (one.made.basis, one.made.speaker) == ("told", numbers()["farhiya"])
    code = refused(writing.make, by=reader("kari"), text="x", due="", owner=numbers()["lars"], once="b1" * 16, **ACT)
    assert code == "not-yours"
    writing.keep(by=reader("lars"), promise=one.made.id, text="She did.", once="c1" * 16, **ACT)
    settled()
    assert newest("farhiya").state == "kept"


def test_nothing_new_reaches_somebody_under_hazard(cast):
    """Per reads a promise; he comes under hazard; that it was kept does not reach him, and his page stays as it was."""
    one = make(readers=[numbers()["anne"], numbers()["per"]])
    act = Statement("access.hazard-on", {"person": numbers()["per"]}, mark="sealed")
    append([act], family=1, by=numbers()["kari"], once="hazard", at=NOW)
    writing.keep(by=reader("kari"), promise=one.made.id, text="Done.", once="d1" * 16, **ACT)
    settled()
    assert newest("anne").state == "kept" and newest("per").state == "open"


def test_a_promise_to_him_who_is_under_hazard_stays_whole_for_him(cast):
    """Marit keeps what she promised Morten: it was said to him, so he reads that it was kept."""
    id = id_of(3, 64)
    writing.keep(by=reader("marit", 3), promise=id, text="We found the words.", once="e1" * 16, **ACT)
    settled()
    assert next(one.state for one in theirs("morten", 3) if one.made.id == id) == "kept"


def _entry(pk: int, kind: str, thing: int, **body) -> Entry:
    text = json.dumps({"v": 1, **body})
    return Entry(
        pk, f"{pk:032x}", thing, None, None, kind, 1, None, "[]", "act", "team", None, None, pk, text, "[]", "[]"
    )


days = [None, *((dt.date(2026, 1, 1) + dt.timedelta(days=n)).isoformat() for n in range(5))]
steps = st.lists(st.tuples(st.sampled_from(sorted(BECOMES)), st.sampled_from(days)), max_size=6)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_a_fold_is_its_last_step_and_every_prefix_is_the_fold_of_then(found):
    """As known then is a prefix: folding it says what held then."""
    entries = [_entry(1, "promises.made", 1, owner=7, due="2026-01-01")]
    for place, (kind, due) in enumerate(found, 2):
        entries.append(_entry(place, kind, 1, **({"due": due} if due else {})))
    (whole,) = promises(entries)
    assert len(whole.steps) == len(found) and whole.made is entries[0]
    assert whole.state == (BECOMES[found[-1][0]] if found else "open")
    assert whole.due == ([due for _kind, due in found if due] or ["2026-01-01"])[-1]
    assert promises(entries[1:]) == []

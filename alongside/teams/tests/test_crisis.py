"""The plan for hard hours, looked at after each use; and the plan for safety, which is there for the named alone."""

import datetime as dt
from dataclasses import replace

from alongside.cast.said import id_of
from alongside.cast.story import TODAY, numbers
from alongside.promises.tests.test_promise import ACT, reader, refused, settled
from alongside.record.reading import read
from alongside.teams import crisis, safety
from alongside.teams.crisis import Step, crisis_plans
from alongside.teams.safety import safety_plans

OURS = id_of(1, 60)
SOON = (TODAY.date() + dt.timedelta(days=20)).isoformat()
AT_ONCE = {"lang": "en", "at": ACT["at"]}


def the_plan(who: str = "anne"):
    return crisis_plans(read(reader(who)))[-1]


def test_the_last_resort_stands_last(cast):
    assert [step.last for step in the_plan().steps] == [False, False, False, True]
    steps = [Step(name="Duty line", last=True), Step(who=numbers()["lea"], what="has the key")]
    crisis.write(
        by=reader("anne"),
        signs=["I talk fast", " "],
        helped=["Fresh air"],
        steps=steps,
        base=OURS,
        once="a" * 32,
        **ACT,
    )
    settled()
    plan = the_plan("lea")
    assert [step.last for step in plan.steps] == [False, True] and plan.lists["signs"] == ("I talk fast",)
    assert len(plan.versions) == 2 and "Fresh air" in plan.newest.body["words"][0]["text"]


def test_every_use_waits_to_be_looked_back_on(cast):
    assert the_plan().reviews[0].id == id_of(1, 77)
    crisis.use(by=reader("jonas"), version=OURS, at=ACT["at"], once="b" * 32)
    assert len(the_plan("kari").used) == 1
    words = {"worked": "The names.", "missing": " ", "change": "A phone by the bed."}
    crisis.review(by=reader("kari"), version=OURS, words=words, once="c" * 32, **ACT)
    settled()
    plan = the_plan("anne")
    assert not plan.used and "A phone by the bed." in plan.reviews[0].body["words"][0]["text"]
    assert refused(crisis.review, by=reader("kari"), version=OURS, words={}, once="d" * 32, **ACT) == "no-words"


def test_the_questions_are_about_the_plan(cast):
    assert all("plan" in asked for asked in crisis.questions().values())


def test_a_plan_for_safety_is_for_the_named_alone(cast):
    kari = reader("kari", 3)
    assert {one.first.id for one in safety_plans(read(kari))} == {id_of(3, 15), id_of(3, 24)}
    for who in ("morten", "marit", "aud"):
        assert safety_plans(read(reader(who, 3))) == []
    elin = numbers()["elin"]
    safety.write(by=kari, text="Ring at four.", review=SOON, to=[elin], speaker=elin, once="e" * 32, **AT_ONCE)
    newest = safety_plans(read(reader("elin", 3)))[-1]
    assert newest.newest.mark == "sealed" and newest.newest.speaker == elin
    ingrid = safety_plans(read(reader("ingrid", 3)))
    assert newest.first.id not in {one.first.id for one in ingrid}  # not named: not even the supervisor


def test_its_next_version_is_read_by_the_same(cast):
    elin = reader("elin", 3)
    safety.write(by=elin, text="Another word.", review=SOON, plan=id_of(3, 15), once="f" * 32, **AT_ONCE)
    mine = {one.first.id: one for one in safety_plans(read(reader("ingrid", 3)))}
    assert len(mine[id_of(3, 15)].versions) == 2


def test_what_a_plan_for_safety_refuses(cast):
    kari, elin = reader("kari", 3), numbers()["elin"]
    how = {"text": "x", "review": SOON, "to": [elin], "speaker": elin, "once": "g" * 32, **AT_ONCE}
    assert refused(safety.write, by=kari, **{**how, "review": "2027-06-01"}) == "no-review"
    assert refused(safety.write, by=kari, **{**how, "to": [elin, numbers()["morten"]]}) == "not-to-them"
    assert refused(safety.write, by=reader("elin", 3), **how) == "not-yours"
    assert refused(safety.write, by=reader("elin", 3), **{**how, "plan": "0" * 32}) == "not-found"
    assert refused(safety.write, by=replace(kari, strength=2), **how) == "not-fresh"

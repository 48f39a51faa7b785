"""The family's plan: written, changed, compared, answered point by point; who may, and that nothing is overwritten."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.cast.said import id_of
from alongside.cast.story import numbers
from alongside.promises.tests.test_promise import ACT, reader, refused, settled
from alongside.record.entry import Entry
from alongside.record.reading import read
from alongside.record.registers import rebuild
from alongside.teams import planning
from alongside.teams.plan import Point, compare, plans, points_of

OURS = id_of(1, 87)


def the_plan(who: str = "anne", at: int | None = None):
    return plans(read(reader(who), at=at))[-1]


def next_version(by: str = "anne", **more):
    how = {
        "points": [
            (1, "Ayeeyo has Mia on Tuesday."), (2, "Jonas is at Ali's boatyard on Fridays."), (0, "Fish on Mondays."),
        ],
        "exit": "We ring each other first.", "base": OURS, "once": "a" * 32, **more,
    }  # fmt: skip
    planning.write(by=reader(by), **how, **ACT)
    settled()
    return the_plan(by)


def test_the_familys_words_are_points_and_every_one_is_answered(cast):
    plan = the_plan()
    assert [point.key for point in plan.points] == [1, 2, 3, 4, 5]
    assert [plan.answers_to(key)[0].grade for key in range(1, 6)] == ["with", "yes", "with", "not-safe", "yes"]
    assert "Jonas is 15" in plan.answers_to(4)[0].text


def test_a_version_is_a_new_entry_of_the_same_plan(cast):
    plan = next_version()
    assert [entry.id for entry in plan.versions][0] == OURS and len(plan.versions) == 2
    assert plan.points == (
        Point(1, "Ayeeyo has Mia on Tuesday."), Point(2, "Jonas is at Ali's boatyard on Fridays."),
        Point(6, "Fish on Mondays."),
    )  # fmt: skip
    assert [(one.key, one.how) for one in compare(*plan.versions)] == [
        (1, "changed"), (2, "same"), (6, "added"), (3, "left-out"), (4, "left-out"), (5, "left-out"),
    ]  # fmt: skip
    assert not plan.answers_to(1)[0].same and plan.answers_to(2)[0].same  # the answer says it is to other words
    assert {one.newest.id for one in plans(read(reader("per")))} == {plan.newest.id}  # read as the plan is
    assert all(rebuild(check=True).values())


def test_as_known_then_is_the_version_of_then(cast):
    before = the_plan().newest.recorded_at + 1
    next_version()
    assert len(the_plan("kari", before).versions) == 1


def test_sent_ten_times_is_one_version(cast):
    for _n in range(10):
        plan = next_version()
    assert len(plan.versions) == 2


def test_two_who_wrote_apart_are_told(cast):
    next_version()
    assert refused(
        planning.write, by=reader("per"), points=[(0, "Mine")], exit="", base=OURS, once="b" * 32, **ACT
    ) == "changed-meanwhile"  # fmt: skip


def test_who_may_write_and_what_is_refused(cast):
    kari, more = reader("kari"), {"points": [(0, "Words")], "exit": "", "once": "c" * 32, **ACT}
    assert refused(planning.write, by=kari, **more) == "not-yours"
    assert refused(planning.write, by=kari, speaker=numbers()["lars"], **more) == "not-yours"
    assert refused(planning.write, by=reader("anne"), **{**more, "points": [(0, "  ")]}) == "no-words"
    planning.write(by=kari, speaker=numbers()["anne"], base=OURS, paper=True, **more)
    settled()
    newest = the_plan("jonas").newest
    assert (newest.author, newest.speaker, newest.basis) == (numbers()["kari"], numbers()["anne"], "own-words")
    assert newest.body["paper"]


def test_everything_but_a_yes_says_why(cast):
    lars, more = reader("lars"), {"version": OURS, "once": "d" * 32, **ACT}
    assert refused(planning.answer, by=lars, grades={4: ("not-safe", " ")}, **more) == "no-reason"
    assert refused(planning.answer, by=lars, grades={}, **more) == "no-words"
    assert refused(planning.answer, by=lars, grades={1: ("perhaps", "x")}, **more) == "unknown-form"
    assert refused(planning.answer, by=reader("anne"), grades={1: ("yes", "")}, **more) == "not-yours"
    planning.answer(by=lars, grades={4: ("with", "Lea has the key."), 5: ("yes", "")}, **more)
    settled()
    said = the_plan("jonas").answers_to(4)
    assert [(one.grade, one.text) for one in said][1:] == [("with", "Lea has the key.")] and len(said) == 2


def test_a_members_no_stands_beside_the_point_and_is_read_as_answers_are(cast):
    planning.say_to(by=reader("per"), version=OURS, point=4, form="no", text="Not Jonas.", once="e" * 32, **ACT)
    planning.say_to(by=reader("jonas"), version=OURS, point=0, form="must", text="", once="f" * 32, **ACT)
    settled()
    assert [entry.body["form"] for entry in the_plan("kari").own_to(4)] == ["no"]
    assert [entry.body["form"] for entry in the_plan("kari").own_to(0)] == ["must"]
    assert the_plan("anne").own_to(4) == ()  # R5: other members read it by an act of its author and a worker
    assert refused(
        planning.say_to, by=reader("anne"), version=OURS, point=99, form="agree", text="", once="g" * 32, **ACT
    ) == "not-found"  # fmt: skip


def test_what_was_taken_back_is_not_the_plan(cast):
    from alongside.dialogue.writing import take_back

    plan = next_version()
    take_back(by=reader("anne"), entry_id=plan.newest.id, why="", at=ACT["at"], once="h" * 32)
    assert the_plan().newest.id == OURS


def version(points: dict[int, str]) -> Entry:
    return SimpleNamespace(body={"points": [{"key": key, "text": text} for key, text in points.items()]})


VERSIONS = st.dictionaries(st.integers(1, 8), st.sampled_from(["a", "b", "c"]), max_size=8)


@given(before=VERSIONS, after=VERSIONS)
def test_comparing_tells_every_point_once_and_rebuilds_both(before, after):
    changes = compare(version(before), version(after))
    assert sorted(one.key for one in changes) == sorted(before.keys() | after.keys())
    assert {one.key: one.before for one in changes if one.how != "added"} == before
    assert {one.key: one.after for one in changes if one.how != "left-out"} == after
    assert all((one.before == one.after) == (one.how == "same") for one in changes)


def test_a_plan_in_one_text_is_one_point():
    entry = SimpleNamespace(body={"words": [{"lang": "en", "text": "All of it."}]})
    assert points_of(entry) == (Point(1, "All of it."),)


@pytest.mark.parametrize("who", ["rune", "berg", "morten"])
def test_others_read_no_plan(who, cast):
    from alongside.access.standing import reader_at

    found = reader_at(numbers()[who], 1, now=ACT["at"], strength=3)
    assert found is None or plans(read(found)) == []

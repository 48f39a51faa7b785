"""The family's own team by its verbs: who names it, who is named in it, who reads it; and what nobody may do."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.access import own_side
from alongside.access.policy import may_move, ties
from alongside.cast.story import TODAY, numbers
from alongside.families.person import people
from alongside.families.telling import Told
from alongside.promises.tests.test_promise import NOW, reader, refused
from alongside.record.reading import read, rows
from alongside.record.registers import rebuild
from alongside.teams import invitation, life, team, working
from alongside.teams.team import Member, Named, members

DAY = TODAY.date()
ACT = {"lang": "en", "at": NOW}


def of(who: str, family: int = 1) -> list[Member]:
    return members(read(reader(who, family)))


def names(who: str, family: int = 1) -> list[str]:
    known = people(read(reader(who, family)), {}).persons
    return [known[one.person].called for one in of(who, family) if one.here(DAY) and one.person in known]


def name(who: str, *named: Named, family: int = 1, speaker: str = "", once: str = "a" * 32, **more):
    told = Told(reader(who, family), numbers()[speaker] if speaker else None, **more)
    return team.name(told=told, named=named, once=once, **ACT)


def test_the_team_of_the_cast_is_the_one_that_was_told_in_words(cast):
    assert names("anne") == names("lars") == ["Farhiya", "Ali", "Lea"]
    assert names("per") == [] and of("berg") == []


def test_six_at_a_table_are_one_act_and_sent_ten_times_still(cast):
    six = [Named(name=one) for one in ("Nils", "Gunn", "Toril", "Odd Erik", "Vera", "Siv")]
    for _time in range(10):
        name("lars", *six, speaker="anne", to=(numbers()["anne"],))
    assert names("anne")[3:] == ["Nils", "Gunn", "Toril", "Odd", "Vera", "Siv"]
    assert names("per") == [] and names("jonas") == ["Farhiya", "Ali", "Lea"], "named on nothing"
    assert all(rebuild(check=True).values())
    kinds = rows("SELECT kind, basis FROM record_entry ORDER BY pk DESC LIMIT 2", [])
    assert kinds == [("teams.joined", "told"), ("families.met", "told")] or len(kinds) == 2


def test_a_worker_neither_names_a_team_of_her_own_nor_herself(cast):
    kari = numbers()["kari"]
    for speaker in ("", "lars"):
        with pytest.raises(team.Refused, match="no-speaker"):
            name("kari", Named(name="Vera"), speaker=speaker)
    with pytest.raises(team.Refused, match="not-yourself"):
        name("kari", Named(person=kari, job=True), speaker="anne")
    name("anne", Named(person=kari, job=True))
    assert [one.person for one in of("kari") if one.job] == [kari], "Anne says so herself"


def test_a_neighbour_does_not_name_the_family_s_team(cast):
    with pytest.raises(team.Refused, match="not-yours"):
        name("lea", Named(name="Vera"))
    lea = next(one for one in of("lea") if one.person == numbers()["lea"])
    told = Told(reader("lea"))
    team.say_role(told=told, member=lea, role="Holds the torch", until="", once="b" * 32, **ACT)
    assert next(one.role[0] for one in of("anne") if one.person == numbers()["lea"]) == "Holds the torch"
    ali = next(one for one in of("lea") if one.person == numbers()["ali"])
    assert refused(team.leave, told=told, member=ali, why="", once="c" * 32, **ACT) == "not-yours"


def test_leaving_is_known_then_as_it_was(cast):
    before = NOW
    lea = next(one for one in of("lea") if one.person == numbers()["lea"])
    team.leave(told=Told(reader("lea")), member=lea, why="Too much just now", once="c" * 32, lang="en", at=NOW + 60)
    assert names("anne") == ["Farhiya", "Ali"]
    then = members(read(reader("anne"), at=before))
    assert [one.person for one in then if one.left is None][-1] == numbers()["lea"]
    gone = next(one for one in of("anne") if one.person == numbers()["lea"])
    assert gone.left.body["words"][0]["text"] == "Too much just now"
    assert refused(team.leave, told=Told(reader("lea")), member=gone, why="", once="d" * 32, **ACT) == "left-already"


def test_nobody_is_in_it_after_the_last_day(cast):
    name("anne", Named(name="Vera", until=DAY.isoformat()))
    vera = of("anne")[-1]
    assert vera.here(DAY) and not vera.here(DAY + dt.timedelta(days=1))
    assert refused(name, who="anne") == "nobody"
    with pytest.raises(team.Refused, match="no-day"):
        name("anne", Named(name="Vera", until="2026-11-19"), once="e" * 32)


def test_the_one_a_family_is_protected_from_is_not_in_it_and_hears_of_nothing(cast):
    before = read(reader("morten", 3))
    morten, aud = numbers()["morten"], numbers()["aud"]
    for who, speaker in (("elin", ""), ("kari", "elin")):
        with pytest.raises(team.Refused, match="not-to-them"):
            name(who, Named(person=morten), family=3, speaker=speaker)
    name("elin", Named(person=aud, role="Has the spare key"), Named(name="Sunniva"), family=3)
    name("kari", Named(name="Brita"), family=3, speaker="elin", once="b" * 32, to=(numbers()["elin"],), only=True)
    assert names("elin", 3) == ["Aud", "Sunniva", "Brita"]
    assert [one.person for one in of("aud", 3)] == [aud], "and nothing of the others"
    assert read(reader("morten", 3)) == before and of("morten", 3) == [] and of("marit", 3) == []
    for one in of("elin", 3):
        told = Told(reader("elin", 3))
        how = {"way": "call", "caller": morten, "text": "x", "once": "f" * 32, **ACT}
        assert refused(invitation.invite, told=told, member=one, **how) == "not-to-them"


def test_what_morten_names_is_taken_as_from_anybody_and_reaches_workers_only(cast):
    """He is refused nothing that would tell him; Elin is named on nothing of his."""
    elin = read(reader("elin", 3))
    name("morten", Named(person=numbers()["gro"]), Named(person=numbers()["elin"]), family=3)
    assert {one.person for one in of("morten", 3)} == {numbers()["gro"], numbers()["elin"]}
    assert read(reader("elin", 3)) == elin and len(of("kari", 3)) == 2
    first = of("morten", 3)[0]
    told = Told(reader("morten", 3))
    invitation.invite(told=told, member=first, way="letter", caller=None, text="Hello", once="b" * 32, **ACT)
    assert read(reader("elin", 3)) == elin


def test_asked_in_and_answered(cast):
    lea = next(one for one in of("anne") if one.person == numbers()["lea"])
    how = {"way": "call", "caller": numbers()["ali"], "text": "Is this a good time?", **ACT}
    invitation.invite(told=Told(reader("anne")), member=lea, once="a" * 32, **how)
    one = invitation.invitations(read(reader("lea")))[numbers()["lea"]]
    assert (one.way, one.caller, one.answer) == ("call", numbers()["ali"], "")
    assert not invitation.invitations(read(reader("per"))) and not invitation.invitations(read(reader("berg")))
    said = {"told": Told(reader("lea")), "one": one, "text": "After Christmas.", "again": "2027-01-11", **ACT}
    assert refused(invitation.answer, answer="maybe", once="b" * 32, **said) == "unknown-form"
    for _time in range(3):
        invitation.answer(answer="ask-again", once="c" * 32, **said)
    one = invitation.invitations(read(reader("lars")))[numbers()["lea"]]
    assert (one.answer, one.again, one.said.basis) == ("ask-again", "2027-01-11", "own-words")
    assert refused(invitation.invite, told=Told(reader("kari")), member=lea, once="d" * 32, **how) == "no-speaker"


@given(st.lists(st.sampled_from([True, False, None]), max_size=7), st.sets(st.integers(0, 6)))
def test_the_share_is_of_those_in_it(jobs, at_work):
    """The own people and those at work are everybody; who is known to be at work counts where nobody said it."""
    them = [Member(n, None, job=job) for n, job in enumerate(jobs)]
    own, every = team.own_people(them, at_work)
    assert every == len(jobs) and 0 <= own <= every
    assert own == sum(job is False or (job is None and n not in at_work) for n, job in enumerate(jobs))


def test_days_until_they_met_and_never_how_often(cast):
    meetings = read(reader("lars"), kinds=("teams.meeting",))
    began = dt.date(2024, 11, 18)
    assert team.days_until_they_met(began, meetings) == (dt.date(2025, 11, 25) - began).days
    assert team.days_until_they_met(began, meetings[:1]) == team.days_until_they_met(began, meetings)
    assert team.days_until_they_met(began, []) is None and team.days_until_they_met(None, meetings) is None


def test_a_worker_says_what_they_do_to_those_who_know_them(cast):
    how = {"text": "I drive, and I listen in the car.", "once": "a" * 32, **ACT}
    working.say(by=reader("lars"), **how)
    assert numbers()["lars"] in working.says(read(reader("anne")))
    assert refused(working.say, by=reader("anne"), **how) == "not-yours"
    before = read(reader("morten", 3))
    working.say(by=reader("kari", 3), **how)
    assert read(reader("morten", 3)) == before
    working.say(by=reader("marit", 3), **how)
    assert len(read(reader("morten", 3))) == len(before) + 1, "she works with him"
    elin = read(reader("elin", 3))
    assert numbers()["marit"] not in working.says(elin)


def test_own_words_head_the_plan(cast):
    say = {"text": "Quiet mornings. Fish on Thursdays.", **ACT}
    life.say(told=Told(reader("jonas")), what="good-life", once="a" * 32, **say)
    life.say(told=Told(reader("lars"), numbers()["mia"]), what="who-i-am", once="b" * 32, **say)
    found = life.lives(read(reader("lars")))
    assert found[numbers()["jonas"]].good.basis == found[numbers()["mia"]].who.basis == "own-words"
    assert found[numbers()["jonas"]].who is None and numbers()["jonas"] not in life.lives(read(reader("anne")))
    assert refused(life.say, told=Told(reader("lars")), what="good-life", once="c" * 32, **say) == "no-speaker"
    rules = "Anyone may stop us.\n\n Nobody brings a list. "
    told = Told(reader("anne"), to=(numbers()["jonas"],))
    life.agree(told=told, text="That we sleep.", rules=rules, once="d" * 32, **ACT)
    one = life.mission(read(reader("jonas")))
    assert (one.text, one.rules) == ("That we sleep.", ("Anyone may stop us.", "Nobody brings a list."))
    assert life.mission(read(reader("per"))) is None
    assert refused(life.agree, told=told, text=" ", rules=rules, once="e" * 32, **ACT) == "no-words"


def test_who_stands_by_somebody_is_given_and_ended_by_them_alone(cast):
    until = DAY + dt.timedelta(days=30)
    how = {"person": None, "name": "Advokat Lie", "what": "advocate", "lang": "en", "at": NOW}
    for _time in range(3):
        own_side.give(by=reader("anne"), until=until, once="a" * 32, **how)
    tie = ties(1)[-1]
    assert (tie.kind, tie.to, tie.state) == ("advocate", numbers()["anne"], "active") and len(ties(1)) > 1
    assert tie.live(NOW) and not tie.live(NOW + 31 * 24 * 3600 * 1_000_000), "the day ends it, and nobody else"
    assert [one.person for one in own_side.given_by(read(reader("anne")), numbers()["anne"], NOW)] == [tie.person]
    assert own_side.given_by(read(reader("per")), numbers()["anne"], NOW) == []
    for act in ("end", "until", "pause"):
        assert not may_move(by=numbers()["kari"], family=1, tie=tie, act=act, at=NOW), act
    assert may_move(by=numbers()["kari"], family=1, tie=tie, act="bar", at=NOW), "an order is an order"
    assert refused(own_side.end, by=reader("per"), grant=tie.id, at=NOW, once="b" * 32) == "not-found"
    own_side.end(by=reader("anne"), grant=tie.id, at=NOW, once="c" * 32)
    assert ties(1)[-1].state == "ended" and all(rebuild(check=True).values())


def test_who_may_not_stand_by_somebody(cast):
    how = {"name": "", "what": "family-partner", "lang": "en", "at": NOW, "once": "a" * 32}
    give = own_side.give
    assert refused(give, by=reader("anne"), person=numbers()["kari"], until=DAY, **how) == "works-here"
    assert refused(give, by=reader("anne"), person=None, until=DAY, **how) == "no-name"
    assert refused(give, by=reader("anne"), person=None, until=DAY - dt.timedelta(days=1), **how) == "no-until"
    assert refused(give, by=reader("kari"), person=None, until=DAY, **how) == "not-yours"
    assert refused(give, by=reader("elin", 3), person=numbers()["morten"], until=DAY, **how) == "not-to-them"

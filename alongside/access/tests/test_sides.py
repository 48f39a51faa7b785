"""A worker stands on one side of a hazard: with the one it is about, or with the others. A place that is over is on
neither, and what is over is not made to last again past that rule."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside import clock, ids
from alongside.access import absence, hazards, openings, relationship, urgent
from alongside.access.absence import may_stand_in
from alongside.access.policy import Tie, across, fits, leads, may_move, ties
from alongside.access.urgent import LASTS, Sought
from alongside.cast.story import TODAY, number
from alongside.record.readers import STAFF
from alongside.record.reading import rows
from alongside.record.statement import Refused

pytestmark = pytest.mark.django_db
NOW = clock.micros(TODAY)
HOUR_LATER = NOW + LASTS


@pytest.fixture
def protected(cast):
    """The others of the family are protected from Per; Geir of duty opened it in an emergency, for an hour."""
    hazards.put_on(by=number("kari"), family=1, person=number("per"), ground="So it is.", told=[], lang="en", at=NOW,
                   once="protect")  # fmt: skip
    code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    opened = urgent.open_urgently(
        by=number("geir"), strength=3, sought=Sought(code), reason="alone", why="It burns.", lang="en", at=NOW,
        once=ids.new(),
    )  # fmt: skip
    assert opened == code and openings.running(number("geir"), now=NOW)


def work_of(who: str) -> Tie:
    return next(tie for tie in ties(1) if tie.person == number(who) and tie.kind in STAFF and tie.live(NOW))


def taken(at: int, *, to: str | None = "per", who: str = "geir") -> str:
    """What is answered to work with this person (None: with the family) for a worker at this moment."""
    try:
        fits(family=1, person=number(who), kind="co-worker", to=number(to) if to else None, at=at)
    except Refused as why:
        return why.code
    return "taken"


def test_an_emergency_that_is_over_is_no_side(protected):
    assert (taken(NOW), taken(NOW, to=None)) == ("other-side", "taken")
    assert (taken(HOUR_LATER - 1), taken(HOUR_LATER)) == ("other-side", "taken")
    assert taken(HOUR_LATER, to=None) == "taken"


def test_whoever_works_with_the_family_is_on_its_side_still(protected):
    assert {taken(at, who="kari") for at in (NOW, HOUR_LATER)} == {"other-side"}


def test_nor_does_it_keep_anybody_from_standing_in(cast):
    """He stood in for her who works with Per alone: over, he stands in for the others; while it lasts he does not."""
    here = {tie.person for tie in ties(1)}
    who = next(one for one in may_stand_in(work_of("kari"), NOW) if one not in here)
    leader = next(one for (one,) in rows("SELECT person FROM access_role WHERE role = 'leader'", []) if leads(one, who))
    relationship.grant(by=leader, family=1, person=who, kind="co-worker", to=number("per"), why="A week.", at=NOW,
                       once="week", until=HOUR_LATER)  # fmt: skip
    hazards.put_on(by=number("kari"), family=1, person=number("per"), ground="So it is.", told=[], lang="en", at=NOW,
                   once="protect")  # fmt: skip
    assert who not in may_stand_in(work_of("kari"), NOW)
    assert who in may_stand_in(work_of("kari"), HOUR_LATER)


def test_for_who_helps_one_alone_nobody_of_the_others_stands_in_hazard_or_not(cast):
    """Marit helps Per alone and may not know of the hazard: from the names she can choose she does not learn it."""
    leader = next(one for (one,) in rows("SELECT person FROM access_role WHERE role = 'leader'", [])
                  if leads(one, number("marit")))  # fmt: skip
    relationship.grant(by=leader, family=1, person=number("marit"), kind="co-worker", to=number("per"), why="His own.",
                       at=NOW, once="marit")  # fmt: skip
    before = may_stand_in(work_of("marit"), NOW)
    assert before and not {tie.person for tie in ties(1) if tie.kind in STAFF and tie.to is None} & set(before)
    hazards.put_on(by=number("kari"), family=1, person=number("per"), ground="So it is.", told=[], lang="en", at=NOW,
                   once="protect")  # fmt: skip
    assert may_stand_in(work_of("marit"), NOW) == before
    with pytest.raises(Refused, match="nobody-stands-in"):
        absence.say(by=number("marit"), stand_ins={1: number("kari")}, first=TODAY.date(), last=TODAY.date(), words="",
                    lang="en", at=NOW, once="away")  # fmt: skip


def test_what_is_over_is_not_made_to_last_again(protected, monkeypatch):
    """Else he would stand on both sides: a place anew asks for the rule, a last day does not."""
    mine = next(tie for tie in ties(1) if tie.person == number("geir"))
    monkeypatch.setattr("alongside.access.policy.leads", lambda by, person: True)
    may = {(act, at) for act in ("until-work", "end-work") for at in (NOW, HOUR_LATER)
           if may_move(by=number("tone"), family=1, tie=mine, act=act, at=at)}  # fmt: skip
    assert may == {("end-work", NOW), ("end-work", HOUR_LATER)}  # nor is an hour of an emergency made longer
    days = replace(mine, kind="co-worker")
    may = [at for at in (NOW, HOUR_LATER) if may_move(by=number("tone"), family=1, tie=days, act="until-work", at=at)]
    assert may == [NOW]


PLACES = st.tuples(
    st.sampled_from(sorted(STAFF)), st.sampled_from([None, "per", "anne"]),
    st.sampled_from(["invited", "accepted", "verified", "active", "paused", "ended"]),
    st.sampled_from([None, -1, 0, 1]),
)  # fmt: skip


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(PLACES, max_size=4), to=st.sampled_from([None, "per", "anne"]))
def test_only_places_that_are_open_now_are_a_side(protected, monkeypatch, places, to):
    """Whatever was over before: it is the same as if it had never been."""
    held = [
        Tie(place, str(place), number("geir"), kind, number(whom) if whom else None, state,
            None if until is None else NOW + until, None)
        for place, (kind, whom, state, until) in enumerate(places, 100)
    ]  # fmt: skip
    others = [tie for tie in ties(1) if tie.person != number("geir")]
    over = [tie for tie in held if tie.state == "ended" or (tie.until is not None and tie.until <= NOW)]
    found = []
    for mine in (held, [tie for tie in held if tie not in over]):
        monkeypatch.setattr("alongside.access.policy.ties", lambda family, mine=mine: [*others, *mine])
        found.append(across(1, number("geir"), number(to) if to else None, NOW))
    monkeypatch.undo()
    assert found[0] == found[1]
    assert found[1] == any((tie.to == number("per")) != (to == "per") for tie in held if tie not in over)

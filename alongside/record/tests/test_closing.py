"""After the moment an office stops, the one write receives what ends things and what says who may read, and no more."""

import pytest

from alongside.access.grants import granted
from alongside.access.policy import ties
from alongside.access.relationship import as_its_grant
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.closing import AGREED, DECLINED, GO_ON, PROPOSED, STOP, announced, closings, ends, in_force
from alongside.record.readers import STATES
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Closed, Refused, Statement
from alongside.record.tests.test_append import Home, passage

pytestmark = pytest.mark.django_db
SECOND = 1_000_000


@pytest.fixture
def home(db):
    return Home()


def said(what, end, by, once, at):
    body = {"what": what, "last": "2026-01-31", "ends": end, "words": [{"lang": "en", "text": "Nordby goes on."}]}
    return append([Statement(PROPOSED, body)], family=0, by=by, once=once, at=at)[0].id


def agreed(proposal, by, once, at):
    append([Statement(AGREED, thing=proposal)], family=0, by=by, once=once, at=at)


@pytest.fixture
def end(home):
    """The office stops in a minute; its moment."""
    at = home.clock + 60 * SECOND
    agreed(said(STOP, at, home.worker, "p", home.clock), home.office, "y", home.clock)
    return at


def test_until_the_moment_and_not_from_it_on(home, end):
    home.say(passage("soup"), at=end - 1)
    for at in (end, end + 1):
        with pytest.raises(Closed):
            home.say(passage("bread"), at=at)
        with pytest.raises(Closed):
            settling.save([passage("bread")], family=home.family, by=home.worker, once="b", at=at, wait=600)
    assert home.words(home.worker) == ["soup"] and settling.waiting(home.worker) == []


def test_the_same_act_sent_again_is_still_the_same_act(home, end):
    first = home.say(passage("soup"), once="s", at=end - 1)
    assert home.say(passage("soup"), once="s", at=end + 9) == first
    with pytest.raises(Refused, match="other-words"):
        home.say(passage("bread"), once="s", at=end + 9)
    kept = settling.save([passage("milk")], family=home.family, by=home.worker, once="m", at=end - 1, wait=600)
    assert settling.save([passage("milk")], family=home.family, by=home.worker, once="m", at=end + 9, wait=600) == kept


def test_what_was_written_before_it_settles_after_it(home, end):
    settling.save([passage("soup")], family=home.family, by=home.worker, once="s", at=end - 1, wait=600)
    assert settling.settle(end + 600 * SECOND) == 1 and home.words(home.worker) == ["soup"]
    settling.save([passage("milk")], family=home.family, by=home.worker, once="m", at=end - 1, wait=600)
    assert len(settling.send_now(home.worker, at=end + 1)) == 1


def test_an_act_is_judged_by_what_it_says_first(home, end):
    hazard = Statement("access.hazard-on", {"person": home.father, "words": [{"lang": "en", "text": "x"}]})
    with pytest.raises(Closed):
        home.say(passage("bread"), hazard, at=end)
    home.say(hazard, at=end)
    with pytest.raises(Closed):
        home.say(at=end)


def test_of_what_changes_who_stands_here_only_barring_goes_on(home, end):
    """Alone, with its reason behind it, and never with another change in the same act."""
    one, other = [tie for tie in ties(home.family) if tie.person in (home.mother, home.father)]
    barred = as_its_grant(one, "barred")
    for state in STATES:
        if state != "barred":
            for act in ([as_its_grant(one, state)], [barred, as_its_grant(other, state)]):
                with pytest.raises(Closed):
                    home.say(*act, at=end)
    why = Statement("access.why", {"grant": one.id, "why": "The court, on 2 May."})
    for act in ([granted(home.father, "network")], [why, barred]):
        with pytest.raises(Closed):
            home.say(*act, at=end)
    home.say(barred, why, at=end)
    assert rows("SELECT count(*) FROM record_relationship WHERE state = 'barred'", []) == [(1,)]


def test_a_yes_of_the_one_who_proposed_is_none_wherever_it_is_written(home):
    one = said(STOP, home.clock + 9, home.worker, "p", home.clock)
    agreed(one, home.worker, "y", home.clock)
    assert in_force(closings()) is None and ends() == 0 and announced() is None
    agreed(one, home.office, "y", home.clock)
    assert announced().id == one and ends() == home.clock + 9
    assert all(rebuild(check=True).values())


def test_the_first_answer_counts_also_where_two_come_at_once(home):
    one = said(STOP, home.clock + 9, home.worker, "p", home.clock)
    append([Statement(DECLINED, thing=one)], family=0, by=home.mother, once="n", at=home.clock)
    agreed(one, home.office, "y", home.clock)
    assert in_force(closings()) is None and ends() == 0


def test_the_last_that_two_decided_is_in_force(home, end):
    agreed(said(STOP, end + 5, home.office, "p2", end), home.worker, "y2", end)
    assert ends() == end + 5 and len(rows("SELECT * FROM record_closing", [])) == 1
    home.say(passage("soup"), at=end + 4)
    agreed(said(GO_ON, 0, home.office, "p3", end), home.worker, "y3", end + 9)
    assert ends() == 0 and announced() is None
    home.say(passage("bread"), at=end + 99)
    assert all(rebuild(check=True).values())

"""Words wait a little before they are part of the record: undo, send now, and nothing lost on the way."""

import pytest

from alongside.record import settling
from alongside.record.statement import Refused, Statement
from alongside.record.tests.test_append import AT, Home, passage

pytestmark = pytest.mark.django_db
SECOND = 1_000_000


@pytest.fixture
def home(db):
    return Home()


def keep(home, words="soup", once="k", wait=600, **how):
    return settling.save(
        [passage(words, **how)], family=home.family, by=home.worker, once=once, at=home.clock, wait=wait
    )


def test_what_waits_is_read_by_nobody_and_then_by_everybody_it_is_for(home):
    keep(home, readers=((home.mother, "present"),))
    assert home.words(home.worker) == home.words(home.mother) == []
    assert settling.settle(home.clock + 599 * SECOND) == 0
    assert settling.settle(home.clock + 600 * SECOND) == 1
    assert home.words(home.mother) == ["soup"]
    assert settling.waiting(home.worker) == []


def test_saying_it_twice_keeps_one(home):
    first = keep(home)
    assert keep(home) == first
    assert settling.settle(home.clock + 600 * SECOND) == 1
    assert keep(home) is None
    assert home.words(home.worker) == ["soup"]


def test_other_words_under_the_same_key_are_refused_while_waiting_and_after(home):
    keep(home)
    with pytest.raises(Refused, match="other-words"):
        keep(home, "bread")
    settling.settle(home.clock + 600 * SECOND)
    with pytest.raises(Refused, match="other-words"):
        keep(home, "bread")


def test_undo_leaves_nothing_and_a_late_replay_does_not_revive_it(home):
    waiting = keep(home)
    undone = settling.undo(waiting.id, by=home.worker, at=home.clock)
    assert undone.statements[0].body == {"words": "soup"}
    assert keep(home) is None
    assert settling.settle(home.clock + 3600 * SECOND) == 0
    assert home.words(home.worker) == []
    settling.settle(home.clock + settling.TOMBSTONE + SECOND)
    assert keep(home) is not None  # thirty days on the key is forgotten


def test_only_its_author_undoes_or_sees_what_waits(home):
    waiting = keep(home)
    assert settling.undo(waiting.id, by=home.mother, at=home.clock) is None
    assert settling.waiting(home.mother) == []
    assert [one.id for one in settling.waiting(home.worker)] == [waiting.id]


def test_undo_after_it_went_in_does_nothing(home):
    waiting = keep(home)
    settling.send_now(home.worker, at=home.clock)
    assert settling.undo(waiting.id, by=home.worker, at=home.clock) is None
    assert home.words(home.worker) == ["soup"]


def test_send_now_sends_one_or_all_of_a_family(home):
    first = keep(home, "one", once="1")
    keep(home, "two", once="2")
    settling.send_now(home.worker, at=home.clock, id=first.id)
    assert home.words(home.worker) == ["one"]
    settling.send_now(home.worker, at=home.clock, family=home.family)
    assert home.words(home.worker) == ["one", "two"]


def test_what_cannot_go_in_stays_with_its_author_and_says_why(home):
    (above,) = home.say(passage("only us", mark="persons"))
    keep(home, answers=above.id, readers=((home.father, "addressed"),), mark="persons")
    assert settling.settle(home.clock + 600 * SECOND) == 0
    (stuck,) = settling.waiting(home.worker)
    assert stuck.stuck == "wider-than-parent"
    assert settling.settle(home.clock + 700 * SECOND) == 0


def test_a_relationship_that_ended_meanwhile_does_not_lose_the_note(home):
    keep(home)
    grant = home.say(
        Statement("access.granted", {"person": home.worker, "kind": "duty", "state": "ended"}), by=home.office
    )
    assert grant and settling.settle(home.clock + 600 * SECOND) == 1


def test_nothing_is_kept_of_an_act_the_record_would_never_take(home):
    with pytest.raises(Refused, match="too-long"):
        keep(home, "x" * 1_000_001)
    assert settling.waiting(home.worker) == []


def test_the_clock_of_a_waiting_act_is_the_record_s_own(home):
    waiting = keep(home, wait=0)
    (receipt,) = settling.send_now(home.worker, at=AT + 99 * SECOND, id=waiting.id)
    assert receipt.recorded_at == max(AT + 99 * SECOND, home.clock)


def test_an_act_that_breaks_holds_up_no_other(home, monkeypatch):
    from alongside.record.registers import FOLDS

    def breaks(cursor, entry):
        raise ValueError("a fold with a mistake in it")

    monkeypatch.setitem(FOLDS, "dialogue.letter", [breaks])
    letter = Statement("dialogue.letter", {"words": "never in"})
    settling.save([letter], family=home.family, by=home.worker, once="letter", at=home.clock, wait=1)
    keep(home, "after it", once="after", wait=2)
    assert settling.settle(home.clock + 9 * SECOND) == 1
    assert home.words(home.worker) == ["after it"]
    (stuck,) = settling.waiting(home.worker)
    assert stuck.stuck == "broken"

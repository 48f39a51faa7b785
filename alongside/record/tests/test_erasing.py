"""Erasing by law: two persons, and nothing is left but a hash; the wall opens for this and for nothing else."""

import pytest

from alongside import ids
from alongside.access import erasure, holds
from alongside.cast.story import number
from alongside.record.appending import append
from alongside.record.erased import ERASED, left
from alongside.record.reading import rows
from alongside.record.registers import TABLES, dump, rebuild, refold
from alongside.record.statement import Refused, Statement
from alongside.record.verify import verify

pytestmark = pytest.mark.django_db
AT = 2_000_000_000_000_000
WORDS = "The zebra Quirinalius stood in the rhubarb patch until nightfall."


@pytest.fixture
def home(cast):
    """The number of the Hansens' family."""
    return rows("SELECT family FROM record_relationship WHERE person = %s AND kind = 'parent'", [number("anne")])[0][0]


def said(home, *, words=WORDS, once=None, **more):
    one = Statement(
        "dialogue.passage", {"words": [{"lang": "en", "text": words}]}, basis="told", so="2026-03", so_first=1,
        so_last=2, about=(number("anne"),), via=(number("lars"),), **more,
    )  # fmt: skip
    return append([one], family=home, by=number("kari"), once=once or ids.new(), at=AT)[0].id


def decide(ids_, *, ground="asked"):
    (first,) = erasure.propose(
        by=number("odd"), strength=3, ids=ids_, ground=ground, words="Asked in May.", lang="en", at=AT, once=ids.new()
    )
    return first.id, erasure.confirm(by=number("tone"), strength=3, proposal=first.id, at=AT, once=ids.new())[0].id


def row(id):
    return rows("SELECT kind, body, about, via, speaker, so, salt, hash, once FROM record_entry WHERE id = %s", [id])[0]


def test_two_persons_and_the_words_are_gone_and_the_hash_stays(home):
    id = said(home)
    before = row(id)
    said(home, words="After it stands this.")
    _proposal, decision = decide([id])
    after = row(id)
    assert after[0] == ERASED and after[1] == left(by=decision, ground="asked", on="2033-05-18")
    assert after[2:6] == ("[]", "[]", None, None) and bytes(after[6]) == b"" and after[7] == before[7]
    assert before[8].rsplit("/", 2)[1] not in after[8]
    assert list(verify()) == [] and all(rebuild(check=True).values())


def test_folding_one_family_again_changes_no_register(cast):
    before = dump(TABLES)
    for (family,) in rows("SELECT number FROM record_family", []):
        refold(family)
    assert dump(TABLES) == before and all(rebuild(check=True).values())


def test_one_person_twice_is_no_two(home):
    id = said(home)
    (first,) = erasure.propose(
        by=number("odd"), strength=3, ids=[id], ground="asked", words="x", lang="en", at=AT, once=ids.new()
    )
    with pytest.raises(Refused, match="not-a-second"):
        erasure.confirm(by=number("odd"), strength=3, proposal=first.id, at=AT, once=ids.new())
    assert row(id)[0] == "dialogue.passage"


@pytest.mark.parametrize("who", ["kari", "ingrid", "anne"])
def test_nobody_else_proposes_or_decides(home, who):
    id = said(home)
    with pytest.raises(Refused, match="not-yours"):
        erasure.propose(
            by=number(who), strength=3, ids=[id], ground="asked", words="x", lang="en", at=AT, once=ids.new()
        )
    assert erasure.listed(number(who)) == []


def test_a_hold_beats_two_persons(home):
    id = said(home)
    (first,) = erasure.propose(
        by=number("odd"), strength=3, ids=[id], ground="clock", words="x", lang="en", at=AT, once=ids.new()
    )
    import datetime as dt

    (hold,) = holds.put_on(
        by=number("odd"), family=home, why="An inquiry", until=dt.date(2040, 1, 1), lang="en", at=AT, once=ids.new()
    )
    with pytest.raises(Refused, match="held"):
        erasure.confirm(by=number("tone"), strength=3, proposal=first.id, at=AT, once=ids.new())
    assert row(id)[0] == "dialogue.passage"
    holds.end(by=number("tone"), hold=hold.id, why="It is over", lang="en", at=AT, once=ids.new())
    erasure.confirm(by=number("tone"), strength=3, proposal=first.id, at=AT, once=ids.new())
    assert row(id)[0] == ERASED


def test_the_same_words_do_not_come_back_by_a_late_device(home):
    id = said(home, once="device")
    decide([id])
    with pytest.raises(Refused, match="other-words"):
        said(home, once="device")


def test_a_whole_family_goes_with_everything_that_let_people_in(home):
    whole = erasure.places_of_family(home)
    how = {"strength": 3, "lang": "en", "at": AT}
    (one,) = erasure.propose_places(
        by=number("odd"), places=whole, scope="family", ground="order", words="A court said so.", once=ids.new(), **how
    )
    erasure.confirm(by=number("tone"), strength=3, proposal=one.id, at=AT, once=ids.new())
    assert erasure.places_of_family(home) == []
    assert list(verify()) == [] and all(rebuild(check=True).values())
    assert not rows("SELECT 1 FROM record_relationship WHERE family = %s", [home])
    assert not rows("SELECT 1 FROM access_account WHERE person = %s", [number("anne")])
    assert rows("SELECT 1 FROM access_account WHERE person = %s", [number("kari")])


def test_the_decision_itself_is_never_erased(home):
    _proposal, by = decide([said(home)])
    with pytest.raises(Refused, match="not-found"):
        erasure.propose(
            by=number("odd"), strength=3, ids=[by], ground="asked", words="x", lang="en", at=AT, once=ids.new()
        )

"""Nothing goes across a hazard by the way: not with a taking-back, a correction, or what was waiting (docs/record)."""

import itertools

import pytest

from alongside import clock, dates
from alongside.access.standing import reader_in
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, numbers
from alongside.dialogue.writing import own_words, praise, share
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.statement import Refused, Statement

NOW = clock.micros(TODAY)
SECOND = 1_000_000
keys = (f"{n:032x}" for n in itertools.count(1))


def said_to_both(who: str) -> str:
    """What this parent said while both were there, before the hazard."""
    sql = (
        "SELECT e.id FROM record_entry e JOIN record_reader a ON a.entry = e.pk AND a.person = %s "
        "JOIN record_reader b ON b.entry = e.pk AND b.person = %s WHERE e.speaker = %s AND e.basis = 'own-words'"
    )
    return rows(sql, [numbers()["elin"], numbers()["morten"], numbers()[who]])[0][0]


def code(family: int) -> str:
    return rows("SELECT code FROM record_family WHERE number = %s", [family])[0][0]


def hazard(who: str) -> None:
    """A hazard is put on one second from now."""
    act = Statement("access.hazard-on", {"person": numbers()[who]}, mark="sealed")
    append([act], family=1, by=numbers()["kari"], once="hazard", at=NOW + SECOND)


def everything(browser) -> bytes:
    return b"".join(browser.get(path).content for path in ("/me", "/me/story", "/me/people"))


@pytest.mark.parametrize(("one", "other"), [("morten", "elin"), ("elin", "morten")])
def test_the_reason_of_a_taking_back_does_not_cross(be, one, other):
    id = said_to_both(one)
    sent = be(one).post(f"/me/n/{id}/take-back", {"why": "Lerkereiret, zebra.", "once": next(keys)})
    assert sent.status_code == 303
    page = be(other).get(f"/me/n/{id}")
    assert page.status_code == 200
    assert b"zebra" not in page.content + everything(be(other))
    assert b"zebra" in be("kari").get(f"/f/{code(3)}/n/{id}").content


def test_a_worker_s_correction_of_what_he_had_does_not_reach_him(be):
    id = said_to_both("morten")
    path = f"/f/{code(3)}/n/{id}"
    assert be("kari").post(f"{path}/correct", {"words": "Zebra.", "once": next(keys)}).status_code == 303
    assert b"Zebra." in be("elin").get(f"/me/n/{id}").content
    assert b"Zebra." not in be("morten").get(f"/me/n/{id}").content + everything(be("morten"))


def test_what_is_written_to_him_since_is_still_corrected_and_heard(be):
    path = f"/f/{code(3)}/n/{id_of(3, 57)}"
    assert be("marit").post(f"{path}/correct", {"words": "23 of 24.", "once": next(keys)}).status_code == 303
    assert b"23 of 24." in be("morten").get(f"/me/n/{id_of(3, 57)}").content


@pytest.mark.parametrize(("who", "also"), [("per", "anne"), ("anne", "per")])
def test_words_that_waited_when_a_hazard_came_do_not_cross(be, who, also):
    """From neither side: hers stay with her; his go in for those who work here, since he is told of nothing."""
    reader = reader_in(numbers()[who], code(1), now=NOW, strength=3)
    own_words(
        by=reader, text="Zebra.", to=[numbers()[also]], lang="en", so=dates.UNSAID, at=NOW, once=next(keys), wait=60
    )
    hazard("per")
    assert settling.settle(NOW + 3600 * SECOND) == (1 if who == "per" else 0)
    assert [one.stuck for one in settling.waiting(numbers()[who])] == ([] if who == "per" else ["not-to-them"])
    assert b"Zebra." not in everything(be(also))


@pytest.mark.parametrize(("who", "to"), [("anne", "per"), ("kari", "per")])
def test_an_opening_that_waited_when_a_hazard_came_does_not_cross(be, who, to):
    """A share that settles is held back like the words themselves; it stays with whoever shared."""
    reader = reader_in(numbers()[who], code(1), now=NOW, strength=3)
    share(by=reader, entry_id=id_of(1, 98), to=[numbers()[to]], reason="Both.", at=NOW, once=next(keys), wait=60)
    hazard("per")
    assert settling.settle(NOW + 3600 * SECOND) == 0
    assert [one.stuck for one in settling.waiting(numbers()[who])] == ["not-to-them"]
    assert b"We did not need you." not in everything(be(to))


def test_words_to_workers_that_waited_go_in(be):
    be("per").post("/me/write", {"words": "Zebra.", "who": "team", "once": next(keys)})
    hazard("per")
    assert settling.settle(NOW + 3600 * SECOND) == 1


def test_a_later_relationship_does_not_lift_a_hazard(be):
    """Whoever is under hazard by one relationship is named by nobody, whatever else they are."""
    hazard("per")
    grant = Statement("access.granted", {"person": numbers()["per"], "kind": "carer", "state": "active"})
    append([grant], family=1, by=numbers()["kari"], once="again", at=NOW + 2 * SECOND)
    kari = reader_in(numbers()["kari"], code(1), now=NOW, strength=3)
    with pytest.raises(Refused, match="not-to-them"):
        praise(by=kari, text="Well done.", to=[numbers()["per"]], lang="en", at=NOW, once=next(keys), wait=0)


def test_nobody_takes_back_what_somebody_else_said(be):
    """Kari wrote down Anne's own words; they are Anne's to take back, not Kari's."""
    from alongside import clock
    from alongside.access.standing import reader_in
    from alongside.cast.said import id_of
    from alongside.cast.story import TODAY, number
    from alongside.dialogue import writing
    from alongside.record.reading import rows
    from alongside.record.statement import Refused

    now = clock.micros(TODAY)
    (code,) = rows("SELECT code FROM record_family WHERE number = 1", [])[0]
    kari, anne = (reader_in(number(who), code, now=now, strength=3) for who in ("kari", "anne"))
    wish = id_of(1, 61)
    with pytest.raises(Refused, match="not-yours"):
        writing.take_back(by=kari, entry_id=wish, why="", at=now, once="k")
    assert writing.take_back(by=anne, entry_id=wish, why="", at=now, once="a")

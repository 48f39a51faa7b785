"""What waits stands on the unit's page by name, for whom it waits; nothing is counted, nothing else is told."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from alongside import clock, ids
from alongside.access import absence, ending, hazards, policy, relationship, urgent
from alongside.access.roles import appointed
from alongside.access.standing import reader_at
from alongside.cast.story import TODAY, numbers
from alongside.dialogue import writing as said_by
from alongside.doors.practice.unit.led import said_aloud
from alongside.promises import writing as promising
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Statement

NOW = clock.micros(TODAY)
N = numbers()


def reader(who: str, family: int):
    return reader_at(N[who], family, now=NOW, strength=3)


def asks(text: str, who: str = "anne", family: int = 1, to: str = "", mark: str = "team") -> str:
    """A question is asked; its id."""
    body = {"words": [{"lang": "en", "text": text}], **({"to": N[to]} if to else {})}
    named = ((N[to], "addressed"),) if to else ()
    said = Statement("dialogue.question", body, basis="own-words", mark=mark, readers=named)
    with ids.seeded(text):
        return append([said], family=family, by=N[who], once=ids.new(), at=NOW)[0].id


@pytest.mark.parametrize("who", ["ingrid", "tone"])
def test_it_is_in_the_way_of_those_who_have_it(who, be):
    assert 'href="/unit"' in be(who).get("/today").content.decode()
    assert be(who).get("/unit").status_code == 200


@pytest.mark.parametrize("who", ["kari", "lars", "rune", "odd", "geir", "anne", "berg"])
def test_for_everybody_else_it_is_not_there(who, be, client):
    assert be(who).get("/unit").status_code == 404
    assert 'href="/unit"' not in be(who).get("/today").content.decode()
    assert client.get("/unit", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("tone").post("/unit").status_code == 405


def test_a_question_nobody_heard_waits_with_its_family(be, main):
    assert "Who comes on Monday?" not in main(be("ingrid").get("/unit"))
    asks("Who comes on Monday?")
    asks("And on Tuesday?", "per")
    text = main(be("ingrid").get("/unit"))
    assert text.index("Who comes on Monday?") < text.index("And on Tuesday?")
    assert "Anne" in text[: text.index("Who comes on Monday?")]
    assert "Who comes on Monday?" not in main(be("tone").get("/unit")), "a leader is told of no words"


def test_a_question_that_was_heard_or_answered_waits_no_more(be, main):
    heard, answered = asks("Is it heard?"), asks("Is it answered?", "per")
    said_by.answer(
        by=reader("kari", 1), to=answered, form="", text="Yes.", lang="en", at=NOW, once="a" * 32, wait=0
    )  # fmt: skip
    settling.settle(NOW + 1)
    body = {"words": [{"lang": "en", "text": "I ring on Monday."}], "due": "2026-11-23"}
    append(
        [Statement("dialogue.heard", body, answers=heard)], family=1, by=N["kari"], once="b" * 32, at=NOW
    )  # fmt: skip
    text = main(be("ingrid").get("/unit"))
    assert "Is it heard?" not in text and "Is it answered?" not in text


def test_what_is_for_somebody_by_name_is_not_on_a_supervisors_page(be, main):
    asks("Only for you, Kari?", to="kari", mark="persons")
    assert "Only for you, Kari?" not in main(be("ingrid").get("/unit"))


def test_a_protection_waits_for_its_second_person(be, main, code):
    assert "waits for a second person" not in main(be("ingrid").get("/unit"))
    hazards.put_on(
        by=N["kari"], family=1, person=N["per"], ground="He came to the school.", told=[], lang="en", at=NOW,
        once="c" * 32,
    )  # fmt: skip
    page = be("ingrid").get("/unit")
    assert "A protection waits for a second person, by" in main(page)
    address = re.search(rf'href="(/f/{code(1)}/protection/\w+)"', page.content.decode())[1]
    assert be("ingrid").get(address).status_code == 200
    assert "protection" not in main(be("tone").get("/unit"))


def in_an_emergency(who: str, code: str, why: str, once: str) -> None:
    """Somebody opens the family with this code for an hour."""
    urgent.open_urgently(
        by=N[who], strength=3, sought=urgent.Sought(code=code), reason=next(iter(urgent.REASONS)), why=why, lang="en",
        at=NOW, once=once,
    )  # fmt: skip


def test_an_emergency_to_judge_is_hers(be, main, code):
    in_an_emergency("geir", code(1), "The ambulance rang.", "d" * 32)
    assert "The ambulance rang." in main(be("ingrid").get("/unit"))
    assert "The ambulance rang." not in main(be("tone").get("/unit"))


def test_a_leader_reads_which_promises_need_her_yes(be, main):
    kari = {"by": reader("kari", 1), "lang": "en", "at": NOW, "wait": 0}
    promising.make(
        text="I find a room for evenings.", due="2026-12-01", readers=[], possible=[N["tone"]], once="e" * 32, **kari
    )  # fmt: skip
    promising.ask(of=N["tone"], text="Will you pay for the bus?", due="", readers=[], once="f" * 32, **kari)
    promising.make(text="I ring Anne.", due="2026-12-01", readers=[], once="0" * 32, **kari)
    settling.settle(NOW + 1)
    text = main(be("tone").get("/unit"))
    assert "I find a room for evenings." in text and "Will you pay for the bus?" in text
    assert "I ring Anne." not in text
    assert "I find a room" not in main(be("ingrid").get("/unit"))


def test_closed_work_stands_first_and_by_code_alone(be, main, code):
    before = main(be("tone").get("/unit"))
    assert "Somebody works with every family of the unit." in before
    ending.close(
        by=N["kari"], family=1, why="It goes well.", goodbye="Ring when you like.", lang="en", at=NOW, once="1" * 32
    )  # fmt: skip
    text = main(be("tone").get("/unit"))
    assert f"{said_aloud(code(1))} The work has ended. Worked here last: Kari Moen" in text
    assert "Hansen" not in text and "Anne" not in text


def test_a_family_whose_only_worker_went_is_there_to_be_given(be, main, code):
    tie = next(tie for tie in policy.ties(2) if tie.person == N["kari"])
    relationship.move(
        by=N["tone"], family=2, grant=tie.id, act="end-work", why="She moves.", at=NOW, once="2" * 32
    )  # fmt: skip
    page = be("tone").get("/unit").content.decode()
    part = page.split("Families nobody works with now")[1].split("</section>")[0]
    assert said_aloud(code(2)) in part
    assert be("tone").get(f"/unit/family?family={code(2)}").status_code == 200


def test_an_emergency_makes_no_family_of_the_unit(be, code):
    """Rune opened it for an hour; that is no work, and his leader gets no family by it."""
    append([appointed(N["tone"], "leader", unit="unit South")], family=0, by=N["tone"], once="3" * 32, at=NOW)
    in_an_emergency("rune", code(2), "A call.", "4" * 32)
    work = {one: ties for one, _number, ties, _over in ending.of_unit(N["tone"])}
    assert N["rune"] not in {tie.person for ties in work.values() for tie in ties}


def test_who_is_away_and_who_stands_in(be, main):
    assert "Nobody is away" in main(be("tone").get("/unit"))
    absence.say(
        by=N["kari"], stand_ins={1: N["lars"], 2: N["marit"]}, first=dt.date(2026, 11, 23), last=dt.date(2026, 11, 27),
        words="", lang="en", at=NOW, once="5" * 32,
    )  # fmt: skip
    text = main(be("tone").get("/unit"))
    assert "Kari Moen is away from 23 Nov to 27 Nov." in text and "stands in" in text
    assert "Marit" in text and "Lars" in text


def test_those_who_work_here_stand_by_name_and_role_without_a_number(be, main):
    asks("Who comes on Monday?")
    for who in ("tone", "ingrid"):
        text = main(be(who).get("/unit"))
        assert not re.search(r"(Kari|Lars|Marit|Ingrid)[\w ]*\W{1,3}\d+\b(?! (Nov|Dec|Oct))", text), who
    text = main(be("tone").get("/unit"))
    assert "Kari Moen social worker" in text and "Lars Eide coordinator" in text
    assert "Rune" not in text.split("Who works here")[1]


def test_few_questions_to_the_database(be):
    """However many families and colleagues: what waits is read in one statement for forty families."""
    for who, most in (("ingrid", 24), ("tone", 24)):
        browser = be(who)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/unit")
        assert len(asked) <= most, len(asked)


def test_the_way_to_it_costs_no_query(be, code):
    """Every page of the practice shows the way: it is asked together with the visit."""
    browser = be("kari")
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/f/{code(1)}")
    roles = [one for one in asked if "access_role" in one["sql"]]
    assert len(roles) == 1 and "access_visit" in roles[0]["sql"]


@given(st.text(alphabet="abcdefghjkmnpqrstuvwxyz23456789", min_size=1, max_size=20))
def test_a_code_said_aloud_is_the_same_code(code):
    aloud = said_aloud(code)
    assert aloud.replace(" ", "") == code and all(len(part) <= 4 for part in aloud.split())


def test_the_registers_can_be_made_again(be):
    asks("Who comes on Monday?")
    assert all(rebuild(check=True).values()) and rows("SELECT 1 FROM dialogue_question LIMIT 1", [])

"""A family that has just been opened, and a unit that has just begun: each page says what comes next."""

import json
import re

import pytest
from django.db import connection
from django.test import Client

from alongside.access.talk import hold
from alongside.cast.story import numbers
from alongside.families.queries import ids
from alongside.record.reading import rows
from alongside.record.registers import rebuild

pytestmark = pytest.mark.django_db
AASE = {"name": "Åse Vik", "called": "Åse", "reads": "team", "group": "family"}


@pytest.fixture
def opened(be):
    """The code of a family that Tone has opened for Kari."""
    before = {code for (code,) in rows("SELECT code FROM record_family", [])}
    kari = numbers()["kari"]
    sent = {"name": "Åse Vik", "why": "She rang us.", "worker": ids([kari])[kari], "once": "4" * 32}
    assert be("tone").post("/families/new", sent).status_code == 303
    return next(code for (code,) in rows("SELECT code FROM record_family", []) if code not in before)


def number_of(name: str) -> int:
    found = rows("SELECT body FROM record_entry WHERE body LIKE %s ORDER BY pk", [f'%"name":"{name}"%'])
    return json.loads(found[-1][0])["person"]


def given(kari: Client, code: str, name: str, **more):
    number = number_of(name)
    sent = {"who": ids([number])[number], "kind": "parent", "why": "She asked us.", "once": "5" * 32, **more}
    assert kari.post(f"/f/{code}/who/new", sent).status_code == 303
    return ids([number])[number]


def place(kari: Client, code: str, name: str) -> str:
    page = kari.get(f"/f/{code}/who").content.decode()
    return re.search(rf'href="(/f/{code}/who/[0-9a-f]{{32}})"><b>{name}', page)[1]


def test_a_leader_without_a_family_is_not_sent_to_her_leader(be, main):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_relationship WHERE person = %s", [numbers()["tone"]])
    words = main(be("tone").get("/today"))
    assert "Who works here Open a family The families of my unit" in words
    assert "Ask the leader of your unit" not in words + main(be("tone").get("/families"))


def test_the_families_of_a_unit_are_offered_to_who_leads_it(be):
    assert 'href="/unit"' in be("tone").get("/families").content.decode()
    assert 'href="/unit"' not in be("rune").get("/families").content.decode()


def test_a_new_family_is_new_with_its_worker_and_with_nobody_else(be, main, opened):
    assert "New with you Åse Vik" in main(be("kari").get("/today"))
    assert "Åse" not in main(be("lars").get("/today")) and "Åse" not in main(be("tone").get("/today"))
    assert "She rang us." in main(be("kari").get(f"/f/{opened}"))


def test_the_page_says_how_to_begin_until_somebody_has_a_room(be, main, opened):
    kari = be("kari")
    words = main(kari.get(f"/f/{opened}"))
    assert "How to begin Add those who belong to it Hold the talk: who may see what Give them a place" in words
    given(kari, opened, "Åse Vik", first="now", not_yet="The talk is tomorrow.")
    assert "How to begin" not in main(kari.get(f"/f/{opened}"))


def test_steps_are_not_offered_where_nothing_is_written(be, main, code, opened):
    assert "How to begin" not in main(be("kari").get(f"/f/{code(1)}"))
    assert "How to begin" not in main(be("kari").get(f"/f/{opened}?at=2026-03-14"))


def test_whoever_is_asked_gets_a_card_and_says_yes_in_their_own_door(be, main, opened):
    kari = be("kari")
    id = given(kari, opened, "Åse Vik", first="asked")
    assert "Åse is asked: make a card" in main(kari.get(f"/f/{opened}"))
    kari.post(f"/f/{opened}/people/new", {**AASE, "name": "Borghild Vik", "once": "7" * 32})
    there = place(kari, opened, "Åse Vik")
    assert f"/f/{opened}/card/{id}" in kari.get(there).content.decode()
    made = kari.post(f"/f/{opened}/card/{id}", {"how": "stood-here", "once": "8" * 32})
    card = re.search(r'class="code-big"[^>]*>([^<]+)<', kari.get(made["Location"]).content.decode())[1]
    aase = Client(HTTP_HOST="127.0.0.1")
    aase.post("/card", {"code": card})
    assert "no room for you here now" in main(aase.get("/me"))
    grant = re.search(r'name="place" value="(\w+)"', aase.get("/me/asked").content.decode())[1]
    aase.post("/me/asked", {"place": grant, "once": "9" * 32})
    assert "Åse has said yes: verify who they are" in main(kari.get(f"/f/{opened}"))
    kari.post(f"{there}/change?act=verify", {"act": "verify", "why": "I saw her.", "once": "a" * 32})
    kari.post(f"{there}/change?act=begin", {"not_yet": "Tomorrow.", "once": "b" * 32})
    assert "Hello Åse." in main(be(login_of(id)).get("/me"))
    heading = re.search("<h1>(.*?)</h1>", kari.get(f"/f/{opened}").content.decode())[1]
    assert "Åse" in heading and "Borghild" in heading, "who has no room yet belongs to the family all the same"
    assert all(rebuild(check=True).values())


def login_of(id: str) -> str:
    return rows(
        "SELECT a.login FROM access_account a JOIN record_person p ON p.number = a.person WHERE p.id = %s", [id]
    )[0][0]


def test_those_who_sat_in_the_talk_know_each_other_by_name(be, main, opened):
    kari = be("kari")
    kari.post(f"/f/{opened}/people/new", {**AASE, "name": "Borghild Vik", "once": "7" * 32})
    kari.post(f"/f/{opened}/people/new", {**AASE, "name": "Gunvor Vik", "once": "c" * 32})
    aase, other, gunvor = (number_of(f"{name} Vik") for name in ("Åse", "Borghild", "Gunvor"))
    family = rows("SELECT number FROM record_family WHERE code = %s", [opened])[0][0]
    day = {"day": "2026-11-20", "first": 739940, "lang": "en", "at": 1_795_190_400_000_000, "once": "d" * 32}
    hold(by=numbers()["kari"], family=family, said={other: "Not my school."}, there=[aase, other], **day)
    reads = {
        (person, json.loads(body)["person"])
        for person, body in rows(
            "SELECT r.person, e.body FROM record_reader r "
            "JOIN record_entry e ON e.pk = r.entry "
            "WHERE e.kind = 'families.met' AND e.pk >> 20 = %s AND r.because = 'released'",
            [family],
        )
    }
    assert reads == {(aase, other), (other, aase), (aase, aase), (other, other)} and gunvor not in {p for p, _ in reads}
    assert all(rebuild(check=True).values())

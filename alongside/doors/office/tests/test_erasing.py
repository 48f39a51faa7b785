"""Odd proposes, Tone says yes: the words are gone from every page, and those who read them are told so."""

import re

import pytest
from django.db import connection

from alongside import ids
from alongside.access.erasure import listed
from alongside.cast.story import number
from alongside.doors.entrance.tests.test_families import words
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.statement import Statement

pytestmark = pytest.mark.django_db
AT = 1_795_200_000_000_000
TEXT = "The lodger Quirinalius slept in the hall for a week."
GONE = "erased by law"


@pytest.fixture
def place(cast):
    """(code, id) of a sentence Anne was there for."""
    family, code = rows(
        "SELECT f.number, f.code FROM record_relationship r JOIN record_family f ON f.number = r.family "
        "WHERE r.person = %s AND r.kind = 'parent'",
        [number("anne")],
    )[0]
    said = Statement("dialogue.passage", {"words": [{"lang": "en", "text": TEXT}]}, basis="told")
    said = said.to(number("anne"), because="present")
    return code, append([said], family=family, by=number("kari"), once=ids.new(), at=AT)[0].id


def propose(browser, place, **change):
    code, id = place
    form = {"where": f"https://here/f/{code}/n/{id}#s-1", "ground": "asked", "words": "Asked on 3 May."}
    return browser.post("/office/erasing/new", {**form, "once": ids.new(), **change})


def test_from_proposal_to_the_calm_line(be, place):
    code, id = place
    odd, tone, kari, anne, per = be("odd"), be("tone"), be("kari"), be("anne"), be("per")
    assert TEXT in words(anne.get("/me/story")) and TEXT in words(kari.get(f"/f/{code}/story"))
    assert propose(odd, place).status_code == 303
    mine = words(odd.get("/office/erasing"))
    assert "Somebody else has to say yes" in mine and TEXT not in mine and "Asked on 3 May." in mine
    one = listed(number("tone"))[0].id
    assert odd.post(f"/office/erasing/{one}", {"says": "yes", "once": ids.new()}).status_code == 422
    assert "Yes, erase it for good" in words(tone.get("/office/erasing"))
    once = ids.new()
    assert tone.post(f"/office/erasing/{one}", {"says": "yes", "once": once}).status_code == 303
    again = tone.post(f"/office/erasing/{one}", {"says": "yes", "once": once})  # sent twice is one
    assert again.status_code == 303
    said = words(tone.get(again["Location"]))
    assert "Erased. The words are gone" in said
    # on PostgreSQL somebody has to sweep, and the page says so where it was decided, too
    assert ("until those who run this system have swept it" in said) is (connection.vendor == "postgresql")
    assert ("hold the words until" in said.split("Decided")[-1]) is (connection.vendor == "postgresql")
    for browser, address in ((anne, "/me/story"), (kari, f"/f/{code}/story"), (kari, f"/f/{code}/n/{id}")):
        page = words(browser.get(address))
        assert TEXT not in page and GONE in page and "because the person it was about asked" in page
    then = words(kari.get(f"/f/{code}/story?at=2026-11-20T15:00"))
    assert TEXT not in then
    assert GONE not in words(per.get("/me/story"))  # who could not read it is told nothing
    assert "Tone" in words(odd.get("/office/erasing")).split("Decided")[-1]


def test_a_second_person_says_no(be, place):
    propose(be("odd"), place)
    one, tone = listed(number("tone"))[0].id, be("tone")
    assert tone.post(f"/office/erasing/{one}", {"says": "no", "words": "", "once": ids.new()}).status_code == 422
    sent = {"says": "no", "words": "A court asked for it.", "once": ids.new()}
    assert tone.post(f"/office/erasing/{one}", sent).status_code == 303
    assert tone.post(f"/office/erasing/{one}", sent).status_code == 303  # sent twice is one
    for says in ("yes", "no"):  # the first answer stands, whoever gave it
        again = {"says": says, "words": "A court asked for it.", "once": ids.new()}
        assert tone.post(f"/office/erasing/{one}", again).status_code == 422
    assert TEXT in words(be("anne").get("/me/story"))
    assert "A court asked for it." in words(be("odd").get("/office/erasing"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"where": "https://here/f/x/n/nothing"}, "no words at one"), ({"ground": ""}, "Choose the ground"),
        ({"words": " "}, "Say why"), ({"where": "0" * 32}, "no words at one"),
    ],
)  # fmt: skip
def test_what_is_to_be_mended_keeps_the_words(be, place, change, says):
    page = propose(be("odd"), place, **{"words": "Kept reason.", **change})
    assert page.status_code == 422 and says in words(page)
    assert "Kept reason." in page.content.decode() or not change.get("words", "x").strip()
    assert listed(number("odd")) == []


@pytest.mark.parametrize("who", ["kari", "ingrid", "rune", "anne", "berg"])
def test_for_everybody_else_there_is_no_page(be, place, who):
    browser = be(who)
    for address in ("/office/erasing", "/office/erasing/new"):
        assert browser.get(address).status_code == 404
    assert propose(browser, place).status_code == 404


def test_signed_out_wrong_method_and_a_weak_visit(be, client, place):
    assert client.get("/office/erasing", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("odd").get(f"/office/erasing/{'0' * 32}").status_code == 405
    weak = be("odd", strength=1)
    assert propose(weak, place).status_code == 422 and listed(number("odd")) == []


def test_the_pages_have_one_heading_and_no_number_of_anything(be, place):
    propose(be("odd"), place)
    for address in ("/office/erasing", "/office/erasing/new"):
        page = be("tone").get(address).content.decode()
        assert len(re.findall("<h1", page)) == 1

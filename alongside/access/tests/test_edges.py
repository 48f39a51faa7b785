"""Odd ways in: other methods, addresses that are none, days at the edge of the calendar."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from alongside.access.chosen import password_wrong
from alongside.access.models import Account
from alongside.access.views import safe_way
from alongside.cast.accounts import PASSWORD
from alongside.cast.story import numbers
from alongside.dialogue.models import Draft
from alongside.record import settling
from alongside.record.reading import rows


@pytest.mark.parametrize(
    "to", ["http://[", "//[x", "//evil.example", "/\t/evil.example", " //evil.example", "/\\evil.example",
           "///evil.example", "javascript:alert(1)", "http://evil.example/me"],
)  # fmt: skip
def test_no_way_leads_to_another_site_or_breaks(client, db, to):
    assert safe_way(to) == ""
    assert client.get("/", {"to": to}).status_code == 200


def test_asking_for_the_head_of_an_act_does_nothing(be):
    """HEAD needs no form token, so it must not reach what only a form may do."""
    browser = be("anne")
    browser.post("/me/write", {"words": "Hello.", "who": "team", "once": "1" * 32})
    (act,) = settling.waiting(numbers()["anne"])
    assert browser.head(f"/me/waiting/{act.id}/undo").status_code == 405
    assert len(settling.waiting(numbers()["anne"])) == 1
    before = Draft.objects.count()
    assert be("kari").head("/drafts").status_code == 405
    assert Draft.objects.count() == before
    assert browser.head("/me/story").status_code == 200


def test_signing_in_leads_back_with_every_part_of_the_address(client, db):
    asked = client.get("/me/story?at=2026-03-14&before=x")
    assert asked["Location"] == "/?to=/me/story%3Fat%3D2026-03-14%26before%3Dx"


@pytest.mark.parametrize(("at", "status"), [("0001-01-01T00:00", 400), ("0001-01-01", 200), ("x" * 9999, 400)])
def test_the_first_hours_of_the_calendar_break_nothing(be, at, status):
    code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    assert be("kari").get(f"/f/{code}", {"at": at}).status_code == status
    assert be("anne").get("/me/story", {"at": at}).status_code == status


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"before": "9" * 31}, 200), ({"before": "-" + "9" * 31}, 404), ({"before": "9" * 5000}, 404),
        ({"day": "9999-12-31"}, 400), ({"day": "0001-01-01"}, 200), ({"family": "9" * 40}, 200),
    ],
)  # fmt: skip
def test_numbers_that_fit_nowhere_break_no_list(be, query, status):
    assert be("odd").get("/log", query).status_code == status


def test_another_site_s_name_is_refused_everywhere(db, client):
    """Also where nothing is written: a page is made under our own name only."""
    for address in ("/", "/left", "/me", "/nothing"):
        answer = client.get(address, headers={"host": "elsewhere.example"})
        assert answer.status_code == 400
        assert b"elsewhere" not in answer.content


def test_a_password_is_taken_as_it_was_typed(cast):
    """Neither cut nor trimmed nor folded, and long ones are welcome."""
    password = "  Blåbær and a red bus, " + "x" * 60 + " "
    assert password_wrong(password, "kari", "Kari Moen", known=()) == ""
    Account.objects.filter(login="kari").update(password=make_password(password))
    for typed in (password.strip(), password.lower(), password[:-1], password[:72]):
        assert Client().post("/sign-in", {"login": "kari", "password": typed}).status_code == 403
    assert Client().post("/sign-in", {"login": "kari", "password": password}).status_code == 303


def test_coming_in_begins_another_session(cast):
    """Whoever knew the one before, or put it there, has nothing of the visit."""
    browser, before = Client(), Client()
    browser.post("/leave")
    known = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post("/sign-in", {"login": "kari", "password": PASSWORD})
    inside = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert inside != known and len(inside) >= 26  # of 36 letters and digits each: more than 128 bits
    before.cookies[settings.SESSION_COOKIE_NAME] = known
    assert browser.get("/families").status_code == 200
    assert before.get("/families").status_code == 303
    browser.post("/leave")
    before.cookies[settings.SESSION_COOKIE_NAME] = inside
    assert before.get("/families").status_code == 303

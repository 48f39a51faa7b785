"""A worker on her first day with her phone, and every day after: invitation, password, six digits, by name."""

import re

import pytest
from django.test import Client

from alongside.access import bounds, codes, totp
from alongside.access.models import Account, VisitOpen
from alongside.access.tests.ways import PASSWORD, account, digits, later, now, with_phone
from alongside.doors.entrance.tests.test_families import visit_of, words

pytestmark = pytest.mark.django_db


def door() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


@pytest.fixture
def kari(cast):
    """Kari's browser on her first day, just after her code was taken."""
    Account.objects.filter(login="kari").update(password="!", totp="", totp_step=0)
    browser = door()
    answer = browser.post("/invited", {"code": codes.give(account("kari"), at=now())})
    assert (answer.status_code, answer["Location"]) == (303, "/first-day")
    return browser


def letters(browser) -> str:
    """The secret of the second factor, as the page shows it in letters."""
    page = browser.get("/first-day").content.decode()
    return re.search(r'class="code-letters"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def form(browser, **change) -> dict:
    six = totp.code(letters(browser), now() // totp.STEP)
    return {"password": PASSWORD, "again": PASSWORD, "code": six, "word": "blåbærkake"} | change


def test_the_first_day_ends_inside_and_fresh(kari):
    page = kari.get("/first-day")
    assert "Welcome, Kari." in words(page) and "<svg" in page.content.decode()
    answer = kari.post("/first-day", form(kari))
    assert (answer.status_code, answer["Location"]) == (303, "/today")
    assert visit_of(kari) == 3 and kari.get("/families").status_code == 200
    assert account("kari").password.startswith("argon2")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"again": "four birds on a tree"}, "not the same"),
        ({"password": "karikarikari", "again": "karikarikari"}, "Your name is in it"),
        ({"password": "Alongside, N0rth 2026", "again": "Alongside, N0rth 2026"}, "everybody here knows"),
        ({"code": "000000"}, "These digits are not right"),
        ({"word": ""}, "at least four letters"),
    ],
)
def test_what_is_to_be_mended_is_said_and_no_secret_given_back(kari, change, says):
    answer = kari.post("/first-day", form(kari, **change))
    assert answer.status_code == 422 and says in words(answer)
    assert PASSWORD not in answer.content.decode() and "blåbærkake" not in answer.content.decode()
    assert kari.get("/families").status_code == 303


def test_the_digits_of_the_first_day_are_not_taken_again(kari):
    sent = form(kari)
    kari.post("/first-day", sent)
    assert kari.post("/again", {"code": sent["code"]}).status_code == 403


def test_the_first_day_waits_an_hour(kari):
    later(minutes=61)
    assert kari.get("/first-day")["Location"] == "/invited"


def test_an_invitation_opens_once(kari):
    assert door().get("/first-day").status_code == 303
    used = codes.give(account("kari"), at=now())
    assert door().post("/invited", {"code": used}).status_code == 303
    assert door().post("/invited", {"code": used}).status_code == 403


def test_a_password_alone_is_signed_in_and_asks_for_the_digits(cast):
    with_phone("kari")
    browser = door()
    answer = browser.post("/sign-in", {"login": "kari", "password": PASSWORD, "to": "/waiting"})
    assert answer["Location"] == "/again?to=/waiting"
    assert visit_of(browser) == 1
    assert browser.post("/again", {"code": digits(), "to": "/waiting"})["Location"] == "/waiting"
    assert visit_of(browser) == 3
    later(minutes=15)
    assert visit_of(browser) == 2
    assert words(browser.get("/families")).count("Show what is for you by name") == 1


def test_a_replayed_code_is_refused(cast):
    with_phone("kari")
    first, second, six = door(), door(), digits()
    for browser in (first, second):
        browser.post("/sign-in", {"login": "kari", "password": PASSWORD})
    assert first.post("/again", {"code": six}).status_code == 303
    assert second.post("/again", {"code": six}).status_code == 403
    assert visit_of(second) == 1


def test_signing_in_between_does_not_buy_more_guesses_at_the_digits(cast):
    """Who has the password and not the phone gets fifteen guesses, however often they sign in."""
    with_phone("kari")
    looked_at = 0
    for _ in range(12):
        browser = door()
        browser.post("/sign-in", {"login": "kari", "password": PASSWORD})
        for _ in range(4):
            looked_at += "These digits are not right" in words(browser.post("/again", {"code": "000001"}))
        later(minutes=16)
    assert looked_at == 14  # the fifteenth ends the visit that tried it
    assert bounds.locked(bounds.second(account("kari").pk))


def test_going_on_with_the_password_alone(cast):
    with_phone("kari")
    browser = door()
    browser.post("/sign-in", {"login": "kari", "password": PASSWORD})
    assert browser.get("/families").status_code == 200
    assert VisitOpen.objects.get(pk=browser.session["visit"]).strength == 1


def test_words_that_waited_are_there_after_the_digits(cast):
    from alongside.access import sealed
    from alongside.record.reading import rows

    code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    with_phone("kari")
    browser = door()
    sent = {"words": "Anne laughed today.", "whose": sealed.whose(account("kari"))}
    kept = browser.post(f"/f/{code}/write", sent).content.decode().split('name="kept" value="')[1].split('"')[0]
    answer = browser.post("/sign-in", {"login": "kari", "password": PASSWORD, "kept": kept})
    assert answer["Location"] == f"/again?to=/f/{code}/write"
    browser.post("/again", {"code": digits(), "to": f"/f/{code}/write"})
    assert "Anne laughed today." in browser.get(f"/f/{code}/write").content.decode()


def test_a_new_password_ends_the_other_visits(be):
    with_phone("kari")
    here, there = be("kari"), be("kari")
    new = {"key": PASSWORD, "password": "seven gulls by the pier", "again": "seven gulls by the pier", "once": "2" * 32}
    assert here.post("/key", new).status_code == 303
    assert here.post("/key", new).status_code == 303  # sent twice is one act
    assert there.get("/families").status_code == 303 and here.get("/families").status_code == 200


@pytest.mark.parametrize("key", ["", "not the one she has"])
def test_a_new_password_needs_the_one_before(key, be):
    with_phone("kari")
    here, before = be("kari"), account("kari").password
    new = {"key": key, "password": "seven gulls by the pier", "again": "seven gulls by the pier", "once": "2" * 32}
    assert here.post("/key", new).status_code == 403
    assert account("kari").password == before


@pytest.mark.parametrize("path", ["/visits", "/key"])
def test_the_litany_of_ways_in(path, be):
    assert door().get(path).status_code == 303
    assert be("kari").get(path).status_code == 200
    assert be("anne").get(path).status_code == 404
    assert be("kari").put(path).status_code == 405


def test_the_language_of_the_first_day_goes_on(kari):
    """Whoever has read the paper and the first page in English is not met in Norwegian behind the door."""
    Account.objects.filter(login="kari").update(language="nb")
    kari.cookies["django_language"] = "en"
    kari.post("/first-day", form(kari), HTTP_ACCEPT_LANGUAGE="en")
    assert account("kari").language == "en"
    assert '<html lang="en"' in kari.get("/today").content.decode()

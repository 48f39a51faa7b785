"""A mother at her kitchen table: a card, a name and a PIN, by name for a quarter of an hour, and out again."""

import re

import pytest
from django.test import Client

from alongside.access import codes, visits
from alongside.access.models import Account, CodeGiven, VisitOpen
from alongside.access.tests.ways import account, later, now, with_pin
from alongside.cast.said import id_of
from alongside.record.reading import rows

pytestmark = pytest.mark.django_db
CHOICE = {"login": "Fjellrev", "password": "604218", "again": "604218", "word": "", "to": "/me"}


def phone() -> Client:
    return Client(HTTP_HOST="127.0.0.1", headers={"User-Agent": "Mozilla/5.0 (Linux; Android 9) Mobile"})


def words(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def anne(cast):
    """Anne's phone, just after her card was taken; she has no PIN."""
    browser = phone()
    browser.post("/card", {"code": codes.give(account("anne"), at=now())})
    return browser


def test_the_card_leads_to_choosing_and_is_used_up(anne):
    page = anne.get("/me/next-time?to=/me")
    assert page.status_code == 200
    assert "Your card has been used up" in words(page) and "What happens to what I write?" in words(page)
    assert "Next time you need a new card" in words(page)  # told before she goes on without
    assert not CodeGiven.objects.exists()


def test_a_name_and_a_pin_open_what_is_hers(anne):
    answer = anne.post("/me/next-time", CHOICE)
    assert answer.status_code == 303
    login = account_of(anne).login
    assert re.fullmatch(r"fjellrev-\d{4}", login) and login in words(anne.get(answer["Location"]))
    assert anne.get(f"/me/n/{id_of(1, 62)}").status_code in (200, 302)
    anne.post("/leave")
    again = phone()
    assert again.post("/sign-in", {"login": login.replace("-", " ").upper(), "password": "604218"}).status_code == 303
    assert again.get("/me").status_code == 200


def account_of(browser) -> Account:
    return VisitOpen.objects.get(pk=browser.session["visit"]).account


def test_two_who_choose_the_same_name_learn_nothing_of_each_other(cast):
    pages = []
    for who in ("anne", "elin"):
        browser = phone()
        browser.post("/card", {"code": codes.give(account(who), at=now())})
        answer = browser.post("/me/next-time", CHOICE)
        pages.append((answer.status_code, answer["Location"]))
    assert pages[0] == pages[1]
    assert account_login("anne") != account_login("elin")


def account_login(who: str) -> str:
    from alongside.cast.story import numbers

    return Account.objects.get(person=numbers()[who]).login


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password": "123456", "again": "123456"}, "Many people choose"),
        ({"password": "170388", "again": "170388"}, "This is a date"),
        ({"password": "Alongside, 2026", "again": "Alongside, 2026"}, "everybody here knows"),
        ({"again": "604219"}, "not the same"),
        ({"login": " "}, "at least two letters"),
        ({"word": "abc"}, "at least four letters"),
    ],
)
def test_what_is_refused_keeps_the_name_and_no_secret(anne, change, says):
    answer = anne.post("/me/next-time", CHOICE | change)
    assert answer.status_code == 422 and says in words(answer)
    if "login" not in change:
        assert "Fjellrev" in answer.content.decode()
    for secret in ("604218", "604219", "123456", "170388"):
        assert secret not in answer.content.decode()


def test_what_the_units_are_called_is_not_told_to_a_family(anne):
    phrase = {"password": "North and North", "again": "North and North"}
    assert anne.post("/me/next-time", CHOICE | phrase).status_code == 303


def test_going_in_without_a_pin_is_home_and_write(anne):
    assert "housing office" not in words(anne.get("/me")) and "choose a name and a PIN" in words(anne.get("/me"))
    assert anne.get("/me/write").status_code == 200
    assert anne.get(f"/me/n/{id_of(1, 62)}").status_code == 404
    assert anne.get("/again?to=/me/story")["Location"] == "/me/next-time?to=/me/story"


def test_choosing_twice_is_choosing_once(anne):
    form = CHOICE | {"once": "1" * 32}
    anne.post("/me/next-time", form)
    login = account_of(anne).login
    anne.post("/me/next-time", form)
    assert account_of(anne).login == login
    assert len(rows("SELECT 1 FROM record_entry WHERE kind = 'access.pin-chosen'", [])) == 1


def test_by_name_for_a_quarter_of_an_hour(cast):
    """Strength before and after fifteen minutes, and the one line that is always there when it is over."""
    with_pin("anne")
    browser = phone()
    browser.post("/sign-in", {"login": "anne", "password": "604218"})
    assert visit_of(browser) == 3
    assert "Show what is for you by name" not in words(browser.get("/me"))
    later(minutes=14, seconds=59)
    assert visit_of(browser) == 3
    later(seconds=1)
    assert visit_of(browser) == 1
    for path in ("/me", "/me/story", "/me/people", "/me/write", "/me/settings", "/me/ask", "/me/who-sees-what"):
        assert words(browser.get(path)).count("Show what is for you by name") == 1, path
    assert browser.post("/again", {"code": "604218", "to": "/me/story"})["Location"] == "/me/story"
    assert visit_of(browser) == 3


def visit_of(browser) -> int:
    row = VisitOpen.objects.select_related("account").get(pk=browser.session["visit"])
    return visits.strength(row, now())


def test_the_line_does_not_depend_on_what_is_hidden(be):
    """Morten, from whom much is hidden, and Lea, from whom little is: the same line."""
    lines = set()
    for who in ("morten", "lea", "anne"):
        page = be(who, 1).get("/me").content.decode()
        lines.update(re.findall(r'<p class="again.*?</p>', page))
    assert len(lines) == 1


def test_whoever_guesses_the_pin_in_an_open_visit_is_put_out(cast):
    with_pin("anne")
    browser, other = phone(), phone()
    for one in (browser, other):
        one.post("/sign-in", {"login": "anne", "password": "604218"})
    statuses = []
    for _ in range(3):
        later(minutes=16)
        statuses += [browser.post("/again", {"code": "999999"}).status_code for _ in range(5)]
    assert statuses.count(403) == 14 and statuses[-1] == 303  # the fifteenth ends the visit
    assert browser.get("/me").status_code == 303 and other.get("/me").status_code == 200


def test_own_visits_are_listed_in_plain_words_and_ended_at_once(cast):
    with_pin("anne")
    here, there = phone(), Client(HTTP_HOST="127.0.0.1", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0)"})
    for one in (here, there):
        one.post("/sign-in", {"login": "anne", "password": "604218"})
    page = here.get("/me/visits")
    assert "A phone , this one" in words(page) and "A computer" in words(page) and "with a PIN" in words(page)
    assert "Windows" not in page.content.decode()
    assert here.post("/me/visits", {"end": there.session["visit"]}).status_code == 303
    assert there.get("/me").status_code == 303 and here.get("/me").status_code == 200


def test_nobody_ends_the_visit_of_somebody_else(be):
    anne, per = be("anne"), be("per")
    per.post("/me/visits", {"end": anne.session["visit"]})
    assert anne.get("/me").status_code == 200


def test_another_pin_ends_the_other_visits(cast):
    with_pin("anne")
    here, there = phone(), phone()
    for one in (here, there):
        one.post("/sign-in", {"login": "anne", "password": "604218"})
    wrong = here.post("/me/key", {"key": "604210", "password": "950173", "again": "950173"})
    assert wrong.status_code == 403 and there.get("/me").status_code == 200
    assert here.post("/me/key", {"key": "604218", "password": "950173", "again": "950173"}).status_code == 303
    assert there.get("/me").status_code == 303 and here.get("/me").status_code == 200
    assert phone().post("/sign-in", {"login": "anne", "password": "604218"}).status_code == 403


def test_a_visit_runs_out_after_an_hour_of_nothing(cast):
    with_pin("anne")
    browser = phone()
    browser.post("/sign-in", {"login": "anne", "password": "604218"})
    for _ in range(3):
        later(minutes=50)
        assert browser.get("/me").status_code == 200
    later(minutes=61)
    assert browser.get("/me").status_code == 303


def test_a_visit_never_lasts_more_than_twelve_hours(cast):
    with_pin("anne")
    browser = phone()
    browser.post("/sign-in", {"login": "anne", "password": "604218"})
    for _ in range(16):
        later(minutes=45)
        assert browser.get("/me").status_code == 200
    later(minutes=1)
    assert browser.get("/me").status_code == 303


def test_whose_account_is_closed_is_out_at_the_next_request(cast):
    with_pin("anne")
    browser = phone()
    browser.post("/sign-in", {"login": "anne", "password": "604218"})
    Account.objects.filter(login="anne").update(is_active=False)
    assert browser.get("/me").status_code == 303


def test_a_session_without_a_visit_is_nobody(client, cast):
    session = client.session
    session["who"], session["how"] = account("anne").pk, 3
    session.save()
    assert client.get("/me", HTTP_HOST="127.0.0.1").status_code == 303


@pytest.mark.parametrize("path", ["/again", "/me/visits", "/me/key", "/me/next-time"])
def test_the_litany_of_ways_in(path, be):
    assert Client(HTTP_HOST="127.0.0.1").get(path).status_code == 303
    assert be("anne").put(path).status_code == 405
    if path.startswith("/me"):
        assert be("kari").get(path).status_code == 404


def test_no_secret_stands_anywhere_afterwards(anne, caplog):
    assert anne.post("/me/next-time", CHOICE | {"word": "blåbærkake"}).status_code == 303
    held = str(rows("SELECT body, once FROM record_entry", [])) + str(
        rows("SELECT session_data FROM django_session", [])
    )
    held += str(list(Account.objects.values_list("login", "password", "word", "totp"))) + caplog.text
    for secret in ("604218", "blåbærkake"):
        assert secret not in held
    kept = account_of(anne)
    assert kept.password.startswith("argon2$argon2id$") and kept.word.startswith("argon2$argon2id$")


def test_who_has_no_pin_yet_is_not_led_to_changing_it(anne):
    """A card alone opens no page that asks for the PIN one has."""
    assert "Change your PIN" not in words(anne.get("/me/visits")) + words(anne.get("/me/settings"))
    anne.post("/me/next-time", CHOICE)
    assert "Change your PIN" in words(anne.get("/me/visits")) and "Change your PIN" in words(anne.get("/me/settings"))

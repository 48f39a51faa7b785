"""Closed there is closed here: asked again, left there, and what happens while the provider is away."""

import dataclasses

import pytest

from alongside.access.provider import asking, watching
from alongside.access.provider.models import HangsOn, Tie
from alongside.access.tests.ways import PASSWORD, later, now
from alongside.doors.entrance.tests import test_passkeys
from alongside.doors.entrance.tests.test_families import visit_of, words
from alongside.doors.entrance.tests.through import (
    NO,
    SIGNED,
    comes_in,
    comes_in_as,
    connected,
    door,
    fresh,
    goes,
    out,
    there_and_back,
)

pytestmark = pytest.mark.django_db


def test_who_is_closed_there_does_not_come_in(city):
    connected()
    city.closed.add("kari-there")
    assert there_and_back(door())["Location"] == NO


def test_closed_there_ends_the_visits_and_closes_the_way_in(city, settings):
    settings.PROVIDER = dataclasses.replace(settings.PROVIDER, beside=True)
    connected()
    phone, computer = comes_in(city), comes_in(city)
    by_password = door()
    assert by_password.post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 303
    city.closed.add("kari-there")
    later(minutes=4)
    watching.ask(at=now())
    assert visit_of(phone) == 3  # not asked yet
    later(minutes=2)
    watching.ask(at=now())
    for browser in (phone, computer, by_password):
        assert browser.get("/today").status_code == 303 and "visit" not in browser.session
    assert door().post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 403
    assert "closed by the identity provider" in words(comes_in_as(fresh("tone")))
    # opened there again, and here with it
    city.closed.clear()
    assert visit_of(comes_in(city)) == 3
    assert door().post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize("first", ["phone", "computer"])
def test_a_session_that_ended_there_ends_one_visit_and_closes_nothing(first, city):
    """Whichever of the two is asked about first: a token for asking again works once."""
    connected()
    phone = comes_in(city)
    hers = city.sid()
    computer = comes_in(city)
    sooner = {"phone": phone, "computer": computer}[first].session["visit"]
    HangsOn.objects.filter(visit=sooner).update(asked=now() - 1)
    for token in [one for one, kept in city.renewing.items() if kept["sid"] == hers]:
        del city.renewing[token]
    later(minutes=6)
    watching.ask(at=now())
    assert "visit" in computer.session and visit_of(computer) == 3
    assert phone.get("/today").status_code == 303
    assert Tie.objects.get().refused == 0


def test_asked_again_it_answers_anew_each_time(city):
    connected()
    browser = comes_in(city)
    for _ in range(3):
        later(minutes=6)
        watching.ask(at=now())
        assert visit_of(browser) >= 2
    assert visit_of(browser) == 2 and city.times("/realm/token") > 3


def test_the_visit_of_another_person_there_is_over(city):
    connected()
    browser = comes_in(city)
    city.spoils = {"sub": "somebody-else"}
    later(minutes=6)
    watching.ask(at=now())
    assert browser.get("/today").status_code == 303


def test_away_nobody_is_thrown_out_and_nobody_new_comes_in(city):
    connected()
    browser = comes_in(city)
    city.away = True
    later(minutes=6)
    watching.ask(at=now())
    assert visit_of(browser) == 3
    stranger = door()
    answer = stranger.get("/provider")
    assert answer.status_code == 303  # where it is is still known
    assert stranger.get("/provider/back?state=x&code=y")["Location"] == NO
    asking.forget()
    answer = stranger.get("/provider")
    assert answer.status_code == 503 and "does not answer at the moment" in words(answer)
    assert door().post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 403  # the office did not say
    later(hours=1)
    browser.get("/today")
    later(hours=1, minutes=30)
    browser.get("/today")
    later(hours=1, minutes=40)
    assert browser.get("/today").status_code == 303  # four hours without an answer


def test_a_code_is_not_taken_while_it_is_away(city):
    connected()
    stranger = door()
    path = goes(stranger)
    city.away = True
    assert stranger.get(path)["Location"] == f"{NO}?why=away"
    assert "does not answer" in words(stranger.get(f"{NO}?why=away")) and "visit" not in stranger.session


def test_password_and_digits_work_beside_it_where_the_office_says_so(city, settings):
    browser = connected()
    browser.post("/leave")
    sent = {"login": "kari", "password": PASSWORD}
    assert door().post("/sign-in", sent).status_code == 403
    settings.PROVIDER = dataclasses.replace(settings.PROVIDER, beside=True)
    city.away = True
    assert door().post("/sign-in", sent).status_code == 303
    settings.PROVIDER = None
    assert door().post("/sign-in", sent).status_code == 303  # and where there is none any more


def test_a_passkey_opens_nothing_meanwhile_unless_the_office_says_so(city, settings):
    browser, device = test_passkeys.added("kari")
    there_and_back(browser, "/provider?for=connect")
    assert browser.post("/provider/connect").status_code == 303
    assert test_passkeys.comes_in(test_passkeys.door(), device).status_code == 403
    settings.PROVIDER = dataclasses.replace(settings.PROVIDER, beside=True)
    assert test_passkeys.comes_in(test_passkeys.door(), device).status_code == 303


def test_our_own_mistake_closes_nobody(city):
    """A secret that ran out there is about us, not about Kari."""
    connected()
    browser = comes_in(city)
    city.wrong_client = True
    later(minutes=6)
    watching.ask(at=now())
    assert visit_of(browser) == 3 and Tie.objects.get().refused == 0
    assert asking.last().why == "status 401 invalid_client"
    page = words(fresh("tone").get("/office"))
    assert "Sign-in through Vik municipality" in page and "read them this: status 401 invalid_client" in page


def test_where_nothing_can_be_asked_a_visit_ends_after_an_hour(city):
    connected()
    browser = comes_in(city, renews=False)
    later(minutes=50)
    assert visit_of(browser) == 2
    later(minutes=11)
    assert browser.get("/today").status_code == 303


def test_the_ticker_asks_in_a_thread_of_its_own_and_only_when_it_is_time(city, monkeypatch):
    connected()
    comes_in(city)
    begun = []
    monkeypatch.setattr(watching.threading.Thread, "start", lambda self: begun.append(self.name))
    watching.tick()
    later(minutes=6)
    watching.tick()
    watching.tick()  # one is at work
    watching._busy.release()
    assert begun == ["provider"]


def test_who_leaves_there_has_left_here(city):
    connected()
    phone = comes_in(city)
    sid = city.sid()
    computer = comes_in(city)
    assert out(city.left(sid=sid, sub="kari-there")).status_code == 200
    assert phone.get("/today").status_code == 303 and visit_of(computer) == 3
    assert out(city.left(sub="kari-there")).status_code == 200
    assert computer.get("/today").status_code == 303


LEFT_WRONG = {
    "another provider": {"iss": "https://elsewhere.example"}, "for another site": {"aud": "another"},
    "run out": {"exp": 1}, "old": {"iat": 1_000_000_000}, "from to come": {"iat": 9_000_000_000},
    "with a nonce": {"nonce": "x"}, "of nothing that happened": {"events": None},
    "of something else": {"events": {"https://elsewhere.example": {}}}, "in words": {"events": "left"},
    "without a name of its own": {"jti": None}, "of nobody": {"sub": None}, "of a number": {"sub": 7},
}  # fmt: skip


@pytest.mark.parametrize("wrong", LEFT_WRONG, ids=str)
def test_a_wrong_word_of_leaving_ends_nothing(wrong, city):
    connected()
    browser = comes_in(city)
    answer = out(city.left(**{"sub": "kari-there", **LEFT_WRONG[wrong]}))
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (
        400,
        {"error": "invalid_request"},
        "no-store",
    )
    assert visit_of(browser) == 3


@pytest.mark.parametrize("how", ["by nobody", "with the public key", "with another key of the same name", "nothing"])
def test_a_word_of_leaving_that_nobody_signed_ends_nothing(how, city):
    connected()
    browser = comes_in(city)
    city.signs = SIGNED[how](city)
    assert out(city.left(sub="kari-there")).status_code == 400
    assert visit_of(browser) == 3


def test_an_id_token_is_no_word_of_leaving(city):
    connected()
    browser = comes_in(city)
    kept = list(city.renewing.values())[-1]
    assert out(city.id_token(kept, "x")).status_code == 400
    assert visit_of(browser) == 3


def test_a_word_of_leaving_works_once(city):
    connected()
    comes_in(city)
    token = city.left(sub="kari-there")
    assert out(token).status_code == 200
    browser = comes_in(city)
    assert out(token).status_code == 200  # heard before; it says nothing of the visit that began after it
    assert visit_of(browser) == 3

"""A passkey: added after the digits, used in one act, taken away; and every wrong answer is answered alike."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from alongside.access import accounts, passkeys, throttle
from alongside.access.models import Account, Begun, Passkey
from alongside.access.tests.device import PRESENT, Device
from alongside.access.tests.ways import PASSWORD, account, digits, later, now, with_phone, with_pin
from alongside.cast.story import numbers
from alongside.doors.entrance.tests.test_families import visit_of, words
from alongside.record.reading import rows

pytestmark = pytest.mark.django_db
REFUSED = "We do not take this passkey"


@pytest.fixture(autouse=True)
def nobody_was_wrong(monkeypatch):
    monkeypatch.setattr(throttle.tries, "_failed", {})


def door(host: str = "localhost") -> Client:
    return Client(HTTP_HOST=host)


def fresh(who: str = "kari") -> Client:
    """A browser in which somebody came in with password and digits just now."""
    with_phone(who)
    browser = door()
    browser.post("/sign-in", {"login": who, "password": PASSWORD})
    browser.post("/again", {"code": digits()})
    return browser


def added(who: str = "kari", *, device: Device | None = None, once: str = "7" * 32) -> tuple[Client, Device]:
    browser, device = fresh(who), device or Device()
    asked = browser.post("/settings/passkeys/begin").json()
    sent = {"answer": device.makes(asked), "called": "the phone from work", "once": once}
    answer = browser.post("/settings/passkeys", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/passkeys")
    return browser, device


def comes_in(browser: Client, device: Device, to: str = "", **wrong):
    asked = browser.post("/passkey/begin").json()
    return browser.post("/passkey", {"answer": device.signs(asked, **wrong), "to": to})


def test_it_is_added_listed_and_said_in_the_record(cast):
    browser, _device = added()
    page = words(browser.get("/settings/passkeys"))
    assert "the phone from work" in page and "not used yet" in page
    kinds = [kind for (kind,) in rows("SELECT kind FROM record_entry WHERE kind LIKE 'access.passkey%%'", [])]
    assert kinds == ["access.passkey-added"]


def test_it_is_first_and_second_factor_in_one_act(cast):
    _browser, device = added()
    stranger = door()
    answer = comes_in(stranger, device, to="/waiting")
    assert (answer.status_code, answer["Location"]) == (303, "/waiting")
    assert visit_of(stranger) == 3
    later(minutes=15)
    assert visit_of(stranger) == 2
    page = words(stranger.get("/visits"))
    assert "with a passkey" in page
    assert "last used" in words(door_of("kari").get("/settings/passkeys"))


def door_of(who: str) -> Client:
    later(minutes=1)  # the digits before were taken
    return fresh(who)


def test_it_makes_a_visit_fresh_again(cast):
    browser, device = added()
    later(minutes=20)
    assert visit_of(browser) == 2 and "With a passkey" in words(browser.get("/again"))
    assert comes_in(browser, device, to="/families")["Location"] == "/families"
    assert visit_of(browser) == 3


def test_the_passkey_of_somebody_else_does_not_make_this_visit_fresh(cast):
    _ingrid, device = added("ingrid")
    browser = fresh("kari")
    later(minutes=20)
    answer = comes_in(browser, device)
    assert answer.status_code == 403 and REFUSED in words(answer)
    assert visit_of(browser) == 2


WRONG = {
    "another challenge": {"challenge": "A" * 43},
    "another site": {"origin": "https://elsewhere.example"},
    "another port": {"origin": "http://localhost:8001"},
    "in a frame": {"framed": True},
    "nobody was recognised": {"flags": PRESENT},
    "nobody was there": {"flags": 0},
    "another key signed": {"key": ec.generate_private_key(ec.SECP256R1())},
    "another account": {"handle": b"x" * 32},
    "no account": {"handle": b""},
    "for another host": {"rp": "elsewhere.example"},
    "the counter went back": {"count": 0},
}


def _plain(answer) -> bytes:
    import re

    return re.sub(rb'value="[\w-]{64}"', b"", answer.content)


@pytest.fixture
def nothing(cast):
    """What somebody reads whose passkey nobody knows."""
    stranger = door()
    answer = comes_in(stranger, Device())
    assert answer.status_code == 403 and REFUSED in words(answer) and "visit" not in stranger.session
    return _plain(answer)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_whatever_is_wrong_the_answer_is_the_same(wrong, nothing):
    _browser, device = added()
    comes_in(door(), device)  # the counter stands at one now
    stranger = door()
    answer = comes_in(stranger, device, **WRONG[wrong])
    assert (answer.status_code, _plain(answer)) == (403, nothing)
    assert "visit" not in stranger.session


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null", '{"rawId": 5}', "x" * 100_000, '{"id":"a","rawId":"a"}'])
def test_what_is_no_answer_is_answered_the_same(answer, nothing):
    stranger = door()
    stranger.post("/passkey/begin")
    assert _plain(stranger.post("/passkey", {"answer": answer})) == nothing


def test_an_answer_opens_once_in_the_browser_that_asked_and_for_five_minutes(nothing):
    _browser, device = added(device=Device(counts=False))
    stranger, other = door(), door()
    said = device.signs(stranger.post("/passkey/begin").json())
    assert _plain(other.post("/passkey", {"answer": said})) == nothing  # another browser
    assert stranger.post("/passkey", {"answer": said}).status_code == 303
    stranger.post("/leave")
    assert _plain(stranger.post("/passkey", {"answer": said})) == nothing  # again
    said = device.signs(stranger.post("/passkey/begin").json())
    later(minutes=6)
    assert _plain(stranger.post("/passkey", {"answer": said})) == nothing  # too late
    assert not Begun.objects.exists()


def test_a_copy_is_noticed_and_then_neither_opens(nothing):
    _browser, device = added()
    comes_in(door(), device)
    comes_in(door(), device)
    device.count = 0  # the copy, made before
    assert _plain(comes_in(door(), device)) == nothing
    device.count = 50
    assert _plain(comes_in(door(), device)) == nothing
    assert "There may be a copy" in words(door_of("kari").get("/settings/passkeys"))


def test_a_device_that_counts_nothing_comes_in_again_and_again(cast):
    _browser, device = added(device=Device(counts=False))
    assert [comes_in(door(), device).status_code for _ in range(3)] == [303] * 3


def test_who_left_or_was_given_a_new_code_has_no_passkey(nothing):
    _browser, device = added()
    accounts.recover(account("kari"), how="stood-here", by=numbers()["tone"], at=now(), once="8" * 32)
    assert _plain(comes_in(door(), device)) == nothing and not Passkey.objects.exists()


def test_a_closed_account_is_answered_the_same(nothing):
    _browser, device = added()
    Account.objects.filter(login="kari").update(is_active=False)
    assert _plain(comes_in(door(), device)) == nothing


def test_taken_away_it_opens_nothing(nothing):
    browser, device = added()
    id = Passkey.objects.get().id
    assert browser.post("/settings/passkeys", {"away": id, "once": "9" * 32}).status_code == 303
    assert browser.post("/settings/passkeys", {"away": id, "once": "9" * 32}).status_code == 303
    assert _plain(comes_in(door(), device)) == nothing
    assert "None yet" in words(browser.get("/settings/passkeys"))


def test_nobody_takes_away_what_is_anothers(cast):
    added("kari")
    fresh("ingrid").post("/settings/passkeys", {"away": Passkey.objects.get().id})
    assert Passkey.objects.count() == 1


def test_adding_needs_the_second_factor_of_this_quarter_of_an_hour(cast):
    browser = fresh()
    asked = browser.post("/settings/passkeys/begin").json()
    later(minutes=16)
    assert browser.post("/settings/passkeys/begin").status_code == 403
    answer = browser.post("/settings/passkeys", {"answer": Device().makes(asked), "called": "mine"})
    assert answer["Location"] == "/again?to=/settings/passkeys"
    assert browser.get("/settings/passkeys")["Location"] == "/again?to=/settings/passkeys"
    assert not Passkey.objects.exists()


@pytest.mark.parametrize("wrong", [{"flags": PRESENT}, {"challenge": "A" * 43}, {"origin": "http://127.0.0.1"}])
def test_what_was_made_wrongly_is_not_added_and_the_name_is_kept(wrong, cast):
    browser = fresh()
    asked = browser.post("/settings/passkeys/begin").json()
    answer = browser.post(
        "/settings/passkeys", {"answer": Device().makes(asked, **wrong), "called": "my own telephone"}
    )
    assert answer.status_code == 422 and 'value="my own telephone"' in answer.content.decode()
    assert "No passkey was made" in words(answer) and not Passkey.objects.exists()


def test_a_name_is_needed_and_a_passkey_is_nobody_elses(cast):
    browser, device = added("kari")
    asked = browser.post("/settings/passkeys/begin").json()
    assert browser.post("/settings/passkeys", {"answer": device.makes(asked), "called": " "}).status_code == 422
    assert browser.post("/settings/passkeys", {"answer": device.makes(asked), "called": "twice"}).status_code == 422
    other = fresh("ingrid")
    asked = other.post("/settings/passkeys/begin").json()
    assert other.post("/settings/passkeys", {"answer": device.makes(asked), "called": "hers"}).status_code == 422
    assert Passkey.objects.count() == 1


def test_sent_twice_is_one_act(cast):
    browser, device = added(once="6" * 32)
    answer = browser.post("/settings/passkeys", {"answer": "", "called": "the phone from work", "once": "6" * 32})
    assert answer.status_code == 303 and Passkey.objects.count() == 1


def test_what_the_browser_is_asked_names_nobody_and_wants_to_be_sure(cast):
    added()
    asked = door().post("/passkey/begin").json()["publicKey"]
    assert asked["userVerification"] == "required" and not asked.get("allowCredentials")
    assert set(asked) <= {"challenge", "rpId", "userVerification", "allowCredentials"} and asked["rpId"] == "localhost"
    made = fresh("ingrid").post("/settings/passkeys/begin").json()["publicKey"]
    assert made["authenticatorSelection"]["residentKey"] == "required" and made.get("attestation", "none") == "none"
    assert {one["alg"] for one in made["pubKeyCredParams"]} == {-7, -8, -257}
    assert str(numbers()["ingrid"]) not in json.dumps(made["user"])


def test_a_family_has_none(cast):
    with_pin("anne")
    browser = door()
    browser.post("/sign-in", {"login": "anne", "password": "604218"})
    assert browser.get("/settings/passkeys").status_code == 404
    assert browser.post("/settings/passkeys/begin").status_code == 404


def test_where_a_browser_knows_no_passkeys_none_is_offered(cast):
    assert b"data-passkey" not in door("127.0.0.1").get("/").content
    assert b"data-passkey" in door().get("/").content
    assert door("127.0.0.1").post("/passkey/begin").status_code == 404


@pytest.mark.parametrize(
    ("origin", "id"),
    [
        ("https://alongside.example.org", "alongside.example.org"), ("http://localhost:8000", "localhost"),
        ("http://alongside.example.org", None), ("https://192.0.2.7", None), ("http://127.0.0.1:8000", None),
        ("http://[::1]:8000", None), ("https://[::1]", None),
    ],
)  # fmt: skip
def test_a_site_has_passkeys_under_its_name(origin, id):
    site = passkeys.site_of(origin)
    assert (site.id if site else None) == id
    assert site is None or site.origin == origin


def test_wrong_answers_from_one_place_have_to_wait(cast):
    for _ in range(10):
        door().post("/passkey", {"answer": ""})
    assert door().post("/passkey", {"answer": ""}).status_code == 429
    assert door().post("/passkey/begin").status_code == 429


def test_it_leads_nowhere_else(cast):
    _browser, device = added()
    assert comes_in(door(), device, to="https://elsewhere.example/")["Location"] == "/today"
    _browser.post("/leave")
    assert comes_in(_browser, device, to="//elsewhere.example")["Location"] == "/today"

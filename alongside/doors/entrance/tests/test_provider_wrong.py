"""What comes back from an identity provider and is not right: every wrong token, answer and key is answered alike."""

import pytest

from alongside.access.provider import asking
from alongside.access.tests.municipality import CLIENT, Key
from alongside.access.tests.ways import later
from alongside.doors.entrance.tests.test_families import words
from alongside.doors.entrance.tests.through import NO, SIGNED, connected, door, fresh, goes, there_and_back

pytestmark = pytest.mark.django_db


WRONG = {
    "another provider": {"spoils": {"iss": "https://elsewhere.example"}},
    "for another site": {"spoils": {"aud": "another"}},
    "for several, and not by us": {"spoils": {"aud": [CLIENT, "another"]}},
    "asked for by another": {"spoils": {"azp": "another"}},
    "another nonce": {"spoils": {"nonce": "x" * 43}},
    "no nonce": {"lacks": {"nonce"}},
    "run out": {"spoils": {"exp": 1}},
    "no end": {"lacks": {"exp"}},
    "from before it was asked for": {"spoils": {"iat": 1_000_000_000}},
    "from to come": {"spoils": {"iat": 9_000_000_000}},
    "no moment": {"lacks": {"iat"}},
    "not yet": {"spoils": {"nbf": 9_000_000_000}},
    "for another access": {"spoils": {"at_hash": "x" * 22}},
    "of nobody": {"lacks": {"sub"}},
    "of a number": {"spoils": {"sub": 7}},
    "of nothing": {"spoils": {"sub": ""}},
}


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_token_that_is_not_right_opens_nothing(wrong, city):
    connected()
    for name, value in WRONG[wrong].items():
        setattr(city, name, value)
    stranger = door()
    assert there_and_back(stranger)["Location"] == NO
    assert "visit" not in stranger.session


@pytest.mark.parametrize("how", SIGNED, ids=str)
def test_a_token_that_is_not_signed_as_it_should_be_opens_nothing(how, city):
    connected()
    asking.known()._keys = None
    city.signs = SIGNED[how](city)
    stranger = door()
    assert there_and_back(stranger)["Location"] == NO
    assert "visit" not in stranger.session


def test_it_comes_back_once_in_the_browser_that_went(city):
    connected()
    stranger, other = door(), door()
    path = goes(stranger)
    goes(other)
    assert other.get(path)["Location"] == NO  # another browser, though it began something itself
    assert stranger.get(path)["Location"] == "/today"
    stranger.post("/leave")
    asked = city.times("/realm/token")
    assert stranger.get(path)["Location"] == NO and city.times("/realm/token") == asked  # again


def test_who_was_not_let_in_does_not_come_back_either(city):
    stranger = door()
    path = goes(stranger)
    assert stranger.get(path)["Location"] == NO  # nobody here
    asked = city.times("/realm/token")
    assert stranger.get(path)["Location"] == NO and city.times("/realm/token") == asked


def test_it_comes_back_within_ten_minutes(city):
    connected()
    stranger = door()
    path = goes(stranger)
    later(minutes=11)
    assert stranger.get(path)["Location"] == NO


def test_a_code_works_once(city):
    """The code of one coming back, with the state of another: the provider does not give for it twice."""
    connected()
    stranger, second = door(), door()
    path = goes(stranger)
    assert stranger.get(path)["Location"] == "/today"
    fresh_path = goes(second)
    code = path.partition("code=")[2].partition("&")[0]
    used = fresh_path.replace(fresh_path.partition("code=")[2].partition("&")[0], code)
    assert second.get(used)["Location"] == NO and "visit" not in second.session


def test_a_code_of_another_browser_is_of_no_use(city):
    """Whoever takes a code that was not used yet has not what was kept for it (PKCE)."""
    connected()
    theirs, mine = goes(door()), door()
    path = goes(mine)
    code = theirs.partition("code=")[2].partition("&")[0]
    taken = path.replace(path.partition("code=")[2].partition("&")[0], code)
    assert mine.get(taken)["Location"] == NO and "visit" not in mine.session


@pytest.mark.parametrize("by", ["https://elsewhere.example", "", None])
def test_who_comes_back_from_another_provider_is_nobody(by, city):
    connected()
    stranger = door()
    path, _iss, _mine = goes(stranger).partition("&iss=")
    asked = city.times("/realm/token")
    assert stranger.get(path if by is None else f"{path}&iss={by}")["Location"] == NO
    assert city.times("/realm/token") == asked  # our secret went nowhere


@pytest.mark.parametrize("path", ["", "?code=x", "?state=x&code=y", "?state=", "?error=access_denied&state=x"])
def test_whatever_else_comes_back_is_answered_alike(path, city):
    assert door().get(f"/provider/back{path}")["Location"] == NO


@pytest.mark.parametrize("why", ["", "?why=away", "?why=again", "?why=x"])
def test_whoever_is_not_in_reads_it_with_and_without_a_visit(why, city):
    page = words(door().get(f"{NO}{why}"))
    assert "You are not in" in page and ("does not answer" in page) == (why == "?why=away")
    page = words(fresh().get(f"{NO}{why}"))
    assert ("That was not enough" in page) == (why == "?why=again")


def test_it_leads_nowhere_else(city):
    connected()
    assert there_and_back(door(), "/provider?to=https://elsewhere.example/")["Location"] == "/today"
    assert there_and_back(door(), "/provider?to=//elsewhere.example")["Location"] == "/today"


def test_a_new_key_is_fetched_once_and_not_for_every_stranger(city):
    connected()
    known = asking.known()
    before = city.times("/realm/keys")
    city.keys = [Key("later")]
    assert there_and_back(door())["Location"] == NO  # fetched a moment ago
    assert city.times("/realm/keys") == before
    known._keys = (known._keys[0] - asking.AGAIN - 1, known._keys[1])
    assert there_and_back(door())["Location"] == "/today"
    city.signs = Key("nobody-knows").signs
    for _ in range(5):
        assert there_and_back(door())["Location"] == NO
    assert city.times("/realm/keys") == before + 1

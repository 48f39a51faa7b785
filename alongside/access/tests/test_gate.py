"""Getting in and out: with a password, with a card, not by guessing, and in the demo by looking around."""

import re

import pytest
from django.conf import settings
from django.test import Client

from alongside import clock
from alongside.access import bounds, checks, codes, sealed
from alongside.access.models import Account
from alongside.access.throttle import tries
from alongside.access.views import safe_way
from alongside.cast.accounts import PASSWORD, card_of
from alongside.cast.story import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries():
    tries._failed.clear()


@pytest.fixture
def door(cast):
    return Client(HTTP_HOST="127.0.0.1")


def card_for(who: str) -> str:
    """A card for somebody of the cast, as it is printed."""
    return codes.give(Account.objects.get(login=who), at=clock.micros(TODAY))


def test_the_first_page_asks_who_you_are_and_names_nobody(door):
    page = door.get("/")
    assert page.status_code == 200
    words = page.content.decode()
    assert 'name="code"' in words and 'name="password"' in words
    assert "Look around" not in words and "Be Kari" not in words


def test_a_worker_comes_in_with_a_password(door):
    answer = door.post("/sign-in", {"login": "Kari", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, "/today")
    assert door.get("/families").status_code == 200


def test_a_mother_comes_in_with_her_card_however_she_types_it(door):
    for typing in (str, lambda code: code.upper().replace("-", " "), lambda code: f"  {code} "):
        answer = door.post("/card", {"code": typing(card_for("anne"))})
        assert (answer.status_code, answer["Location"]) == (303, "/me/next-time?to=/me")
        door.post("/leave")


def test_a_card_alone_opens_home_and_reads_nothing(door):
    door.post("/card", {"code": card_for("anne")})
    home = door.get("/me")
    assert home.status_code == 200
    assert "housing office" not in home.content.decode()


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/sign-in", {"login": "kari", "password": "pa55-typed"}),
        ("/sign-in", {"login": "nobody", "password": PASSWORD}),
        ("/sign-in", {"login": "anne", "password": "!"}),
        ("/sign-in", {}),
        ("/card", {"code": "nothing like a card"}),
        ("/card", {"code": ""}),
        ("/card", {}),
    ],
)
def test_what_is_wrong_is_told_and_kept_and_opens_nothing(door, address, form):
    answer = door.post(address, form)
    assert answer.status_code == 403
    words = answer.content.decode()
    assert form.get("login", "") in words and form.get("code", "") in words
    assert "pa55-typed" not in words
    assert door.get("/me").status_code == door.get("/families").status_code == 303


def test_no_name_and_wrong_password_look_alike(door):
    one = door.post("/sign-in", {"login": "kari", "password": "wrong"}).content
    other = door.post("/sign-in", {"login": "xxxx", "password": "wrong"}).content
    assert len(one) == len(other)


def test_guessing_comes_to_an_end(door):
    for _ in range(bounds.A_ROW):
        assert door.post("/sign-in", {"login": "kari", "password": "guess"}).status_code == 403
    assert door.post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 429
    assert door.post("/sign-in", {"login": "lars", "password": PASSWORD}).status_code == 303


def test_the_demo_s_card_opens_the_demo_and_nothing_else(door, settings):
    assert door.post("/card", {"code": card_of("anne")}).status_code == 403
    settings.DEMO = True
    for _ in range(2):
        answer = door.post("/card", {"code": card_of("anne").upper()})
        assert (answer.status_code, answer["Location"]) == (303, "/me")


def test_somebody_who_left_does_not_come_in(door):
    Account.objects.filter(login="kari").update(is_active=False)
    assert door.post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 403


def test_an_account_that_ends_during_a_visit_ends_the_visit(be):
    kari = be("kari")
    assert kari.get("/families").status_code == 200
    Account.objects.filter(login="kari").update(is_active=False)
    assert kari.get("/families").status_code == 303


def test_leaving_ends_the_visit(be):
    anne = be("anne")
    assert anne.get("/me").status_code == 200
    answer = anne.post("/leave")
    assert (answer.status_code, answer["Location"]) == (303, "/left")
    assert anne.get("/me").status_code == 303
    assert "Anne" not in anne.get("/left").content.decode()


def test_nobody_looks_around_where_people_are_real(door):
    assert not settings.DEMO
    assert door.post("/look-around", {"who": "kari"}).status_code == 404
    assert door.get("/families").status_code == 303


@pytest.mark.parametrize(
    ("demo", "made_for_it", "holds", "refused"),
    [
        (True, False, True, "access.E001"),
        (False, True, True, "access.E002"),
        (True, True, True, None),
        (False, False, True, None),
        (True, False, False, None),
    ],
)
def test_the_check_refuses_the_demo_s_sign_in_elsewhere(demo, made_for_it, holds, refused, tmp_path):
    if made_for_it:
        (tmp_path / "demo.key").write_text("x")
    if holds:
        (tmp_path / "alongside.db").write_text("x")
    from django.test import override_settings

    with override_settings(DEMO=demo, DATA=tmp_path):
        found = checks.demo_sign_in(None)
    assert [one.id for one in found] == ([refused] if refused else [])


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/me/story", "/me/story"),
        ("/f/abc?at=2026-03-14", "/f/abc?at=2026-03-14"),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example/", ""),
        ("/\\elsewhere.example", ""),
        ("javascript:alert(1)", ""),
        ("me", ""),
        ("/", ""),
    ],
)
def test_after_signing_in_one_goes_on_within_this_site_only(asked, goes):
    assert safe_way(asked) == goes


def test_a_page_asked_for_is_there_after_signing_in(door):
    asked = door.get("/me/story")
    assert (asked.status_code, asked["Location"]) == (303, "/?to=/me/story")
    answer = door.post("/card", {"code": card_for("anne"), "to": "/me/story"})
    assert answer["Location"] == "/me/next-time?to=/me/story"


def test_words_travel_sealed_through_signing_in(door):
    """The visit ran out while Kari wrote: nothing is lost, and nobody else who signs in there gets it."""
    kari = Account.objects.get(login="kari")
    code = _code_of_hansen()
    form = {"words": "Anne laughed today.", "whose": sealed.whose(kari)}
    asked = door.post(f"/f/{code}/write", form)
    assert asked.status_code == 403
    words = asked.content.decode()
    assert "What you wrote is kept" in words and "Anne laughed" not in words
    kept = words.split('name="kept" value="')[1].split('"')[0]
    assert door.post("/sign-in", {"login": "rune", "password": PASSWORD, "kept": kept})["Location"] == "/today"
    assert "kept" not in door.session
    door.post("/leave")
    answer = door.post("/sign-in", {"login": "kari", "password": PASSWORD, "kept": kept})
    assert answer["Location"] == f"/f/{code}/write"
    assert "Anne laughed today." in door.get(f"/f/{code}/write").content.decode()


def _code_of_hansen() -> str:
    from alongside.record.reading import rows

    return rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]


def test_a_language_can_be_chosen_before_and_after(door, be):
    door.post("/language", {"language": "nb"})
    assert '<html lang="nb"' in door.get("/").content.decode()
    assert door.post("/language", {"language": "xx"}).status_code == 404
    anne = be("anne")
    anne.post("/language", {"language": "nb", "to": "/me"})
    assert '<html lang="nb"' in anne.get("/me").content.decode()
    assert Account.objects.get(login="anne").language == "nb"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_only_get_and_post(door, method):
    answer = getattr(door, method)("/")
    assert answer.status_code == 405
    assert "<h1>" in answer.content.decode()


def test_hidden_and_absent_are_one_page(be):
    rune = be("rune")
    hidden = rune.get(f"/f/{_code_of_hansen()}")
    absent = rune.get("/f/abcdefgh2345")
    nowhere = rune.get("/there/is/nothing")
    assert hidden.status_code == absent.status_code == nowhere.status_code == 404
    plain = [re.sub(rb'value="\w{64}"', b"", page.content) for page in (hidden, absent, nowhere)]  # the form's token
    assert plain[0] == plain[1] == plain[2]


def test_after_exit_nobody_is_told_what_was_open(be):
    anne = be("anne")
    anne.post("/leave")
    assert anne.get("/me/story")["Location"] == "/"

"""Coming in through an identity provider: connected first, then in one step, as strongly as it was shown there."""

import dataclasses
import json

import pytest
from django.test import Client

from alongside.access import accounts, codes
from alongside.access.models import Account, Begun, VisitOpen
from alongside.access.provider.models import HangsOn, Tie
from alongside.access.tests.municipality import SECRET, Municipality, goes_there
from alongside.access.tests.ways import PASSWORD, account, later, now, with_pin
from alongside.cast.story import numbers
from alongside.doors.entrance.tests.test_families import visit_of, words
from alongside.doors.entrance.tests.through import (
    NO,
    comes_in,
    comes_in_as,
    connected,
    door,
    fresh,
    out,
    there_and_back,
)
from alongside.record.reading import rows

pytestmark = pytest.mark.django_db


def test_connected_once_one_comes_in_without_a_password(city):
    connected()
    stranger = door()
    assert "Come in through Vik municipality" in words(stranger.get("/"))
    answer = there_and_back(stranger, "/provider?to=/waiting")
    assert answer["Location"] == "/waiting"
    assert visit_of(stranger) == 3
    later(minutes=15)
    assert visit_of(stranger) == 2
    page = words(stranger.get("/visits"))
    assert "through Vik municipality" in page
    kinds = [kind for (kind,) in rows("SELECT kind FROM record_entry WHERE kind LIKE 'access.provider%%'", [])]
    assert kinds == ["access.provider-tied"]


def test_what_is_asked_there_is_bound_to_this_browser(city):
    browser = door()
    sent = dict(part.split("=") for part in browser.get("/provider")["Location"].partition("?")[2].split("&"))
    assert sent["response_type"] == "code" and sent["code_challenge_method"] == "S256"
    assert len(sent["state"]) == len(sent["nonce"]) == len(sent["code_challenge"]) == 43
    assert sent["redirect_uri"].endswith("%2Fprovider%2Fback")
    kept = json.loads(Begun.objects.get().body)
    assert SECRET not in json.dumps(kept) and kept["verifier"] not in json.dumps(sent)


def test_before_the_two_are_connected_one_reads_whose_they_are_and_nobody_comes_in(city):
    assert there_and_back(door())["Location"] == NO
    browser = fresh()
    there_and_back(browser, "/provider?for=connect")
    page = words(browser.get("/provider/connect"))
    assert "kari-there@example" in page and "Connect the two?" in page
    assert not Tie.objects.exists() and there_and_back(door())["Location"] == NO


def test_the_first_day_needs_no_password(city):
    stranger, kari = door(), account("kari")
    code = accounts.recover(kari, how="stood-here", by=numbers()["tone"], at=now(), once="8" * 32)
    stranger.post("/invited", {"code": code})
    assert "none of what follows" in words(stranger.get("/first-day"))
    assert there_and_back(stranger, "/provider?for=first")["Location"] == "/provider/connect"
    assert stranger.post("/provider/connect")["Location"] == "/today" and visit_of(stranger) == 3
    assert not account("kari").has_usable_password()
    assert "only way in" in words(stranger.post("/settings/provider"))
    assert Tie.objects.count() == 1
    assert visit_of(comes_in(city)) == 3
    tone = comes_in_as(fresh("tone"))
    assert "can sign in" in words(tone)


def test_nobody_is_connected_by_name_or_address(city):
    """Whoever has the right name and address there, and was never connected, is nobody."""
    kari = account("kari")
    city.more |= {"email": "kari@example", "email_verified": True, "preferred_username": kari.login, "name": "Kari"}
    assert there_and_back(door())["Location"] == NO


def test_two_here_are_never_one_there(city):
    connected("kari")
    other = fresh("ingrid")
    there_and_back(other, "/provider?for=connect")
    assert other.post("/provider/connect")["Location"] == NO
    assert Tie.objects.get().account.login == "kari"


def test_a_family_has_no_part_in_it(city):
    with_pin("anne")
    browser = door()
    browser.post("/sign-in", {"login": "anne", "password": "604218"})
    assert browser.get("/settings/provider").status_code == 404
    for what in ("connect", "again"):
        assert browser.get(f"/provider?for={what}")["Location"] == "/"
    Tie.objects.create(account=account("anne"), issuer=city.issuer, found="x" * 64, tied=1)
    Tie.objects.update(found=_found(city, "kari-there"))
    assert there_and_back(door())["Location"] == NO


def _found(city: Municipality, sub: str) -> str:
    from alongside.access.provider.flow import keyed

    return keyed("sub", sub)


def test_the_table_holds_no_number_of_anybody(city):
    connected()
    comes_in(city)
    kept = [*Tie.objects.values_list(), *HangsOn.objects.values_list()]
    assert "kari-there" not in str(kept) and not any(token in str(kept) for token in city.renewing)


def test_connecting_needs_the_second_factor_of_this_quarter_of_an_hour(city):
    browser = fresh()
    later(minutes=8)
    there_and_back(browser, "/provider?for=connect")
    later(minutes=8)  # it waits for ten, but her digits were for fifteen
    assert browser.post("/provider/connect")["Location"] == NO
    assert browser.get("/provider?for=connect")["Location"] == "/settings/provider"
    assert browser.get("/settings/provider")["Location"] == "/again?to=/settings/provider"
    assert not Tie.objects.exists()


def test_what_somebody_began_is_not_ended_by_another(city):
    """Two in one browser: what Kari asked for is not connected with Ingrid's account."""
    browser = fresh("kari")
    there_and_back(browser, "/provider?for=connect")
    kept = browser.session["provider-connect"]
    other = fresh("ingrid")
    session = other.session
    session["provider-connect"] = kept
    session.save()
    assert other.post("/provider/connect")["Location"] == NO and not Tie.objects.exists()


@pytest.mark.parametrize(
    ("more", "ago", "strength"),
    [
        ({"amr": ["pwd", "mfa"]}, 0, 3), ({"amr": ["pwd", "otp"]}, 60, 3), ({"amr": ["pwd", "otp"]}, 3600, 2),
        ({"amr": ["pwd"]}, 0, 1), ({"amr": ["pwd", "pin"]}, 0, 1), ({}, 0, 1), ({"amr": "mfa"}, 0, 1),
        ({"acr": "two"}, 0, 3), ({"acr": "one"}, 0, 1), ({"amr": ["fpt", "hwk"]}, 4000, 2),
    ],
)  # fmt: skip
def test_a_second_factor_there_counts_here_and_is_fresh_from_when_it_was_shown(more, ago, strength, city, settings):
    connected()
    settings.PROVIDER = dataclasses.replace(settings.PROVIDER, strong=("two",))
    city.more, city.shown_ago = more, ago
    assert visit_of(comes_in(city)) == strength


def test_without_a_moment_nothing_is_fresh(city):
    connected()
    city.lacks = {"auth_time"}
    assert visit_of(comes_in(city)) == 2


def test_fresh_goes_by_itself_and_comes_back_there(city):
    connected()
    browser = comes_in(city, shown_ago=3600)
    assert visit_of(browser) == 2 and "Show it through Vik municipality" in words(browser.get("/again"))
    assert there_and_back(browser, "/provider?for=again&to=/families")["Location"] == f"{NO}?why=again"
    assert visit_of(browser) == 2  # it was not shown anew
    city.shown_ago = 0
    assert there_and_back(browser, "/provider?for=again&to=/families")["Location"] == "/families"
    assert visit_of(browser) == 3
    asked = [sent for path, sent in city.asked if path == "/realm/authorize"][-1]
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")


def test_fresh_needs_two_factors_and_the_same_person(city):
    connected()
    browser = comes_in(city, shown_ago=3600)
    city.shown_ago, city.more = 0, {"amr": ["pwd"]}
    assert there_and_back(browser, "/provider?for=again")["Location"] == f"{NO}?why=again"
    city.more, city.person = {"amr": ["mfa"]}, "somebody-else"
    assert there_and_back(browser, "/provider?for=again")["Location"] == f"{NO}?why=again"
    assert visit_of(browser) == 2


def test_disconnected_one_comes_in_with_a_password_again(city):
    browser = connected()
    assert browser.post("/settings/provider").status_code == 303
    assert there_and_back(door())["Location"] == NO
    assert door().post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 303
    kinds = [kind for (kind,) in rows("SELECT kind FROM record_entry WHERE kind LIKE 'access.provider%%'", [])]
    assert sorted(kinds) == ["access.provider-gone", "access.provider-tied"]


def test_a_new_code_and_leaving_take_it_away(city):
    connected()
    accounts.recover(account("kari"), how="stood-here", by=numbers()["tone"], at=now(), once="8" * 32)
    assert there_and_back(door())["Location"] == NO and not Tie.objects.exists()
    codes.kill(account("kari"))


def test_a_closed_account_here_is_nobody(city):
    connected()
    Account.objects.filter(login="kari").update(is_active=False)
    assert there_and_back(door())["Location"] == NO


def test_without_a_provider_nothing_of_it_is_there(cast):
    page = door().get("/")
    assert "Come in through" not in words(page)
    for path in ("", "/back", "/no", "/connect"):
        assert door().get(f"/provider{path}").status_code == 404
    assert out("x").status_code == 404
    assert "no identity provider" in words(fresh().get("/settings/provider"))


def test_words_that_were_written_wait_until_one_is_back(city):
    browser = connected()
    whose = words_mark(browser)
    VisitOpen.objects.all().delete()
    answer = browser.post("/settings/provider", {"whose": whose, "said": "a long sentence that must not be lost"})
    assert answer.status_code == 403
    page = answer.content.decode()
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    on = browser.post("/provider", {"kept": kept, "to": "/settings/provider"})
    assert on.status_code == 200 and "What you wrote is kept" in words(on)
    address = on.content.decode().partition("0; url=")[2].partition('"')[0].replace("&amp;", "&")
    answer = browser.get(goes_there(address))
    assert answer["Location"] == "/settings/provider"
    assert browser.session["kept"]["form"]["said"] == ["a long sentence that must not be lost"]


def words_mark(browser: Client) -> str:
    page = browser.get("/settings/provider").content.decode()
    return page.partition('name="whose" value="')[2].partition('"')[0]

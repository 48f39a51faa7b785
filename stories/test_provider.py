"""Somebody who works here comes in through the municipality's identity provider, and is out when it closes them.

In a real browser, with the provider at another address of this machine.
"""

import urllib.request
from urllib.parse import urlencode

import pytest

from alongside.access.tests.municipality import CLIENT, SECRET, Municipality
from stories.conftest import served
from stories.walker import Walker

EVERY = 2  # seconds between two askings about a visit


@pytest.fixture(scope="module")
def city():
    made = Municipality()
    made.asks = True
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    secret = folder.parent / "secret-of-the-client"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    said = {
        "ALONGSIDE_PROVIDER": city.issuer, "ALONGSIDE_PROVIDER_CLIENT": CLIENT,
        "ALONGSIDE_PROVIDER_SECRET": str(secret), "ALONGSIDE_PROVIDER_NAME": "Vik municipality",
        "ALONGSIDE_PROVIDER_EVERY": str(EVERY),
    }  # fmt: skip
    with served(folder, **said) as address:
        yield address


def through(one: Walker, words: str = "Come in through Vik municipality") -> None:
    """Press, be at the provider, say there who one is, and be back."""
    one.opens(one.page.get_by_role("link", name=words))
    with one.page.expect_navigation(url=lambda address: address.startswith(one.site)):
        one.page.get_by_role("link", name="I am kari-there").click()


@pytest.fixture(scope="module")
def connected(chromium, site):
    """Kari's account here and hers there know each other; what is seen on the way is right."""
    kari = Walker(chromium, site, "kari")
    kari.go("/settings")
    kari.opens(kari.page.get_by_role("link", name="Your account at work"))
    assert kari.axe() == []
    through(kari, "Connect it")
    assert "kari-there@example" in kari.page.locator("main").inner_text() and kari.axe() == []
    kari.opens(kari.page.get_by_role("button", name="Yes, connect"))
    assert "You can come in through" in kari.page.locator("main").inner_text() and kari.axe() == []
    yield kari
    kari.close()


def test_through_the_municipality_from_the_first_to_the_last_day(chromium, site, city, connected):
    kari = connected

    # out, and in again without a name, a password or digits, without scripts as well
    kari.opens(kari.page.get_by_role("link", name="Settings", exact=True).first)
    kari.opens(kari.page.get_by_role("button", name="Sign out"))
    plain = Walker(chromium, site, None, scripts=False)
    for one in (kari, plain):
        one.go("/?to=/waiting")
        through(one)
        assert one.page.url == f"{site}/waiting"
    assert kari.axe() == []
    kari.go("/visits")
    assert "through Vik municipality" in kari.page.locator("main").inner_text()

    # closed there: out here within a few seconds, and not in again
    city.closed.add("kari-there")
    for one in (kari, plain):
        _is_out(one)
    kari.go("/")
    assert kari.axe() == []
    through(kari)
    assert kari.page.url == f"{site}/provider/no" and kari.axe() == []
    assert "nobody came in" in kari.page.locator("main").inner_text()

    # open again
    city.closed.clear()
    kari.go("/")
    through(kari)
    assert kari.page.url == f"{site}/today"
    assert _elsewhere(kari, city) == set() and _elsewhere(plain, city) == set()
    plain.close()


def _is_out(one: Walker) -> None:
    for _second in range(30):
        one.go("/today")
        if "/today" not in one.page.url.partition("?")[0]:
            return
        one.page.wait_for_timeout(1000)
    raise AssertionError("still in")


def _elsewhere(one: Walker, city: Municipality) -> set[str]:
    """Where the browser asked, beside this site and the provider's own pages, to which one goes oneself."""
    return {address for address in one.others if not address.startswith((f"{city.issuer}/authorize", "data:"))
            and not address.endswith("/favicon.ico")}  # fmt: skip


def test_away_it_says_so_and_the_other_ways_are_there(chromium, site, city):
    stranger = Walker(chromium, site, None, width=1280)
    city.away = True
    try:
        stranger.go("/provider/back?state=x&code=y")
        assert stranger.page.url == f"{site}/provider/no"
        stranger.opens(stranger.page.get_by_role("link", name="Back to the first page"))
        assert stranger.page.get_by_role("button", name="Sign in").is_visible() and stranger.axe() == []
    finally:
        city.away = False
    stranger.close()


def test_words_wait_while_one_goes_there(chromium, site, city, connected):
    """Signed out there while she writes: her words are here when she is back. A form is not sent elsewhere, so a page
    of ours leads on."""
    kari = Walker(chromium, site, None)
    for _second in range(120):  # that it was away is remembered for a minute
        kari.go("/")
        through(kari)
        if kari.page.url == f"{site}/today":
            break
        kari.page.wait_for_timeout(1000)
    assert kari.page.url == f"{site}/today"
    kari.go("/write")
    kari.opens(kari.page.get_by_role("link", name="Mia").first)
    kari.page.fill("[name=words]", "A sentence that must not be lost on the way.")
    _left(site, city)
    kari.opens(kari.page.locator("[data-main]"))
    assert "What you wrote is kept" in kari.page.locator("main").inner_text() and kari.axe() == []
    kari.page.get_by_role("button", name="Come in through Vik municipality").click()
    kari.page.get_by_role("link", name="I am kari-there").click()
    kari.page.wait_for_url(lambda address: address.startswith(site))
    assert "A sentence that must not be lost on the way." in kari.page.content()
    assert _elsewhere(kari, city) == set()
    kari.close()


def _left(site: str, city: Municipality) -> None:
    """The provider says that whoever came last has left there."""
    sent = urlencode({"logout_token": city.left(sid=city.sid())}).encode()
    with urllib.request.urlopen(f"{site}/provider/out", sent, timeout=10) as answer:
        assert answer.status == 200

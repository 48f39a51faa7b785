"""A new unit's first day, on an empty folder, with nothing but the pages: from `alongside init` to a worker who is
replaced, and the mother's own page that still tells it all. It prints how long a machine took.

No demo: passwords, second factors, a card and a PIN are real. What waits before it goes is sent at once.
"""

import datetime as dt
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from alongside.access import totp
from stories.conftest import HOUSE
from stories.walker import Walker

PASSWORD, PIN = "four birds on a tree", "604218"
SAW = "Anne, you made soup while we talked."
ANSWER = "It was not soup. It was dinner."
KEPT, BROKEN = "I bring the form for the housing office.", "I ring the school before Friday."
REASON = "The school was closed all day. I should have rung earlier."
GOODBYE = "Thank you for the soup. Lars has time for you."
CLOCK = ZoneInfo("Europe/Oslo")


def _alongside(folder, *words, **how):
    return _python(folder, "-m", "alongside", words[0], "--data", str(folder), *words[1:], **how)


def _python(folder, *words, store=(), **how):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
    kept |= {"PYTHONPATH": str(HOUSE), "XDG_CONFIG_HOME": str(folder.parent / "keys"), "ALONGSIDE_DATA": str(folder)}
    kept |= {"DJANGO_SETTINGS_MODULE": "alongside.site.settings", **dict(store)}
    return how.pop("run", subprocess.run)(
        [sys.executable, *words], cwd=HOUSE, env=kept, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how
    )


@pytest.fixture(scope="module")
def store():
    """Where the office keeps its record, as its environment says: in a file, or, where the tests run on PostgreSQL, on
    a server of its own that is begun as in earnest."""
    if connections["default"].vendor != "postgresql":
        yield {}
        return
    from alongside.site.engine.postgresql.cluster import Cluster

    cluster = Cluster(durable=True)
    try:
        owner, role = cluster.database("office")
        yield {"ALONGSIDE_DATABASE": role, "ALONGSIDE_DATABASE_OWNER": owner}
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def office(tmp_path_factory, store):
    """(address, the leader's code, folder, its store): an office that has just begun, served by the commands of the
    manual. Who serves does not know the owner's address."""
    folder = tmp_path_factory.mktemp("office") / "data"
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    begun = _alongside(
        folder, "init", "--office", "Child and family office", "--line", "000 00 100", "--unit", "North",
        "--leader", "Tone Bakke", "--login", "tone", "--origin", site, "--json", timeout=60, store=store,
    )  # fmt: skip
    assert begun.returncode == 0, begun.stderr
    store = {name: value for name, value in store.items() if not name.endswith("_OWNER")}
    running = _alongside(folder, "serve", "--port", str(port), run=subprocess.Popen, store=store)
    try:
        for line in running.stdout:
            if line.startswith("ready "):
                break
        yield site, json.loads(begun.stdout)["code"], folder, store
    finally:
        running.terminate()
        running.wait(20)
        shutil.rmtree(folder.parent, ignore_errors=True)


def _local() -> dt.datetime:
    """This moment as the clock on the wall of the office says; the test's own clock stands still."""
    return dt.datetime.fromtimestamp(time.time(), CLOCK).replace(tzinfo=None)


class Person(Walker):
    """Somebody at their own machine, who reads what stands on the page and presses what it offers."""

    def __init__(self, *given, **how) -> None:
        super().__init__(*given, **how)
        self.page.set_default_timeout(8000)

    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def press(self, name: str) -> None:
        self.opens(self.page.locator("main").get_by_role("button", name=name).first)

    def follow(self, name: str) -> None:
        self.opens(self.page.locator("main").get_by_role("link", name=name).first)

    def choose(self, name: str) -> None:
        self.page.locator("main").get_by_label(re.compile(rf"^\s*{re.escape(name)}")).first.check(force=True)

    def fill(self, **what: str) -> None:
        for name, words in what.items():
            self.page.locator(f'main [name="{name}"]').first.fill(words)

    def at(self) -> str:
        return self.page.url.removeprefix(self.site)


def _first_day(person: Person, code: str) -> None:
    """From the paper with the code to the own first page."""
    person.go("/")
    person.follow("Begin with your code")
    person.fill(code=code)
    person.press("Begin")
    secret = person.page.locator(".code-letters").inner_text().replace(" ", "")
    six = totp.code(secret, int(time.time() * 1_000_000) // totp.STEP)
    person.fill(password=PASSWORD, again=PASSWORD, code=six, word="blåbærkake")
    person.press("Keep this and go in")
    assert person.at() == "/today", person.words()


def _invite(tone: Person, name: str, login: str) -> str:
    tone.go("/today")
    tone.follow("Who works here")
    tone.follow("Invite somebody")
    tone.fill(name=name, login=login)
    tone.press("Make the invitation")
    return tone.page.locator(".code-big").inner_text()


def _sent(person: Person) -> None:
    """What waits goes now."""
    person.go("/waiting")
    person.press("Send now")


def _add(kari: Person, family: str, name: str, role: str) -> None:
    """The first one from the family's page, where it says how to begin; the next ones among its people."""
    kari.go(family)
    if "Add those who belong to it" in kari.words():
        kari.follow("Add those who belong to it")
    else:
        kari.follow("People")
        kari.follow("Add somebody")
    kari.fill(name=name, role=role)
    kari.page.get_by_label("In the family").check(force=True)
    kari.press("Add them")
    assert name in kari.words()


def _promise(kari: Person, family: str, words: str) -> None:
    kari.go(family)
    kari.follow("A new promise")
    kari.fill(words=words)
    chips = kari.page.locator("fieldset", has_text="Who can read it")
    chips.get_by_label("Anne").check(force=True)
    kari.press("Keep it")
    _sent(kari)


def _became(kari: Person, family: str, words: str) -> None:
    """Kari stands at one of her promises."""
    kari.go(family + "/promises")
    kari.opens(kari.page.locator("main li", has_text=words).get_by_role("link").first)


def test_from_an_empty_folder_to_a_worker_replaced(chromium, office, capsys):
    began = time.monotonic()
    site, code, folder, store = office
    tone, lars = (Person(chromium, site, None, width=1280) for _ in range(2))
    kari, anne = (Person(chromium, site, None, width=390) for _ in range(2))

    # the leader's first day, and two workers
    _first_day(tone, code)
    codes = {name.split()[0]: _invite(tone, name, name.split()[0].lower()) for name in ("Kari Moen", "Lars Eide")}
    _first_day(kari, codes["Kari"])
    assert "No family is yours yet" in kari.words()
    _first_day(lars, codes["Lars"])

    # a family is opened for Kari, and the leader reads nothing in it
    tone.go("/today")
    tone.follow("Open a family")
    tone.fill(name="Mia Hansen", why="The school rang: Mia is tired.")
    tone.choose("Kari Moen")
    tone.press("Open it")
    assert "You do not read in it" in tone.words()
    tone.follow("The families of my unit")
    assert "Kari Moen" in tone.words() and "Hansen" not in tone.words()

    # Kari finds it, adds two more, and holds the talk
    kari.go("/today")
    kari.follow("Mia Hansen")
    family = kari.at()
    assert "The school rang: Mia is tired." in kari.words()
    for name, role in (("Anne Hansen", "Mia's mother"), ("Jonas Yusuf Hansen", "Mia's brother")):
        _add(kari, family, name, role)
    kari.go(family)
    kari.follow("Hold the talk")
    for name in ("Anne", "Mia", "Jonas"):
        kari.choose(name)
    kari.page.get_by_label("What Anne said").fill("Not the money, not to the school.")
    kari.press("Keep it")

    # Anne is asked, gets a card, comes in, says yes, and is let in
    kari.go(family)
    kari.follow("Give them a place")
    kari.choose("Anne Hansen")
    kari.choose("parent")
    kari.fill(why="She is Mia's mother.")
    kari.press("Give them a place")
    kari.go(family)
    kari.follow("Anne is asked")
    kari.follow("Make a card")
    kari.choose("I give it to Anne in person")
    kari.press("Make the card")
    card = kari.page.locator(".code-big").inner_text()
    anne.go("/")
    anne.fill(code=card)
    anne.press("Come in")
    anne.fill(login="Fjellrev", password=PIN, again=PIN)
    anne.press("Keep this and go in")
    name = anne.page.locator(".code-big").inner_text()
    anne.follow("Go in")
    anne.follow("Were you asked to have a room here?")
    anne.press("Yes, I would like that")
    kari.go(family)
    kari.follow("Anne has said yes")
    kari.follow("Verify who they are")
    kari.fill(why="We sat at her table.")
    kari.press("Verified")
    kari.follow("Open the door")
    kari.press("Open it")
    kari.go(family)
    assert "How to begin" not in kari.words() and "Mia" in kari.page.locator("h1").inner_text()

    # a note about a visit; Anne reads it on her phone and answers
    kari.follow("Write")
    kari.choose("Anne")
    kari.page.locator("[name=words]").focus()
    kari.page.keyboard.insert_text(SAW)
    kari.page.locator("[data-main]").first.click()
    kari.page.wait_for_url("**/waiting**")
    kari.press("Send now")
    anne.go("/me")
    assert "Hello Anne." in anne.words()
    anne.follow("Our visit")
    anne.page.locator("a[href$='/answer']").first.click()
    anne.page.locator("label", has_text="I see it differently").click()
    anne.page.locator("textarea").first.fill(ANSWER)
    anne.press("Send")
    anne.press("Send now")
    kari.go("/today")
    assert ANSWER in kari.words()

    # three promises: one kept, one broken with a reason, one that somebody else will have to keep
    for words in (KEPT, BROKEN, "We look for a holiday place together."):
        _promise(kari, family, words)
    _became(kari, family, KEPT)
    kari.press("Kept")
    _sent(kari)
    _became(kari, family, BROKEN)
    kari.page.locator("summary", has_text="It was not kept").click()
    kari.page.locator("#act-broken textarea").fill(REASON)
    kari.press("Say that it was not kept")
    _sent(kari)
    before = _local().isoformat()

    # Kari hands over; Lars says yes, and takes over what is still owed
    kari.go(family)
    kari.follow("Who belongs here")
    kari.follow("Hand over to another worker")
    kari.choose("Lars Eide")
    kari.fill(last=_local().date().isoformat(), why="Kari moves to another town.", goodbye=GOODBYE)
    kari.press("Ask them to take over")
    lars.go("/today")
    lars.follow("Read and decide")
    lars.press("Yes, I work with them")
    assert "holiday place" in lars.words()
    lars.press("I take it over")
    lars.go("/today")
    assert "Hansen" in lars.words() and "holiday place" in lars.words()

    # and Anne's page tells it all: here, and in a new visit with her name and PIN
    again = Person(chromium, site, None, width=390)
    again.go("/")
    again.fill(login=name, password=PIN)
    again.press("Sign in")
    assert again.at() == "/me"
    told = again.words()
    for words in ("Lars", "holiday place"):
        assert words in told, told
    again.go("/me/story")
    story = again.words()
    for words in (SAW, ANSWER, GOODBYE, KEPT, BROKEN, REASON):
        assert words in story, (words, story)
    again.go(f"/me/story?at={before}")
    then = again.words()
    assert SAW in then and ANSWER in then and REASON in then and GOODBYE not in then

    # the leader still reads nothing, and the record is whole
    tone.go("/unit")
    assert "Lars Eide" in tone.words() and tone.go(family).status == 404
    for one in (tone, kari, lars, anne, again):
        assert one.others == []
        one.close()
    checked = _alongside(folder, "rebuild", "--check", timeout=60, store=store)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    whole = (
        "import django; django.setup(); from alongside.asking import for_the_house; "
        "from alongside.record.verify import verify; print(for_the_house()(lambda: list(verify()))())"
    )
    assert _python(folder, "-c", whole, timeout=60, store=store).stdout == "[]\n"
    with capsys.disabled():
        print(f"\na new unit's first day: {time.monotonic() - began:.0f} seconds by a machine")

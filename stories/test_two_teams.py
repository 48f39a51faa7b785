"""Two teams, from the kitchen table to the day of the account, through the pages alone: Lars, who coordinates, Anne,
and Farhiya with the interpreter Hodan, paper and a shared laptop. It prints how long a machine took.

The demo's clock goes by its folder, so a week is slept through by waking the same folder a week later.
"""

import datetime as dt
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import pytest
from pypdf import PdfReader

from stories.conftest import HOUSE
from stories.walker import Walker

CABIN, LETTER, BUS = "I ask once more about the cabin.", "I write to the housing office.", "I come with the bus."
PROMISES = (
    ("I do", CABIN), ("I do", LETTER), ("Anne", "I bring the letter from the bank."), ("Farhiya", BUS),
    ("Per", "I ring Jonas on Sunday."),
)  # fmt: skip
SIX = ("Anne", "Mia", "Farhiya", "Ali", "Lea", "the boatyard")
POINTS = ("Ayeeyo sleeps here on Tuesdays.", "Per rings before he comes.", "Nobody talks about the rent at supper.")
MUST = "The housing office must say so in writing first."
WAITED = "The office wants a form. I send it on Monday."
BECAUSE = "Nobody has told me whether we keep the flat."
ANSWERED = "You keep the flat. The letter that says so lies in your hand on Monday."
SEEN = "Lea came in four minutes."
GOODBYE = "Thank you for the soup."
KEPT_FROM_HIM = re.compile(
    r"Rypestad|Bekkasin|Trostheim|Lerke|Orrhøgda|Tiuråsen|Spettgata|SVALE|Farhiya|Ayeeyo|Hansen|Hodan|Anne",
    re.IGNORECASE,
)
READ = "path => fetch(path).then(async got => [got.status, await got.text()])"


class House:
    """The demo on one folder, asleep and awake. `site`: its address."""

    def __init__(self, folder) -> None:
        self.folder, self.running = folder, None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.site = f"http://127.0.0.1:{self.port}"

    def wake(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
        command = [sys.executable, "-m", "alongside", "demo", "--port", str(self.port), "--data", str(self.folder)]
        self.running = subprocess.Popen(
            command, cwd=HOUSE, env=kept | {"PYTHONPATH": str(HOUSE)}, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert any(line.startswith("ready ") for line in self.running.stdout)

    def sleep(self) -> None:
        self.running.terminate()
        self.running.wait(20)

    def later(self, days: int) -> None:
        """It is so many days later, at the same hour."""
        self.sleep()
        began = self.folder / "demo-began"
        moment = dt.datetime.fromisoformat(began.read_text()) - dt.timedelta(days=days)
        began.write_text(moment.isoformat())
        self.wake()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("demo"))
    made.wake()
    yield made
    made.sleep()
    shutil.rmtree(made.folder, ignore_errors=True)


class Person(Walker):
    """Somebody who reads what stands on the page and presses what it offers."""

    def __init__(self, *given, **how) -> None:
        super().__init__(*given, **how)
        self.page.set_default_timeout(8000)

    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def press(self, name: str, within: str = "main") -> None:
        self.opens(self.page.locator(within).get_by_role("button", name=name).first)

    def follow(self, name: str) -> None:
        self.opens(self.page.locator("main").get_by_role("link", name=name).first)

    def open(self, name: str, within: str = "main") -> None:
        self.page.locator(f"{within} summary", has_text=name).first.click()

    def chip(self, name: str, within: str = "main", on: bool = True) -> None:
        found = self.page.locator(f"{within} label.chip", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$")).first
        if found.locator("input").is_checked() != on:
            found.click()

    def fill(self, within: str = "main", **what: str) -> None:
        for name, words in what.items():
            self.page.locator(f'{within} [name="{name}"]').first.fill(words)

    def family(self) -> str:
        """To the page of the family; its path."""
        self.go("/families")
        self.follow("Hansen")
        return re.sub(r"[?#].*", "", self.page.url.removeprefix(self.site))

    def at(self) -> str:
        return re.sub(r"[?#].*", "", self.page.url.removeprefix(self.site))

    def sent(self) -> None:
        """What waits goes now."""
        if self.page.get_by_role("button", name="Send now").count():
            self.press("Send now")

    def sheets(self) -> list[str]:
        """The words of each page, as paper."""
        made = PdfReader(io.BytesIO(self.page.pdf(prefer_css_page_size=True)))
        return [" ".join(page.extract_text().split()) for page in made.pages]


def _before(kari: Person, anne: Person) -> None:
    """The circle at the table with six people; something for the agenda; Farhiya asked by letter, Ali by a call."""
    family = kari.family()
    kari.follow("Both teams")
    kari.follow("Circle and pictures")
    kari.open("Whose people")
    kari.opens(kari.page.locator(".tool-menu a", has_text="Jonas"))
    assert "Jonas" in kari.page.locator("h1").inner_text(), kari.words()
    kari.follow("Add somebody")
    kari.fill(ring1=", ".join(SIX[:2]), ring2=", ".join(SIX[2:5]), ring3=SIX[5])
    kari.press("Keep")
    assert all(name in kari.words() for name in SIX), kari.words()
    kari.go(family + "/team")
    kari.follow("Name people of the team")
    for name in ("Bodil Vik", "Gerd Hansen"):
        kari.chip(name)
    kari.press("Keep the team")
    for name, way in (("Bodil", "A letter"), ("Gerd", "A call")):
        kari.opens(kari.page.locator("main li", has_text=name).get_by_role("link", name="Ask them in"))
        kari.page.get_by_label(re.compile(f"^{way}")).first.check(force=True)
        kari.press("Keep")
    kari.opens(kari.page.locator("main li", has_text="Bodil").get_by_role("link", name="The letter"))
    (paper,) = kari.sheets()
    assert "Bodil" in paper and "Skjelvika" not in paper and "000 00" not in paper
    anne.go("/me/meetings")
    anne.follow("Put it on the agenda")
    anne.fill(words="The rent, first of all.")
    anne.press("Put it there")
    anne.sent()


def _held(lars: Person, anne: Person) -> str:
    """The meeting on the shared laptop. The path of the meeting."""
    family = lars.family()
    lars.follow("Meetings")
    assert "The rent, first of all." in lars.words()
    lars.follow("Begin a meeting")
    for name in ("Anne", "Per", "Farhiya"):
        lars.chip(name)
    lars.chip("The family’s own meeting")
    lars.fill(place="The kitchen", interpreter="Hodan")
    lars.press("Begin")
    meeting = lars.at()
    assert "Interpreter: Hodan" in lars.words() and meeting.startswith(family + "/meetings/")
    # private time: nobody who works with them writes or reads
    lars.press("Private time begins")
    assert lars.page.locator("#act-promise").count() == 0
    lars.press("Private time is over")
    for who, words in PROMISES:
        lars.chip(who, "#act-promise")
        lars.fill("#act-promise", words=words)
        lars.press("Keep the promise")
        assert lars.at() == meeting
    lars.open("A decision")
    lars.fill(decision="The family keeps the plan; Lars keeps the dates.")
    lars.press("Keep the decision")
    (paper,) = lars.sheets()
    assert all(words in paper for _who, words in PROMISES) and "Interpreter: Hodan" in paper
    lars.follow("Show it to everybody")
    assert all(words in lars.words() for _who, words in PROMISES)
    lars.go(family)
    assert "This goes back to Lars" in lars.words()
    lars.opens(lars.page.get_by_role("button", name="Lars, go on"))
    anne.go("/me")
    anne.follow("Our meeting")
    anne.follow("The meeting on one page")
    assert "Interpreter: Hodan" in anne.words() and BUS in anne.words()
    return meeting


def _planned(anne: Person, kari: Person) -> None:
    """Anne writes the plan in points; Kari answers point by point; it is one sheet, also as a file."""
    anne.go("/me/plan")
    anne.follow("Change the plan")
    for box, words in zip(anne.page.locator("main textarea").all(), (*POINTS, "", ""), strict=False):
        box.fill(words)
    anne.press("Keep the plan")
    anne.sent()
    family = kari.family()
    kari.follow("Plan")
    kari.follow("Answer the points")
    for n, answer in ((1, "yes"), (2, "yes"), (3, "with")):
        kari.page.locator(f'[name="grade-{n}"][value="{answer}"]').check(force=True)
    kari.fill(**{"text-3": MUST})
    kari.press("Send the answers")
    kari.go("/waiting")
    while kari.page.get_by_role("button", name="Send now").count():
        kari.press("Send now")
    anne.go("/me/plan")
    assert all(words in anne.words() for words in (*POINTS, MUST))
    (paper,) = anne.sheets()
    assert all(words in paper for words in (*POINTS, MUST))
    found = anne.context.request.get(anne.site + "/me/plan/plan.pdf")
    (page,) = PdfReader(io.BytesIO(found.body())).pages
    assert round(float(page.mediabox.width)) == 595 and all(words[:20] in page.extract_text() for words in POINTS)
    kari.go(family)


def _agreed(lars: Person, day: str) -> None:
    """A day for the account."""
    lars.go(lars.family() + "/account")
    lars.follow("Agree a day")
    lars.fill(day=day, **{"from": "16:00"}, place="The kitchen")
    for name in ("Anne", "Farhiya"):
        lars.chip(name)
    lars.press("Set the time")
    lars.go("/waiting")
    lars.sent()


def _answers(lars: Person) -> None:
    """On the day Lars says of one promise that it is kept, of another that it must wait and why."""
    lars.go(lars.family() + "/account")
    for words, act, says in ((CABIN, "Kept", ""), (LETTER, "It must wait", WAITED)):
        place = lars.page.locator(f'li:has-text("{words}") + li.account-said')
        place.locator("summary", has_text="Answer for it").click()
        place.locator("label.chip", has_text=re.compile(f"^{act}$")).click()
        place.locator('[name="words"]').first.fill(says)
        lars.opens(place.get_by_role("button", name="Answer", exact=True))
    assert WAITED in lars.words()


def _not_enough(anne: Person) -> None:
    """On her phone, Anne sees what became of them, and says of one answer that it is not enough."""
    anne.go("/me/promises")
    seen = anne.words()
    assert CABIN in seen and "kept, 27 Nov" in seen and WAITED in seen, seen[-900:]
    anne.go("/me")
    anne.follow("The account")
    place = anne.page.locator(f'li:has-text("{LETTER}") + li.account-said')
    place.locator("summary").click()
    place.locator("label.chip", has_text=re.compile("^Not enough$")).click()
    place.locator('[name="words"]').fill(BECAUSE)
    anne.opens(place.get_by_role("button", name="Send", exact=True))
    anne.sent()


def _owed(lars: Person, anne: Person) -> None:
    """The answer is owed to her on Lars's Today, and given."""
    lars.go("/today")
    waits = lars.page.locator("main section", has_text="Questions that wait")
    assert BECAUSE in waits.inner_text(), lars.words()
    lars.opens(waits.locator("li", has_text=BECAUSE).get_by_role("link").first)
    lars.opens(lars.page.locator("main a", has_text=re.compile(f"^Answer.*{re.escape(BECAUSE)}", re.DOTALL)).first)
    lars.fill(words=ANSWERED)
    lars.press("Send")
    lars.go("/waiting")
    lars.sent()
    anne.go("/me/account")
    assert ANSWERED in anne.words() and "Not enough" not in anne.page.locator("button").all_inner_texts()
    lars.go("/today")
    assert BECAUSE not in lars.words(), "what was answered is owed no more"


def _night(anne: Person) -> None:
    """In the night: one tap to what they do, one to say that it was used; the plan is looked at, not she."""
    anne.go("/me")
    anne.follow("When it gets too much")
    assert "What we do, in this order" in anne.words() and "Farhiya" in anne.words()
    anne.press("We used it")
    assert "It is noted that the plan was used." in anne.words()
    anne.fill(worked=SEEN)
    anne.press("Send")
    anne.sent()
    anne.go("/me/plan/hard-hours")
    assert SEEN in anne.words() and "not looked at yet" not in anne.words()


def _nothing(morten: Person, family: str, meeting: str) -> None:
    """The man of the third family follows every link he is given and tries what he has heard of elsewhere."""
    seen, waits = set(), ["/me"]
    while waits and len(seen) < 80:
        path = waits.pop(0)
        seen.add(path)
        morten.go(path)
        found = morten.page.content()
        assert not KEPT_FROM_HIM.search(found), (path, KEPT_FROM_HIM.search(found))
        links = morten.page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
        for link in links:
            link = re.sub(r"#.*", "", link)
            if link.startswith("/me") and "exit" not in link and link not in seen and link not in waits:
                waits.append(link)
    assert len(seen) > 15, seen
    never = morten.page.evaluate(READ, "/f/aaaaaaaaaaaa")
    id = meeting.rsplit("/", 1)[1]
    for path in (family, meeting, *(f"{family}/{one}" for one in ("team", "plan", "account", "meetings"))):
        assert morten.page.evaluate(READ, path)[0] == never[0] == 404, path
    for path in (f"/me/n/{id}", f"/me/meetings/{id}"):
        status, text = morten.page.evaluate(READ, path)
        assert status == 404 and not KEPT_FROM_HIM.search(text), path


def _ended(kari: Person, anne: Person, tone: Person) -> None:
    """The work ends as a talk at the table; Kari finds nothing any more, Anne keeps her room and can come back."""
    family = kari.family()
    kari.follow("Who belongs here")
    kari.follow("End the work with this family")
    kari.fill(why="They ring each other first.", goodbye=GOODBYE, call="2027-01-15", promise="I ring and ask.")
    kari.chip("Anne")
    kari.page.get_by_label("What Anne says at the end").fill("It was long.")
    kari.press("End the work")
    assert kari.go(family).status == 404
    anne.go("/me/story")
    assert GOODBYE in anne.words() and "It was long." in anne.words()
    anne.go("/me")
    anne.follow("I want to talk again")
    anne.press("I want to talk again")
    assert "You said so" in anne.words()
    tone.go("/unit")
    assert "wants to talk again" in tone.words() and "Hansen" not in tone.words()


def test_two_teams(chromium, house, capsys):
    began = time.monotonic()
    site = house.site
    kari, lars = (Person(chromium, site, who, width=1280) for who in ("kari", "lars"))
    anne = Person(chromium, site, "anne")
    _before(kari, anne)
    meeting = _held(lars, anne)
    _planned(anne, kari)
    _agreed(lars, "2026-11-27")
    for one in (kari, lars, anne):
        one.close()
    house.later(7)
    lars, anne = Person(chromium, site, "lars", width=1280), Person(chromium, site, "anne")
    _answers(lars)
    _not_enough(anne)
    _owed(lars, anne)
    _night(anne)
    kari, tone = (Person(chromium, site, who, width=1280) for who in ("kari", "tone"))
    morten = Person(chromium, site, "morten")
    _nothing(morten, meeting.split("/meetings")[0], meeting)
    _ended(kari, anne, tone)
    for one in (kari, lars, anne, tone, morten):
        assert one.others == []
        one.close()
    with capsys.disabled():
        print(f"\ntwo teams: {time.monotonic() - began:.0f} seconds by a machine")

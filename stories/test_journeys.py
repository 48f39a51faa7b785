"""Journeys a person makes, inside what they may cost (budgets.toml). Journey 1 stands in test_visit_note.py."""

import re

import pytest

from stories.burden import BUDGETS, Burden

FLAT = "Anne was flat today and answered in single words."
THEN = "2026-03-14"
SIX = ("Jonas", "Mia", "Bodil", "Per", "Silje", "Gerd")
PROMISES = (
    ("I do", "I ring the housing office."), ("I do", "I ask about the cabin."),
    ("Anne", "I bring the letter from the bank."),
    ("Lars", "A form for the bus card."), ("Anne", "I ask Ali for the car."),
)  # fmt: skip


@pytest.fixture(scope="module")
def said():
    """What each journey cost, for whoever reads the test's output."""
    lines: list[str] = []
    yield lines
    print("\n".join(lines))


def test_a_mother_disagrees_with_a_sentence(walk, said):
    """Journey 2: Anne, on her phone, at the sentence; she says how she sees it, and it stands beside it."""
    anne = walk("anne")
    anne.opens(anne.page.locator("main a", has_text="Kari wrote something down").first)
    burden = Burden(anne.page, phone=True)
    burden.think()
    burden.tap(anne.page.locator("a[href$='/answer']").first, waits=True)
    burden.think()
    burden.tap(anne.page.locator("label", has_text="I see it differently"))
    burden.write("textarea", "It was soup night. Nobody asked.")
    burden.think()
    burden.tap(anne.page.get_by_role("button", name="Send"), waits=True)
    assert "It was soup night. Nobody asked." in anne.page.locator("main").inner_text()
    assert "Not sent yet" in anne.page.locator("main").inner_text()
    said.append(burden.fits(2))


def test_a_familys_team_of_six_and_the_circle(walk, said):
    """Journey 4: at the table Anne says six names, Kari writes them on one screen; Anne's circle marks who is in."""
    kari = walk("kari", width=1280)
    kari.go("/families")
    kari.opens(kari.page.locator("main a", has_text="Hansen").first)
    kari.page.goto(kari.page.url + "/team/name")
    naming = kari.page.url
    burden = Burden(kari.page, phone=False)
    burden.think()
    for n, name in enumerate(SIX, 1):
        burden.think()
        burden.tap(f'main [name="name-{n}"]')
        burden.write(f'main [name="name-{n}"]', name)
    assert kari.page.url == naming
    burden.think()
    burden.tap(kari.page.get_by_role("button", name="Keep the team"), waits=True)
    assert kari.page.url.split("?")[0].endswith("/team") and burden.filled == BUDGETS["journey"]["4"]["fill"]
    team = kari.page.locator("main section", has=kari.page.get_by_role("heading", name="Family’s team")).inner_text()
    assert all(name in team for name in SIX)
    anne = walk("anne")
    anne.go("/me/people/pictures")
    assert "Bodil, in the team" in anne.page.locator("main").inner_text()
    said.append(burden.fits(4))


def test_a_team_meeting_with_five_promises_and_the_one_page(walk, said):
    """Journey 5: Kari holds a meeting with Anne and Lars. Five promises fall, each is who and what; by when is guessed.
    The page they print is the one on which they were written."""
    kari = walk("kari", width=1280)
    kari.go("/families")
    kari.opens(kari.page.locator("main a", has_text="Hansen").first)
    kari.page.goto(kari.page.url + "/meetings/new")
    for name in ("Anne", "Lars"):
        chip = kari.page.locator("label.chip", has_text=re.compile(f"^{name}$")).first
        if not chip.locator("input").is_checked():
            chip.click()
    burden = Burden(kari.page, phone=False)
    burden.think()
    burden.tap(kari.page.get_by_role("button", name="Begin"), waits=True)
    meeting = re.sub(r"[?#].*", "", kari.page.url)
    for who, words in PROMISES:
        burden.think()
        burden.write("#act-promise [name=words]", words)
        if who != "I do":
            burden.think()
            burden.tap(kari.page.locator("#act-promise label.chip", has_text=re.compile(f"^{who}$")))
        burden.tap(kari.page.get_by_role("button", name="Keep the promise"), waits=True)
        assert re.sub(r"[?#].*", "", kari.page.url) == meeting
    shown = kari.page.locator("main").inner_text()
    assert all(words in shown for _who, words in PROMISES)
    kari.page.evaluate("window.print = () => { window.printed = true }")
    burden.think()
    burden.tap(kari.page.get_by_role("button", name="Print"))
    assert kari.page.evaluate("window.printed")
    kari.page.emulate_media(media="print")
    paper = kari.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    assert not kari.page.get_by_role("button", name="Keep the promise").is_visible()
    assert kari.page.get_by_text("I bring the letter from the bank.").first.is_visible()
    assert len({re.sub(r"[?#].*", "", screen) for screen in burden.screens}) <= BUDGETS["journey"]["5"]["screens"]
    said.append(burden.fits(5))


def test_the_record_as_known_on_a_day(walk, said):
    """Journey 7: Ingrid goes back to 14 March 2026. The frame is amber, and what came later is not there."""
    ingrid = walk("ingrid", width=1280)
    ingrid.go("/families")
    ingrid.opens(ingrid.page.locator("main a", has_text="Hansen").first)
    now = ingrid.page.locator("main").inner_text()
    assert "I slept all night" in now
    burden = Burden(ingrid.page, phone=False)
    burden.think()
    burden.tap(ingrid.page.locator("summary", has_text="As known"))
    burden.think()
    burden.write("input[type=date]", THEN)
    burden.tap(
        ingrid.page.locator("form", has=ingrid.page.locator("input[type=date]")).get_by_role("button"), waits=True
    )
    then = ingrid.page.locator("main").inner_text()
    assert "I slept all night" not in then and "My ears are back on" in then
    assert "As known" in ingrid.page.locator(".then-bar").inner_text()
    assert ingrid.page.locator("main a", has_text="Write").count() == 0
    said.append(burden.fits(7))


def test_a_newcomers_first_minute(walk, said):
    """Journey 12: from the first page to Kari's family, to Anne's own room, without a manual."""
    new = walk(None)
    new.go("/")
    burden = Burden(new.page, phone=True)
    burden.think()
    burden.tap('button[value="kari"]', waits=True)
    burden.think()
    burden.tap(new.page.locator("main a", has_text="Hansen").first, waits=True)
    assert "We want evenings without shouting" in new.page.locator("main").inner_text()
    burden.think()
    burden.tap(new.page.locator("a", has_text="Be someone else"), waits=True)
    burden.think()
    burden.tap('button[value="anne"]', waits=True)
    assert new.page.locator("h1").inner_text() == "Hello Anne."
    said.append(burden.fits(12))


def test_two_promises_in_the_car(walk, said):
    """Kari after a visit, on her phone: each promise is one box and one tap; Anne sees both that she is owed."""
    kari = walk("kari")
    kari.go("/families")
    kari.opens(kari.page.locator("main a", has_text="Hansen").first)
    for words in ("I ring the housing office.", "I bring the form."):
        home = kari.page.url
        burden = Burden(kari.page, phone=True)
        burden.think()
        burden.tap(kari.page.locator("a", has_text="A new promise").first, waits=True)
        burden.dictate("textarea", words)
        burden.think()
        burden.tap(kari.page.get_by_role("button", name="Keep it"), waits=True)
        assert words in kari.page.locator("main").inner_text()
        said.append(burden.fits("promise"))
        kari.page.goto(home)
    kari.go("/waiting")
    for _ in range(2):
        kari.opens(kari.page.get_by_role("button", name="Send now").first)
    anne = walk("anne")
    owed = anne.page.locator("main").inner_text()
    assert "I ring the housing office." in owed and "I bring the form." in owed


def test_the_whole_walk_of_the_first_five_minutes(walk, said):
    """Kari writes what was said and shows it; Anne reads it and answers; Jonas, Ingrid and Morten look."""
    jonas, morten, ingrid = walk("jonas"), walk("morten"), walk("ingrid", width=1280)
    jonas.go("/me/story")
    assert "paper round" in jonas.page.locator("main").inner_text()
    anne = walk("anne")
    for path in ("/me", "/me/story", "/me/people", "/me/who-sees-what"):
        anne.go(path)
        assert "paper round" not in anne.page.content()
        assert "like a fish" not in anne.page.content()
    ingrid.go("/families")
    assert "Hansen" in ingrid.page.locator("main").inner_text()
    for path in ("/me", "/me/story", "/me/people", "/me/who-sees-what", "/me/write", "/me/ask"):
        morten.go(path)
        for bird in ("Rypestad", "Bekkasin", "Trostheim", "Lerke", "Orrhøgda", "Tiuråsen", "Spettgata", "SVALE"):
            assert bird.casefold() not in morten.page.content().casefold()

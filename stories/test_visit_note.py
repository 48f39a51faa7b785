"""Journey 1: Kari writes down a visit on her telephone, shows it to those who are there, and it is kept."""

import pytest
from playwright.sync_api import expect

from stories.burden import Burden
from stories.walker import Walker

SAID = (
    "Mia, you showed me your new bed.\n\nYou said: “I slept all night.”\n\n"
    "Anne, you told me the evenings are hardest after a double shift.\n\n"
    "I think it is the hours that wear you out, and not that you do not try."
)


@pytest.fixture
def kari(site, chromium):
    walker = Walker(chromium, site, "kari")
    yield walker
    walker.close()


def in_hansen(kari):
    """Kari on the composer of Mia's family."""
    kari.go("/write")
    kari.opens(kari.page.get_by_role("link", name="Mia").first)
    return kari.page


def test_a_visit_is_dictated_shown_and_kept(kari):
    page = in_hansen(kari)
    burden = Burden(page, phone=True)
    burden.think()
    burden.tap(page.get_by_label("Jonas", exact=True).first)  # he was not there
    burden.dictate("[name=words]", SAID)
    expect(page.locator("[data-para]")).to_have_count(4)
    expect(page.locator("[name=basis-1]")).to_have_value("own-words")
    assert [page.input_value(f"[name=basis-{n}]") for n in range(4)] == [
        "seen",
        "own-words",
        "told",
        "professional-view",
    ]
    assert page.inner_text("[data-reads]") == "Mia, Anne and the helpers can read this."
    burden.think()
    burden.tap("[data-show]", waits=True)
    assert page.inner_text("h1") == "Mia and Anne, is this right?"
    assert kari.axe() == []
    burden.tap("button[value=right]", waits=True)
    assert page.inner_text("h1") == "Thank you"
    burden.fits(1)
    page.click("text=Give it back")
    page.go_back()
    page.goto(kari.site + "/waiting")
    assert page.inner_text("h1") == "This goes back to Kari"
    page.click("text=Kari, go on")
    page.goto(kari.site + "/waiting")
    assert SAID[:20] not in page.content()


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_writing_can_be_read_by_everybody(site, chromium, night, width):
    kari = Walker(chromium, site, "kari", width=width, night=night)
    page = in_hansen(kari)
    assert (kari.axe(), kari.wide()) == ([], 0)
    page.focus("[name=words]")
    page.keyboard.type("Lars says he will ask about respite.\n\nYou said: “Hm.”")
    page.wait_for_selector("[data-hints] u")
    page.click("summary.place")
    page.click(".send summary")
    page.locator("[data-own] summary").first.click()
    assert (kari.axe(), kari.wide()) == ([], 0)
    page.click("[data-main]")
    page.wait_for_url("**/waiting**")
    assert (kari.axe(), kari.wide(), kari.others) == ([], 0, [])
    page.get_by_role("button", name="Undo").first.click()
    page.wait_for_url("**/write?draft=**")
    kari.close()


def test_the_keyboard_alone_parts_and_joins_paragraphs(kari):
    page = in_hansen(kari)
    page.focus("[name=words]")
    page.keyboard.type("One")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Two")
    boxes = "[...document.querySelectorAll('[data-para] textarea')].map(box => box.name + box.value)"
    assert page.evaluate(boxes) == ["p-0One", "p-1Two"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "basis-1"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    assert page.evaluate(boxes) == ["p-0One\nTwo"]


def test_without_scripts_a_note_is_looked_over_and_saved(site, chromium):
    kari = Walker(chromium, site, "kari", scripts=False)
    page = in_hansen(kari)
    page.fill("[name=words]", SAID)
    page.click("text=Look it over")
    assert page.input_value("[name=p-1]") == "You said: “I slept all night.”"
    page.get_by_role("button", name="Save").click()
    assert "Kept. It goes into the record at" in page.content()
    kari.close()

"""The plan's page as a browser prints it: one sheet for the cast, and one when there is far more than it holds."""

import io

import pytest
from pypdf import PdfReader


def printed(walker) -> PdfReader:
    return PdfReader(io.BytesIO(walker.page.pdf(prefer_css_page_size=True)))


def words(found: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in found.pages).split())


def test_the_casts_plan_is_one_sheet(walk):
    walker = walk("anne")
    walker.go("/me/plan")
    found = printed(walker)
    assert len(found.pages) == 1
    assert "Kari: not safe, because" in words(found) and "Jonas agrees partly" in words(found)
    assert "Change the plan" not in words(found)


@pytest.mark.parametrize("points", [12, 60])
def test_a_crowded_plan_is_one_sheet_and_names_what_has_no_room(walk, points):
    """Twelve points for a family of twelve; then far more than a sheet holds."""
    walker = walk("elin")
    walker.go("/me/plan/write")
    line = "Somebody reads the whole chapter, also on Tuesdays, and nobody decides anything before breakfast"
    walker.page.fill('textarea[name="more"]', "\n".join(f"{n} {line}" for n in range(points)))
    walker.page.fill('textarea[name="exit"]', "We ring each other first.")
    walker.page.locator("main form button.main").click()
    walker.page.locator('form[action$="/send"] button').first.click()
    walker.go("/me/plan")
    found = printed(walker)
    assert len(found.pages) == 1 and "We ring each other first." in words(found)
    assert ("No room here for:" in words(found)) == (points > 50)


def test_the_plan_for_hard_hours_is_one_card(walk):
    walker = walk("anne")
    walker.go("/me/plan/hard-hours")
    found = printed(walker)
    assert len(found.pages) == 1 and "Farhiya" in words(found) and "We used it" not in words(found)

"""In the night: from the first page the plan for hard hours and a number to ring are two taps away, counted; in
bokmål, in the dark, without scripts, and for Farhiya, who is named in it."""

import pytest

NIGHT = "000 00 113"


class Taps:
    """Presses on the page, and nothing else: no typing, no scrolling that is needed to find the way."""

    def __init__(self, walker) -> None:
        self.walker, self.made = walker, 0

    def tap(self, place) -> None:
        self.walker.opens(place)
        self.made += 1


@pytest.mark.parametrize("who", ["anne", "farhiya", "jonas"])
@pytest.mark.parametrize("how", [{"night": True}, {"scripts": False}, {"lang": "nb"}])
def test_the_plan_and_a_number_are_two_taps_from_home(walk, who, how):
    walker = walk(who, **how)
    walker.go("/me")
    taps, page = Taps(walker), walker.page
    taps.tap(page.locator('main a[href$="/plan/hard-hours"]').first)
    card = page.locator(".hard-card")
    if who != "farhiya":
        assert card.locator("ol li").count() == 4 and "Farhiya" in card.inner_text()
    ring = card.locator('a[href="tel:00000113"]')
    assert NIGHT in ring.inner_text() and ring.bounding_box()["height"] >= 44
    assert taps.made + 1 == 2, "one tap to the plan, one to ring"
    assert page.locator("main form input:visible, main form textarea:visible").count() == 0, "nothing to fill"


def test_the_card_on_paper_has_the_number(walk):
    from stories.test_plan_on_paper import printed, words

    walker = walk("anne")
    walker.go("/me/plan/hard-hours")
    assert NIGHT in words(printed(walker))

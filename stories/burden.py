"""Counts what a journey asks of a person and turns it into seconds by the keystroke-level model
(Card, Moran and Newell 1980). The seconds are the model's, not this machine's, so they are the same every day."""

import tomllib
from pathlib import Path

BUDGETS = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text("utf-8"))
OPERATORS = BUDGETS["operators"]


class Burden:
    """One journey under way. `page`: the Playwright page it happens on; `phone`: taps or clicks."""

    def __init__(self, page, *, phone: bool) -> None:
        self.page, self.phone = page, phone
        self.over = self.words = 0.0
        self.screens: list[str] = [page.url]
        self.filled = 0

    def think(self) -> None:
        """One decision: what to do next on a page or with a control not met before."""
        self.over += OPERATORS["M"]

    def tap(self, target, *, waits: bool = False) -> None:
        """Tap (phone) or point and click (desk) a control a person can see; `waits`: a page comes."""
        place = self.page.locator(target).first if isinstance(target, str) else target
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        assert box and min(box["width"], box["height"]) >= 24, f"{target} is too small to hit: {box}"
        if self.phone and not 0 <= box["y"] <= 844:
            self.over += OPERATORS["S"]
        self.over += OPERATORS["T"] if self.phone else OPERATORS["P"] + OPERATORS["C"]
        place.click()
        if waits:
            self.page.wait_for_load_state()
            self.over += OPERATORS["R"]
        if self.page.url != self.screens[-1]:
            self.screens.append(self.page.url)

    def dictate(self, target: str, text: str) -> None:
        """The words themselves, spoken to the telephone's own keyboard."""
        self.page.locator(target).first.focus()
        self.page.keyboard.insert_text(text)
        self.words += len(text.split()) * OPERATORS["word_dictated"]
        self.filled += 1

    def write(self, target: str, text: str) -> None:
        """The words themselves, typed: with thumbs or at a desk."""
        self.page.locator(target).first.fill(text)
        each = OPERATORS["letter_on_a_phone"] if self.phone else OPERATORS["K"]
        self.words += len(text) * each
        self.filled += 1

    def fits(self, number: int) -> str:
        """Asserts that the journey stayed inside its gates; returns a line that says what it cost."""
        gate = BUDGETS["journey"][str(number)]
        total = self.over + self.words
        line = f"journey {number}: {self.over:.1f} s over, {total:.1f} s with the words"
        line += f" (gates {gate['over']}, {gate['total']})"
        assert self.over <= gate["over"], line
        assert total <= gate["total"], line
        return line

"""Every page of those who work here, asked what must hold on every page."""

from stories.every_page import EveryPage, walked

person = walked(dict.fromkeys(["kari", "ingrid", "rune", "tone", "odd"], "/today"))


class TestOffice(EveryPage):
    LEAST = {"kari": 50, "ingrid": 50, "tone": 35, "rune": 12, "odd": 12}

"""What must hold on every page, for everybody who may open it: asked by a real browser.

Each person walks from their first page wherever it leads; of each kind of page one is taken, and each is
asked the same questions: readable by everybody (axe), by day and by night, on a narrow telephone, with large
letters, without scripts, with the keyboard alone; nothing fetched from elsewhere. The office and the families
ask in a file each, so that two can ask at once. axe looks at a page once by day and once by night: by day it is
in English on a telephone, by night in bokmål on a desk.
"""

import re
from dataclasses import dataclass, field

import pytest
from django.urls import resolve

from stories.walker import FILES, Walker

LIGHT, FIRST_LOAD = 60_000, 120_000  # bytes on the wire: a page, and the very first one with all it needs
AWAY = ("/static", "/left")


@dataclass(frozen=True, slots=True)
class Found:
    """Who walked from where; `pages`: an address for each new kind of page, and the heading read there."""

    who: str
    start: str
    pages: dict[str, str]
    kinds: int  # how many kinds of pages they got to, those that somebody before them was asked about as well

    @property
    def settings(self) -> str:
        return "/settings" if self.start == "/today" else "/me/settings"


@dataclass(slots=True)
class Walked:
    """Those of one file of stories: each kind of page is asked where it is met first, and every first page."""

    met: set[str] = field(default_factory=set)

    def by(self, walker: Walker, start: str) -> Found:
        """Everywhere this person gets to by following what they may click, in the order of meeting."""
        kinds: dict[str, str] = {}
        headings: dict[str, str] = {}
        queue, seen = [start], {start}
        while queue and len(seen) < 400:
            path = queue.pop(0)
            kind = resolve(path.split("?")[0]).url_name + ("?at" if "at=" in path else "?" if "?" in path else "")
            if kind in kinds:
                continue
            answer = walker.go(path)
            assert answer.status == 200, (path, answer.status)
            kinds[kind] = path
            headings[path] = walker.page.locator("h1").inner_text()
            for link in walker.links():
                if not link.startswith(AWAY) and not link.endswith(FILES) and link not in seen:
                    seen.add(link)
                    queue.append(link)
        if start == "/today" and "family" in kinds:
            path = kinds["family?at"] = kinds["family"] + "?at=2026-03-14T10:00"
            walker.go(path)
            headings[path] = walker.page.locator("h1").inner_text()
        new = [path for kind, path in kinds.items() if kind not in self.met or path == start]
        self.met.update(kinds)
        return Found(walker.who, start, {path: headings[path] for path in new}, len(kinds))


def walked(people: dict[str, str]):
    """The fixture `person` of one file: each of them, and what they found. `people`: name -> first page."""
    together = Walked()

    @pytest.fixture(scope="module", params=people)
    def person(request, chromium, site):
        walker = Walker(chromium, site, request.param)
        found = together.by(walker, people[request.param])
        walker.close()
        return found

    return person


class EveryPage:
    """The questions. LEAST: how many kinds of pages each person must get to, so that none is lost unseen."""

    LEAST: dict[str, int] = {}

    def test_everybody_gets_to_their_pages(self, person):
        assert person.kinds >= self.LEAST[person.who]

    def test_readable_by_day_on_a_telephone(self, person, walk):
        """For everybody (axe); one heading, one main part, a title of its own that names nobody."""
        walker = walk(person.who)
        wrong = {}
        for path in person.pages:
            walker.go(path)
            wrong[path] = walker.axe()
            assert walker.page.locator("h1").count() == 1, path
            assert walker.page.locator("main").count() == 1, path
            title = walker.page.title()
            assert title, path
            if person.start.startswith("/me"):
                assert not re.search(r"Anne|Jonas|Mia|Kari|Morten|Oda|Elin", title), title
        assert {path: what for path, what in wrong.items() if what} == {}
        assert walker.others == []
        assert walker.said == []

    def test_readable_by_night_on_a_desk_in_bokmal(self, person, walk):
        walker = walk(person.who, width=1280, night=True)
        walker.reads_in("nb", person.settings)
        wrong = {}
        try:
            for path in person.pages:
                walker.go(path)
                assert walker.page.locator("html").get_attribute("lang") == "nb", path
                wrong[path] = walker.axe()
        finally:
            walker.reads_in("en", person.settings)
        assert {path: what for path, what in wrong.items() if what} == {}
        assert walker.others == []
        assert walker.said == []

    def test_narrow_and_large(self, person, walk):
        walker = walk(person.who, width=320)
        for path in person.pages:
            walker.page.set_viewport_size({"width": 320, "height": 844})
            walker.go(path)
            assert walker.wide() <= 0, f"{path} is {walker.wide()} px too wide at 320"
            walker.page.set_viewport_size({"width": 390, "height": 844})
            walker.page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert walker.wide() <= 0, f"{path} is {walker.wide()} px too wide with large letters"

    def test_without_scripts(self, person, walk):
        walker = walk(person.who, scripts=False)
        for path, heading in person.pages.items():
            answer = walker.go(path)
            assert answer.status == 200
            assert walker.page.locator("h1").inner_text() == heading, path

    def test_with_the_keyboard_alone(self, person, walk):
        """Everything that can be clicked is reached by Tab, in a visible way."""
        walker = walk(person.who, width=1280)
        for path in person.pages:
            walker.go(path)
            wanted = walker.page.evaluate(
                """() => [...document.querySelectorAll(
                    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
                    .filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0).length"""
            )
            # a date or a time has stops of its own inside: day, month, year, the calendar
            inside = 4 * walker.page.locator("main input:is([type=date], [type=time])").count()
            reached = walker.tabbed(min(wanted, 25) + 2 + inside)
            radios, groups = walker.page.evaluate(
                """() => { const all = [...document.querySelectorAll('input[type=radio]')];
                    return [all.length, new Set(all.map(e => e.name)).size] }"""
            )
            assert reached >= min(wanted - radios + groups, 25) - 1, (path, reached, wanted)

    def test_light_enough(self, person, walk):
        """On the wire: the very first page with all it needs, and after it one request for each page."""
        walker = walk(person.who)
        first = walk()
        assert first.weighs("/") <= FIRST_LOAD
        for path in list(person.pages)[:4]:
            walker.go(path)
            asked: list[str] = []
            walker.page.on("request", lambda request, asked=asked: asked.append(request.url))
            assert walker.weighs(path) <= LIGHT, path
            assert len([url for url in asked if "/static/" not in url]) == 1, asked

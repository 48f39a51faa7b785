"""What must hold on every page, for everybody who may open it: asked by a real browser.

Each person walks from their first page wherever it leads; of each kind of page one is taken, and each is
asked the same questions: readable by everybody (axe), by day and by night, on a narrow telephone, with large
letters, without scripts, with the keyboard alone; nothing fetched from elsewhere. The office and the families
ask in a file each, so that two can ask at once. A page is opened three times: by day in English on a telephone,
which becomes narrow and its letters large; by night in bokmål on a desk, with the keyboard; and without scripts.
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
    """Who walked from where; `pages`: an address for each new kind of page, and the heading that is sent there."""

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
            sent = walker.sent(path)
            assert sent.status == 200, (path, sent.status)
            kinds[kind] = path
            headings[path] = sent.heading
            for link in sent.links:
                if not link.startswith(AWAY) and not link.endswith(FILES) and link not in seen:
                    seen.add(link)
                    queue.append(link)
        if start == "/today" and "family" in kinds:
            path = kinds["family?at"] = kinds["family"] + "?at=2026-03-14T10:00"
            headings[path] = walker.sent(path).heading
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

    def test_by_day_on_a_telephone(self, person, walk):
        """For everybody (axe); one heading, one main part, a title of its own that names nobody; and nothing is wider
        than a narrow telephone, or than one with large letters."""
        walker = walk(person.who)
        wrong = {}
        for path in person.pages:
            walker.page.set_viewport_size({"width": 390, "height": 844})
            walker.go(path)
            stands = walker.stands()
            assert (stands["h1"], stands["main"], bool(stands["title"])) == (1, 1, True), path
            if person.start.startswith("/me"):
                assert not re.search(r"Anne|Jonas|Mia|Kari|Morten|Oda|Elin", stands["title"]), stands
            wrong[path] = walker.axe() + self._too_wide(walker)
        assert {path: what for path, what in wrong.items() if what} == {}
        assert walker.others == []
        assert walker.said == []

    @staticmethod
    def _too_wide(walker) -> list[str]:
        found = []
        for width, letters in ((320, ""), (390, "200%")):
            walker.page.set_viewport_size({"width": width, "height": 844})
            walker.page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
            if (wide := walker.wide()) > 0:
                found.append(f"{wide} px too wide at {width} {letters}")
        return found

    def test_by_night_on_a_desk_in_bokmal(self, person, walk):
        """For everybody (axe), in the language that was chosen; everything that can be clicked is reached by Tab."""
        walker = walk(person.who, width=1280, night=True)
        walker.reads_in("nb", person.settings)
        wrong, missed = {}, {}
        try:
            for path in person.pages:
                walker.go(path)
                assert walker.stands()["lang"] == "nb", path
                wrong[path] = walker.axe()
                reached, wanted = walker.tabbed(25)
                if reached < wanted:
                    missed[path] = reached, wanted
        finally:
            walker.reads_in("en", person.settings)
        assert {path: what for path, what in wrong.items() if what} == {}
        assert missed == {}
        assert walker.others == []
        assert walker.said == []

    def test_without_scripts(self, person, walk):
        walker = walk(person.who, scripts=False)
        for path, heading in person.pages.items():
            answer = walker.go(path)
            assert answer.status == 200
            assert " ".join(walker.page.locator("h1").inner_text().split()) == heading, path

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

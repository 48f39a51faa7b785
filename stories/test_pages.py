"""What must hold on every page, for everybody who may open it: asked by a real browser.

Each person walks from their first page wherever it leads; of each kind of page one is taken, and each is
asked the same questions: readable by everybody (axe), by day and by night, on a narrow telephone, with large
letters, without scripts, with the keyboard alone; nothing fetched from elsewhere.
"""

import re

import pytest
from django.urls import resolve

PEOPLE = {
    "kari": "/today",
    "anne": "/me",
    "jonas": "/me",
    "berg": "/me/part",
    "ingrid": "/today",
    "morten": "/me",
    "rune": "/today",
    "tone": "/today",
    "odd": "/today",
}
LEAST = {"kari": 50, "ingrid": 50, "tone": 35, "anne": 27, "jonas": 22, "morten": 21, "berg": 16, "rune": 12, "odd": 12}
REACHED: dict[tuple[str, str], int] = {}  # how many kinds of pages each got to
MET: set[str] = set()  # kinds that are asked already: each is asked where it is met first, and every first page
LIGHT, FIRST_LOAD = 60_000, 120_000  # bytes on the wire: a family page, and the very first page with all it needs


def paths(walker, start: str) -> list[str]:
    """One address for each kind of page this person gets to and nobody before them, in the order of meeting."""
    kinds: dict[str, str] = {}
    queue, seen = [start], {start}
    while queue and len(seen) < 400:
        path = queue.pop(0)
        kind = resolve(path.split("?")[0]).url_name + ("?at" if "at=" in path else "?" if "?" in path else "")
        if kind in kinds:
            continue
        answer = walker.go(path)
        assert answer.status == 200, (path, answer.status)
        kinds[kind] = path
        for link in walker.page.eval_on_selector_all("a[href^='/']", "found => found.map(a => a.getAttribute('href'))"):
            link = link.split("#")[0]
            if link in ("", "/") or link.startswith(("/static", "/left")) or link.endswith(".pdf"):
                continue  # a file is looked at by a test of its own
            if link not in seen:
                seen.add(link)
                queue.append(link)
    if start == "/today" and "family" in kinds:
        kinds["family?at"] = kinds["family"] + "?at=2026-03-14T10:00"
    REACHED[start, walker.who] = len(kinds)
    new = {kind: path for kind, path in kinds.items() if kind not in MET or path == start}
    MET.update(kinds)
    return list(new.values())


@pytest.fixture(scope="module", params=PEOPLE)
def person(request, chromium, site):
    """Somebody and the pages they get to."""
    from stories.walker import Walker

    walker = Walker(chromium, site, request.param)
    found = paths(walker, PEOPLE[request.param])
    walker.close()
    return request.param, found


def test_everybody_gets_to_their_pages(person):
    who, _asked = person
    assert REACHED[PEOPLE[who], who] >= LEAST[who], REACHED


@pytest.mark.parametrize(("width", "night"), [(390, False), (1280, True)], ids=["phone by day", "desk by night"])
def test_readable_for_everybody(person, walk, width, night):
    who, found = person
    walker = walk(who, width=width, night=night)
    wrong = {}
    for path in found:
        walker.go(path)
        wrong[path] = walker.axe()
    assert {path: what for path, what in wrong.items() if what} == {}
    assert walker.others == []
    assert walker.said == []


def test_in_bokmal_too(person, walk):
    who, found = person
    walker = walk(who)
    walker.go("/settings" if PEOPLE[who] == "/today" else "/me/settings")
    walker.page.locator('[name="language"]').first.select_option("nb") if walker.page.locator(
        'select[name="language"]'
    ).count() else walker.page.locator('[name="language"][value="nb"]').first.check(force=True)
    with walker.page.expect_navigation():  # going on before it is sent would leave the language as it was
        walker.page.locator("main button").first.click()
    try:
        for path in found:
            walker.go(path)
            assert walker.page.locator("html").get_attribute("lang") == "nb", path
            assert walker.axe() == []
    finally:
        walker.go("/settings" if PEOPLE[who] == "/today" else "/me/settings")
        walker.page.locator('[name="language"]').first.select_option("en") if walker.page.locator(
            'select[name="language"]'
        ).count() else walker.page.locator('[name="language"][value="en"]').first.check(force=True)
        walker.page.locator("main button").first.click()


def test_one_heading_and_a_title_of_its_own(person, walk):
    who, found = person
    walker = walk(who)
    titles = {}
    for path in found:
        walker.go(path)
        assert walker.page.locator("h1").count() == 1, path
        assert walker.page.locator("main").count() == 1, path
        title = walker.page.title()
        if PEOPLE[who].startswith("/me"):
            assert not re.search(r"Anne|Jonas|Mia|Kari|Morten|Oda|Elin", title), title
        titles[path] = title
    assert all(titles.values())


def test_narrow_and_large(person, walk):
    who, found = person
    narrow, large = walk(who, width=320), walk(who)
    for path in found:
        narrow.go(path)
        assert narrow.wide() <= 0, f"{path} is {narrow.wide()} px too wide at 320"
        large.go(path)
        large.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert large.wide() <= 0, f"{path} is {large.wide()} px too wide with large letters"


def test_without_scripts(person, walk):
    who, found = person
    plain, full = walk(who, scripts=False), walk(who)
    for path in found:
        answer = plain.go(path)
        full.go(path)
        assert answer.status == 200
        assert plain.page.locator("h1").inner_text() == full.page.locator("h1").inner_text(), path


def test_with_the_keyboard_alone(person, walk):
    """Everything that can be clicked is reached by Tab, in a visible way."""
    who, found = person
    walker = walk(who, width=1280)
    for path in found:
        walker.go(path)
        wanted = walker.page.evaluate(
            """() => [...document.querySelectorAll(
                'a[href], button, input:not([type=hidden]), select, textarea, summary')]
                .filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0).length"""
        )
        # a date or a time has stops of its own inside: day, month, year, the calendar
        inside = 4 * walker.page.locator("main input:is([type=date], [type=time])").count()
        reached = set()
        for _ in range(min(wanted, 25) + 2 + inside):
            walker.page.keyboard.press("Tab")
            reached.add(
                walker.page.evaluate(
                    """() => { const e = document.activeElement; if (e === document.body) return '';
                       const all = [...document.querySelectorAll('*')]; return all.indexOf(e) }"""
                )
            )
        groups = walker.page.evaluate(
            "() => new Set([...document.querySelectorAll('input[type=radio]')].map(e => e.name)).size"
        )
        radios = walker.page.evaluate("() => document.querySelectorAll('input[type=radio]').length")
        reached.discard("")
        assert len(reached) >= min(wanted - radios + groups, 25) - 1, (path, len(reached), wanted)


def test_light_enough(person, walk):
    """A page is one request after the first, and light."""
    who, found = person
    walker = walk(who)
    for path in found[:4]:
        sizes: list[int] = []
        walker.go(path)
        asked: list[str] = []
        walker.page.on("request", lambda request, asked=asked: asked.append(request.url))
        walker.page.on("response", lambda response, sizes=sizes: sizes.append(len(response.body())))
        walker.page.reload()
        assert len([url for url in asked if "/static/" not in url]) == 1, asked

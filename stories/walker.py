"""One person's browser: a window of some width, by day or by night, with or without scripts."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

# The last two: one process draws all pages of a person, who sees one site; a new one for each takes a third longer.
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--disable-site-isolation-trials --disable-features=IsolateOrigins,site-per-process,RenderDocument"
).split()
AXE = Path(__file__).parent / "axe" / "axe.min.js"
FILES = (".pdf", "/file", "/checker")  # what a browser saves and does not show; each has a test of its own
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What is asked of the page as it stands: how many headings and main parts, the language, the title.
STANDS = """() => ({
    h1: document.querySelectorAll('h1').length, main: document.querySelectorAll('main').length,
    lang: document.documentElement.lang, title: document.title,
})"""
# What can be clicked or typed into, and how often Tab stops at most: a date or a time has stops of its own inside
# (day, month, year, the calendar), and of the choices of a group one is stopped at.
STOPS = """() => {
    const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
        .filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0)
    const inside = document.querySelectorAll('main input:is([type=date], [type=time])').length
    const radios = [...document.querySelectorAll('input[type=radio]')]
    window.reached = new Set()
    addEventListener('focusin', e => window.reached.add(e.target))
    return [all.length, inside, radios.length - new Set(radios.map(e => e.name)).size]
}"""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the server sent, looked at without a browser. `links`: within the site, without what follows a #."""

    status: int
    heading: str
    links: list[str]


class Walker:
    """`who`: one of those in the demo's "look around", or None. `others`: requests to other sites, always empty."""

    def __init__(self, chromium, site, who, *, width=390, height=844, night=False, scripts=True, lang="en") -> None:
        self.site, self.who = site, who
        self.context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if night else "light",
            java_script_enabled=scripts,
            locale="nb-NO" if lang == "nb" else "en-GB",
            reduced_motion="reduce",
            bypass_csp=False,
        )
        self.page = self.context.new_page()
        self.others: list[str] = []
        self.said: list[str] = []
        self.page.on("request", self._request)
        self.page.on("console", lambda message: self.said.append(message.text))
        if who:
            self.go("/")
            one = self.page.locator(f'button[name="who"][value="{who}"]')
            if not one.count():  # somebody who is not among those one may be on the first page
                one = self.page.locator('button[name="who"]').first
                one.evaluate("(button, who) => { button.value = who }", who)
            self.opens(one)

    def _request(self, request) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.others.append(request.url)

    def go(self, path: str):
        """Open a path of the site; returns the response."""
        return self.page.goto(self.site + path)

    def sent(self, path: str) -> Sent:
        """The same as it is sent, not opened: where it leads, and its first heading."""
        answer = self.context.request.get(self.site + path)
        text = answer.text()
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)
        leads = re.findall(r'<a\b[^>]*?\shref="(/[^"#]*)', text)
        words = re.sub(r"<[^>]+>", "", heading[1] if heading else "")
        return Sent(
            answer.status,
            " ".join(html.unescape(words).split()),
            [html.unescape(link) for link in leads if link != "/"],
        )

    def opens(self, place) -> None:
        """Click what leads to a page, and be there: a click alone may return before the browser has left."""
        with self.page.expect_navigation():
            place.click()

    def axe(self) -> list[str]:
        """What axe-core finds wrong on the page: "rule: where".

        Asked in a window as high as the page: what the bar at the bottom covers for a moment can be scrolled.
        """
        size = self.page.viewport_size
        tall = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
        if not self.page.evaluate("() => typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
        )
        return [
            f"{v['id']}: {node['target'][0]} {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]
        ]

    def reads_in(self, language: str, settings: str) -> None:
        """Choose a language on one's own settings page; going on before it is sent would leave it as it was."""
        self.go(settings)
        one = self.page.locator('[name="language"]')
        if one.first.evaluate("field => field.tagName") == "SELECT":
            one.first.select_option(language)
        else:
            self.page.locator(f'[name="language"][value="{language}"]').check(force=True)
        with self.page.expect_navigation():
            self.page.locator("main button").first.click()

    def stands(self) -> dict:
        """What STANDS asks."""
        return self.page.evaluate(STANDS)

    def tabbed(self, most: int) -> tuple[int, int]:
        """How many different places the Tab key reaches, and how many it should; of more than `most` only so many."""
        wanted, inside, together = self.page.evaluate(STOPS)
        for _ in range(min(wanted, most) + 2 + 4 * inside):
            self.page.keyboard.down("Tab")
        self.page.keyboard.up("Tab")
        return self.page.evaluate("window.reached.size"), min(wanted - together, most) - 1

    def weighs(self, path: str) -> int:
        """Bytes on the wire, heads included, for a page and all it asks for that is not yet kept here."""
        done: list = []

        def ended(request) -> None:
            done.append(request)

        self.page.on("requestfinished", ended)
        self.page.goto(self.site + path, wait_until="networkidle")
        self.page.remove_listener("requestfinished", ended)
        return sum(sizes["responseBodySize"] + sizes["responseHeadersSize"] for sizes in (r.sizes() for r in done))

    def wide(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def close(self) -> None:
        self.context.close()

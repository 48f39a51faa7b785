"""One person's browser: a window of some width, by day or by night, with or without scripts."""

from pathlib import Path

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
).split()
AXE = Path(__file__).parent / "axe" / "axe.min.js"
FILES = (".pdf", "/file", "/checker")  # what a browser saves and does not show; each has a test of its own
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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

    def links(self) -> list[str]:
        """Where the page leads within the site, without what follows a #."""
        found = self.page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
        return [link for link in (one.split("#")[0] for one in found) if link not in ("", "/")]

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

    def tabbed(self, times: int) -> int:
        """How many different places the Tab key reaches when it is pressed so often."""
        self.page.evaluate(
            "() => { window.reached = new Set(); addEventListener('focusin', e => window.reached.add(e.target)) }"
        )
        for _ in range(times):
            self.page.keyboard.press("Tab")
        return self.page.evaluate("window.reached.size")

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

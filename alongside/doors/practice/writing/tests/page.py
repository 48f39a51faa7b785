"""Reads a page the way a browser without scripts would send its form."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects what the form would send, and the buttons apart; templates are no part of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.values, self.chips, self.sleeping = {}, {}, 0
        self.area, self.select, self.label = None, None, None

    def _add(self, name, value):
        self.values.setdefault(name, []).append(value)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "template":
            self.sleeping += 1
        if self.sleeping:
            return
        if tag == "input" and "name" in a:
            if a.get("type") in ("checkbox", "radio"):
                self.label = (a["name"], a.get("value", "on"))
                if "checked" in a:
                    self._add(a["name"], a.get("value", "on"))
            else:
                self._add(a["name"], a.get("value", ""))
        elif tag == "textarea":
            self.area = [a["name"], ""]
        elif tag == "select":
            self.select = [a["name"], None]
        elif tag == "option" and self.select and (self.select[1] is None or "selected" in a):
            self.select[1] = a["value"]

    def handle_data(self, data):
        if self.area:
            self.area[1] += data
        elif self.label and data.strip():
            self.chips.setdefault(self.label[0], {})[data.strip()] = self.label[1]
            self.label = None

    def handle_endtag(self, tag):
        if tag == "template":
            self.sleeping -= 1
        elif tag == "textarea" and self.area:
            self._add(self.area[0], self.area[1].removeprefix("\n"))
            self.area = None
        elif tag == "select" and self.select:
            self._add(*self.select)
            self.select = None


def fields(response):
    """{name: [values]} of the page's form as it stands."""
    return _read(response).values


def chips(response, name):
    """{words: value} of the boxes with this name."""
    return _read(response).chips.get(name, {})


def _read(response):
    reader = _Fields()
    reader.feed(response.content.decode())
    return reader

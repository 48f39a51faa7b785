"""A browser without pictures: follows addresses over one connection, reads forms and sends them as they stand."""

import http.client
import re
import select
import socket
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
IDLE = 3  # seconds after which a line is let go of, as the proxy in front of a server does; the server waits for five
LINK = re.compile(r'href="(/[^"#?]*)')


class Wrong(Exception):
    """The server answered what it should not have. The message holds a status and a kind of page, never content."""


@dataclass(slots=True)
class Form:
    """`fields`: {name: [values]} as they stand on the page, without its buttons."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Every form that is sent by POST. What lies in a <template> is no part of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Form] = []
        self.inside: Form | None = None
        self.area: list[str] | None = None
        self.choice: str | None = None
        self.asleep = 0

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "template":
            self.asleep += 1
        elif tag == "form" and a.get("method", "").lower() == "post":
            self.inside = Form(a.get("action", ""))
            self.found.append(self.inside)
        if self.inside is None or self.asleep:
            return
        if tag == "input" and "name" in a and ("checked" in a or a.get("type") not in ("checkbox", "radio", "file")):
            self._add(a["name"], a.get("value", "on"))
        elif tag == "textarea":
            self.area = [a["name"], ""]
        elif tag == "select":
            self.choice = a["name"]
        elif tag == "option" and self.choice and ("selected" in a or self.choice not in self.inside.fields):
            self.inside.fields[self.choice] = [a.get("value", "")]

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "template":
            self.asleep -= 1
        elif tag == "form":
            self.inside = None
        elif tag == "textarea" and self.area:
            if self.inside:
                self._add(self.area[0], self.area[1].removeprefix("\n"))
            self.area = None
        elif tag == "select":
            self.choice = None

    def _add(self, name: str, value: str) -> None:
        self.inside.fields.setdefault(name, []).append(value)


def _hung_up(line: socket.socket | None) -> bool:
    """Whether the other side ended a line that was idle, as every browser looks before it sends."""
    return line is None or bool(select.select([line], [], [], 0)[0])


class Browser:
    """One person's. `asked`: how many requests were answered; `took`: seconds each."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.jar = port, {"a": cookie}
        self.took: list[float] = []
        self.at, self.text = "", ""
        self._line: http.client.HTTPConnection | None = None
        self._used = 0.0

    def open(self, address: str, clock) -> str:
        """Go there, and where it leads; the page's text. `clock()`: seconds. Raises Wrong unless it is 200."""
        return self._go("GET", address, None, clock)

    def send(self, form: Form, clock, /, **more: str) -> str:
        """Send a form as it stands, with these fields instead; the page that comes then."""
        fields = {**form.fields, **{name: [value] for name, value in more.items()}}
        return self._go("POST", form.action or self.at, urlencode(fields, doseq=True), clock)

    def form(self, part: str) -> Form | None:
        """The first form of the page whose action holds this part, or that has a field of this name."""
        reader = _Forms()
        reader.feed(self.text)
        return next((one for one in reader.found if part in one.action or part in one.fields), None)

    def links(self, pattern: str) -> list[str]:
        """Where the page leads to, as far as it fits the pattern."""
        return [link for link in dict.fromkeys(LINK.findall(self.text)) if re.fullmatch(pattern, link)]

    def _go(self, method: str, address: str, body: str | None, clock) -> str:
        for _hop in range(5):
            status, where = self._ask(method, address, body, clock)
            if status not in (302, 303):
                break
            method, address, body = "GET", where, None
        if status != 200:
            raise Wrong(f"{status} for {method} {re.sub('[0-9a-z]{12,}', '…', address.split('?')[0])}")
        self.at = address
        return self.text

    def _ask(self, method: str, address: str, body: str | None, clock) -> tuple[int, str]:
        if self._line is not None and (clock() - self._used > IDLE or _hung_up(self._line.sock)):
            self._line.close()
            self._line = None
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items()), "User-Agent": "monday"}
        if body is not None:
            heads |= FORM | {"Origin": f"http://127.0.0.1:{self.port}"}
        began = clock()
        try:
            self._line.request(method, address, body, heads)
            answer = self._line.getresponse()
            self.text = answer.read().decode()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._line.close()
            self._line = None
            if method != "GET":
                raise
            return self._ask(method, address, body, clock)  # a line that was idle too long is opened anew
        self._used = clock()
        self.took.append(self._used - began)
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.jar[name] = value
        return answer.status, answer.headers.get("Location", "")

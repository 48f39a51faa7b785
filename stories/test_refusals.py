"""What is noted of a page that was not shown: one line, the same for what is hidden and for what never was."""

import logging
import re

import pytest

from alongside.access import middleware
from alongside.access.models import Account
from alongside.cast.said import id_of
from alongside.cast.story import data
from alongside.record.reading import rows
from alongside.site.logs import ReticentFormatter
from stories.worlds import addresses, browser, page

pytestmark = pytest.mark.django_db
HIDDEN = [id_of(3, fact["entries"][0]) for fact in data()["hidden"]][:3]
ABSENT, NO_CODE = "0" * 32, "nosuchcode22"
LINE = re.compile(r"(refused|not found|too many tries): [a-z-]+, (practice|family|no) door, by ([0-9a-f]{16}|nobody)")


class Lines(logging.Handler):
    """What the journal would get, without the moment."""

    def __init__(self):
        super().__init__()
        self.setFormatter(ReticentFormatter())
        self.lines: list[str] = []

    def emit(self, record):
        self.lines.append(self.format(record).split(" ", 1)[1])


@pytest.fixture
def noted(cast):
    """`noted(client, address)`: the lines that asking for it leaves."""
    handler = Lines()
    logging.getLogger("alongside").addHandler(handler)

    def asked(client, address: str) -> list[str]:
        handler.lines.clear()
        page(client, address)
        return list(handler.lines)

    yield asked
    logging.getLogger("alongside").removeHandler(handler)


def pairs() -> list[tuple[str, str]]:
    """Every declared address with what is hidden in it, and the same with what never was."""
    code = rows("SELECT code FROM record_family WHERE number = 3", [])[0][0]
    found = []
    for method in ("GET", "POST"):
        for hidden in HIDDEN:
            there = addresses([code], [hidden], method=method)
            gone = addresses([NO_CODE], [ABSENT], method=method)
            to = "POST " if method == "POST" else ""
            found += [(to + a, to + b) for a, b in zip(there, gone, strict=True) if a != b]
    return list(dict.fromkeys(found))


def told_apart(client, noted) -> tuple[int, list[str]]:
    """How many addresses left a line, and those where hidden and absent left another one."""
    lines, apart = 0, []
    for hidden, absent in pairs():
        one, other = noted(client, hidden), noted(client, absent)
        lines += bool(one)
        if one != other or any(not LINE.fullmatch(said.split(": ", 1)[1]) for said in one):
            apart.append(hidden)
    return lines, apart


@pytest.mark.parametrize(("who", "least"), [("morten", 30), ("rune", 30), (None, 0)])
def test_hidden_and_absent_leave_the_same_line(who, least, noted):
    lines, apart = told_apart(browser(who), noted)
    assert apart == [] and lines >= least


def test_a_line_that_says_which_page_it_was_is_found(noted, monkeypatch):
    told = middleware.RefusedMiddleware.__call__

    def leaks(self, request):
        middleware.refused.info("not found: %s, family door, by nobody", (request.path.split("/")[-1] or "home")[:4])
        return told(self, request)

    monkeypatch.setattr(middleware.RefusedMiddleware, "__call__", leaks)
    assert told_apart(browser("morten"), noted)[1]


def test_two_who_are_refused_differ_by_their_key_alone(noted):
    said = {who: noted(browser(who), "/f/nosuchcode22/plan") for who in ("kari", "rune")}
    (one,), (other,) = said.values()
    assert one != other and one[: one.index(" by ")] == other[: other.index(" by ")]
    assert "kari" not in one.lower() and str(Account.objects.get(login="kari").person) not in one.split(" by ")[0]


def test_what_is_shown_leaves_no_line(noted):
    for address in ("/today", "/families", "/settings"):
        assert noted(browser("kari"), address) == []
    assert noted(browser(None), "/wp-login.php") == []  # what strangers type
    (line,) = noted(browser("kari"), "/wp-login.php")
    assert "not found: nowhere, practice door" in line

"""A log that begins empty, and ways to open and to look."""

import html
import re

import pytest

from alongside import clock
from alongside.access import looking
from alongside.cast.story import TODAY, number
from alongside.record.reading import rows

MINUTE = 60_000_000
NOW = clock.micros(TODAY)


@pytest.fixture(autouse=True)
def empty_queue():
    looking.queue.clear()
    yield
    looking.queue.clear()


@pytest.fixture
def text():
    """The words of a page, without tags."""

    def words(page) -> str:
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))

    return words


@pytest.fixture
def looks(cast):
    """Everything in the log, written now: (person, role, family, page, place of the entry)."""

    def all_of_them():
        looking.write()
        return rows("SELECT person, role, family, page, entry FROM access_looked ORDER BY id", [])

    return all_of_them


@pytest.fixture
def later():
    """`later(minutes)`: so long after the cast's Friday, 16:00."""
    import datetime as dt

    return lambda minutes: clock.install(lambda: TODAY + dt.timedelta(minutes=minutes))


@pytest.fixture
def opens(be, code):
    """`opens("geir")`: a browser in which they have opened family 1 in an emergency, by its code."""

    def opened(who: str = "geir", family: int = 1, **more):
        browser = be(who)
        sent = {"family": code(family), "reason": "alone", "why": "The ambulance rang about a child.", "once": "1" * 32}
        done = browser.post("/urgent", {**sent, **more})
        assert done.status_code == 303, done.content.decode()
        return browser

    return opened


@pytest.fixture
def told():
    """Who was told of the newest opening."""
    sql = (
        "SELECT person FROM access_told WHERE entry = "
        "(SELECT MAX(entry) FROM access_opening WHERE family = 1 AND until IS NOT NULL)"
    )
    names = {number(who): who for who in ("kari", "ingrid", "odd", "geir", "lars", "tone")}
    return lambda: {names.get(person, str(person)) for (person,) in rows(sql, [])}

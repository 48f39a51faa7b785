"""Finding one's way in the cast, for the tests of every door: families by number, statements by family and number."""

import html
import re

import pytest

from alongside.cast.said import id_of
from alongside.record.reading import rows

MAIN = re.compile(rb"<main.*?</main>", re.S)


@pytest.fixture
def code(cast):
    """`code(1)`: the code of a family of the cast."""
    return lambda number: rows("SELECT code FROM record_family WHERE number = %s", [number])[0][0]


@pytest.fixture
def said():
    """`said(1, 62)`: the id of a statement of the cast."""
    return id_of


@pytest.fixture
def field():
    """`field(page, "once")`: the value of a hidden field of a page."""

    def value(page, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
        return found[1] if found else ""

    return value


@pytest.fixture
def main():
    """The words of a page's main part, without tags."""

    def words(page) -> str:
        found = MAIN.search(page.content)[0].decode()
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", found)))

    return words


@pytest.fixture
def plain():
    """`plain(page)`: the bytes of a page without the mask of its form token, which is new each time."""
    return lambda page: re.sub(rb'(csrfmiddlewaretoken" value=)"[^"]*"', rb"\1", page.content)

"""Finding one's way in the cast: statements by family and number."""

import re

import pytest

from alongside.cast.said import id_of
from alongside.cast.story import numbers
from alongside.families.queries import ids

MAIN = re.compile(rb"<main.*?</main>", re.S)


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
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))

    return words


@pytest.fixture
def person_id(cast):
    """`person_id("jonas")`: the random id of somebody of the cast."""
    return lambda who: ids([numbers()[who]])[numbers()[who]]

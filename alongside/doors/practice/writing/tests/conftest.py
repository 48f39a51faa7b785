"""Kari at her composer, and what came of her note."""

import pytest

from alongside import clock
from alongside.access.standing import reader_in
from alongside.access.visit import FRESH
from alongside.cast.story import numbers
from alongside.doors.practice.writing.tests.page import chips, fields
from alongside.record.reading import read, rows


@pytest.fixture
def code(cast):
    """The code of a family by its number: `code(1)`."""
    return lambda number: rows("SELECT code FROM record_family WHERE number = %s", [number])[0][0]


@pytest.fixture
def kari(be):
    return be("kari")


@pytest.fixture
def write(code):
    """`write(browser, "words", there=("Mia",), act="save", family=1, **more)`: fills the composer and sends it."""

    def send(browser, words, *, there=None, act="save", family=1, **more):
        way = f"/f/{code(family)}/write"
        page = browser.get(way)
        form = {**fields(page), "words": [words], "act": [act]}
        if there is not None:
            names = chips(page, "there")
            form["there"] = [names[name] for name in there]
        return browser.post(way, {**form, **{name: value for name, value in more.items()}})

    return send


@pytest.fixture
def reads(code):
    """`reads("anne", 1)`: the texts somebody reads in a family today."""

    def texts(who, family=1):
        now = clock.micros(clock.now())
        reader = reader_in(numbers()[who], code(family), now=now, strength=FRESH)
        return [one["text"] for entry in read(reader) for one in entry.body.get("words", ())]

    return texts

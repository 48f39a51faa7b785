"""Names that may be one person's, and from when somebody is an adult."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import clock, dates, words
from alongside.access.standing import readers_of
from alongside.cast.story import TODAY, numbers
from alongside.families.meeting import first_name
from alongside.families.names import alike, look
from alongside.families.person import adult_from
from alongside.record.readers import FRESH
from alongside.record.reading import read

NOW = clock.micros(TODAY)
SHAPES = ["{d}", "{m}", "{y}", "{y}~", '{y} "in the rains"']
NAMES = st.lists(st.text("abcdeåøæ-'’éö ", min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mia", "Mia Hansen"), ("moh", "Mohammed Ali"), ("Mohamed", "Mohammed"), ("Hansen Mia", "Mia Hansen"),
     ("anne marie", "Anne-Marie Vik"), ("Renee", "Renée")],
)  # fmt: skip
def test_these_are_alike(one, other):
    assert alike(one, other) and alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mia Hansen", "Mia Aas"), ("Morten Aas", "Morten Dahl"), ("Ali", "Lea"), ("", "Mia"), ("..", "Mia")],
)
def test_these_are_not(one, other):
    assert not alike(one, other) and not alike(other, one)


@given(NAMES, NAMES)
def test_alike_is_mutual(one, other):
    assert alike(one, other) == alike(other, one)


@given(NAMES)
def test_every_name_is_alike_itself_and_each_of_its_words(name):
    folded = words.fold(name).split()
    assert alike(name, name) == bool(folded)
    assert all(alike(word, name) for word in folded)


def test_everybody_is_found_by_the_name_they_are_known_by(cast):
    """Kari finds each person of her families whose name is not for a few; Lars none of the families he is not in."""
    kari, lars = (readers_of(numbers()[who], now=NOW, strength=FRESH) for who in ("kari", "lars"))
    for reader in kari:
        for entry in read(reader, kinds=("families.met",)):
            found = {known.person.number for known in look(entry.body["name"], kari)}
            assert (entry.body["person"] in found) or entry.mark in ("persons", "sealed")
    assert {known.reader.family for known in look("Elin", lars)} <= {1}


@given(NAMES)
def test_what_somebody_is_called_is_never_empty(name):
    assert not name.strip() or first_name(name)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.sampled_from(["{d}", "{m}", "{y}", "{y}~", '{y} "in the rains"']),
)
def test_nobody_is_an_adult_too_early(day, shape):
    """However vaguely a birth is known, the day is eighteen years after the latest it can be."""
    text = shape.format(d=day.isoformat(), m=day.isoformat()[:7], y=day.year)
    latest = dt.date.fromordinal(dates.canonical(text).last)
    adult = dt.date.fromordinal(adult_from(text))
    assert adult.year == latest.year + 18 and (adult.month, adult.day) in {(latest.month, latest.day), (2, 28)}


@pytest.mark.parametrize("text", [None, "", '"when the boat sank"', "nonsense"])
def test_who_was_born_nobody_knows_when_counts_as_an_adult(text):
    assert adult_from(text) == 1

"""A note with somebody of another family in it asks once: is this the right family? (record.md 5)"""

import pytest

from alongside import clock
from alongside.access.standing import reader_at
from alongside.cast.story import TODAY, numbers
from alongside.families.person import WHO, people
from alongside.record.readers import FRESH
from alongside.record.reading import read


@pytest.fixture
def write(be, code, field):
    def send(who: str, family: int, words: str, **more):
        path = f"/f/{code(family)}/write"
        return be(who).post(path, {"words": words, "once": field(be(who).get(path), "once"), "who": "there", **more})

    return send


def test_it_asks_once_and_keeps_the_words(write, main):
    name = whole_name(2)
    answer = write("kari", 1, f"{name} rang about the bread.")
    shown = main(answer)
    assert answer.status_code == 422 and "Is this the right family?" in shown and name in shown
    assert 'name="right"' in answer.content.decode()
    assert write("kari", 1, f"{name} rang.", right="yes").status_code == 303


@pytest.mark.parametrize("words", ["{first} rang about the bread.", "Nothing of anybody."])
def test_first_names_are_everybody_s(write, words):
    assert write("kari", 1, words.format(first=whole_name(2).split()[0])).status_code == 303


def test_it_tells_nothing_of_families_one_does_not_stand_in(write):
    """Lars does not work with the second family: the name is a name like any other."""
    assert write("lars", 1, f"{whole_name(2)} rang about the bread.").status_code == 303
    assert write("kari", 2, f"{whole_name(2)} rang about the bread.").status_code == 303


def whole_name(family: int) -> str:
    """The whole name of somebody of a family, as Kari knows it."""
    kari = reader_at(numbers()["kari"], family, now=clock.micros(TODAY), strength=FRESH)
    known = people(read(kari, kinds=WHO), {}).persons.values()
    return next(one.name for one in known if len(one.name.split()) > 1)

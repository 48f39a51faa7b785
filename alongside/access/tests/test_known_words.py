"""Words that everybody here knows count for nothing in a password; families' names are never among them."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import clock
from alongside.access import known_words
from alongside.access.chosen import password_wrong, pin_wrong
from alongside.cast.story import TODAY, persons
from alongside.site.settings import PACKAGE

AT = clock.micros(TODAY)
WORDS = ("Skjelvika", "Nord", "barnevern", "alongside", "2026", "2025")


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("Skjelvika-2026", "office-word"), ("SKJELVIKA 2026 !", "office-word"), ("5kj3lv1ka2026!", "office-word"),
        ("Skjélvîka 2025.", "office-word"), ("barnevernalongside", "office-word"), ("S k j e l v i k a", "office-word"),
        ("alongside------------", "office-word"), ("alongside password1234", "office-word"),
        ("four birds on a wire", ""), ("barnevern og fire fugler på en tråd", ""), ("the north wind in 2026 sings", ""),
    ],
)  # fmt: skip
def test_what_is_left_must_be_long_enough(password, wrong):
    assert password_wrong(password, known=WORDS) == wrong
    assert pin_wrong(password, known=WORDS) == wrong
    assert password_wrong(password, known=()) == ""


@given(st.text(max_size=30), st.lists(st.text(max_size=6), max_size=2))
def test_nothing_is_added_and_other_words_stay(password, words):
    left = known_words.without(password, words)
    assert len(left) <= len(password) and all(sign in password for sign in left)
    assert known_words.without(password, []) == password


def test_letters_that_look_alike_are_one():
    assert known_words.without("møte MØTE m0te mote Møtel", ["møte"]) == "    l"
    assert known_words.without("Ærfugl aerfugl", ["ærfugl"]) == " "


@pytest.fixture
def office(cast, settings, tmp_path):
    settings.OFFICE_NAME, settings.ORIGIN, settings.DATA = "Skjelvika", "https://alongside.fjordvik.example", tmp_path
    return tmp_path


def test_they_are_the_offices_own(office):
    (office / known_words.FILE).write_text("# what we call the house\nGulhuset  # the yellow house\n\n", "utf-8")
    found = known_words.here(at=AT, units=True)
    assert {"Skjelvika", "fjordvik", "alongside", "Gulhuset", "2025", "2026", "2027", "North", "nord"} <= found
    assert {"child", "barn", "passord"} <= found and "2028" not in found
    assert "North" not in known_words.here(at=AT, units=False)


def test_no_name_of_a_person_is_among_them(office):
    found = {one.casefold() for one in known_words.here(at=AT, units=True)}
    names = {part.casefold() for one in persons().values() for part in one["name"].split()}
    assert len(names) > 20 and found & names <= {"skjelvika"}, found & names  # the place itself


def test_the_list_is_read_with_the_program_and_written_small():
    said = tomllib.loads((PACKAGE / "access" / "words_of_the_work.toml").read_text("utf-8"))
    words = [word for some in said.values() for word in some]
    assert {"program", "en", "nb"} == set(said) and len(said["nb"]) > 40 < len(said["en"])
    assert all(word == word.casefold() and len(word) > known_words.SHORTEST for word in words)

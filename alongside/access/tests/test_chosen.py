"""What a password, a PIN and a word must be."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.access.chosen import name_of, password_wrong, pin_wrong, spoken, word_wrong


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("four birds on a wire", ""), ("elleve", "short"), ("password1234", "common"), ("aaaaaaaaaaaaaa", "common"),
        ("kari-likes-the-sea", "own-name"), ("Moen is my name here", "own-name"), ("x" * 201, "long"),
        ("Passord123456", "common"), ("blåbær på fjellet", ""),
    ],
)  # fmt: skip
def test_passwords(password, wrong):
    assert password_wrong(password, "kari", "Kari Moen", known=()) == wrong


@pytest.mark.parametrize(
    ("pin", "wrong"),
    [
        ("604218", ""), ("123456", "common"), ("654321", "common"), ("111111", "common"), ("121212", "common"),
        ("123123", "common"), ("12345", "short"), ("", "short-phrase"), ("170388", "birthday"), ("880317", "birthday"),
        ("17031988", "birthday"), ("a phrase", "short-phrase"), ("a phrase of my own", ""),
        ("annehansen1234", "own-name"),
    ],
)  # fmt: skip
def test_pins(pin, wrong):
    assert pin_wrong(pin, "anne", known=()) == wrong


@given(st.dates(dt.date(1930, 1, 1), dt.date(2026, 11, 20)), st.sampled_from(["%d%m%y", "%y%m%d", "%d%m%Y", "%Y%m%d"]))
def test_no_date_of_birth_is_a_pin(day, form):
    assert pin_wrong(day.strftime(form), known=()) in ("birthday", "common")


@given(st.text(max_size=300))
def test_every_text_gets_an_answer(text):
    for check in (password_wrong, pin_wrong):
        assert isinstance(check(text, "anne", known=["Skjelvika", "2026", text]), str)
    assert isinstance(word_wrong(text, "anne"), str)
    assert len(name_of(text)) <= 30


def test_a_word_is_heard_not_spelt():
    assert spoken(" Blå-Bær ") == spoken("blåbær")
    assert word_wrong("abc") == "short-word" and word_wrong("Anne", "anne") == "own-name"
    assert word_wrong("blåbærkake") == ""

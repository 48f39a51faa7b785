"""Words: weight of a text, and names compared."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import words


def test_lix_is_words_to_a_sentence_plus_percent_long():
    text = "The cat sat. It was remarkable weather!"  # 7 words, 2 sentences, 2 long
    assert words.lix(text) == pytest.approx(7 / 2 + 200 / 7, abs=0.05)
    assert words.lix("") == words.lix(" ... ") == 0.0


def test_office_prose_is_heavier_than_a_child():
    office = (
        "Vedtaket om hjelpetiltak effektueres umiddelbart, jf. barnevernsloven, etter "
        "gjennomført undersøkelse av omsorgssituasjonen."
    )
    child = "Sild er katten min. Hun sover i hylla. Jeg vil ha henne med."
    assert words.lix(child) < 20 < 60 < words.lix(office)


def test_a_time_and_an_amount_end_no_sentence():
    assert words.sentences("She came at 16.30. It cost 3.50 to park") == ["She came at 16.30", "It cost 3.50 to park"]
    assert len(words.sentences("Bring:\n- shoes\n- a coat\n\nThank you")) == 4


def test_long_words_once_and_in_order():
    text = "Undersøkelsen of the family; undersøkelsen, vernehjem, don't-forget."
    assert words.long_words(text) == ["Undersøkelsen", "undersøkelsen", "vernehjem", "don't-forget"]
    assert words.long_words("family  1234567890") == []


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Åse Bjørnæs", "åse bjørnæs"),
        ("A\u030ase", "åse"),
        ("Renée  Müller", "renee muller"),
        ("Björn Sjöländer", "bjørn sjølænder"),
        ("Anne-Marie O’Hara", "anne marie ohara"),
        ("Máret Ánne Ŋilla", "maret anne nilla"),
        ("GROẞ", "gross"),
        ("Łukasz Đorđe Þór", "lukasz dorde thor"),
        ("", ""),
    ],
)
def test_fold(name, folded):
    assert words.fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert words.fold(words.fold(text)) == words.fold(text)


LETTERS = st.characters() | st.sampled_from("aoAOåøæ \u030a\u0308\u0301œþ'’_-½´¨ßŉſ\u1e9b\u0323\n\u2003\x85")


@given(st.text(LETTERS))
def test_a_text_is_folded_as_letter_after_letter_would_be(text):
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    for apart, letter in (("a\u030a", "å"), ("o\u0308", "ø"), ("a\u0308", "æ")):
        plain = plain.replace(apart, letter)
    others = dict(zip("đðłŋŧœı", "ddlntøi", strict=True)) | {"þ": "th"} | dict.fromkeys("'’ʼ`", "")
    plain = "".join(others.get(one, one) for one in plain if not unicodedata.combining(one))
    assert words.fold(text) == " ".join(re.sub(r"[\W_]+", " ", plain).split())


@given(st.text())
def test_any_text_has_a_weight(text):
    assert 0 <= words.lix(text) <= 100 + len(text)
    assert len(words.initials(text)) <= 6


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Jonas Yusuf Hansen", "JH"), ("mia", "M"), ("Åse Berg", "ÅB"), ("", ""), ("(Elin) Aas", "A")],
)
def test_initials(name, letters):
    assert words.initials(name) == letters

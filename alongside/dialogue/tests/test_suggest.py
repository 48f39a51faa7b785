"""Suggestions guess and never change a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.dialogue.suggest import hints, mentioned, paragraphs, pieces, suggest

NAMES = {"Mia": 1, "Anne": 2, "Lars": 3, "Ms Berg": 4, "O’Brien": 5}
NOISE = st.text(alphabet="\"“”«»„‘'’ \n\r\tMiaAnnesoid:,.!?(*[\\jegtrø", max_size=120) | st.text(max_size=120)


@given(NOISE)
def test_the_pieces_are_the_text(text):
    assert "".join(pieces(text)) == text
    assert all(paragraph == paragraph.strip() != "" for paragraph in paragraphs(text))
    kept = "".join("".join(paragraphs(text)).split())
    assert kept == "".join(text.split())


@given(st.lists(NOISE, max_size=6), st.dictionaries(NOISE, st.integers(1, 9), max_size=4), st.lists(st.integers(1, 9)))
def test_a_suggestion_is_made_for_anything(texts, names, there):
    found = suggest(texts, names, there)
    assert len(found) == len(texts)
    for text, one in zip(texts, found, strict=True):
        assert one.basis in ("own-words", "seen", "told", "professional-view")
        assert one.speaker is None or one.speaker in {*names.values(), *there}
        assert one.basis != "own-words" or one.speaker is not None
        mentioned(text, names)


@given(NOISE, st.sampled_from(["en", "nb", "ar"]), st.sampled_from(["seen", "own-words"]))
def test_hints_only_point_at_words_that_stand_there(text, lang, basis):
    found = hints(text, lang, basis)
    assert all(hint.word in text for hint in found)
    assert not (found and basis == "own-words")


@pytest.mark.parametrize(
    ("text", "basis", "who"),
    [
        ("Mia said: I slept all night.", "own-words", 1),
        ("Mia sa: «Jeg sov.»", "own-words", 1),
        ("“I slept,” said Mia.", "own-words", 1),
        ("Anne told me the evenings are hard.", "told", 2),
        ("Anne fortalte at kveldene er tunge.", "told", 2),
        ("Lars sier at han spør.", "told", 3),
        ("Lars says he will ask.", "told", 3),
        ("Ms Berg said that Mia reads.", "told", 4),
        ("O’Brien says it rains.", "told", 5),
        ("I think it is the hours.", "professional-view", None),
        ("Jeg tror det er jobben.", "professional-view", None),
        ("Jeg lurer på om det er jobben.", "professional-view", None),
        ("I think Anne told me this before.", "professional-view", None),
        ("“Somebody,” it said on the wall.", "told", None),
        ("Mia ran to the door.", "seen", None),
        ("We didn't see Anne's car, or the boys' bikes.", "seen", None),
    ],
)
def test_sources_are_guessed(text, basis, who):
    found = suggest([text], NAMES)[0]
    assert (found.basis, found.speaker) == (basis, who)


def test_you_is_whoever_was_spoken_to_last():
    found = suggest(["Mia, you showed me your bed.", "You said: “I slept.”", "Anne, you told me much."], NAMES)
    assert [(one.basis, one.speaker) for one in found] == [("seen", None), ("own-words", 1), ("told", 2)]
    assert suggest(["You said: “Hm.”"], NAMES, [2])[0].speaker == 2


def test_hints_leave_quotations_alone():
    assert [hint.word for hint in hints("Lars asks about respite.", "en", "told")] == ["respite"]
    assert hints("Anne said “respite” twice.", "en", "seen") == []
    assert [hint.plain for hint in hints("Vi søker avlastning.", "nb", "seen")] == ["helger hos en annen familie"]


def test_a_heavy_text_is_said_to_be_heavy():
    heavy = (
        "Interdisciplinary documentation requirements notwithstanding, responsibilities concerning coordination " * 2
    )
    assert hints(heavy, "en", "seen")[-1].word == ""


def test_a_million_characters_take_no_time():
    for text in ("“" * 1_000_000, '"a' * 500_000, "\n" * 1_000_000, "Mia said " * 100_000):
        suggest(paragraphs(text), NAMES)
        hints(text, "en", "seen")

"""Sealed words are found however they are spelt, kept as hashes, and not written where others read them (R95)."""

import html
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.record.marks import released, remarked
from alongside.record.reading import find, rows
from alongside.record.registers import rebuild
from alongside.record.sealing import SealedWords
from alongside.record.settling import save, send_now, waiting
from alongside.record.statement import Statement
from alongside.record.terms import Term, _hashed, found_in, spellings, without

from .test_append import Home, passage

pytestmark = pytest.mark.django_db
OF_FAMILY = "SELECT head, length, digest FROM record_term WHERE entry >> 20 = %s"
WORDS = ("Bekkasinveien 17", "Orrhøgda", "Tiuråsen", "Trostheim", "000 00 337", "0000 Rypestad", "aas-Hagen")


@pytest.fixture
def home(db):
    return Home()


def terms(*words: str) -> list[Term]:
    found = [one for each in words for one in spellings(each)]
    return [Term(1, _hashed(one[:3]), len(one), _hashed(one)) for one in found]


def spelt(words: str, dice) -> str:
    """The same words as people, programs and pages spell them."""
    text = "".join(ch.upper() if dice.draw(st.booleans()) else ch.lower() for ch in words)
    form = dice.draw(st.sampled_from(("NFC", "NFD", "NFKC")))
    text = unicodedata.normalize(form, text)
    gap = dice.draw(st.sampled_from((" ", "", "-", "\u00a0", "\u2009", "_", ". ", "\u200b", "/")))
    text = text.replace(" ", gap)
    if dice.draw(st.booleans()):
        place = dice.draw(st.integers(1, len(text) - 1))
        inside = dice.draw(st.sampled_from(("\u00ad", "\u200b", "<b>", "</i><i>", "\u2060", "<!-- x -->")))
        text = text[:place] + inside + text[place:]
    way = dice.draw(st.sampled_from(("as it is", "entities", "percent", "numbers")))
    if "<" in text or way == "as it is":
        return text
    if way == "percent":
        return quote(text)
    if way == "entities":
        return html.escape(text).replace("ø", "&oslash;").replace("å", "&aring;").replace("\u00a0", "&nbsp;")
    return "".join(f"&#{ord(ch)};" if dice.draw(st.booleans()) else ch for ch in text)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(WORDS), st.data())
def test_every_spelling_is_found_and_nothing_of_it_stays(words, dice):
    canary, sealed = spelt(words, dice), terms(words)
    text = f"<p>We met, and then {canary} it was. <a href='/x?y=1'>On</a></p>"
    hits = found_in(text, sealed)
    assert hits, canary
    left = without(text, hits)
    assert not found_in(left, sealed)
    assert "We met, and then" in left and "it was." in left


@pytest.mark.parametrize(
    ("words", "text"), [("Tiuråsen", "TIURAASEN"), ("Aasveien", "Åsveien"), ("Orrhøgda", "orrhoegda")]
)
def test_letters_spelt_out_are_the_same_letters(words, text):
    assert found_in(text, terms(words))


@pytest.mark.parametrize(
    "text", ["+47 000 00 337", "0047 00000337", "(000)00.337", "tel:+4700000337", "000-00-337", "00 00 03 37"]
)
def test_a_number_is_found_however_it_is_dialled(text):
    assert found_in(text, terms("000 00 337"))


@pytest.mark.parametrize(
    "text", ["000 00 338", "100 00 337 1", "Svalene", "svaler", "trost", "Bekkasin", "Orrhane", "Rype", "2026-11-20"]
)
def test_other_words_are_left_alone(text):
    assert not found_in(text, terms(*WORDS, "SVALE"))


def test_a_short_word_counts_only_where_it_stands_alone():
    assert found_in("the word is svale.", terms("SVALE"))
    assert not found_in("svalevei", terms("SVALE"))


def test_the_register_holds_no_word(home):
    home.say(sealed(home, "They live in Rypestad.", ["Rypestad"]))
    [(head, length, digest)] = rows(OF_FAMILY, [home.family])
    assert length == len("rypestad") and b"rype" not in head + digest
    assert all(rebuild(check=True).values())


def sealed(home, words, terms):
    body = {"words": words, "terms": terms}
    return Statement("dialogue.passage", body, mark="sealed", readers=((home.mother, "addressed"),))


def test_whoever_reads_it_cannot_write_it_where_others_read(home):
    home.say(sealed(home, "They live in Rypestad.", ["Rypestad"]))
    with pytest.raises(SealedWords) as told:
        home.say(passage("A quiet day in RYPE-STAD.", readers=((home.father, "present"),)))
    assert told.value.words == ("RYPE-STAD",)
    with pytest.raises(SealedWords):
        home.say(passage("Rypestad", readers=((home.father, "addressed"),)), by=home.mother)
    only = Statement("dialogue.passage", {"words": "Rypestad"}, mark="persons", readers=((home.mother, "present"),))
    assert home.say(only)


def test_whoever_does_not_read_it_is_told_nothing(home):
    home.say(sealed(home, "They live in Rypestad.", ["Rypestad"]))
    assert home.say(passage("Do they live in Rypestad?"), by=home.father)


def test_words_that_wait_meet_the_seal_when_they_go_in(home):
    act = [passage("The sea at Rypestad.", readers=((home.father, "present"),))]
    save(act, family=home.family, by=home.worker, once="w", at=home.clock, wait=60)
    home.say(sealed(home, "They live in Rypestad.", ["Rypestad"]))
    assert send_now(home.worker, at=home.clock + 2_000_000) == []
    assert [one.stuck for one in waiting(home.worker)] == ["sealed-words"]


def test_opening_an_old_note_is_writing_too(home):
    [old] = home.say(passage("The ferry to Rypestad.", readers=((home.mother, "present"),)))
    home.say(sealed(home, "They live in Rypestad.", ["Rypestad"]))
    entry = find(home.reader(home.worker), old.id)
    with pytest.raises(SealedWords):
        home.say(released(entry, home.father, because="released", giver=home.worker, reason="asked"))


def test_what_is_opened_again_gives_its_words_free(home):
    [receipt] = home.say(sealed(home, "They live in Rypestad.", ["Rypestad"]))
    entry = find(home.reader(home.worker), receipt.id)
    home.say(remarked(entry, "team", "known to all"))
    assert rows(OF_FAMILY, [home.family]) == []
    assert home.say(passage("A quiet day in Rypestad.", readers=((home.father, "present"),)))
    assert all(rebuild(check=True).values())


@pytest.mark.parametrize("between, found", [
    ("<b>", True), ("\n", True), ("<br>", True), ("</a> <span>", True), ("</li>\n<li>", False), ("</p><p>", False),
    ("</textarea><textarea>", False), ("\n\n", False), ("\r\n \r\n", False), ("</td><td class=x>", False),
    ("</desc><text>", False), ("</text><text>", True),
])  # fmt: skip
def test_no_word_goes_on_where_a_text_ends(between, found):
    """What somebody typed into two boxes does not become a word that they did not type. With other text around it, so
    that every beginning of three letters is asked."""
    for before in ("", "a", "ab", "x\n\ny"):
        assert bool(found_in(f"<p>{before} Trost{between}heim, they say</p>", terms("Trostheim"))) is found
    assert found_in(f"<p>Trost{between}x</p> <p>Trostheim</p>", terms("Trostheim"))

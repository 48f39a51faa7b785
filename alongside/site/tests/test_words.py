"""Words on screen: every one in every language, up to date, easy to read where families read, and kind."""

import gettext
import io
import re
from pathlib import Path

import pytest

from alongside.locale import gather
from alongside.words import lix, sentences, words

PACKAGE = Path(__file__).resolve().parent.parent.parent
FAMILY = ("alongside/doors/family/", "alongside/access/templates/")
HARDEST = 35  # LIX of what families read, as a whole
NEVER = {
    "en": r"clients?|users?|case(?:s|[- ]?workers?)?|risk (?:score|level)s?|non-?complian\w*|hard to reach",
    "nb": r"klient\w*|saksbehandler\w*|risiko(?:score|nivå)\w*|sak(?:en|er|ene)?|bruker(?:en|e|ne)|fremstår",
}
LANGUAGES = gather.languages()


@pytest.fixture(scope="module")
def house():
    return gather.extracted()


def keys(catalog) -> set:
    return {(message.id, message.context) for message in catalog if message.id}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_untranslated_and_the_same_names_are_filled_in(lang):
    wrong = {str(message.id): gather.wrong(message) for message in gather.written(lang) if message.id}
    assert {ours: why for ours, why in wrong.items() if why} == {}, "bin/words says what is missing"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_has_what_the_house_says_and_nothing_else(lang, house):
    written = keys(gather.written(lang))
    assert (keys(house) - written, written - keys(house)) == (set(), set()), "run bin/words and translate"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_compiled_catalogue_is_made_from_the_written_one(lang):
    kept = gettext.GNUTranslations(io.BytesIO(gather.path(lang, "mo").read_bytes()))
    made = gettext.GNUTranslations(io.BytesIO(gather.compiled(gather.written(lang))))
    del kept._catalog[""], made._catalog[""]  # the header names the tool
    assert kept._catalog == made._catalog, "run bin/words"


def test_a_sentence_without_its_name_is_found():
    catalog = gather.written("nb")
    message = next(message for message in catalog if message.id == "Hello %(name)s.")
    message.string = "Hei."
    assert gather.wrong(message) == "not the same names to fill in"
    message.string = ""
    assert gather.wrong(message) == "not translated"
    assert gather.places("%(who)s to {value}") == ["value", "who"]


def said(lang: str, of: tuple[str, ...] = ("",)) -> list[str]:
    """What the house says in this language, in these places of it."""
    pairs = [
        pair
        for message in gather.written("nb" if lang == "en" else lang)
        if message.id and any(where.startswith(of) for where, _line in message.locations)
        for pair in gather.words(message)
    ]
    return [ours if lang == "en" else theirs for ours, theirs in pairs]


def plain(text: str) -> str:
    """With a short name where one is filled in."""
    return gather.PLACE.sub("Kari", text)


@pytest.mark.parametrize("lang", ["en", *LANGUAGES])
def test_what_families_read_is_easy_as_a_whole(lang):
    every = [plain(text) for text in said(lang, FAMILY)]
    whole = [text for text in every if text.endswith((".", "?", "!"))]
    assert len(every) > 150 and len(whole) > 80
    assert lix("\n\n".join(every)) <= HARDEST
    assert lix(" ".join(whole)) <= HARDEST


@pytest.mark.parametrize("lang", ["en", *LANGUAGES])
def test_no_sentence_to_a_family_is_long(lang):
    long = [one for text in said(lang, FAMILY) for one in sentences(plain(text)) if len(words(one)) > 26]
    assert long == []


@pytest.mark.parametrize("lang", ["en", *LANGUAGES])
def test_nobody_is_called_what_nobody_wants_to_be_called(lang):
    never = re.compile(rf"\b(?:{NEVER[lang]})\b", re.IGNORECASE)
    assert [text for text in said(lang) if never.search(text)] == []


def test_templates_say_nothing_that_is_not_in_the_catalogue():
    """What stands straight in a template is said in English to everybody."""
    straight = {}
    for template in PACKAGE.glob("**/*.jinja"):
        markup = re.sub(
            r"{#.*?#}|{%.*?%}|{{.*?}}|&\w+;|<style>.*?</style>", " ", template.read_text(encoding="utf-8"), flags=re.S
        )
        between = " ".join(text for text in re.findall(r">([^<>]*)<", markup) if '="' not in text)
        if found := [word for word in words(between) if len(word) > 1]:
            straight[template.name] = found
    assert straight == {}


# The pages themselves


def test_a_stranger_is_met_in_the_language_the_browser_asks_for(db, client):
    page = client.get("/", headers={"accept-language": "nb-NO,nb;q=0.9,en;q=0.5"}).content.decode()
    assert '<html lang="nb"' in page and "Logg inn" in page and "Sign in" not in page
    page = client.get("/", headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="en"' in page and "Sign in" in page


def test_a_family_reads_its_own_language_with_its_own_dates(be):
    page = be("marte").get("/me/story").content.decode()
    assert '<html lang="nb"' in page and "Historien din her" in page
    assert re.search(r"\b\d{1,2}\. (?:jan|feb|mars|apr|mai|juni|juli|aug|sep|okt|nov|des)", page)
    assert "told Kari" not in page and "Exit page" not in page
    assert ".." not in re.sub(r"<[^>]+>", " ", page)

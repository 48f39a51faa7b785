"""The register in which words are found: for each entry the stems of its words.

A stem is what is left of a word without its endings, so that "beds" finds "bed" and "senga" finds "seng". Each
text is stemmed in its own language; what is looked for is stemmed in all of them. Only what is marked for the
team or for professionals is kept here. What is for named people or sealed, and what was taken back, writes no
stem and loses those it had: then it can be read where it stands, and not be found.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, repeat
from threading import Lock
from typing import Any

import snowballstemmer

from alongside.dialogue.woven import never_shown
from alongside.record.entry import Entry, from_row
from alongside.record.erased import Going, forgets
from alongside.record.gate import FIELDS
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register
from alongside.words import fold

FOUND = ("team", "professionals")  # the marks under which words can be found
LANGUAGES = {"en": "english", "nb": "norwegian"}  # ours, and what their stemmers are called
LEFT_WHOLE = frozenset("anna annan annen annet andre any".split())  # or they would be found by somebody's name
_STEMMERS = {lang: snowballstemmer.stemmer(name) for lang, name in LANGUAGES.items()}
_TURN = Lock()  # a stemmer holds the word it works on

register("dialogue_stems")


@lru_cache(maxsize=65_536)
def stem(word: str, lang: str) -> str:
    """The stem of a folded word in this language; in a language without a stemmer the word itself."""
    if lang not in _STEMMERS or word in LEFT_WHOLE:
        return word
    with _TURN:
        return _STEMMERS[lang].stemWord(word)


@lru_cache(maxsize=4096)
def any_stem(word: str) -> frozenset[str]:
    """Every stem under which a folded word may stand: its own, and that of each of our languages."""
    return frozenset({word, *(stem(word, lang) for lang in LANGUAGES)})


def stems(texts: Iterable[Mapping[str, str]]) -> set[str]:
    """The stems of some texts, {lang, text} each."""
    found: set[str] = set()
    for one in texts:
        lang = one["lang"].split("-")[0]
        found.update(chain.from_iterable(map(_stemmed, set(one["text"].split()), repeat(lang))))
    return found


@lru_cache(maxsize=65_536)
def _stemmed(piece: str, lang: str) -> tuple[str, ...]:
    """The stems of what stands between two blanks; folding never looks past one."""
    return tuple(stem(word, lang) for word in fold(piece).split())


def row(entry: Entry) -> str:
    """What the register holds of an entry, '' where it holds nothing; the mark is not looked at."""
    if never_shown(entry):
        return ""
    texts = entry.body.get("words", ())
    if not isinstance(texts, list):  # a kind may mean something else by that name
        return ""
    found = stems(one for one in texts if isinstance(one, dict) and "lang" in one and "text" in one)
    return f" {' '.join(sorted(found))} " if found else ""


@fold_of()
def _keep(cursor: Any, entry: Entry) -> None:
    if entry.mark in FOUND and entry.family:
        _insert(cursor, entry.pk, row(entry))


@fold_of("record.remarked")
def _remark(cursor: Any, entry: Entry) -> None:
    _drop(cursor, entry.answers)
    if entry.body["mark"] in FOUND and not _taken_back(entry):
        found = rows(f"SELECT {FIELDS} FROM record_entry e WHERE e.pk = %s", [entry.answers])
        _insert(cursor, entry.answers, row(from_row(found[0])))


@fold_of("record.taken-back")
def _take_back(cursor: Any, entry: Entry) -> None:
    """Its use stops, with everything that lies inside it."""
    _drop(cursor, entry.answers)
    inside = "SELECT i.pk FROM record_entry i WHERE i.within = %s AND i.pk < %s"
    cursor.execute(f"DELETE FROM dialogue_stems WHERE entry IN ({inside})", [entry.answers, entry.pk])


@forgets
def _erased(cursor: Any, going: Going) -> None:
    """The words that were stemmed are in nobody's memory either."""
    stem.cache_clear()
    _stemmed.cache_clear()
    any_stem.cache_clear()


def _insert(cursor: Any, place: int, stems: str) -> None:
    if stems:
        cursor.execute("INSERT INTO dialogue_stems (entry, stems) VALUES (%s, %s)", [place, stems])


def _drop(cursor: Any, place: int) -> None:
    cursor.execute("DELETE FROM dialogue_stems WHERE entry = %s", [place])


def _taken_back(remark: Entry) -> bool:
    """Whether what a remark is about, or what that lies inside, had been taken back before."""
    sql = (
        "SELECT 1 FROM record_entry t WHERE t.kind = 'record.taken-back' AND t.pk < %s AND t.answers IN "
        "(SELECT e.pk FROM record_entry e WHERE e.pk = %s UNION SELECT e.within FROM record_entry e WHERE e.pk = %s)"
    )
    return bool(rows(sql, [remark.pk, remark.answers, remark.answers]))


def fill(cursor: Any, entries: Iterable[Entry]) -> None:
    """Fold these entries into the register, in their order: for a record that is older than the register."""
    for entry in entries:
        _keep(cursor, entry)
        if entry.kind == "record.remarked":
            _remark(cursor, entry)
        elif entry.kind == "record.taken-back":
            _take_back(cursor, entry)

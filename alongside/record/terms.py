"""Sealed terms: the few words that would give somebody's whereabouts away (record.md 5, R95).

Whoever seals something names the words that must not leave: a street, a school, a new name, a number. What is kept
of them is a keyed hash of their plain form, the hash of their first letters, and how long they are. So the register
tells nobody anything, and a page can still be searched for them however they are spelt: capitals, accents, blanks,
hyphens, +47 and 0047, entities, percent signs, a tag in the middle of a word.
"""

import hashlib
import hmac
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings

from alongside.record.entry import COLUMNS, SEQ_BITS, Entry, from_row
from alongside.record.erased import Going, forgets
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register

register("record_term")

SHORTEST = 4  # letters and digits in a term; less would stop half of the language
WHOLE = 6  # below this many a term counts only where it begins and ends a word
HEAD = 3  # letters that are looked up first
LEFT_OUT = "…"
_FOLDS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
_SPELT_OUT = str.maketrans({"å": "aa", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "ue"})
_CONTRACTED = re.compile("aa|oe|ae|ue")
_PIECE = r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});|(?:%[0-9a-f]{2})+|[^\W_]+"
_EMPTY = r"\r?\n[^\S\n]*\n"  # an empty line
_SEEN = re.compile(rf"<[^>]*>|{_EMPTY}|{_PIECE}", re.IGNORECASE)  # what a reader sees: tags are not there
_ALL = re.compile(rf"{_EMPTY}|{_PIECE}", re.IGNORECASE)  # what is in the bytes: attributes and comments as well
# Where one text ends and another begins. No word goes on over it: what somebody typed into two boxes must not become
# one that they did not type. Every other tag may stand in the middle of a word.
_APART = re.compile(
    r"</?(?:article|aside|blockquote|button|caption|d[dlt]|desc|details|div|fieldset|figcaption|figure|footer|form|g|"
    r"h[1-6]|header|input|label|legend|li|main|nav|ol|option|p|section|select|summary|t[dhr]|table|textarea|title|ul)\b",
    re.IGNORECASE,
)
END = "\n"  # stands in a plain form where a text ends; no term holds it
_THREE = re.compile("." * HEAD, re.DOTALL)
# Which fields of a kind give something away, without anybody naming the words.
Reveals = Callable[[Mapping[str, Any]], Sequence[str]]
_REVEALS: dict[str, Reveals] = {}


@dataclass(frozen=True, slots=True)
class Term:
    """`entry`: the place of the sealed entry. `head`, `digest`: keyed hashes. `length`: of its plain form."""

    entry: int
    head: bytes
    length: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that stands in a text: the term, and the pieces of the text it covers, as (from, to)."""

    term: Term
    spans: tuple[tuple[int, int], ...]


def reveals(kind: str, fields: Reveals) -> None:
    """A room says which words of a kind's body give something away when it is sealed."""
    _REVEALS[kind] = fields


def _key() -> bytes:
    return hashlib.sha256(b"alongside.terms.v1\0" + settings.SECRET_KEY.encode()).digest()


@lru_cache(maxsize=65_536)
def _hashed(plain: str) -> bytes:
    return hmac.digest(_key(), plain.encode(), "sha256")[:16]


@lru_cache(maxsize=65_536)
def _word(text: str) -> str:
    """One piece in its plain form: small letters and digits, without accents."""
    if text.isascii() and text.isalnum():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold()).translate(_FOLDS)
    return "".join(ch for ch in spread if ch.isalnum())


@lru_cache(maxsize=65_536)
def _piece(found: str) -> str:
    """What the patterns find besides tags, in its plain form."""
    if found[0] in "\r\n":
        return END
    if found[0] == "&":
        return _word(html.unescape(found))
    if found[0] == "%":
        return _word(unquote_to_bytes(found).decode("utf-8", "replace"))
    return _word(found)


def _tag(found: str) -> str:
    """A tag says nothing, and some end a text."""
    return END if _APART.match(found) else ""


@dataclass(frozen=True, slots=True)
class _Stream:
    """All pieces of a text one after another. `at`: where each begins in `plain`; `spans`: where it is in the text."""

    plain: str
    at: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def _stream(text: str, pattern: re.Pattern) -> _Stream:
    parts: list[str] = []
    at: list[int] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for found in pattern.finditer(text):
        if plain := _tag(found[0]) if found[0][0] == "<" else _piece(found[0]):
            parts.append(plain)
            at.append(length)
            spans.append(found.span())
            length += len(plain)
    return _Stream("".join(parts), tuple(at), tuple(spans))


def plain(text: str, pattern: re.Pattern) -> str:
    """A text in its plain form, with END wherever one text ends."""
    return "".join([_tag(found) if found[0] == "<" else _piece(found) for found in pattern.findall(text)])


def plain_term(text: str) -> str:
    """The plain form of a term, as it is hashed: "Bekkasinveien 17" is "bekkasinveien17"."""
    return plain(text, _ALL).replace(END, "")


def spellings(text: str) -> tuple[str, ...]:
    """The plain forms of a term: without accents, spelt out (å as aa), and a spelt-out one written with its letter."""
    spelt_out = plain_term(unicodedata.normalize("NFC", text.casefold()).translate(_SPELT_OUT))
    bare = plain_term(text)
    found = dict.fromkeys((bare, spelt_out, _CONTRACTED.sub(lambda two: two[0][0], bare)))
    return tuple(one for one in found if len(one) >= SHORTEST)


def named_words(typed: str) -> tuple[str, ...]:
    """Words as somebody types them into one line, with commas."""
    return tuple(word for part in typed.split(",") if (word := part.strip()))


def terms_of(entry: Entry) -> tuple[str, ...]:
    """The plain forms of the words a sealed entry keeps from leaving, in the order they are named."""
    return _plain_terms(entry.kind, entry.body)


def _plain_terms(kind: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    named = [*body.get("terms", ()), *_REVEALS.get(kind, lambda _body: ())(body)]
    return tuple(dict.fromkeys(one for text in named for one in spellings(text)))


def given_away(entry: Entry) -> tuple[str, ...]:
    """What an entry says of where or who somebody is, as its room told (`reveals`), sealed or not."""
    return tuple(text for text in _REVEALS.get(entry.kind, lambda _body: ())(entry.body) if text)


def about_to_be_sealed(kind: str, body: Mapping[str, Any]) -> tuple[Term, ...]:
    """The terms of something that is being sealed in this act, before the record has it."""
    found = _plain_terms(kind, body)
    return tuple(Term(0, _hashed(one[:HEAD]), len(one), _hashed(one)) for one in found)


def _rows_of(entry: Entry) -> list[tuple[int, bytes, int, bytes]]:
    return [(entry.pk, _hashed(one[:HEAD]), len(one), _hashed(one)) for one in terms_of(entry)]


INSERT = "INSERT INTO record_term (entry, head, length, digest) VALUES (%s, %s, %s, %s)"


@fold_of()
def _sealed(cursor: Any, entry: Entry) -> None:
    """What is sealed registers its words; what is opened to the team again gives them free."""
    if entry.mark == "sealed" and entry.kind != "record.remarked":
        cursor.executemany(INSERT, _rows_of(entry))
    if entry.kind == "record.remarked":
        cursor.execute("DELETE FROM record_term WHERE entry = %s", [entry.answers])
        if entry.body["mark"] == "sealed":
            cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM record_entry WHERE pk = %s", [entry.answers])
            cursor.executemany(INSERT, _rows_of(from_row(cursor.fetchone())))


@forgets
def _erased(cursor: Any, going: Going) -> None:
    """The words that were hashed are in nobody's memory either."""
    _hashed.cache_clear()
    _word.cache_clear()
    _piece.cache_clear()


# Words that are sealed in a family where this person has or had a place, and that they are not among the readers of:
# for whom there are such words at all, and which ones. Who reads sealed things in an emergency is one of the readers
# for that hour.
_OF_OTHERS = f"""t.entry >> {SEQ_BITS} IN (SELECT r.family FROM record_relationship r WHERE r.person = %(person)s)
   AND NOT EXISTS (SELECT 1 FROM record_term s JOIN record_reader n ON n.entry = s.entry
     WHERE s.digest = t.digest AND n.person = %(person)s)"""
GUARDED = f"EXISTS (SELECT 1 FROM record_term t WHERE {_OF_OTHERS})"
KEPT_FROM = f"""
SELECT t.entry, t.head, t.length, t.digest FROM record_term t
 WHERE {_OF_OTHERS} AND NOT EXISTS (SELECT 1 FROM record_relationship r WHERE r.family = t.entry >> {SEQ_BITS}
   AND r.person = %(person)s AND r.kind = 'emergency-sealed' AND r.state = 'active'
   AND (r.until IS NULL OR r.until > %(now)s))
 ORDER BY t.entry
"""
# CROSS JOIN keeps the order: sealed words are few, what somebody reads is much
READ_BY = """
SELECT t.entry, t.head, t.length, t.digest FROM record_term t
 CROSS JOIN record_reader n WHERE n.entry = t.entry AND n.person = %s ORDER BY t.entry
"""
LISTED = """
SELECT n.person FROM record_term t JOIN record_reader n ON n.entry = t.entry WHERE t.digest = %s
"""


def kept_from(person: int, *, now: int) -> tuple[Term, ...]:
    """The sealed words that must not reach this person. `now`: microseconds."""
    return tuple(Term(*row) for row in rows(KEPT_FROM, {"person": person, "now": now}))


def known_to(person: int) -> tuple[Term, ...]:
    """The sealed words this person is among the readers of, in any family."""
    return terms(rows(READ_BY, [person]))


def terms(found: Iterable[tuple]) -> tuple[Term, ...]:
    """The terms of rows of the register."""
    return tuple(Term(*row) for row in found)


def listed(term: Term) -> frozenset[int]:
    """Everybody who reads an entry in which this term is sealed."""
    return frozenset(person for (person,) in rows(LISTED, [term.digest]))


def found_in(text: str, terms: Iterable[Term]) -> tuple[Hit, ...]:
    """Where any of these terms stands in a text, however it is spelt; page, address, file or letter."""
    heads: dict[bytes, list[Term]] = {}
    for term in terms:
        heads.setdefault(term.head, []).append(term)
    if not heads:
        return ()
    patterns = (_SEEN, _ALL) if "<" in text else (_ALL,)
    return tuple(hit for one in patterns for hit in _hits(text, one, heads))


def _hits(text: str, pattern: re.Pattern, heads: Mapping[bytes, Sequence[Term]]) -> Iterator[Hit]:
    """First whether a term stands anywhere, each beginning asked once: nearly every page holds none."""
    whole = plain(text, pattern)
    begins = {one for one in _threes(whole) if _hashed(one) in heads}
    places = sorted(place for one in begins for place in _places(whole, one))
    found = [(place, term) for place in places for term in heads[_hashed(whole[place : place + HEAD])]
             if _hashed(whole[place : place + term.length]) == term.digest]  # fmt: skip
    if not found:
        return
    stream = _stream(text, pattern)
    starts, ends = set(stream.at), {*stream.at, len(whole)}
    for place, term in found:
        end = place + term.length
        if term.length >= WHOLE or (place in starts and end in ends):
            yield Hit(term, _covered(stream, place, end))


def _threes(whole: str) -> set[str]:
    """Every three letters that stand side by side."""
    return {three for shift in range(HEAD) for three in _THREE.findall(whole, shift)}


def _places(whole: str, part: str) -> Iterator[int]:
    """Every place at which a part stands."""
    place = whole.find(part)
    while place >= 0:
        yield place
        place = whole.find(part, place + 1)


def _covered(stream: _Stream, begin: int, end: int) -> tuple[tuple[int, int], ...]:
    """The whole pieces a hit touches: nothing of a word stays when a part of it is sealed."""
    ends = (*stream.at[1:], len(stream.plain))
    return tuple(
        span
        for at, to, span in zip(stream.at, ends, stream.spans, strict=True)
        if at < end and to > begin
    )  # fmt: skip


def without(text: str, hits: Iterable[Hit]) -> str:
    """The text with one sign in the place of each hit, whatever its length."""
    firsts = {hit.spans[0] for hit in hits}
    spans = sorted({span for hit in hits for span in hit.spans}, reverse=True)
    for begin, end in spans:
        text = text[:begin] + (LEFT_OUT if (begin, end) in firsts else "") + text[end:]
    return text

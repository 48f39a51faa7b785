"""Suggestions while somebody writes: how we know a paragraph, whose words it holds, and plainer words.

Pure and small. It reads English and Norwegian Bokmål, guesses, and is corrected with a tap; it never
changes a word. Only the beginning of a paragraph is looked at, so that no text makes it slow.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.words import lix

LOOKED_AT = 4_000  # characters of a paragraph
HEAVY = 45  # LIX above which a hint is given
PAIRS = {'"': '"', "“": "”", "”": "”", "„": "“", "«": "»", "»": "«"}
YOU = r"you|du|dere"
THEY = r"he|she|they|han|hun|de"
SAY = r"said|says|sa|sier"
TELL = r"told|tells|fortalte|forteller|har fortalt|has told|have told"
_TOLD = re.compile(rf"\b(?:(?:{TELL})\b|(?:{SAY}) (?:that|at|{THEY})\b|according to\b|ifølge\b)", re.IGNORECASE)
_VIEW = re.compile(
    r"\b(?:I (?:think|wonder|believe|guess)|it seems to me|my view|"
    r"jeg (?:tror|lurer|mener|synes|syns|antar)|slik jeg ser det)\b",
    re.IGNORECASE,
)
_COLON = re.compile(rf"\b(?:{SAY}|told me|fortalte)\b[^.:!?\n]{{0,60}}:", re.IGNORECASE)
_SINGLE = re.compile(r"(?:^|[\s:(])['‘](?=\w)")
_SINGLE_END = re.compile(r"['’](?!\w)")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Suggested:
    """How we know a paragraph (`basis` as in the record) and whose words or telling it is (None: the writer's)."""

    basis: str
    speaker: int | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """A heavy word as it stands in the text, and what could stand instead ('' for a text heavy as a whole)."""

    word: str
    plain: str


def pieces(text: str) -> list[str]:
    """The text cut after its blank lines, nothing lost: joined, the pieces are the text."""
    cuts = [0, *(match.end() for match in _BLANK.finditer(text)), len(text)]
    return [text[a:b] for a, b in zip(cuts, cuts[1:], strict=False) if a < b]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what blank lines part, without the blank around them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return [piece.strip() for piece in pieces(plain) if piece.strip()]


def suggest(texts: Sequence[str], names: Mapping[str, int], there: Sequence[int] = ()) -> list[Suggested]:
    """A suggestion for each paragraph, in order. `names`: how people are called, with their numbers;
    `there`: who was present. "You" is whoever was spoken to last."""
    spoken_to = there[0] if len(there) == 1 else None
    found = []
    for text in texts:
        head = text[:LOOKED_AT]
        made = _one(head, names, spoken_to)
        found.append(made)
        spoken_to = _addressed(head, names) or spoken_to
    return found


def _one(head: str, names: Mapping[str, int], spoken_to: int | None) -> Suggested:
    quote, colon = _quoted(head), _COLON.search(head)
    if quote is not None or colon:
        begins = min(quote if quote is not None else len(head), colon.end() if colon else len(head))
        speaker = _who(head[:begins], names, spoken_to) or _who_after(head[begins:], names)
        return Suggested("own-words", speaker) if speaker is not None else Suggested("told")
    told, view = _TOLD.search(head), _VIEW.search(head)
    says = _says(head, names)
    ends = [at for m, at in ((told, told and told.start()), (says, says and says.end())) if m]
    if ends and not (view and view.start() < min(ends)):
        return Suggested("told", _who(head[: min(ends)], names, spoken_to))
    return Suggested("professional-view") if view else Suggested("seen")


def _quoted(head: str) -> int | None:
    """Where a quotation begins that also ends."""
    starts = ((head.find(a), b) for a, b in PAIRS.items())
    whole = [at for at, end in starts if at >= 0 and head.find(end, at + 2) > at]
    single = _SINGLE.search(head)
    if single and _SINGLE_END.search(head, single.end() + 1):
        whole.append(single.end() - 1)
    return min(whole, default=None)


def _says(head: str, names: Mapping[str, int]) -> re.Match | None:
    """Somebody says something without its being word for word: "Lars says he will ask"."""
    known = _known(tuple(names))
    return re.search(rf"(?:{known}|\b(?:{YOU}|{THEY})) (?:{SAY})\b", head) if known else None


@cache
def _known(names: tuple[str, ...]) -> str:
    whole = sorted((re.escape(name) for name in names if name.strip()), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(whole)})(?!\w)" if whole else ""


def _who(before: str, names: Mapping[str, int], spoken_to: int | None) -> int | None:
    """Who is meant by the last name or "you" before a quotation or a "says"."""
    known = _known(tuple(names))
    you = None
    for match in re.finditer(rf"\b(?:{YOU})\b", before, re.IGNORECASE):
        you = match
    last = None
    for match in re.finditer(known, before) if known else ():
        last = match
    if last and before[last.end() : last.end() + 1] == "," or last and not (you and you.start() > last.end()):
        return names[last.group()]
    return spoken_to if you else None


def _who_after(after: str, names: Mapping[str, int]) -> int | None:
    """The name behind a quotation: “I slept”, said Mia."""
    known = _known(tuple(names))
    match = re.search(rf"[,\s](?:{SAY})\s+({known})", after) if known else None
    return names[match.group(1)] if match else None


def _addressed(head: str, names: Mapping[str, int]) -> int | None:
    """Who is spoken to: "Mia, you showed me ..."."""
    known = _known(tuple(names))
    match = re.match(rf"\W*({known}),", head) if known else None
    return names[match.group(1)] if match else None


def mentioned(text: str, names: Mapping[str, int]) -> tuple[int, ...]:
    """Everybody whose name stands in the text, each once."""
    known = _known(tuple(names))
    found = (names[m.group()] for m in re.finditer(known, text[:LOOKED_AT])) if known else ()
    return tuple(dict.fromkeys(found))


@cache
def _plain(lang: str) -> tuple[tuple[re.Pattern, str], ...]:
    table = tomllib.loads((Path(__file__).parent / "plain_words.toml").read_text("utf-8"))
    words = table.get(lang.split("-")[0], {})
    return tuple((_whole(heavy), plain) for heavy, plain in words.items())


def _whole(heavy: str) -> re.Pattern:
    """A word as a whole, with other endings where it ends in *."""
    ending = r"[\w-]{0,8}" if heavy.endswith("*") else ""
    return re.compile(rf"(?<!\w){re.escape(heavy.rstrip('*'))}{ending}(?!\w)", re.IGNORECASE)


def hints(text: str, lang: str, basis: str) -> list[Hint]:
    """Plainer words for a paragraph, at most three; none on somebody's own words or inside a quotation."""
    if basis == "own-words":
        return []
    head = _without_quotes(text[:LOOKED_AT])
    found = [Hint(m.group(), plain) for pattern, plain in _plain(lang) if (m := pattern.search(head))][:3]
    if lix(head) > HEAVY and len(head.split()) > 12:
        found.append(Hint("", ""))
    return found


def _without_quotes(text: str) -> str:
    for a, b in PAIRS.items():
        start = text.find(a)
        while start >= 0 and (end := text.find(b, start + 1)) > start:
            text = text[:start] + " " + text[end + 1 :]
            start = text.find(a)
    return text

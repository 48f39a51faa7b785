"""MAP.toml: which column of a stranger's file is what.

    system = "Familia 4"                     where the notes come from
    maker = "Workers of the office"          who or what made the words; shown on every imported note
    language = "nb"                          optional
    kind = "visit"                           optional, when no column says it

    [file]                                   optional; without it we look and see
    format = "csv"                           or "jsonl"
    encoding = "cp1252"
    delimiter = ";"

    [columns]
    person = "person_id"                     needed; the other system's number
    text = "note"                            needed
    key = "note_id"                          one number a note; without it the row itself is its key
    family = "household_id"                  without it each person is a family
    name = ["first_name", "last_name"]
    born = "birth_date"
    author = "worker"
    when = "date"
    written = "saved_at"
    title = "heading"
    kind = "contact_type"

    [dates]
    formats = ["DD.MM.YYYY", "YYYY-MM-DD hh:mm"]    tried in order; without it, as people write

A format is made of YYYY YY MM M DD D hh h mm ss; anything else stands for itself. A clock is
taken as the office's own: a zone in the file is not translated.
"""

import codecs
import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from alongside.dates import Partial, canonical
from alongside.exchange.notes.reading import Shape

ONE = ("key", "person", "family", "born", "author", "when", "written", "text", "title", "kind")
MANY = ("name",)
NEEDED = ("person", "text")
CONSTANTS = ("system", "maker", "language", "kind")
_TOKENS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short>[0-9]{2})",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "hh": r"(?P<hour>[0-9]{2})",
    "h": r"(?P<hour>[0-9]{1,2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"[0-9]{2}(?:[.,][0-9]+)?",
}
_TOKEN = re.compile("|".join(_TOKENS))


class NotAMap(ValueError):
    """A map that cannot be used; the message is a plain sentence for who wrote it."""


@dataclass(frozen=True, slots=True)
class Map:
    """What a MAP.toml says. `columns` holds one name for each part, `name` holds several."""

    system: str
    maker: str
    columns: dict[str, tuple[str, ...]]
    language: str = ""
    kind: str = ""
    formats: tuple[re.Pattern, ...] = ()
    shape: Shape = field(default_factory=Shape)

    def of(self, part: str, cells: dict[str, str]) -> str:
        """What this row says of a part ("person", "when"); several columns joined with a space."""
        said = (cells.get(name, "").strip() for name in self.columns.get(part, ()))
        return " ".join(one for one in said if one)

    def check(self, columns: Iterable[str]) -> None:
        """Raises NotAMap when the map names a column the file does not have."""
        there = list(columns)
        named = dict.fromkeys(name for names in self.columns.values() for name in names)
        missing = [name for name in named if name not in there]
        if missing:
            raise NotAMap(f"The file has no column {_listed(missing)}. It has: {_listed(there)}.")

    def date(self, said: str, *, today: dt.date) -> Partial | None:
        """The date by the first format that fits; None if none does. NotADate if it cannot be."""
        for pattern in self.formats:
            m = pattern.fullmatch(said)
            if m:
                return canonical(_iso(m.groupdict(), today))
        return None


def read(path: Path | str) -> Map:
    """The map in this file. Raises NotAMap with a plain sentence."""
    return understood(text_of(path))


def text_of(path: Path | str) -> str:
    """The map as it stands in its file. Raises NotAMap when it is not text."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NotAMap("The map is not a text file in UTF-8.") from None


def understood(text: str) -> Map:
    """The map this TOML text describes. Raises NotAMap with a plain sentence."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise NotAMap(f"The map is not TOML we can read: {wrong}.") from None
    _known("The map", said, (*CONSTANTS, "file", "columns", "dates"))
    for name in ("system", "maker"):
        if not said.get(name):
            raise NotAMap(f'The map does not say "{name}".')
    constants = {name: _word(name, said.get(name, "")) for name in CONSTANTS}
    return Map(
        **constants,
        columns=_columns(_table(said, "columns")),
        formats=_formats(_table(said, "dates")),
        shape=_shape(_table(said, "file")),
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _known(where: str, said: dict, names: Iterable[str]) -> None:
    names = tuple(names)
    strange = [name for name in said if name not in names]
    if strange:
        raise NotAMap(f"{where} does not know {_listed(strange)}. It knows: {_listed(names)}.")


def _word(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise NotAMap(f'"{name}" in the map must be text in quotation marks.')
    return value.strip()


def _table(said: dict, name: str) -> dict:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise NotAMap(f'"{name}" in the map must be a part of its own: [{name}].')
    return table


def _columns(said: dict) -> dict[str, tuple[str, ...]]:
    _known("[columns] in the map", said, (*ONE, *MANY))
    for part in NEEDED:
        if not said.get(part):
            raise NotAMap(f'[columns] in the map does not say which column is "{part}".')
    columns = {}
    for part, value in said.items():
        names = value if isinstance(value, list) and part in MANY else [value]
        columns[part] = tuple(_word(part, name) for name in names)
    return columns


def _formats(said: dict) -> tuple[re.Pattern, ...]:
    _known("[dates] in the map", said, ("formats",))
    formats = said.get("formats", [])
    if not isinstance(formats, list):
        raise NotAMap('"formats" in the map must be a list: ["DD.MM.YYYY"].')
    return tuple(_pattern(_word("formats", one)) for one in formats)


def _pattern(written: str) -> re.Pattern:
    between = _TOKEN.split(written)
    tokens = _TOKEN.findall(written)
    strange = [c for part in between for c in part if c.isalpha() and c not in "TZ"]
    pattern = re.escape(between[0]) + "".join(
        _TOKENS[token] + re.escape(literal) for token, literal in zip(tokens, between[1:], strict=True)
    )
    try:
        compiled = re.compile(pattern)
    except re.error:
        strange = strange or ["the same part twice"]
    if strange or not {"YYYY", "YY"} & set(tokens):
        raise NotAMap(f'The date format "{written}" is not one we know. Write it like "DD.MM.YYYY hh:mm".')
    return compiled


def _iso(parts: dict[str, str | None], today: dt.date) -> str:
    year = int(parts.get("year") or 0)
    if parts.get("short"):
        year = today.year // 100 * 100 + int(parts["short"])
        year -= 100 if year > today.year + 5 else 0
    text = f"{year:04d}"
    for name, before in (("month", "-"), ("day", "-"), ("hour", "T"), ("minute", ":")):
        if not parts.get(name):
            break
        text += f"{before}{int(parts[name]):02d}"
    return text[:-3] if len(text) == 13 else text  # an hour without minutes says too little


def _shape(said: dict) -> Shape:
    _known("[file] in the map", said, ("format", "encoding", "delimiter"))
    shape = {name: value if name == "delimiter" else _word(name, value) for name, value in said.items()}
    if shape.get("format", "csv") not in {"csv", "jsonl"}:
        raise NotAMap('"format" in the map must be "csv" or "jsonl".')
    if len(_as_text(shape.get("delimiter", ","))) != 1:
        raise NotAMap('"delimiter" in the map must be one character, such as ";".')
    try:
        codecs.lookup(shape.get("encoding") or "utf-8")
    except LookupError:
        raise NotAMap(f'We do not know the encoding "{shape["encoding"]}".') from None
    return Shape(**shape)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else ""

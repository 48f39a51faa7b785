"""Lines of a stranger's file, one at a time: CSV, TSV or JSONL, in whatever letters it is written.

Only the present row is held (and, to start again after a stray quotation mark, at most
MOST_LINES lines). Letters: byte order marks are believed; without one each line is UTF-8, or
Windows-1252 where it is not, because exports are pasted together. Words are never mended: a row
that cannot be read as it stands comes out as a Line with a `code`, for a person to look at.

A stray quotation mark that happens to be closed by another one further down, with the right
number of columns in the end, cannot be told from a note of several lines.
"""

import codecs
import csv
import json
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

MOST_LINES = 500  # lines in one note
MOST_TEXT = 4_000_000  # characters in one note
LOOKED_AT = 200  # JSON lines read to learn the names of the columns
_NO_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"SQLite format 3", b"\x89PNG", b"\xff\xd8\xff")
_MARKS = (  # UTF-32 is not written by any office system we know of
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NotAFile(ValueError):
    """A file that cannot be read at all; the message is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file. `number` is its first line (the first line of the file is 1).

    `cells` by column name, {} when the row could not be read; then `code` is a key of
    `row.SENTENCES`, with `value` for the sentence. `raw` is the text as it stood.
    """

    number: int
    cells: dict[str, str]
    raw: str = ""
    code: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written. Empty means: look and see. `format` is "csv" or "jsonl"."""

    format: str = ""
    encoding: str = ""
    delimiter: str = ""


def columns(path: Path | str, shape: Shape | None = None) -> list[str]:
    """The names of the columns, in order. Raises NotAFile for an empty file or two equal names."""
    return _opened(Path(path), shape or Shape()).columns


def lines(path: Path | str, shape: Shape | None = None) -> Iterator[Line]:
    """Every row after the names of the columns. Empty lines are passed over."""
    return iter(_opened(Path(path), shape or Shape()))


def _opened(path: Path, shape: Shape) -> "_Table | _Objects":
    _look(path, sure=bool(shape.encoding))
    return (_Objects if _format(path, shape) == "jsonl" else _Table)(path, shape)


def _look(path: Path, sure: bool) -> None:
    """A spreadsheet, a PDF, a picture and the like are no text, whatever their name ends with. `sure`: the
    map names the letters, so strange bytes are no reason to doubt."""
    with path.open("rb") as file:
        start = file.read(4096)
    sure = sure or start.startswith(tuple(mark for mark, _ in _MARKS))
    text = start.replace(b"\0", b"")  # UTF-16 has zeros, a stray one is found line by line
    odd = 0 if sure else sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in text)
    if start.startswith(_NO_TEXT) or odd * 20 > len(text):
        raise NotAFile("This is not a text file. Save it as CSV or as JSON lines first.")


def _format(path: Path, shape: Shape) -> str:
    if shape.format:
        return shape.format
    return "jsonl" if path.suffix.lower() in {".jsonl", ".ndjson"} else "csv"


# Letters

_UNKNOWN = "alongside-unknown-letter"
codecs.register_error(_UNKNOWN, lambda wrong: ("\udcff", wrong.end))


def _text_lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines with their line ends; bytes that fit no alphabet become lone surrogates."""
    with path.open("rb") as file:
        found = encoding or _letters(file)
        if found:
            yield from _one_alphabet(file, found)
        else:
            yield from map(_guessed, iter(lambda: file.readline(MOST_TEXT), b""))


def _letters(file: BinaryIO) -> str:
    """The encoding a mark or the zeros of UTF-16 tell of; "" for bytes to be guessed by line."""
    start = file.read(4096)
    file.seek(0)
    for mark, name in _MARKS:
        if start.startswith(mark):
            file.seek(len(mark))
            return "" if name == "utf-8" else name
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 8:
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _one_alphabet(file: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors=_UNKNOWN)
    rest, chunk = "", b"start"
    while chunk:
        chunk = file.read(1 << 16)
        rest += decoder.decode(chunk, final=not chunk)
        *whole, rest = rest.split("\n")
        yield from (line + "\n" for line in whole)
        if len(rest) > MOST_TEXT:
            yield rest
            rest = ""
    if rest:
        yield rest


def _guessed(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("utf-8", errors=_UNKNOWN)


def _unreadable(text: str) -> bool:
    """Whether it holds letters no alphabet has: nothing that holds them can be stored."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return "\x00" in text


# Tables


@dataclass(slots=True)
class _Lines:
    """Lines that can be put back, so that reading starts again after a row that went wrong."""

    source: Iterator[str]
    number: int = 0
    back: deque[str] = field(default_factory=deque)
    taken: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise csv.Error("too many lines")
        line = self.back.popleft() if self.back else next(self.source)
        self.number += 1
        self.taken.append(line)
        return line

    def put_back(self, keep: int) -> None:
        """All but the first `keep` lines of this row are read again."""
        again = self.taken[keep:]
        self.back.extendleft(reversed(again))
        self.number -= len(again)
        del self.taken[keep:]


class _Table:
    """CSV with names in the first line."""

    def __init__(self, path: Path, shape: Shape):
        csv.field_size_limit(MOST_TEXT)
        self.source = _Lines(_text_lines(path, shape.encoding))
        self.delimiter = shape.delimiter
        self.columns = self._names()

    def _names(self) -> list[str]:
        first = ""
        while not first.strip():
            self.source.taken.clear()
            first = next(self.source, None)
            if first is None:
                raise NotAFile("This file is empty.")
        self.source.taken = [first.removeprefix("\ufeff")]  # a mark the map's own encoding let through
        self.source.put_back(0)
        self.delimiter = self.delimiter or _delimiter(first)
        cells = self._row()
        if not cells or not any(cells):
            raise NotAFile("The first line, with the names of the columns, cannot be read.")
        while cells[-1] == "":
            cells.pop()
        return _names(cells)

    def _row(self) -> list[str] | None:
        """The next row, [] for an empty line, None if it cannot be read. StopIteration at the end."""
        self.source.taken.clear()
        try:
            return next(csv.reader(self.source, delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None

    def __iter__(self) -> Iterator[Line]:
        while True:
            try:
                cells = self._row()
            except StopIteration:
                return
            line = self._line(cells)
            if line:
                yield line

    def _line(self, cells: list[str] | None) -> Line | None:
        wide = len(self.columns)
        if cells is not None and not any(cell.strip() for cell in cells):
            return None
        if cells is not None and not any(cells[wide:]):
            del cells[wide:]
        wrong = cells is None or len(cells) != wide
        if wrong and len(self.source.taken) > 1:
            cells = None
            self.source.put_back(1)
        raw = "".join(self.source.taken).rstrip("\r\n")
        number = self.source.number - len(self.source.taken) + 1
        if cells is None:
            return Line(number, {}, _storable(raw), "stray-quote")
        if wrong:
            return Line(number, {}, _storable(raw), "other-columns", f"{len(cells)}, {wide}")
        if _unreadable(raw):
            return Line(number, {}, _storable(raw), "letters")
        return Line(number, dict(zip(self.columns, cells, strict=True)), raw)


def _storable(raw: str) -> str:
    return raw.encode("utf-8", "replace").decode().replace("\x00", "?")


def _delimiter(first: str) -> str:
    bare = "".join(first.split('"')[::2])  # what is quoted does not count
    counts = {mark: bare.count(mark) for mark in ";\t,|"}
    return max(counts, key=counts.get) if any(counts.values()) else ","


def _names(cells: list[str]) -> list[str]:
    names = [cell.strip() or f"column {place}" for place, cell in enumerate(cells, 1)]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise NotAFile(f"Two columns have the same name: {', '.join(twice)}.")
    return names


# JSON lines


class _Objects:
    """JSONL: one object a line; an object may leave names out."""

    def __init__(self, path: Path, shape: Shape):
        self.path, self.encoding = path, shape.encoding
        self.columns = self._names()

    def _names(self) -> list[str]:
        names: dict[str, None] = {}
        for _, line in zip(range(LOOKED_AT), self, strict=False):
            names.update(dict.fromkeys(line.cells))
        if not names:
            raise NotAFile("This file holds no notes.")
        return list(names)

    def __iter__(self) -> Iterator[Line]:
        for number, raw in enumerate(_text_lines(self.path, self.encoding), 1):
            if raw.strip():
                yield _object(number, raw.strip())


def _object(number: int, raw: str) -> Line:
    try:
        found = json.loads(raw)
        if not isinstance(found, dict):
            raise ValueError("not an object")
        cells = {key: _plain(value) for key, value in found.items()}
    except (ValueError, RecursionError):
        return Line(number, {}, _storable(raw), "not-json")
    if _unreadable(raw) or any(map(_unreadable, [*cells, *cells.values()])):
        return Line(number, {}, _storable(raw), "letters")
    return Line(number, cells, raw)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

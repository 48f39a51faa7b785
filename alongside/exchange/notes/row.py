"""Rows: what each line of a stranger's file turned out to be. No line is lost.

A line is a Row, a BadRow somebody must look at, or a Duplicate of an earlier line. Texts pass
through one at a time; of what has passed some 200 bytes a row are kept, to know it again.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from alongside import dates
from alongside.dates import UNSAID, NotADate, Partial
from alongside.exchange.notes import reading
from alongside.exchange.notes.mapping import Map


def N_(text: str) -> str:
    """Marks a sentence for translation; who shows it translates it."""
    return text


SENTENCES = {
    "no-text": N_("No text on this line."),
    "no-person": N_("No person on this line."),
    "no-family": N_("No family on this line."),
    "bad-date": N_("This date is not one we can read: '{value}'."),
    "other-words": N_("Same key, other words: see line {value}."),
    "other-columns": N_("This line has another number of columns than the first line ({value})."),
    "stray-quote": N_("A quotation mark on this line has no partner, or stands inside a quoted text."),
    "letters": N_("This line holds letters we cannot read."),
    "not-json": N_("This line is not JSON we can read."),
    "too-long": N_("The text on this line is too long: {value} characters."),
    "words-before": N_("Same key, other words than a note that was brought in before."),
    "refused": N_("The record does not take this: {value}."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One note. Keys are the other system's; `digest` is SHA-256 of the whole row, in hex.

    `when` and `written` are partial dates (office time), `born` too, "" when not said. `extra`
    holds the columns the map does not name. `when_there`, `written_there`: the dates as they stood.
    """

    line: int
    key: str
    digest: str
    family_key: str
    person_key: str
    name: str
    when: Partial
    written: Partial
    author: str
    title: str
    text: str
    born: Partial = UNSAID
    kind: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    when_there: str = ""
    written_there: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line for somebody to look at: why, and the text as it stood."""

    line: int
    code: str
    value: str
    raw: str

    @property
    def reason(self) -> str:
        """The plain sentence, in English; translate SENTENCES[code] to show another."""
        return SENTENCES[self.code].format(value=self.value)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same note again: same key, same words."""

    line: int
    of_line: int


def rows(path: Path | str, notes_map: Map, *, today: dt.date) -> Iterator[Row | BadRow | Duplicate]:
    """Every line of the file, in order. Raises NotAMap or NotAFile before the first one.

    `today` is what "yesterday" leans on where a row does not say when it was written.
    """
    notes_map.check(reading.columns(path, notes_map.shape))
    return _sorted_out(path, notes_map, today)


def _sorted_out(path, notes_map: Map, today: dt.date) -> Iterator[Row | BadRow | Duplicate]:
    seen: dict[bytes, tuple[int, bytes]] = {}
    for line in reading.lines(path, notes_map.shape):
        found = _row(line, notes_map, today)
        yield found if isinstance(found, BadRow) else _known(found, line, seen)


def _known(row: Row, line: reading.Line, seen: dict[bytes, tuple[int, bytes]]) -> Row | BadRow | Duplicate:
    key = hashlib.sha256(row.key.encode()).digest()[:16]
    words = bytes.fromhex(row.digest)[:16]
    first, theirs = seen.setdefault(key, (row.line, words))
    if first == row.line:
        return row
    if theirs == words:
        return Duplicate(row.line, first)
    return BadRow(row.line, "other-words", str(first), line.raw)


def _row(line: reading.Line, notes_map: Map, today: dt.date) -> Row | BadRow:
    if line.code:
        return BadRow(line.number, line.code, line.value, line.raw)
    said = {part: notes_map.of(part, line.cells) for part in notes_map.columns}
    for part in ("text", "person", "family"):
        if part in said and not said[part]:
            return BadRow(line.number, f"no-{part}", "", line.raw)
    try:
        written = _date(said.get("written", ""), notes_map, today)
        when = _date(said.get("when", ""), notes_map, _day(written) or today)
    except _Unread as wrong:
        return BadRow(line.number, "bad-date", wrong.args[0], line.raw)
    digest = _digest(line.cells)
    return Row(
        line=line.number,
        key=said.get("key") or digest,
        digest=digest,
        family_key=said.get("family") or said["person"],
        person_key=said["person"],
        name=said.get("name", ""),
        when=when,
        written=written,
        author=said.get("author", ""),
        title=said.get("title", ""),
        text="\n".join(said["text"].splitlines()),
        born=_born(said.get("born", ""), notes_map, today),
        kind=said.get("kind") or notes_map.kind,
        extra=_extra(line.cells, notes_map),
        when_there=said.get("when", ""),
        written_there=said.get("written", ""),
    )


def _digest(cells: dict[str, str]) -> str:
    """SHA-256 of canonical JSON: sorted names, no spaces, UTF-8."""
    text = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _extra(cells: dict[str, str], notes_map: Map) -> dict[str, str]:
    used = {name for names in notes_map.columns.values() for name in names}
    return {name: value for name, value in cells.items() if value and name not in used}


class _Unread(ValueError):
    """A date no format of the map fits."""


def _date(said: str, notes_map: Map, today: dt.date) -> Partial:
    """UNSAID for nothing said. With formats, only they count; without, what people write."""
    if not said:
        return UNSAID
    try:
        found = notes_map.date(said, today=today)
        if found is None and not notes_map.formats:
            found = dates.parse(said, today=today, lang=notes_map.language)
    except NotADate:
        found = None
    if found is None:
        raise _Unread(said[:60])
    return found


def _born(said: str, notes_map: Map, today: dt.date) -> Partial:
    """A birth date we cannot read is kept as its words: the note does not wait for it."""
    try:
        return _date(said, notes_map, today)
    except _Unread:
        return dates.canonical(f'"{" ".join(said.split())[:100]}"') or UNSAID


def _day(written: Partial) -> dt.date | None:
    exact = written.first is not None and written.first == written.last
    return dt.date.fromordinal(written.first) if exact else None

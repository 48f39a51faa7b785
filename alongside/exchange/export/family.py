"""One family, as one person may read it: through the gate, and through the fence of sealed words."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from alongside.access import leaving, looking
from alongside.access.standing import reader_in
from alongside.dialogue.woven import began, carries_on
from alongside.exchange.export import acts
from alongside.exchange.export.folder import line, new, table
from alongside.exchange.export.readme import FAMILY
from alongside.exchange.export.telling import HEAD, Told, page, spelt, told
from alongside.families.person import People, people
from alongside.families.queries import workers
from alongside.record.entry import Entry, from_row
from alongside.record.marks import chosen_for
from alongside.record.readers import FRESH
from alongside.record.reading import read
from alongside.record.statement import Refused

PAGE = "export"  # its name in the log of looking


@dataclass(frozen=True, slots=True)
class Taken:
    """`folder`: where it lies; `statements`: how many this person may read."""

    folder: str
    statements: int

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def family(to: Path, code: str, *, reader: int, why: str, at: int, once: str, lang: str) -> Taken:
    """What this person may read of this family, into `to`; said in the office's record, and in the log of looking.

    Raises Refused: not-found (no such family, or not theirs), no-words, not-empty, no-place.
    """
    found = reader_in(reader, code, now=at, strength=FRESH)
    if found is None:
        raise Refused("not-found")
    with new(to) as folder:
        entries = [_as_chosen(entry, reader) for entry in read(found)]
        known = people(entries, workers())
        by_place = {entry.pk: entry for entry in entries}
        acts.family_taken(reader=reader, code=code, why=why, statements=len(entries), at=at, once=once)
        looking.looked(PAGE, "", [found], at=at)
        looking.write()

        def clear(text: str) -> str:
            return leaving.cleared(text, to=reader, now=at)

        listed = [_clear(told(entry, known, lang), clear) for entry in entries]
        plain = [_plain(entry, known, by_place) for entry in entries]
        files = {
            "index.html": page(f"Family {code}", lang, listed),
            "statements.csv": table(HEAD, (one.row() for one in listed)),
            "statements.jsonl": "".join(line(_cleared(one, clear)) for one in plain),
            "README.txt": FAMILY,
        }
        for name, content in files.items():
            folder.put(name, [_fenced(name, content, reader, at)])
    return Taken(str(to), len(entries))


def _as_chosen(entry: Entry, me: int) -> Entry:
    """What this person opened to others, as they chose it: whom of them it reaches would tell of a hazard."""
    if entry.author != me or "chosen" not in entry.body:
        return entry
    body = {**entry.body, "to": list(chosen_for(entry.body))}
    del body["chosen"]
    return from_row(entry._replace(body_text=json.dumps(body)))


def _plain(entry: Entry, known: People, by_place: dict[int, Entry]) -> dict[str, Any]:
    """A statement without any number of ours: names for persons, ids for what it hangs on where that is here too."""
    said = told(entry, known, "en")
    answers = None if carries_on(entry) else entry.answers  # moved on from beyond a hazard, or not: told the same
    links = {"within": entry.within, "answers": answers, "thing": began(entry, by_place)}
    hangs = {name: by_place[place].id for name, place in links.items() if place in by_place and place != entry.pk}
    return {
        "id": entry.id, "kind": entry.kind, "received": said.received, "so": entry.so, "author": said.who,
        "speaker": said.speaker, "basis": entry.basis, "mark": entry.mark, "body": spelt(entry.body, known), **hangs,
    }  # fmt: skip


def _clear(one: Told, clear) -> Told:
    more = tuple((key, clear(value)) for key, value in one.more)
    return replace(one, text=clear(one.text), who=clear(one.who), speaker=clear(one.speaker), more=more)


def _cleared(value: Any, clear) -> Any:
    if isinstance(value, str):
        return clear(value)
    if isinstance(value, dict):
        return {key: _cleared(one, clear) for key, one in value.items()}
    return [_cleared(one, clear) for one in value] if isinstance(value, list) else value


def _fenced(name: str, content: str, reader: int, at: int) -> str:
    """The whole file once more: a sealed word that stands across two texts is found here. Raises Refused: fenced."""
    text = leaving.cleared(content, to=reader, now=at)
    if name.endswith(".jsonl") and text != content and not _lines(text.splitlines()):
        raise Refused("fenced")
    return text


def _lines(listed: Iterable[str]) -> bool:
    try:
        return all(isinstance(json.loads(one), dict) for one in listed)
    except ValueError:
        return False

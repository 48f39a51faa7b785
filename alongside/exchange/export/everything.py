"""Everything of the office, for leaving Alongside: each statement to the byte, and every family as people read it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from alongside.exchange.export import acts, tables
from alongside.exchange.export.folder import Folder, fits, line, new, sum_of, table
from alongside.exchange.export.readme import EVERYTHING
from alongside.exchange.export.telling import HEAD, page, told
from alongside.families.person import Person, people
from alongside.families.queries import workers
from alongside.record.entry import COLUMNS, STORED, from_row
from alongside.record.reading import rows, whole

OPENED = ("via", "body", "about", "readers")  # JSON in the record; opened in the file, and spelt the same again
FAMILIES = "SELECT number, code FROM record_family ORDER BY number"
STATEMENTS = "statements.jsonl"
Heard = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """`folder`: where it lies. What is in it: families, statements. `left`: tables that are not, and why."""

    folder: str
    families: int
    statements: int
    left: Mapping[str, str]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def everything(to: Path, *, by: acts.Holders, why: str, at: int, once: str, lang: str, heard: Heard) -> Taken:
    """Take everything along into `to`, and say so in the record first: what leaves says that it left.

    Raises Refused: no-words, not-empty, no-place; OSError where the disk does not take it. Then there is no folder.
    """
    fits(to)
    acts.everything_taken(by, why=why, at=at, once=once)
    with new(to) as folder, connection.reading():  # one view, whoever writes meanwhile
        return put(folder, to, lang=lang, heard=heard)


def put(folder: Folder, to: Path, *, lang: str, heard: Heard, more: Mapping[str, Any] | None = None) -> Taken:
    """Everything there is into this folder, in one view that the caller holds. `more`: what its list says besides."""
    total = rows("SELECT count(*) FROM record_entry", [])[0][0]
    families = rows(FAMILIES, [])
    folder.put(STATEMENTS, statements([number for number, _code in families]))
    for name in tables.taken():
        folder.put(f"tables/{name}.jsonl", map(line, tables.content(name)))
    staff = workers()
    for done, (number, code) in enumerate(families, 1):
        _family(folder, number, code, staff, lang)
        heard(done, len(families))
    left = tables.left()
    folder.put("README.txt", [EVERYTHING])
    listed = [f"families/{code if number else 'office'}/index.html" for number, code in families]
    facts = {"format": "alongside.export.v1", "families": listed, "statements": total, "left_out": left}
    folder.put("manifest.json", [json.dumps({**facts, **(more or {})}, ensure_ascii=False, indent=1)])
    return Taken(str(to), len(families) - 1, total, left)


def grown(sums: Mapping[str, str]) -> list[str]:
    """What in the record is not as in a folder with these sums: the files that would be others today."""
    numbers = [number for number, _code in rows(FAMILIES, [])]
    today = {STATEMENTS: statements(numbers)}
    today |= {f"tables/{name}.jsonl": map(line, tables.content(name)) for name in tables.taken()}
    held = {name for name in sums if name == STATEMENTS or name.startswith("tables/")}
    return sorted({name for name, lines in today.items() if sum_of(lines) != sums.get(name)} | (held - today.keys()))


def statements(numbers: list[int]) -> Iterator[str]:
    """Every statement of these families to the byte, a line of JSON each."""
    for number in numbers:
        for row in whole(number):
            values = dict(zip(STORED, row, strict=True))
            opened = {name: json.loads(values[name]) for name in OPENED}
            yield line({**values, **opened, "salt": bytes(values["salt"]).hex()})


def _family(folder: Folder, number: int, code: str, staff: dict[int, Person], lang: str) -> None:
    entries = [from_row(row[: len(COLUMNS)]) for row in whole(number)]
    place = code if number else "office"
    known = people(entries, staff)
    listed = [told(entry, known, lang) for entry in entries]
    folder.put(f"families/{place}/index.html", [page(title(number, code), lang, listed)])
    folder.put(f"families/{place}/statements.csv", [table(HEAD, (one.row() for one in listed))])


def title(number: int, code: str) -> str:
    """Only the code: titles stand in histories and on shelves."""
    return f"Family {code}" if number else "The office's own record"

"""Everything of one family for an archive: each statement to the byte, and as people read it.

Two people answer for it, as for everything of the office: nothing is hidden from its reader. What was handed over
stands in the office's record with the sum of the folder, so that two persons may then erase it here (access/keeping).
"""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from alongside.access import kept_on
from alongside.access.erasure import family_of
from alongside.exchange.export import acts
from alongside.exchange.export.everything import statements, title
from alongside.exchange.export.folder import SUMS, fits, new, table
from alongside.exchange.export.readme import ARCHIVE
from alongside.exchange.export.telling import HEAD, page, told
from alongside.families.person import people
from alongside.families.queries import workers
from alongside.record.entry import COLUMNS, from_row
from alongside.record.reading import rows, whole
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """`folder`: where it lies; `statements`: how many are in it; `sums`: SHA-256 of its list of sums."""

    folder: str
    statements: int
    sums: str

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def archive(to: Path, code: str, *, by: acts.Holders, receiver: str, why: str, at: int, once: str, lang: str) -> Taken:
    """Everything of this family into `to`, said before it is written and once more when it is there.

    Raises Refused: not-found, no-receiver, no-words, not-empty, no-place; OSError where the disk does not take it.
    """
    number = family_of(code)
    if number is None:
        raise Refused("not-found")
    if not receiver.strip():
        raise Refused("no-receiver")
    fits(to)
    acts.archive_taken(by, code=code, to=receiver, why=why, at=at, once=once)
    with new(to) as folder, connection.reading():
        (upto,) = rows("SELECT last_at FROM record_family WHERE number = %s", [number])[0]
        entries = [from_row(row[: len(COLUMNS)]) for row in whole(number)]
        known = people(entries, workers())
        listed = [told(entry, known, lang) for entry in entries]
        folder.put("statements.jsonl", statements([number]))
        folder.put("index.html", [page(title(number, code), lang, listed)])
        folder.put("statements.csv", [table(HEAD, (one.row() for one in listed))])
        folder.put("README.txt", [ARCHIVE])
    sums = hashlib.sha256((to / SUMS).read_bytes()).hexdigest()
    kept_on.say_handed(
        by=by.first, holders=[by.first, by.second], family=number, to=receiver, sums=sums, upto=upto, at=at,
        once=f"{once}-there",
    )  # fmt: skip
    return Taken(str(to), len(entries), sums)

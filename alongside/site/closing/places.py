"""Where an office's files are on this machine, and what of it is elsewhere."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from alongside import clock
from alongside.doors.office.machine import NOTED, noted
from alongside.record.entry import from_row
from alongside.record.gate import FIELDS
from alongside.record.reading import rows
from alongside.site import keys

# What Alongside puts into a data folder: files and folders by name, and the beginnings of its own drafts.
NAMES = {
    "alongside.db", "alongside.db-wal", "alongside.db-shm", "alongside.db-journal", "secret", "office.toml",
    "clocks.toml", "password-words.txt", "server.lock", "folder.lock", NOTED, "measures.prom", "static", "outgoing",
    "before-upgrade",
    "cast-loaded", "cast-loading", "demo-began", keys.DEMO_KEY, "demo-signer", "demo.erasures",
}  # fmt: skip
DRAFTS = (".alongside", ".office.toml.", ".secret.", ".demo.", ".measures")
DATABASES = ("alongside.db", "alongside.db-wal", "before-upgrade")  # written over before they are removed


def elsewhere(data: Path) -> list[str]:
    """What the sheet and the last words name, because no command can take it away."""
    return [*_backups(data), *_taken(), *_outside(), *_machine()]


def _backups(data: Path) -> Iterator[str]:
    last = noted(data / NOTED)
    when = f" The last one here was noted on {last.astimezone(settings.OFFICE_ZONE):%Y-%m-%d}." if last else ""
    yield f"backups, wherever they were copied to, and the private key that opens them.{when}"
    if data not in Path(settings.ERASURES).parents:
        yield (
            f"the list of what was erased by law, without words: {settings.ERASURES}. A backup that is brought back "
            "once more needs it."
        )


def _taken() -> Iterator[str]:
    """Folders that were taken along before, and what archives got; not the last one of a closing, which is kept."""
    sql = f"SELECT {FIELDS} FROM record_entry e WHERE e.kind = 'export.made' AND e.pk < 1048576 ORDER BY e.pk"
    found = list(map(from_row, rows(sql, [])))
    last = next((entry for entry in reversed(found) if entry.body["what"] == "closing"), None)
    for entry in found:
        if entry is last:
            continue
        body, day = entry.body, f"{clock.moment(entry.recorded_at).astimezone(settings.OFFICE_ZONE):%Y-%m-%d}"
        if body["what"] == "family":
            yield f"what one person could read of family {body['family']}, taken along on {day}"
        elif body["what"] == "archive":
            yield f"everything of family {body['family']}, for {body['to']}, taken along on {day}"
        else:
            yield f"a folder with everything, taken along on {day}"


def _outside() -> Iterator[str]:
    for by, size in rows('SELECT "by", size FROM record_witness ORDER BY size, "by"', []):
        yield f"a checkpoint of {size} places, with {by}: it holds no names and no words"
    yield "checkpoints that were mailed or printed, cards, plans and everything else on paper"
    yield "what people saved or printed from their own rooms, and what browsers remember of it"


def _machine() -> Iterator[str]:
    for name in ("ALONGSIDE_KEY", "ALONGSIDE_SECRET"):
        if os.environ.get(name):
            yield f"the value of {name}, in the settings of the service"
    yield "copies of this machine's disk, its memory on disk, and logs of the web server before Alongside"

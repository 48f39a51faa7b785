"""Taking a stranger's file in: its notes are held until somebody accepts or discards them.

Reading is done in transactions of 500 notes, each of which says how far it came. After a kill the same
command goes on from there, because the file, the map and the day it leans on are the same.
"""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from alongside import clock, ids
from alongside.exchange.notes import mapping, reading
from alongside.exchange.notes.facts import Facts, Stopped, batch_of, report
from alongside.exchange.notes.mapping import Map
from alongside.exchange.notes.models import Bad, Batch, Held, Taken
from alongside.exchange.notes.row import BadRow, Row, rows
from alongside.record.appending import LARGEST_TEXT

AT_ONCE = 500  # notes in one transaction
EXCERPT = 300  # characters kept of a line somebody must look at
Told = Callable[[int, int], None]  # lines done, lines there are


@dataclass(slots=True)
class _Sorted:
    """What some lines turned out to be."""

    last_line: int
    fresh: list[Row] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    duplicates: int = 0
    here: int = 0


def take_in(
    path: Path | str, map_path: Path | str, *, importer: int, at: int, told: Told | None = None, dry: bool = False
) -> Facts:
    """Hold the notes of this file, as the map reads it; nothing reaches the record yet.

    `importer`: person number. `at`: microseconds. `told(done, lines)` is called after each transaction.
    `dry`: look only, change nothing. A file that is here already is not taken again: its facts come back
    with `again`. Raises NotAMap, NotAFile, Stopped, each with a plain sentence; OSError.
    """
    path, text = Path(path), mapping.text_of(map_path)
    notes_map = mapping.understood(text)
    left = _left(path, notes_map)
    fingerprint, lines = _fingerprint(path)
    if dry:
        return _tried(path, notes_map, at=at, told=told, lines=lines, left=left)
    batch, again = _begun(path, Path(map_path).name, text, notes_map, fingerprint, importer=importer, at=at)
    if again:
        return report(batch.id, again=True)
    _read(path, notes_map, batch, told=told, lines=lines)
    if _fingerprint(path)[0] != fingerprint:
        discard(batch.id, by=importer, at=at)
        raise Stopped("The file changed while it was read. Nothing of it was kept; try again.")
    _finish(batch.id)
    return report(batch.id, left=left)


def _left(path: Path, notes_map: Map) -> tuple[str, ...]:
    """Columns the map does not name: they are left behind."""
    used = {name for names in notes_map.columns.values() for name in names}
    return tuple(name for name in reading.columns(path, notes_map.shape) if name not in used)


def _fingerprint(path: Path) -> tuple[str, int]:
    """SHA-256 of the file in hex, and about how many lines it has."""
    digest, lines = hashlib.sha256(), 1
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
            lines += chunk.count(b"\n")
    return digest.hexdigest(), lines


def _begun(path, map_file, text, notes_map, fingerprint, *, importer, at) -> tuple[Batch, bool]:
    """The batch of this file, a new one or the one that was cut short; True when there is nothing to do."""
    with transaction.atomic():
        found = Batch.objects.filter(fingerprint=fingerprint).exclude(state="discarded").first()
        if found is None:
            made = Batch(
                id=ids.code(), file=path.name, fingerprint=fingerprint, map_file=map_file, map_text=text,
                system=notes_map.system, importer=importer, started_at=at,
            )  # fmt: skip
            made.save(force_insert=True)
            return made, False
    if found.state in ("accepting", "accepted"):
        return found, True
    if (found.map_text, found.importer) != (text, importer):
        raise Stopped(
            f"This file is here already as batch {found.id}, with another map or by somebody else. "
            "Accept or discard that one first."
        )
    return found, found.state != "reading"


def _read(path: Path, notes_map: Map, batch: Batch, *, told: Told | None, lines: int) -> None:
    came = batch.last_line
    # the day "yesterday" leans on stays the same when reading goes on another day
    for some in _portions(path, notes_map, at=batch.started_at, after=came):
        with transaction.atomic():
            sorted_out = _sort(notes_map.system, some)
            _keep(batch.id, came, sorted_out)
        came = sorted_out.last_line
        if told:
            told(min(came, lines), lines)


def _portions(path: Path, notes_map: Map, *, at: int, after: int) -> Iterator[list]:
    """What the lines are, AT_ONCE at a time, from the one after line `after`."""
    today = clock.moment(at).astimezone(settings.OFFICE_ZONE).date()
    found = (one for one in rows(path, notes_map, today=today) if one.line > after)
    while some := list(itertools.islice(found, AT_ONCE)):
        yield some


def _sort(system: str, some: Iterable) -> _Sorted:
    """Which of these are new, which the record has, which somebody must look at."""
    some = list(some)
    found = _Sorted(last_line=some[-1].line)
    notes = [one for one in some if isinstance(one, Row)]
    before = taken(system, [one.key for one in notes])
    for one in some:
        if isinstance(one, BadRow):
            found.bad.append(BadRow(one.line, one.code, one.value, one.raw[:EXCERPT]))
        elif not isinstance(one, Row):
            found.duplicates += 1
        elif before.get(one.key) == one.digest:
            found.here += 1
        elif one.key in before:
            found.bad.append(BadRow(one.line, "words-before", "", one.text[:EXCERPT]))
        elif len(one.text) > LARGEST_TEXT:
            found.bad.append(BadRow(one.line, "too-long", str(len(one.text)), one.text[:EXCERPT]))
        else:
            found.fresh.append(one)
    return found


def taken(system: str, keys: list[str]) -> dict[str, str]:
    """Those of these keys that the record has from this system, with the digest of their rows."""
    return dict(Taken.objects.filter(system=system, key__in=keys).values_list("key", "digest"))


def _keep(id: str, came: int, found: _Sorted) -> None:
    moved = Batch.objects.filter(id=id, state="reading", last_line=came).update(
        last_line=found.last_line, duplicates=F("duplicates") + found.duplicates, here=F("here") + found.here
    )
    if not moved:
        raise Stopped("Another command is reading this file just now. Let it finish.")
    Held.objects.bulk_create(_held(id, one) for one in found.fresh)
    Bad.objects.bulk_create(Bad(batch=id, **asdict(one)) for one in found.bad)


def _held(id: str, row: Row) -> Held:
    body = {
        "name": row.name, "born": row.born.text, "so": row.when.text or None, "so_first": row.when.first,
        "so_last": row.when.last, "when_there": row.when_there, "written_there": row.written_there,
        "author": row.author, "title": row.title, "kind": row.kind, "text": row.text,
    }  # fmt: skip
    return Held(
        batch=id, line=row.line, key=row.key, digest=row.digest, family_key=row.family_key,
        person_key=row.person_key, day=row.when.first or 0, body=json.dumps(body, ensure_ascii=False),
    )  # fmt: skip


FINISH = """
SELECT COUNT(DISTINCT family_key), COUNT(DISTINCT person_key), MIN(NULLIF(day, 0)), MAX(NULLIF(day, 0))
  FROM notes_held WHERE batch = %s
"""


def _finish(id: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FINISH, [id])
        families, people, first, last = cursor.fetchone()
        Batch.objects.filter(id=id).update(
            state="held", lines=F("last_line"), families=families, people=people, first_day=first, last_day=last
        )


def _tried(path: Path, notes_map: Map, *, at: int, told: Told | None, lines: int, left: tuple[str, ...]) -> Facts:
    """The facts a taking in would give. Writes nothing."""
    whole, families, people, days, count = _Sorted(0), set(), set(), set(), 0
    for some in _portions(path, notes_map, at=at, after=0):
        found = _sort(notes_map.system, some)
        whole.last_line = found.last_line
        whole.bad += found.bad
        whole.duplicates += found.duplicates
        whole.here += found.here
        count += len(found.fresh)
        families |= {one.family_key for one in found.fresh}
        people |= {one.person_key for one in found.fresh}
        days |= {one.when.first for one in found.fresh if one.when.first}
        if told:
            told(min(found.last_line, lines), lines)
    return Facts(
        batch="", state="tried", file=path.name, system=notes_map.system, lines=whole.last_line, rows=count,
        duplicates=whole.duplicates, here=whole.here, families=len(families), people=len(people),
        first_day=min(days, default=None), last_day=max(days, default=None), bad=tuple(whole.bad), left=left,
    )  # fmt: skip


def discard(id: str, *, by: int, at: int) -> Facts:
    """Let go of what was held: rows, lines to look at, map, names of files. Only how many lines there were,
    who discarded them and when stays. What an accepted batch brought into the record stays there, and lets
    go of its lines to look at and its map.

    Raises Stopped for a batch that is half in the record, or when readers keep the old pages open.
    """
    with transaction.atomic():
        batch = batch_of(id)
        if batch.state == "accepting":
            raise Stopped("Some of these notes are in the record already. Accept the batch to its end first.")
        Held.objects.filter(batch=id).delete()
        Bad.objects.filter(batch=id).delete()
        gone = {"map_text": ""}
        if batch.state in ("reading", "held"):
            gone |= {
                "state": "discarded", "file": "", "map_file": "", "fingerprint": "", "system": "", "duplicates": 0,
                "here": 0, "families": 0, "people": 0, "first_day": None, "last_day": None,
                "lines": batch.last_line, "closed_by": by, "closed_at": at,
            }  # fmt: skip
        Batch.objects.filter(id=id).update(**gone)
    _empty_log()
    return report(id)


def _empty_log() -> None:
    """What was deleted is overwritten in the file (secure_delete); the write-ahead log must be emptied too."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            raise Stopped("It is discarded, but somebody is reading just now, so traces are left in the log. "
                          "Discard the batch once more in a moment.")  # fmt: skip

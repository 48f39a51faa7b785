"""Receipts: that one's own words stand in the record as they were received.

In a room it is a sentence. As a file it is a C2SP tlog-proof (c2sp.org/tlog-proof): the words and, where one wrote
them oneself, who said them when; the way up to a checkpoint; the checkpoint. Who reads them, what they lie inside and
what came before stay closed. The file holds a place in the log and hashes, which are random to whoever holds it:
the place was drawn among what came in at one time, and the size grows by whole blocks whether or not anything came.
"""

import base64
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.record.canonical import canonical, hash_header, header_of, part_salts
from alongside.record.commitment import committed
from alongside.record.entry import APART, COLUMNS, STORED, Apart, Entry, from_row
from alongside.record.log import stored, tree
from alongside.record.log.note import parts, read
from alongside.record.reading import rows

PLAIN = {"v", "words", "form", "approved"}  # what a body may hold that leaves: nothing of other people or of marks
FIRST = "SELECT MIN(c.size) FROM record_checkpoint c WHERE c.size > l.number"
WITNESSED = "SELECT MIN(w.size) FROM record_witness w WHERE w.size > l.number"
HELD = f"""
SELECT {", ".join(f"e.{name}" for name in STORED)},
  COALESCE((SELECT b.hash FROM record_entry b WHERE b.pk = e.pk - 1), ''),
  l.number, l.hash, (SELECT c.at FROM record_checkpoint c WHERE c.size = ({FIRST})),
  (SELECT c.note FROM record_checkpoint c WHERE c.size = COALESCE(({WITNESSED}), ({FIRST})))
  FROM record_entry e LEFT JOIN record_leaf l ON l.place = e.pk WHERE e.pk IN ("""


@dataclass(frozen=True, slots=True)
class Held:
    """What the record can say of one entry. `unchanged`: the row is what was received, as far as the log knows;
    `since`: microseconds, when the log that has it was signed, None while it waits."""

    unchanged: bool
    since: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    header: Mapping[str, Any]
    parts: Mapping[str, Any]
    held: Held
    number: int | None
    note: str


def held(entries: Collection[Entry]) -> dict[int, Held]:
    """{place: what the record can say of it}, of entries somebody has read through the gate."""
    return {place: found.held for place, found in _find(entries).items()}


def _find(entries: Collection[Entry]) -> dict[int, _Found]:
    if not entries:
        return {}
    marks = ", ".join(["%s"] * len(entries))
    given = {entry.pk: entry for entry in entries}
    return {row[0]: _one(row, given[row[0]]) for row in rows(f"{HELD}{marks})", list(given))}


def _one(row: tuple, read_as: Entry) -> _Found:
    """One row against its commitment, its leaf, and what was read of it."""
    entry, apart = from_row(row[: len(COLUMNS)]), Apart(*row[len(COLUMNS) :][: len(APART)])
    salt, hash, once, previous, number, leaf, since, note = row[len(COLUMNS) + len(APART) :]
    try:
        parts = committed(entry, apart, once=once, previous=previous, salt=bytes(salt))
        header = header_of(**parts)
    except (ValueError, TypeError, AttributeError):  # a row nobody could have written
        return _Found({}, {}, Held(False, since), number, note or "")
    same = entry == read_as and hash_header(header) == hash
    return _Found(
        header, parts, Held(same and (leaf is None or bytes(leaf).hex() == hash), since), number, note or ""
    )  # fmt: skip


def said_by(entry: Entry, person: int) -> bool:
    """Whether these are this person's own words: said by them, and written down by them or as they said them."""
    return entry.speaker == person and (entry.author == person or entry.basis == "own-words")


def plain(entry: Entry) -> bool:
    """Whether a body holds words alone: no numbers of people, no reasons or days of a mark."""
    body = json.loads(entry.body_text)
    texts = body.get("words")
    return (
        not set(body) - PLAIN
        and isinstance(texts, list)
        and bool(texts)
        and all(isinstance(one, dict) and set(one) == {"lang", "text"} for one in texts)
    )


def proof(entry: Entry, *, of: int) -> str:
    """The tlog-proof of an entry that the person `of` has read through the gate; '' while no checkpoint has it, where
    it is not their own words, where its body holds more than words, or where it does not hold.

    What they wrote down themselves opens body and said. Words of theirs that somebody else wrote down open the body
    alone: `said` names people by numbers of this house.
    """
    if not said_by(entry, of) or not plain(entry):
        return ""
    found = _find([entry]).get(entry.pk)
    if found is None or found.number is None or not found.note or not found.held.unchanged:
        return ""
    checkpoint = read(found.note.rpartition("\n\n")[0] + "\n")
    leaf = tree.leaf(bytes.fromhex(hash_header(found.header)))
    path = stored.inclusion(found.number, checkpoint.size)
    if not tree.included(found.number, checkpoint.size, leaf, path, checkpoint.root):
        return ""
    own = entry.author == of and not entry.via
    lines = ["c2sp.org/tlog-proof@v1", f"extra {_spelt(canonical(_opened(found, own)))}", f"index {found.number}"]
    return "\n".join([*lines, *map(_spelt, path), "", found.note])


def key_for(proof: str) -> str:
    """The public key to check a proof with, in one line. Where the log was begun again since, it is that of the log
    whose checkpoint the proof goes with."""
    size = read(parts(proof.partition("\n\n")[2])[0]).size
    return rows("SELECT key FROM record_checkpoint WHERE size = %s", [size])[0][0]


def _spelt(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _opened(found: _Found, own: bool) -> dict[str, Any]:
    """The header, and the parts that are opened: their bytes as they were hashed, as text, with their salts."""
    salts = part_salts(found.parts["salt"])
    parts = {"body": (found.parts["body"], salts[0])}
    if own:
        parts["said"] = (canonical(found.parts["said"]), salts[1])
    opened = {name: {"salt": salt.hex(), "text": data.decode()} for name, (data, salt) in parts.items()}
    return {"header": found.header, "opened": opened}

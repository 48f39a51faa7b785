"""Erasing by law: one person proposes, a second one decides, and in the same transaction the words are gone.

What goes: the words and their salt, whom they were about, whose they were and through whom they came, when it was so
and when it was learnt, what kind of statement it was, and the digest of the act. What stays: that something was
received then, who wrote it down, whose place it has, who was named on it without sharing, and its hash, so that
everything else can still be verified. Who may propose and decide is not known here (access/erasure.py).

The wall lets through exactly this change and asks for the decision itself (lawful.py). On PostgreSQL the application
may change no row: a function of the owner of the tables does it (walls_postgresql.py), and the wall asks it too.
"""

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from alongside.asking import for_the_house
from alongside.record.appending import append
from alongside.record.canonical import canonical
from alongside.record.deciding import OFFICE, Proposed
from alongside.record.entry import SEQ_BITS, Entry, first_pk, from_row, last_pk
from alongside.record.erased import (
    CONFIRMED,
    DECLINED,
    ERASED,
    FORGETS,
    PROPOSED,
    Going,
    closed_key,
    forgets,
    left,
    merged,
    texts,
)
from alongside.record.gate import FIELDS
from alongside.record.kinds import moving_kinds
from alongside.record.lawful import SQLITE, changing
from alongside.record.reading import rows
from alongside.record.registers import refold
from alongside.record.statement import Receipt, Refused, Statement

RESTS_ON_IT = ("access.", "record.")  # kinds on which it rests who may read; they go with their whole family only
UPDATE = changing(SQLITE, body="%s", readers="%s", once="%s", pk="%s")
ERASE = "SELECT record_entry_erase(told => %s, named => %s, key => %s, place => %s)"
WITH_IT = """
WITH RECURSIVE held(pk, begins) AS (
  SELECT e.pk, CASE WHEN e.thing = e.pk AND e.answers IS NOT NULL AND e.kind IN ({moving}) THEN 0 ELSE 1 END
    FROM record_entry e WHERE e.id IN ({ids})
  UNION SELECT e.pk, 1 FROM held h JOIN record_entry e ON e.pk BETWEEN h.pk + 1 AND h.pk | 1048575
   AND (e.within = h.pk AND e.answers IS NULL
        OR h.begins = 1 AND (e.thing = h.pk OR e.answers = h.pk AND e.kind IN ({moving})))
)
SELECT DISTINCT e.pk, e.kind FROM record_entry e JOIN held h ON h.pk = e.pk ORDER BY e.pk
"""


@dataclass(frozen=True, slots=True)
class Proposal(Proposed):
    """`scope`: entries, import or family. `ranges`: the places it holds."""

    scope: str
    ground: str
    ranges: tuple[tuple[int, int], ...]
    kinds = (PROPOSED, CONFIRMED, DECLINED)

    @classmethod
    def about(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        ranges = tuple((first, last) for first, last in body["ranges"])
        return {"scope": body["scope"], "ground": body["ground"], "ranges": ranges}


def with_it(ids: Collection[str]) -> list[tuple[int, str]]:
    """What goes with these entries: what lies inside them, and what moved their thing on, from beyond a hazard too,
    where it stands as an answer; no other answers, which are others' words. What was carried on from beyond a hazard
    begins nothing here: one version goes alone, as it would without one. (place, kind) in order."""
    if not ids:
        return []
    moving = moving_kinds()
    marks = [", ".join(["%s"] * len(values)) for values in (ids, moving)]
    return rows(WITH_IT.format(ids=marks[0], moving=marks[1]), [*moving, *ids, *moving])


def known(ids: Collection[str]) -> dict[str, str]:
    """The kinds of these entries of families, by id; what is not there is left out. The office's own never goes."""
    marks = ", ".join(["%s"] * len(ids)) or "NULL"
    return dict(rows(f"SELECT id, kind FROM record_entry WHERE id IN ({marks}) AND pk >= {1 << SEQ_BITS}", list(ids)))


def proposed(places: Iterable[int], *, scope: str, ground: str, words: str, lang: str) -> Statement:
    """The statement that proposes to erase what stands at these places. `words`: why, without what it says; without
    signs of no text, which PostgreSQL's wall could not read past."""
    body = {"scope": scope, "ground": ground, "ranges": list(merged(list(places)))}
    return Statement(PROPOSED, body | {"words": [{"lang": lang, "text": words.replace("\0", "").strip()}]})


def proposals(id: str | None = None) -> list[Proposal]:
    """Every proposal, or the one with this id, oldest first. For those who may decide; ask for that first."""
    return [one for one in Proposal.every() if id in (None, one.id)]


def families_of(one: Proposal) -> list[int]:
    """The numbers of the families a proposal reaches into."""
    return sorted({place >> SEQ_BITS for pair in one.ranges for place in pair})


@for_the_house()
def addresses_of(one: Proposal, *, most: int) -> list[tuple[str, str]]:
    """Where a proposal reaches: (code of the family, id of the outermost entries), at most so many; for a whole
    family or an import the families alone, with ''."""
    codes = dict(rows("SELECT number, code FROM record_family", []))
    if one.scope != "entries":
        return [(codes[family], "") for family in families_of(one)][:most]
    found = [row for pair in one.ranges for row in rows(WHERE, list(pair))]
    held = {place for place, _id, _within, _thing in found}
    outer = [(codes[place >> SEQ_BITS], id) for place, id, within, thing in found
             if within not in held and (thing == place or thing not in held)]  # fmt: skip
    return outer[:most]


WHERE = "SELECT pk, id, within, thing FROM record_entry WHERE pk BETWEEN %s AND %s ORDER BY pk"


def erase(one: Proposal, *, by: int, on: str, at: int, once: str) -> list[Receipt]:
    """The second person decides, and it is done. `on`: ISO date in the office's zone.

    Raises Refused: not-a-second, decided. A key that was used gives the same receipt and does nothing.
    """
    if by == one.by:
        raise Refused("not-a-second")
    with transaction.atomic(), connection.cursor() as cursor:
        now = next(iter(proposals(one.id)), one)
        if now.decided is not None and not (now.agreed and now.decided.author == by):
            raise Refused("decided", by=now.decided.author)
        said = Statement(CONFIRMED, {"on": on}, thing=one.id)
        receipts = append([said], family=OFFICE, by=by, once=once, at=at)
        if now.decided is None:
            _carry_out(cursor, one, receipts[0].id, on)
            transaction.on_commit(write_down)
            transaction.on_commit(sweep)
    return receipts


def _carry_out(cursor: Any, one: Proposal, decision: str, on: str) -> None:
    columns = f"{FIELDS}, e.once"
    sql = f"SELECT {columns} FROM record_entry e WHERE e.pk BETWEEN %s AND %s AND e.kind <> %s ORDER BY e.pk"
    found = [row for first, last in one.ranges for row in rows(sql, [first, last, ERASED])]
    going = Going(
        tuple(from_row(row[:-1]) for row in found),
        frozenset(families_of(one)) if one.scope == "family" else frozenset(),
    )  # fmt: skip
    for forget in FORGETS:
        forget(cursor, going)
    body = left(by=decision, ground=one.ground, on=on)
    change = ERASE if connection.vendor == "postgresql" else UPDATE
    rests = [_row(entry, body, once) for entry, once in zip(going.entries, (row[-1] for row in found), strict=True)]
    cursor.executemany(change, rests)
    for family in sorted({entry.family for entry in going.entries}):
        refold(family)


def _row(entry: Entry, body: str, once: str) -> list[Any]:
    """Who had it only because it was shared had it with whom it was about in mind; that is not known any more. Whom it
    was meant for stays, so that its writer reads the same line whether or not there is a hazard."""
    readers = canonical([pair for pair in entry.named if pair[1] != "shared"]).decode()
    return [body, readers, closed_key(once), entry.pk]


def sweep() -> tuple[str, ...]:
    """Write the database anew and empty its log, so that no page of it holds what went.

    Returns what holds it still, () where nothing does. "reading": somebody is reading, and it is done at the next
    erasing or by `alongside erasures --sweep`. On PostgreSQL also "owner": only the owner of the tables can, by that
    command; and what is the server's own (site/engine/postgresql/sweeping.py).
    """
    newest = rows("SELECT MAX(pk) FROM record_entry WHERE kind = %s", [CONFIRMED])[0][0] or 0
    left = connection.sweep()
    if connection.vendor == "postgresql" and not set(left) - {"kept"}:
        connection.say_swept(newest)
    return left


def unswept() -> frozenset[str]:
    """The ids of the decisions whose words the files of the database still hold, until the owner of the tables comes
    and sweeps. On the embedded file that is nobody's errand: it is written anew at once."""
    if connection.vendor == "sqlite":
        return frozenset()
    found = rows("SELECT id FROM record_entry WHERE kind = %s AND pk > %s", [CONFIRMED, connection.swept()])
    return frozenset(id for (id,) in found)


# --- after a restore -------------------------------------------------------------------------------------


def journal() -> list[dict[str, Any]]:
    """Every erasure as plain data without any words, to be kept outside the backups: what `reapply` takes."""
    done = [one for one in proposals() if one.agreed]
    people = dict(rows("SELECT number, id FROM record_person", []))
    return [
        {
            "decision": one.decided.id, "ground": one.ground, "scope": one.scope, "on": one.decided.body["on"],
            "proposed_by": people[one.by], "decided_by": people[one.decided.author],
            "families": [code for (code,) in _codes(families_of(one))] if one.scope == "family" else [],
            "entries": [id for first, last in one.ranges for (id,) in rows(ERASED_IN, [first, last, ERASED])],
        }
        for one in done
    ]  # fmt: skip


ERASED_IN = "SELECT id FROM record_entry WHERE pk BETWEEN %s AND %s AND kind = %s ORDER BY pk"


def _codes(families: Sequence[int]) -> list[tuple[str]]:
    marks = ", ".join(["%s"] * len(families))
    return rows(f"SELECT code FROM record_family WHERE number IN ({marks}) ORDER BY number", list(families))


def write_down() -> None:
    """The journal into its file, whole or not at all."""
    place = Path(settings.ERASURES)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump(journal(), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)


def reapply(lines: Iterable[dict[str, Any]], *, at: int) -> list[str]:
    """Erase again what a restored backup still holds. Returns the decisions that had to be carried out again.

    The backup is older than the decision, so both persons' acts are written again, with the id of the first time.
    """
    people = {id: number for number, id in rows("SELECT number, id FROM record_person", [])}
    again = []
    for line in lines:
        places = _held(line)
        if not places:
            continue
        first, second = people[line["proposed_by"]], people[line["decided_by"]]
        said = proposed(places, scope=line["scope"], ground=line["ground"], words="", lang="en")
        said = replace(said, body={**said.body, "again": line["decision"]})
        once = f"again-{line['decision']}"
        (receipt,) = append([said], family=OFFICE, by=first, once=once, at=at)
        erase(proposals(receipt.id)[0], by=second, on=line["on"], at=at, once=once)
        again.append(line["decision"])
    return again


def _held(line: dict[str, Any]) -> list[int]:
    """The places of a line's entries that hold words here still."""
    found = []
    for start in range(0, len(line["entries"]), 500):
        some = line["entries"][start : start + 500]
        marks = ", ".join(["%s"] * len(some))
        sql = f"SELECT pk FROM record_entry WHERE id IN ({marks}) AND kind <> %s"
        found += [place for (place,) in rows(sql, [*some, ERASED])]
    return found


def whole_family(number: int) -> list[int]:
    """Every place of a family that holds words."""
    sql = "SELECT pk FROM record_entry WHERE pk BETWEEN %s AND %s AND kind <> %s ORDER BY pk"
    return [place for (place,) in rows(sql, [first_pk(number), last_pk(number), ERASED])]


@forgets
def _waiting(cursor: Any, going: Going) -> None:
    """Acts that wait and hold the same words, and everything that waits for a family that goes whole."""
    for id, family, act in rows("SELECT id, family, act FROM record_pending", []):
        if family in going.families or any(map(going.holds, texts(json.loads(act)))):
            cursor.execute("DELETE FROM record_pending WHERE id = %s", [id])

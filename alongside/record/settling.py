"""Settling: hand-written words wait a little, whole acts at a time, before the record receives them.

While an act waits only its author reads it, and may undo it, send it now, or take it out because it was
the wrong family. Undo leaves nothing but the act's key, for 30 days, or a late replay would revive it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import DatabaseError, connection, transaction

from alongside import ids
from alongside.record.appending import _shape, act_digest, append, spell, unspell
from alongside.record.canonical import canonical
from alongside.record.closing import must_be_open
from alongside.record.marks import opens_to
from alongside.record.readers import PASSES_A_HAZARD, STAFF
from alongside.record.reading import rows, seq_at
from alongside.record.sealing import SealedWords, refuse_sealed
from alongside.record.statement import MEANT, Receipt, Refused, Statement

SECOND = 1_000_000
TOMBSTONE = 30 * 24 * 3600 * SECOND
FIELDS = "id, author, family, once, act, saved_at, due_at, stuck"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act that has not been received yet. `due_at`: microseconds. `stuck`: why it could not go in."""

    id: str
    author: int
    family: int
    once: str
    statements: tuple[Statement, ...]
    saved_at: int
    due_at: int
    stuck: str


def words_of(one: Waiting) -> tuple[str, ...]:
    """What was written in an act, one text for each statement that has some; of an act without, why it was done."""
    said = [text["text"] for part in one.statements for text in part.body.get("words", ())]
    return tuple(said or [why for part in one.statements if (why := part.body.get("reason", ""))])


def _waiting(row: tuple) -> Waiting:
    id_, author, family, once, act, saved, due, stuck = row
    statements = tuple(unspell(plain) for plain in json.loads(act))
    return Waiting(id_, author, family, once, statements, saved, due, stuck)


def save(statements: Sequence[Statement], *, family: int, by: int, once: str, at: int, wait: int) -> Waiting | None:
    """Keep an act until it settles, `wait` seconds from `at`. Saying the same again keeps one.

    Returns None when the same act was received or undone before. Raises Refused as `append` does for
    shape, and other-words when the key was used for something else. Raises SealedWords; Closed.
    """
    for statement in statements:
        _shape(statement)
    refuse_sealed(statements, family=family, by=by, now=at)
    act = canonical([spell(s) for s in statements]).decode()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {FIELDS} FROM record_pending WHERE author = %s AND once = %s", [by, once])
        found = cursor.fetchone()
        if found is not None:
            if found[2] != family or act_digest(_waiting(found).statements) != act_digest(statements):
                raise Refused("other-words")
            return _waiting(found)
        if _gone(cursor, by, once) or _received(cursor, by, family, once, act_digest(statements)):
            return None
        must_be_open(at)
        row = (ids.new(), by, family, once, act, at, at + wait * SECOND, "")
        cursor.execute(f"INSERT INTO record_pending ({FIELDS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", row)
    return _waiting(row)


def _gone(cursor, by: int, once: str) -> bool:
    cursor.execute("SELECT 1 FROM record_tombstone WHERE author = %s AND once = %s", [by, once])
    return cursor.fetchone() is not None


def _received(cursor, by: int, family: int, once: str, digest: str) -> bool:
    prefix = f"{family}/{once}/"
    cursor.execute(
        "SELECT once FROM record_entry WHERE author = %s AND once >= %s AND once < %s LIMIT 1",
        [by, prefix, prefix + "\x7f"],
    )
    found = cursor.fetchone()
    if found and not found[0].startswith(prefix + digest):
        raise Refused("other-words")
    return found is not None


def waiting(by: int, *, family: int | None = None) -> list[Waiting]:
    """The acts of this author that are still settling, oldest first."""
    mine = rows(f"SELECT {FIELDS} FROM record_pending WHERE author = %s ORDER BY saved_at, id", [by])
    return [_waiting(row) for row in mine if family is None or row[2] == family]


def undo(id: str, *, by: int, at: int) -> Waiting | None:
    """Take a waiting act out again and return it; None when it is not there (received, or not yours)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM record_pending WHERE id = %s AND author = %s RETURNING {FIELDS}", [id, by])
        found = cursor.fetchone()
        if found is None:
            return None
        cursor.execute(
            "INSERT INTO record_tombstone (author, once, until) VALUES (%s, %s, %s)",
            [by, found[3], at + TOMBSTONE],
        )
    return _waiting(found)


def send_now(by: int, *, at: int, id: str | None = None, family: int | None = None) -> list[Receipt]:
    """Let the record receive waiting acts of this author at once: one, those of a family, or all."""
    wanted = [w for w in waiting(by, family=family) if id is None or w.id == id]
    return [receipt for one in wanted for receipt in _receive(one, at)]


def settle(at: int, *, most: int = 200) -> int:
    """Receive every act whose time has come; returns how many. Called by the ticker, never by a page."""
    due = rows(
        f"SELECT {FIELDS} FROM record_pending WHERE due_at <= %s AND stuck = '' ORDER BY due_at, id LIMIT %s",
        [at, most],
    )
    done = sum(_settled(_waiting(row), at) for row in due)
    stale = rows("SELECT 1 FROM record_tombstone WHERE until <= %s LIMIT 1", [at])
    if stale:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_tombstone WHERE until <= %s", [at])
    return done


def _settled(one: Waiting, at: int) -> bool:
    """Whether this act went in. One that breaks holds up no other; a database that fails is tried again."""
    try:
        return bool(_receive(one, at))
    except DatabaseError:
        raise
    except Exception:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE record_pending SET stuck = 'broken' WHERE id = %s", [one.id])
        return False


def _receive(one: Waiting, at: int) -> list[Receipt]:
    """One act into the record and out of the store, in one transaction. What cannot go in stays and says why."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_pending WHERE id = %s RETURNING id", [one.id])
            if cursor.fetchone() is None:
                return []
            goes = _past_a_hazard(one)
            return append(goes, family=one.family, by=one.author, once=one.once, at=at, sent=one.statements,
                          saved=one.saved_at)  # fmt: skip
    except (Refused, SealedWords) as why:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE record_pending SET stuck = %s WHERE id = %s", [str(why), one.id])
        return []


def _past_a_hazard(one: Waiting) -> Sequence[Statement]:
    """A hazard that was put on while an act waited holds for that act too: what is received of it.

    Of somebody who came under hazard meanwhile, and is not told, it reaches those who work here and nobody else; of
    who works with them alone, and is not told either, those and them. Raises Refused (not-to-them) where others
    address it to somebody who came under hazard.
    """
    sql = "SELECT person FROM record_relationship WHERE family = %s AND hazard_seq > %s"
    danger = {person for (person,) in rows(sql, [one.family, seq_at(one.family, one.saved_at)])}
    if not danger:
        return one.statements
    to = {p for s in one.statements for p, because in s.readers if because in PASSES_A_HAZARD and p != one.author}
    to |= {person for s in one.statements for person in opens_to(s)}
    own = {one.author} & danger or _works_alone_with(one) & danger & to
    if own:
        marks = ", ".join(["%s"] * len(STAFF))
        works = f"SELECT person FROM record_relationship WHERE family = %s AND kind IN ({marks})"
        near = {person for (person,) in rows(works, [one.family, *sorted(STAFF)])} | {one.author} | own
        return tuple(_to_those(statement, near) for statement in one.statements)
    if to & danger:
        raise Refused("not-to-them")
    return one.statements


def _works_alone_with(one: Waiting) -> set[int]:
    sql = (
        'SELECT "to" FROM record_relationship WHERE family = %s AND person = %s AND "to" IS NOT NULL '
        "AND state = 'active'"
    )
    return {person for (person,) in rows(sql, [one.family, one.author])}


def _to_those(said: Statement, near: set[int]) -> Statement:
    """The statement for these readers alone. What moves a thing on that others read stands beside it instead."""
    if not {person for person, _because in said.readers} - near and not set(opens_to(said)) - near:
        return said
    body = dict(said.body)
    if opens_to(said):
        body |= {"to": [person for person in opens_to(said) if person in near], "chosen": list(opens_to(said))}
    link = {"thing": None, "answers": said.answers or said.thing} if isinstance(said.thing, str) else {}
    readers = tuple((person, because if person in near else MEANT) for person, because in said.readers)
    return replace(said, body=body, readers=readers, **link)

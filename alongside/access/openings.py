"""Openings in an emergency as a register: who opened what, who was told, and whether it was found right.

Folded from the entries of `urgent.py`. A page shows somebody the openings they were told of, and the privacy
officer all of them; both by the columns here, without a word of what the family's record holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from alongside.record.entry import Entry
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register

for table in ("access_opening", "access_told", "access_asked_further", "access_beforehand"):
    register(table)

FIELDS = "o.id, o.family, f.code, o.person, o.at, o.until, o.reason, o.why, o.sought, o.judged, o.judged_why"


@dataclass(frozen=True, slots=True)
class Opening:
    """`code`: of the family, None for a try that opened nothing; `until`: microseconds; `reason`: one of
    urgent.REASONS, '' in old entries; `judged`: '', right or wrong."""

    id: str
    family: int | None
    code: str | None
    person: int
    at: int
    until: int | None
    reason: str
    why: str
    sought: str
    judged: str
    judged_why: str


@dataclass(frozen=True, slots=True)
class Further:
    """Somebody asked a second person to open sealed things too."""

    id: str
    opening: str
    family: int
    code: str
    person: int
    until: int
    why: str
    second: int
    agreed: bool


def _text(entry: Entry) -> str:
    words = entry.body.get("words") or [{"text": ""}]
    return words[0]["text"]


@fold_of("access.opened-urgently")
def _opened(cursor: Any, entry: Entry) -> None:
    body = entry.body
    _row(cursor, entry, entry.family, body.get("until"), "")
    cursor.executemany(
        "INSERT INTO access_told (entry, person) VALUES (%s, %s)", [(entry.pk, one) for one in body.get("told", ())]
    )


@fold_of("access.tried-urgently")
def _tried(cursor: Any, entry: Entry) -> None:
    _row(cursor, entry, None, None, entry.body["sought"])


def _row(cursor: Any, entry: Entry, family: int | None, until: str | None, sought: str) -> None:
    """Words only of openings made on our page, whose writer knew who is told; others stay in the record."""
    cursor.execute(
        "INSERT INTO access_opening (entry, id, family, person, at, until, reason, why, sought, judged, judged_why) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, '', '')",
        [entry.pk, entry.id, family, entry.author, entry.recorded_at, int(until) if until else None,
         entry.body.get("reason", ""), _text(entry) if until or family is None else "", sought],
    )  # fmt: skip


@fold_of("access.judged-urgently")
def _judged(cursor: Any, entry: Entry) -> None:
    cursor.execute(
        "UPDATE access_opening SET judged = %s, judged_why = %s WHERE entry = %s",
        ["right" if entry.body["right"] else "wrong", _text(entry), entry.answers],
    )


@fold_of("access.asked-further")
def _asked(cursor: Any, entry: Entry) -> None:
    body = entry.body
    cursor.execute(
        "INSERT INTO access_asked_further (entry, id, opening, what, why, second, agreed) "
        "SELECT %s, %s, entry, %s, %s, %s, %s FROM access_opening WHERE id = %s",
        [entry.pk, entry.id, body["what"], _text(entry), body.get("second"), False, body["opening"]],
    )


@fold_of("access.agreed-further")
def _agreed(cursor: Any, entry: Entry) -> None:
    cursor.execute("UPDATE access_asked_further SET agreed = %s WHERE id = %s", [True, entry.body["asked"]])


@fold_of("access.agreed-beforehand")
def _beforehand(cursor: Any, entry: Entry) -> None:
    cursor.execute(
        "INSERT INTO access_beforehand (entry, person, at) VALUES (%s, %s, %s)",
        [entry.pk, entry.body["person"], entry.recorded_at],
    )


def _found(where: str, values: Iterable[Any], most: int = 200) -> tuple[Opening, ...]:
    sql = (
        f"SELECT {FIELDS} FROM access_opening o LEFT JOIN record_family f ON f.number = o.family "
        f"WHERE {where} ORDER BY o.at DESC LIMIT {most}"
    )
    return tuple(Opening(*row) for row in rows(sql, list(values)))


def told_of(person: int, *, since: int) -> tuple[Opening, ...]:
    """The openings this person was told of since a moment, and older ones nobody has judged; newest first."""
    where = "o.entry IN (SELECT entry FROM access_told WHERE person = %s) AND (o.at >= %s OR o.judged = '')"
    return _found(where, [person, since])


def opening_told(person: int, id: str) -> Opening | None:
    """One opening, for those who were told of it; None for hidden and absent alike."""
    where = "o.id = %s AND o.entry IN (SELECT entry FROM access_told WHERE person = %s)"
    return next(iter(_found(where, [id, person])), None)


def every(*, family: int | None = None, person: int | None = None, before: int) -> tuple[Opening, ...]:
    """All openings and tries, newest first: for the privacy officer alone."""
    where, values = ["o.at < %s"], [before]
    for column, value in (("family", family), ("person", person)):
        if value is not None:
            where.append(f"o.{column} = %s")
            values.append(value)
    return _found(" AND ".join(where), values, most=50)


def running(person: int, *, now: int) -> tuple[Opening, ...]:
    """This person's own openings that have not ended."""
    return _found("o.person = %s AND o.until > %s", [person, now])


def in_family(family: int, *, before: int) -> tuple[tuple[int, Opening], ...]:
    """(place of its entry, opening) of one family up to a moment, for a page that asks the gate about each."""
    sql = (
        f"SELECT o.entry, {FIELDS} FROM access_opening o LEFT JOIN record_family f ON f.number = o.family "
        "WHERE o.family = %s AND o.at < %s ORDER BY o.at DESC LIMIT 200"
    )
    return tuple((row[0], Opening(*row[1:])) for row in rows(sql, [family, before]))


def waiting_for(person: int, *, now: int) -> tuple[Further, ...]:
    """Where this person is named as the second one and the opening has not ended."""
    sql = (
        "SELECT a.id, o.id, o.family, f.code, o.person, o.until, a.why, a.second, a.agreed FROM access_asked_further a "
        "JOIN access_opening o ON o.entry = a.opening JOIN record_family f ON f.number = o.family "
        "WHERE a.second = %s AND o.until > %s ORDER BY a.entry"
    )
    return tuple(Further(*row[:-1], bool(row[-1])) for row in rows(sql, [person, now]))


def tries_since(person: int, moment: int) -> int:
    """How often this person opened or tried to since a moment: asked before an act, shown to nobody, kept nowhere."""
    return rows("SELECT COUNT(*) FROM access_opening WHERE person = %s AND at >= %s", [person, moment])[0][0]


def agreed_beforehand(person: int, *, since: int) -> bool:
    """Whether a supervisor said yes since a moment, and no opening or try has come after it."""
    sql = (
        "SELECT 1 FROM access_beforehand b WHERE b.person = %s AND b.at >= %s AND NOT EXISTS "
        "(SELECT 1 FROM access_opening o WHERE o.person = b.person AND o.at > b.at) LIMIT 1"
    )
    return bool(rows(sql, [person, since]))

"""Asking why somebody looked: a question to the one who did, and an answer owed by a day (R94).

It stands among what is owed to the family and is answered like any question. The privacy officer sees that it was
asked and whether it was answered, never a word of it: `dialogue_asked_why` is the register of that.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from alongside.calendar import working_day
from alongside.dialogue.queries import standings
from alongside.record import settling
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register
from alongside.record.settling import Waiting
from alongside.record.statement import Refused, Statement

# Working days. Long enough for somebody who works half the week to be back, short enough to remember why one
# looked, and well within the month that the law gives (GDPR article 12.3).
ANSWERED_WITHIN = 5
LOOKING = "looking"
register("dialogue_asked_why")


@dataclass(frozen=True, slots=True)
class AskedWhy:
    """`of`: who had looked; `on`, `due`: days; `answered`: by anybody but the one who asked."""

    code: str
    of: int
    on: dt.date
    asked_at: int
    due: dt.date
    answered: bool


def ask_why(
    *, by: Reader, of: int, on: dt.date, instead: int | None, text: str, lang: str, today: dt.date, at: int,
    once: str, wait: int,
) -> Waiting | None:  # fmt: skip
    """Ask `of` why they looked on that day; with words or without. `instead`: who is asked when that one has left
    the family. The workers of the family read it, as they read what is written to the team.

    Raises Refused: not-any-more, not-yours, other-words, too-long, not-text.
    """
    if not by.writes:
        raise Refused("not-any-more")
    if not by.kin:
        raise Refused("not-yours")
    stands = standings(by.family, now=at).get(of)
    to = of if stands is not None and stands.staff and stands.safe else instead
    due = working_day(today, ANSWERED_WITHIN)
    body: dict[str, Any] = {"asks": LOOKING, "of": of, "on": on.isoformat(), "due": due.isoformat()}
    if to is not None:
        body["to"] = to
    if text.strip():
        body["words"] = [{"lang": lang, "text": text.replace("\r\n", "\n").strip()}]
    said = Statement("dialogue.question", body, basis="own-words", about=(by.person,))
    said = said if to is None else said.to(to)
    return settling.save([said], family=by.family, by=by.person, once=once, at=at, wait=wait)


@fold_of("dialogue.question")
def _asked(cursor: Any, entry: Entry) -> None:
    body = entry.body
    if body.get("asks") != LOOKING:
        return
    cursor.execute(
        "INSERT INTO dialogue_asked_why (entry, family, asker, of_person, on_day, asked_at, due, answered) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [entry.pk, entry.family, entry.author, body["of"], body["on"], entry.recorded_at, body["due"], False],
    )


@fold_of("dialogue.answer")
def _answered(cursor: Any, entry: Entry) -> None:
    if entry.answers is not None:
        cursor.execute(
            "UPDATE dialogue_asked_why SET answered = %s WHERE entry = %s AND asker <> %s",
            [True, entry.answers, entry.author],
        )


@fold_of("record.taken-back")
def _taken_back(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM dialogue_asked_why WHERE entry = %s", [entry.answers])


def asked_why(*, family: int | None = None, of: int | None = None) -> tuple[AskedWhy, ...]:
    """The newest questions why, those that wait first: for the privacy officer, without a word of them."""
    where, values = ["1 = 1"], []
    for column, value in (("a.family", family), ("a.of_person", of)):
        if value is not None:
            where.append(f"{column} = %s")
            values.append(value)
    sql = (
        "SELECT f.code, a.of_person, a.on_day, a.asked_at, a.due, a.answered FROM dialogue_asked_why a "
        f"JOIN record_family f ON f.number = a.family WHERE {' AND '.join(where)} "
        "ORDER BY a.answered, a.entry DESC LIMIT 50"
    )
    day = dt.date.fromisoformat
    return tuple(
        AskedWhy(code, of, day(on), at, day(due), bool(done)) for code, of, on, at, due, done in rows(sql, values)
    )

"""Changing who reads: each change is an entry, folded into what the gate joins.

`record.released`: more people are named (because: released or shared). `record.remarked`: another mark
holds from now. `record.taken-back`: the person's own words are out of use from now; the words stay for
those who had them, in what was known then. `record.struck-out`: one person is named on it no more.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.record.entry import Entry
from alongside.record.erased import ERASED
from alongside.record.kinds import kind
from alongside.record.registers import fold_of
from alongside.record.statement import MARKS, Statement

kind("record.released", _("Opened to more people"))
kind("record.remarked", _("Another mark from now"), settles=False)
kind("record.taken-back", _("Taken back"), settles=False, state=True)
kind("record.struck-out", _("Struck out for somebody"), settles=False, goes_on=True)
kind("record.beside", _("Stands beside"), settles=False, state=True)


def released(entry: Entry, *persons: int, because: str, giver: int, reason: str = "") -> Statement:
    """The statement that opens `entry` to more persons. They read the entry, not this act.

    `because`: "shared" (a reader shares) or "released" (a worker, with a reason).
    """
    body: dict[str, Any] = {"to": list(persons), "because": because, "giver": giver}
    if reason:
        body["reason"] = reason
    return Statement("record.released", body, answers=entry.id, mark=entry.mark)


def opens_to(statement: Statement) -> tuple[int, ...]:
    """Whom a statement opens another one to, before it was received; nobody for other kinds."""
    return tuple(statement.body["to"]) if statement.kind == "record.released" else ()


def chosen_for(body: Mapping[str, Any]) -> tuple[int, ...]:
    """Whom the giver chose, for the giver's own eyes: somebody under hazard is told of none, and opens to nobody."""
    return tuple(body.get("chosen", body.get("to", ())))


def remarked(entry: Entry, mark: str, reason: str) -> Statement:
    """The statement that sets another mark on `entry` from now, with the reason in words."""
    return Statement("record.remarked", {"mark": mark, "reason": reason}, answers=entry.id, mark=max(
        entry.mark, mark, key=MARKS.index))  # fmt: skip


def taken_back(entry: Entry, readers: tuple[tuple[int, str], ...], why: str = "") -> Statement:
    """The statement that takes own words back, for everybody who reads them."""
    body = {"why": why} if why else {}
    return Statement(
        "record.taken-back", body, answers=entry.id, mark=entry.mark, readers=readers, about=entry.about,
        basis="own-words",
    )  # fmt: skip


def struck_out(entry: Entry, person: int, reason: str) -> Statement:
    """The statement that takes `entry`, and what hangs on it, from one person who was named on it (a hazard)."""
    body = {"person": person, "reason": reason}
    return Statement("record.struck-out", body, answers=entry.id, mark=entry.mark)


def beside(narrow: str, wide: str, *, mark: str, readers: tuple[tuple[int, str], ...]) -> Statement:
    """Says that the wider entry `wide` stands beside the narrower one `narrow`, to readers of `narrow` only."""
    return Statement("record.beside", {"entry": wide}, answers=narrow, mark=mark, readers=readers)


@fold_of("record.released")
def _release(cursor: Any, entry: Entry) -> None:
    body = entry.body
    if body["because"] == "shared" and _erased(cursor, entry.answers):
        return
    cursor.executemany(
        "INSERT INTO record_reader (person, entry, because, giver, since) VALUES (%s, %s, %s, %s, %s)",
        [(person, entry.answers, body["because"], body["giver"], entry.pk) for person in body["to"]],
    )


def _erased(cursor: Any, place: int) -> bool:
    """Of what was erased it is not known any more whom it was about: whoever had it only shared has nothing of it."""
    cursor.execute("SELECT 1 FROM record_entry WHERE pk = %s AND kind = %s", [place, ERASED])
    return cursor.fetchone() is not None


@fold_of("record.remarked")
def _remark(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM record_held WHERE entry = %s", [entry.answers])
    cursor.execute("INSERT INTO record_held (entry, mark) VALUES (%s, %s)", [entry.answers, entry.body["mark"]])


HANGING = """
WITH RECURSIVE hanging(pk) AS (
  SELECT CAST(%s AS bigint) UNION SELECT e.pk FROM record_entry e JOIN hanging h ON e.within = h.pk OR e.answers = h.pk
)
DELETE FROM record_reader WHERE person = %s AND because <> 'own' AND entry IN (SELECT pk FROM hanging)
"""


@fold_of("record.struck-out")
def _strike(cursor: Any, entry: Entry) -> None:
    cursor.execute(HANGING, [entry.answers, entry.body["person"]])

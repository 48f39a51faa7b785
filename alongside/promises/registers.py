"""The folds of this room's registers. They list places only: what stands there is read through the gate."""

from typing import Any

from alongside.families.telling import moved
from alongside.record.entry import Entry
from alongside.record.registers import fold_of, register

register("promises_open")
register("promises_asked")


@fold_of("promises.made")
def _made(cursor: Any, entry: Entry) -> None:
    body = entry.body
    cursor.execute(
        "INSERT INTO promises_open (place, family, owner, due, beside) VALUES (%s, %s, %s, %s, %s)",
        [entry.pk, entry.family, body.get("owner", entry.speaker), body.get("due", ""), entry.answers],
    )
    cursor.execute("DELETE FROM promises_asked WHERE place = %s AND of_person = %s", [entry.answers, entry.author])


@fold_of("promises.moved")
def _moved(cursor: Any, entry: Entry) -> None:
    cursor.execute("UPDATE promises_open SET due = %s WHERE place = %s", [entry.body.get("due", ""), moved(entry)])


@fold_of("promises.kept", "promises.broken")
def _settled(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM promises_open WHERE place = %s", [moved(entry)])


@fold_of("promises.accepted")
def _taken_over(cursor: Any, entry: Entry) -> None:
    cursor.execute("UPDATE promises_open SET owner = %s WHERE place = %s", [entry.author, entry.thing])


@fold_of("promises.asked")
def _asked(cursor: Any, entry: Entry) -> None:
    row = [entry.pk, entry.family, entry.body["of"]]
    cursor.execute("INSERT INTO promises_asked (place, family, of_person) VALUES (%s, %s, %s)", row)


@fold_of("promises.declined")
def _declined(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM promises_asked WHERE place = %s", [moved(entry)])


@fold_of("record.taken-back")
def _taken_back(cursor: Any, entry: Entry) -> None:
    for table in ("promises_open", "promises_asked"):
        cursor.execute(f"DELETE FROM {table} WHERE place = %s", [entry.answers])

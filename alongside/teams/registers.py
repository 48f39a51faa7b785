"""The fold of this room's register. It lists places only: what stands there is read through the gate."""

from typing import Any

from alongside.families.telling import moved
from alongside.record.entry import Entry
from alongside.record.registers import fold_of, register
from alongside.teams.appointment import on_of

register("teams_coming")


@fold_of("teams.appointment-set")
def _set(cursor: Any, entry: Entry) -> None:
    on = on_of(entry.body.get("on", ""))
    if on.first is not None and on.first == on.last:
        row = [entry.pk, entry.family, entry.pk, on.first]
        cursor.execute("INSERT INTO teams_coming (place, family, now, day) VALUES (%s, %s, %s, %s)", row)


@fold_of("teams.appointment-moved")
def _moved(cursor: Any, entry: Entry) -> None:
    on = on_of(entry.body.get("on", ""))
    cursor.execute("UPDATE teams_coming SET now = %s, day = %s WHERE place = %s", [entry.pk, on.first, moved(entry)])


@fold_of("teams.appointment-cancelled")
def _cancelled(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM teams_coming WHERE place IN (%s, %s)", [entry.thing, entry.answers])


@fold_of("record.taken-back")
def _taken_back(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM teams_coming WHERE place = %s", [entry.answers])

"""The folds of this room's registers. They list places only: what stands there is read through the gate."""

from typing import Any

from alongside.record.entry import Entry
from alongside.record.registers import fold_of, register

register("dialogue_question")
register("dialogue_received")

# An answer that fewer people read than the question leaves it in the list: for the others it waits still.
ANSWERED = """
DELETE FROM dialogue_question WHERE place = %s
   AND EXISTS (SELECT 1 FROM record_entry q WHERE q.pk = %s AND q.mark = %s AND q.author <> %s)
   AND NOT EXISTS (SELECT 1 FROM record_reader r WHERE r.entry = %s
                      AND NOT EXISTS (SELECT 1 FROM record_reader a WHERE a.entry = %s AND a.person = r.person))
"""


@fold_of("dialogue.question")
def _asked(cursor: Any, entry: Entry) -> None:
    cursor.execute("INSERT INTO dialogue_question (place, family) VALUES (%s, %s)", [entry.pk, entry.family])


@fold_of("dialogue.answer")
def _answered(cursor: Any, entry: Entry) -> None:
    to = entry.answers
    cursor.execute(ANSWERED, [to, to, entry.mark, entry.author, to, entry.pk])
    cursor.execute(
        'INSERT INTO dialogue_received (place, family, "to", person, at) '
        "SELECT %s, %s, %s, e.author, %s FROM record_entry e WHERE e.pk = %s AND e.author <> %s",
        [entry.pk, entry.family, to, entry.recorded_at, to, entry.author],
    )


@fold_of("record.taken-back")
def _taken_back(cursor: Any, entry: Entry) -> None:
    for table in ("dialogue_question", "dialogue_received"):
        cursor.execute(f"DELETE FROM {table} WHERE place = %s", [entry.answers])

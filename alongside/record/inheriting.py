"""What hangs on an entry is read by no more people than that: asked before it is written (appending.py).

An entry within or answering another is read by nobody who does not read that one; one that moves its thing on is read
exactly as its thing is.
"""

from typing import Any

from alongside.record.entry import Entry
from alongside.record.kinds import KINDS
from alongside.record.sealing import staff
from alongside.record.statement import MARKS, Refused


def inherit(cursor: Any, entry: Entry, family: int, now: int) -> None:
    """Whether this entry may hang where it hangs. `now`: microseconds. Raises Refused: wider-than-parent,
    parent-not-read, not-as-its-thing."""
    for parent in {entry.within, entry.answers} - {None}:
        mark, readers = _holds(cursor, parent)
        if MARKS.index(entry.mark) < MARKS.index(mark):
            raise Refused("wider-than-parent")
        if mark in ("team", "professionals"):
            readers = readers | staff(family, now)
        if entry.author not in readers:
            raise Refused("parent-not-read")
        if {person for person, _ in entry.given} - readers:
            raise Refused("wider-than-parent")
    if entry.thing != entry.pk and KINDS[entry.kind].changes_state:
        mark, readers = _holds(cursor, entry.thing)
        given = {person for person, _ in entry.given} - {entry.author}
        if entry.mark != mark or given != readers - {entry.author}:
            raise Refused("not-as-its-thing")


def _holds(cursor: Any, place: int) -> tuple[str, set[int]]:
    """The mark that holds now and everybody named on the entry at this place."""
    cursor.execute(
        "SELECT COALESCE(h.mark, e.mark) FROM record_entry e LEFT JOIN record_held h ON h.entry = e.pk WHERE e.pk = %s",
        [place],
    )
    mark = cursor.fetchone()[0]
    cursor.execute("SELECT person FROM record_reader WHERE entry = %s", [place])
    return mark, {person for (person,) in cursor.fetchall()}

"""Fewer may read something from now on: its writer says so, with a reason, and who has read it is told.

Who is named on it keeps it: nothing is taken from a family, nor from somebody whose words it answers. What hangs on
it is read by no more people than itself, in the same act. What was read is not unread.
"""

from collections.abc import Sequence

from alongside.dialogue.across import back_to
from alongside.dialogue.queries import known, staff_of
from alongside.record.appending import append
from alongside.record.entry import Entry, from_row
from alongside.record.gate import FIELDS
from alongside.record.marks import released, remarked
from alongside.record.readers import Reader
from alongside.record.reading import find, mark_now, rows
from alongside.record.statement import Receipt, Refused, Statement

KINDS = ("dialogue.conversation", "dialogue.passage")
WIDE = ("team", "professionals")
# What lies inside an entry, answers it or moves on what does, and is read by mark today.
HANGING = f"""
WITH RECURSIVE hanging(pk) AS (
  SELECT CAST(%(entry)s AS bigint) UNION
  SELECT e.pk FROM record_entry e JOIN hanging h ON e.within = h.pk OR e.answers = h.pk OR e.thing = h.pk
)
SELECT {FIELDS} FROM record_entry e LEFT JOIN record_held d ON d.entry = e.pk
 WHERE e.pk IN (SELECT pk FROM hanging) AND e.pk <> %(entry)s AND COALESCE(d.mark, e.mark) IN ('team', 'professionals')
 ORDER BY e.pk
"""


def may_narrow(by: Reader, entry: Entry, mark: str = "") -> bool:
    """Its writer, who reads by mark, of words that more than the named read today. `mark`: the one that holds, where it
    is known already."""
    mine = by.by_mark and by.writes and by.person == entry.author
    return mine and entry.kind in KINDS and (mark or mark_now(entry)) in WIDE


def narrow(
    *, by: Reader, entry_id: str, keeps: Sequence[int], reason: str, at: int, once: str
) -> list[Receipt]:  # fmt: skip
    """From now on only those named on it, `keeps` and the writer read this. `keeps`: workers of this family, one at
    least: nothing is in the record for its writer alone. Raises Refused: not-found, not-yours, fewer-already,
    no-reason, to-nobody."""
    entry = find(by, entry_id)
    if entry is None:
        raise Refused("not-found")
    if known(by.person, by.family, once):
        return []
    if not may_narrow(by, entry, "team"):
        raise Refused("not-yours")
    if mark_now(entry) not in WIDE:
        raise Refused("fewer-already")
    if not reason.strip():
        raise Refused("no-reason")
    stay = tuple(dict.fromkeys(person for person in keeps if person != by.person))
    if not stay or set(stay) - staff_of(by.family, stay):
        raise Refused("to-nobody")
    said = [one for part in (entry, *_hanging(entry)) for one in _closer(by, part, stay, reason.strip())]
    return append(said, family=by.family, by=by.person, once=once, at=at)


def _hanging(entry: Entry) -> list[Entry]:
    return [from_row(row) for row in rows(HANGING, {"entry": entry.pk})]


def _closer(by: Reader, part: Entry, stay: tuple[int, ...], reason: str) -> tuple[Statement, Statement]:
    """Colleagues who stay are named on it, then the mark is for the named; all of them read that it was so."""
    given = dict(back_to(by, part)) | {person: "addressed" for person in stay}
    mark = remarked(part, "persons", reason)
    named = tuple((person, why) for person, why in given.items() if person != by.person)
    told = Statement(mark.kind, mark.body, answers=mark.answers, mark=mark.mark, readers=named)
    opened = released(part, *stay, because="released", giver=by.person, reason=reason)
    return Statement(opened.kind, opened.body, answers=opened.answers, mark="persons"), told

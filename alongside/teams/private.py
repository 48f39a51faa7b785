"""Private time of a family in its own meeting (R23): no professional writes in it, and none reads what is written.

It is begun and ended by somebody of the family, or by who holds the meeting or coordinates. What a family member
writes of it, through their own door, is for the persons they name and for no helper, until they share it
themselves. The rule stands at the one write: whatever page or verb it comes from, the record does not take it.
"""

from collections.abc import Sequence
from typing import Any

from alongside.access.circles import in_danger
from alongside.dialogue.across import addressed_to
from alongside.dialogue.onward import moves_on, save
from alongside.dialogue.queries import known, staff_of
from alongside.dialogue.writing import may_write, worded
from alongside.record.appending import append
from alongside.record.entry import Entry, first_pk
from alongside.record.readers import KIN, Reader
from alongside.record.reading import named, read, rows
from alongside.record.registers import fold_of
from alongside.record.settling import Waiting
from alongside.record.statement import Receipt, Refused, Statement
from alongside.teams.meeting import GROUP, KINDS, PRIVATE, Meeting, meetings

ALWAYS = ("record.", "access.")  # protecting somebody and opening or closing a door waits for nothing


def found(by: Reader, id: str) -> Meeting:
    """The meeting with this id. Raises Refused: not-found."""
    one = next((one for one in meetings(read(by, kinds=KINDS)) if one.id == id), None)
    if one is None:
        raise Refused("not-found")
    return one


def may_begin(by: Reader, one: Meeting) -> bool:
    """Those of the family who read the meeting; who holds it; and the coordinator."""
    holds = by.by_mark and (by.role == "coordinator" or by.person == one.held.author)
    return by.writes and one.form == GROUP and not one.told and (by.kin or holds)


def begin(*, by: Reader, meeting: str, at: int, once: str) -> list[Receipt]:
    """Private time begins. Raises Refused: not-any-more, not-found, not-yours."""
    return _turn(by, meeting, at, once, to=True)


def end(*, by: Reader, meeting: str, at: int, once: str) -> list[Receipt]:
    """Private time is over. Raises Refused: not-any-more, not-found, not-yours."""
    return _turn(by, meeting, at, once, to=False)


def _turn(by: Reader, meeting: str, at: int, once: str, *, to: bool) -> list[Receipt]:
    """One tap; that it stands so already is no mistake of theirs, and is nothing new."""
    may_write(by)
    one = found(by, meeting)
    if not may_begin(by, one):
        raise Refused("not-yours")
    if one.in_private is to and not known(by.person, by.family, once):
        return []
    said = Statement(PRIVATE[0] if to else PRIVATE[1], {}, **moves_on(by, one.held))
    return append([said], family=by.family, by=by.person, once=once, at=at)


def companions(by: Reader, one: Meeting) -> list[int]:
    """Those of the family's side who read the meeting, beside this reader: whom private words may be for. Who came
    under hazard since is offered to nobody; to them the page stays as it was."""
    persons = [person for person, _why in named(by, [one.held]).get(one.held.pk, ())]
    danger = in_danger(by.family) if by.hazard is None else set()
    marks = _kin(by.family, persons)
    return [person for person in dict.fromkeys(persons) if person in marks - danger and person != by.person]


def write(
    *, by: Reader, meeting: str, text: str, to: Sequence[int], lang: str, at: int, once: str, wait: int
) -> Waiting | None:
    """Own words from private time, for the persons named in `to` and for no helper.

    Raises Refused: not-any-more, not-yours, not-found (there was no private time), no-words, not-to-them.
    """
    may_write(by)
    if not by.kin:
        raise Refused("not-yours")
    one, chosen = found(by, meeting), tuple(dict.fromkeys(to))
    if not one.private:
        raise Refused("not-found")
    if staff_of(by.family, chosen) or set(chosen) - set(companions(by, one)):
        raise Refused("not-to-them")
    said = Statement(
        "teams.private-words", {"words": worded(text, lang)}, basis="own-words", mark="persons", about=(by.person,),
        within=one.id, readers=addressed_to(by, chosen),
    )  # fmt: skip
    return save([said], by, at, once, wait)


# --- the rule at the one write ---------------------------------------------------------------------------


@fold_of()
def _nobody_else_writes(cursor: Any, entry: Entry) -> None:
    """While private time of a meeting lasts, nothing that belongs to it is taken from anybody who is not of the
    family. Ending it is an act of its own. Raises Refused: private-time."""
    above = {entry.within, entry.answers} - {None}
    if entry.kind in PRIVATE or entry.kind.startswith(ALWAYS) or not above:
        return
    lasting = _lasting(cursor, entry)
    if lasting and lasting & _all_above(cursor, above) and entry.author not in _kin(entry.family, [entry.author]):
        raise Refused("private-time")


def _lasting(cursor: Any, entry: Entry) -> set[int]:
    """The places of the meetings whose private time lasts when this entry comes."""
    cursor.execute(
        "SELECT kind, thing FROM record_entry WHERE kind IN (%s, %s) AND pk BETWEEN %s AND %s ORDER BY pk",
        [*PRIVATE, first_pk(entry.family), entry.pk],
    )
    last = {thing: kind for kind, thing in cursor.fetchall()}
    return {thing for thing, kind in last.items() if kind == PRIVATE[0]}


def _all_above(cursor: Any, places: set[int]) -> set[int]:
    """These places and everything they lie within or answer."""
    met: set[int] = set()
    while places - met:
        met |= places
        marks = ", ".join(["%s"] * len(places))
        cursor.execute(f"SELECT within, answers FROM record_entry WHERE pk IN ({marks})", sorted(places))
        places = {place for row in cursor.fetchall() for place in row if place is not None}
    return met


def _kin(family: int, persons: Sequence[int]) -> set[int]:
    """Those of these persons who are of the family's side, and nothing else here."""
    if not persons:
        return set()
    marks, kinds = ", ".join(["%s"] * len(persons)), ", ".join(["%s"] * len(KIN))
    sql = f"SELECT person FROM record_relationship WHERE family = %s AND person IN ({marks}) AND kind IN ({kinds})"
    return {person for (person,) in rows(sql, [family, *persons, *sorted(KIN)])}

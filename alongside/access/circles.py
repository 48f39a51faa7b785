"""Who may know that somebody stands in a family: for new grants, for hazards, for absences, for endings.

Two rules over all: nothing here reaches somebody under hazard except what is their own work, and a name that is for
a few stays for these few.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from alongside.access.policy import Tie, ties
from alongside.record.entry import first_pk, last_pk
from alongside.record.readers import KIN, STAFF
from alongside.record.reading import rows
from alongside.record.statement import Statement


def named_on(place: int) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The mark that holds now on the entry at this place, and who is named on it."""
    sql = (
        "SELECT COALESCE(h.mark, e.mark) FROM record_entry e LEFT JOIN record_held h ON h.entry = e.pk WHERE e.pk = %s"
    )
    people = rows("SELECT DISTINCT person FROM record_reader WHERE entry = %s ORDER BY person", [place])
    return rows(sql, [place])[0][0], tuple((person, "addressed") for (person,) in people)


def in_danger(family: int) -> set[int]:
    """Those under hazard in this family."""
    return {person for (person,) in rows("SELECT person FROM access_hazard WHERE family = %s", [family])}


def kin(family: int) -> list[int]:
    """Those of the family's side who stand there today and are under no hazard."""
    shut = in_danger(family) | {tie.person for tie in ties(family) if tie.state in ("excluded", "barred")}
    here = [tie.person for tie in ties(family) if tie.kind in KIN and tie.state == "active"]
    return [person for person in dict.fromkeys(here) if person not in shut]


def knows_the_worker(tie: Tie) -> list[int]:
    """Those of the family's side who are told what this worker tells the family: who know that they work with them."""
    known = {person for person, _why in named_on(tie.pk)[1]}
    if tie.to is not None:
        return [tie.to]
    return [person for person in kin(tie.pk >> 20) if person in known]


def open_to(statement: Statement, family: int, person: int, kind: str, to: int | None) -> Statement:
    """A grant for those who may know of it: of a worker all of the family, or the one they work with; of others
    themselves, the workers, and of the family those who were told the name. Under hazard it ends there."""
    if to is not None:
        return statement.to(person, to)
    if kind in STAFF or kind in ("consult", "reviewer"):
        return statement.to(*([] if kind in STAFF else [person]), *kin(family))
    mark, told = _name(family, person)
    if mark != "team":
        return replace(statement, mark=mark).to(person, *sorted(told))
    if in_danger(family):
        return statement.to(person)
    return statement.to(person, *(one for one in kin(family) if one in told))


def _name(family: int, person: int) -> tuple[str, set[int]]:
    """Under which mark somebody's name was told here, the widest, and who was named on that."""
    sql = (
        "SELECT e.pk, e.body FROM record_entry e WHERE e.kind = 'families.met' AND e.pk BETWEEN %s AND %s ORDER BY e.pk"
    )
    found = rows(sql, [first_pk(family), last_pk(family)])
    told = [named_on(place) for place, body in found if json.loads(body).get("person") == person]
    if not told:
        return "team", set()
    mark = next((mark for mark in ("team", "professionals", "persons") if mark in {m for m, _ in told}), "sealed")
    return mark, {one for m, people in told if m == mark for one, _why in people}


def names_told(family: int, persons: Sequence[int], to: Sequence[int], by: int) -> list[Statement]:
    """The names of these persons, as far as they are for the team, opened to others who do not know them yet."""
    sql = (
        "SELECT e.pk, e.id, e.body FROM record_entry e WHERE e.kind = 'families.met' AND e.pk BETWEEN %s AND %s "
        "ORDER BY e.pk"
    )
    said = []
    for place, id, body in rows(sql, [first_pk(family), last_pk(family)]):
        mark, told = named_on(place)
        new = [one for one in to if one not in dict(told)]
        if json.loads(body).get("person") in persons and mark == "team" and new:
            opened = {"to": new, "because": "released", "giver": by, "reason": ""}
            said.append(Statement("record.released", opened, answers=id, mark=mark))
    return said


def those_who_work_here(family: int, person: int, kind: str, at: int, by: int) -> list[Statement]:
    """Somebody of the family who begins here is told who works with them, and how they are called here themselves; in
    a family with a hazard nobody is."""
    if kind not in KIN or in_danger(family):
        return []
    said = names_told(family, [person], [person], by)
    for tie in ties(family):
        mark, people = named_on(tie.pk)
        if tie.kind in STAFF and tie.to is None and tie.live(at) and mark == "team" and person not in dict(people):
            body = {"to": [person], "because": "released", "giver": by, "reason": ""}
            said.append(Statement("record.released", body, answers=tie.id, mark=mark))
    return said

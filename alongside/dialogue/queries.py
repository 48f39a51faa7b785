"""Reads about who may be named on words, and about keys that were used."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from alongside.record.readers import KIN, STAFF
from alongside.record.reading import rows


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands in a family today. `safe`: active and under no hazard, or the one whom alone the writer
    works with."""

    kind: str
    safe: bool

    @property
    def kin(self) -> bool:
        return self.kind in KIN

    @property
    def staff(self) -> bool:
        return self.kind in STAFF


def standings(family: int, *, now: int, by: int = 0) -> dict[int, Standing]:
    """Everybody's standing in a family at `now` (microseconds), by person number.

    For working out whom a writer may name, the person `by`; a page shows of it only people its reader knows by name.
    """
    sql = (
        'SELECT person, kind, state, hazard_seq, until, "to" FROM record_relationship WHERE family = %s ORDER BY entry'
    )
    kinds: dict[int, str] = {}
    active: set[int] = set()
    danger: set[int] = set()
    shut: set[int] = set()
    own: set[int] = set()
    for person, kind, state, hazard, until, to in rows(sql, [family]):
        kinds[person] = kind if kind in STAFF else kinds.get(person, kind)
        if state == "active" and (until is None or until > now):
            active.add(person)
            if person == by and to is not None:
                own.add(to)
        if hazard is not None:
            danger.add(person)
        if state in ("excluded", "barred"):
            shut.add(person)
    safe = active - (danger - own) - shut
    return {person: Standing(kind, person in safe) for person, kind in kinds.items()}


def own_in_danger(by: int, family: int) -> set[int]:
    """Those under hazard in a family whom somebody works with, and with nobody else there: who does is not told of it
    by whom they may name."""
    sql = (
        "SELECT DISTINCT h.person FROM record_relationship w JOIN record_relationship h "
        "ON h.family = w.family AND h.person = w.\"to\" WHERE w.family = %s AND w.person = %s AND w.state = 'active' "
        "AND h.state = 'active' AND h.hazard_seq IS NOT NULL"
    )
    return {person for (person,) in rows(sql, [family, by])}


def staff_of(family: int, persons: Sequence[int]) -> set[int]:
    """Those of these persons who work in this family."""
    if not persons:
        return set()
    marks = ", ".join(["%s"] * len(persons))
    kinds = ", ".join(["%s"] * len(STAFF))
    sql = f"SELECT person FROM record_relationship WHERE family = %s AND person IN ({marks}) AND kind IN ({kinds})"
    return {person for (person,) in rows(sql, [family, *persons, *sorted(STAFF)])}


def undone(by: int, once: str) -> bool:
    """Whether this author took the act with this key out again."""
    return bool(rows("SELECT 1 FROM record_tombstone WHERE author = %s AND once = %s", [by, once]))


def known(by: int, family: int, once: str) -> bool:
    """Whether an act of this author with this key waits or was received."""
    if not once:
        return False
    prefix = f"{family}/{once}/"
    sql = (
        "SELECT 1 FROM record_pending WHERE author = %s AND once = %s UNION ALL "
        "SELECT 1 FROM record_entry WHERE author = %s AND once >= %s AND once < %s LIMIT 1"
    )
    return bool(rows(sql, [by, once, by, prefix, prefix + "\x7f"]))


def questions(families: Collection[int]) -> list[tuple[int, int]]:
    """Where questions of these families stand that may still wait: (family, place)."""
    if not families:
        return []
    marks = ", ".join(["%s"] * len(families))
    return rows(f"SELECT family, place FROM dialogue_question WHERE family IN ({marks}) ORDER BY place", [*families])


def received(person: int, *, since: int, most: int) -> list[tuple[int, int, int]]:
    """Answers to what this person wrote, the newest first: (family, place, place of what is answered).
    `since`: microseconds."""
    sql = (
        'SELECT family, place, "to" FROM dialogue_received WHERE person = %s AND at >= %s ORDER BY at DESC, place DESC'
    )
    return rows(f"{sql} LIMIT %s", [person, since, most])

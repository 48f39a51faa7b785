"""Reads about who may be named on words, and about keys that were used."""

from collections.abc import Collection
from dataclasses import dataclass

from alongside.record.readers import KIN, STAFF
from alongside.record.reading import rows


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands in a family today. `safe`: active and under no hazard."""

    kind: str
    safe: bool

    @property
    def kin(self) -> bool:
        return self.kind in KIN

    @property
    def staff(self) -> bool:
        return self.kind in STAFF


def standings(family: int, *, now: int) -> dict[int, Standing]:
    """Everybody's standing in a family at `now` (microseconds), by person number.

    For working out whom a writer may name; a page shows of it only people its reader knows by name.
    """
    sql = "SELECT person, kind, state, hazard_seq, until FROM record_relationship WHERE family = %s ORDER BY entry"
    kinds: dict[int, str] = {}
    active: set[int] = set()
    danger: set[int] = set()
    for person, kind, state, hazard, until in rows(sql, [family]):
        kinds[person] = kind if kind in STAFF else kinds.get(person, kind)
        if state == "active" and (until is None or until > now):
            active.add(person)
        if hazard is not None or state in ("excluded", "barred"):
            danger.add(person)
    return {person: Standing(kind, person in active - danger) for person, kind in kinds.items()}


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

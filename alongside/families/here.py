"""Who stands in a family: for working out to whom something may go. Nothing of it is shown."""

from alongside.record.readers import STAFF
from alongside.record.reading import rows


def in_danger(family: int) -> set[int]:
    """Those to whom nothing new goes by the way: under hazard, excluded or barred."""
    sql = (
        "SELECT person FROM record_relationship WHERE family = %s "
        "AND (hazard_seq IS NOT NULL OR state IN ('excluded', 'barred'))"
    )
    return {person for (person,) in rows(sql, [family])}


def stand_here(family: int) -> set[int]:
    """Those who have an active relationship to the family."""
    sql = "SELECT person FROM record_relationship WHERE family = %s AND state = 'active'"
    return {person for (person,) in rows(sql, [family])}


def work_here(family: int) -> set[int]:
    """Those who work with the family, or with one person of it."""
    marks = ", ".join(["%s"] * len(STAFF))
    sql = f"SELECT person FROM record_relationship WHERE family = %s AND kind IN ({marks}) AND state = 'active'"
    return {person for (person,) in rows(sql, [family, *sorted(STAFF)])}


def read_by_mark(family: int, now: int) -> set[int]:
    """The helpers who read what is for the team (`now`: microseconds)."""
    marks = ", ".join(["%s"] * len(STAFF))
    sql = (
        f"SELECT person FROM record_relationship WHERE family = %s AND kind IN ({marks}) AND state = 'active' "
        'AND "to" IS NULL AND hazard_seq IS NULL AND (until IS NULL OR until > %s)'
    )
    return {person for (person,) in rows(sql, [family, *sorted(STAFF), now])}

"""Where appointments to come stand, across families. Places only; read them through the gate."""

from collections.abc import Collection

from alongside.record.reading import rows


def coming(families: Collection[int], *, first: int, last: int) -> list[tuple[int, int, int]]:
    """Appointments of these families from one ordinal day to another, both with: (family, place, now)."""
    if not families:
        return []
    marks = ", ".join(["%s"] * len(families))
    sql = (
        f"SELECT family, place, now FROM teams_coming WHERE family IN ({marks}) AND day BETWEEN %s AND %s ORDER BY day"
    )
    return rows(sql, [*families, first, last])

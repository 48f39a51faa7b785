"""Where what one person owes stands, across families. Places only; read them through the gate."""

from alongside.record.reading import rows


def owed_by(person: int) -> list[tuple[int, int, str, int | None]]:
    """The open promises of this person, the next due first: (family, place, due as ISO date or '', the place of
    what it answers or None)."""
    sql = "SELECT family, place, due, beside FROM promises_open WHERE owner = %s ORDER BY due = '', due, place"
    return rows(sql, [person])


def asked_of(person: int) -> list[tuple[int, int]]:
    """The promises asked of this person that wait for a yes or no: (family, place)."""
    return rows("SELECT family, place FROM promises_asked WHERE of_person = %s ORDER BY place", [person])

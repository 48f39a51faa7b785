"""Who outside has which checkpoint. Without somebody outside, whoever has the database, its key and the signer's
folder can make everything anew; the age of the last one outside is how much could still be."""

from dataclasses import dataclass

from django.db import connection

from alongside.record.reading import rows

LONGEST = 200  # letters of a name


@dataclass(frozen=True, slots=True)
class Outside:
    """The newest checkpoint somebody outside has. `signed`, `at`: microseconds, when it was signed and when it was
    noted that they have it."""

    size: int
    by: str
    signed: int
    at: int


def has(*, size: int, by: str, at: int) -> bool:
    """Note that somebody has the checkpoint of this size. Returns whether there is one. Twice is once."""
    if not rows("SELECT 1 FROM record_checkpoint WHERE size = %s", [size]):
        return False
    by = by[:LONGEST]
    if not rows('SELECT 1 FROM record_witness WHERE size = %s AND "by" = %s', [size, by]):
        with connection.cursor() as cursor:
            cursor.execute('INSERT INTO record_witness (size, "by", at) VALUES (%s, %s, %s)', [size, by, at])
    return True


def newest() -> Outside | None:
    """The newest checkpoint outside, or None."""
    sql = (
        'SELECT w.size, w."by", c.at, w.at FROM record_witness w JOIN record_checkpoint c ON c.size = w.size '
        "ORDER BY w.size DESC, w.id LIMIT 1"
    )
    found = rows(sql, [])
    return Outside(*found[0]) if found else None

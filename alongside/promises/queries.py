"""Where what one person owes stands, across families. Places only; read them through the gate."""

from typing import Any

from alongside.promises.promise import STEPS
from alongside.record.reading import rows

_OF_ONE = ", ".join(f"'{kind}'" for kind in ("promises.made", *STEPS))
# A promise and its steps, all of them: what came last settled it, nothing stands on any of them or they on anything,
# and whoever reads by mark reads each.
LONG_SETTLED = f"""
SELECT p.thing FROM record_entry p
 WHERE p.kind IN ({_OF_ONE}) AND p.pk BETWEEN %(lo)s AND %(hi)s
 GROUP BY p.thing
HAVING MAX(CASE WHEN p.kind = 'promises.made' THEN 1 ELSE 0 END) = 1 AND MAX(p.recorded_at) < %(settled)s
   AND MAX(2 * p.pk + CASE WHEN p.kind IN ('promises.kept', 'promises.broken') THEN 1 ELSE 0 END) %% 2 = 1
   AND MIN(CASE WHEN p.mark = 'team' AND p.answers IS NULL AND p.within IS NULL
                 AND NOT EXISTS (SELECT 1 FROM record_held h WHERE h.entry = p.pk)
                 AND NOT EXISTS (SELECT 1 FROM record_entry a WHERE a.answers = p.pk)
                 AND NOT EXISTS (SELECT 1 FROM record_entry a WHERE a.within = p.pk) THEN 1 ELSE 0 END) = 1
"""


def long_settled(before: int) -> tuple[str, dict[str, Any]]:
    """For `read(past=)`, and for those who read by mark alone: the promises that were kept or broken `before`
    (microseconds), and beside which nothing stands."""
    return LONG_SETTLED, {"settled": before}


def owed_by(person: int) -> list[tuple[int, int, str, int | None]]:
    """The open promises of this person, the next due first: (family, place, due as ISO date or '', the place of
    what it answers or None)."""
    sql = "SELECT family, place, due, beside FROM promises_open WHERE owner = %s ORDER BY due = '', due, place"
    return rows(sql, [person])


def asked_of(person: int) -> list[tuple[int, int]]:
    """The promises asked of this person that wait for a yes or no: (family, place)."""
    return rows("SELECT family, place FROM promises_asked WHERE of_person = %s ORDER BY place", [person])

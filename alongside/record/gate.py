"""Who may read, as SQL: the FROM and WHERE of everything a reader may read of a family, in a few fixed shapes.

It says what `standing` and `sees` say (readers.py); tests hold all of them against one independent oracle.
"""

from functools import cache
from typing import Any

from alongside.record.entry import COLUMNS, first_pk, last_pk
from alongside.record.kinds import private_kinds
from alongside.record.readers import ASKED_FOR, Reader

FIELDS = ", ".join(f"e.{name}" for name in COLUMNS)

# `e.mark <> ''` always holds. It keeps PostgreSQL from looking up beforehand all that somebody is named on, in every
# family: what also asks something of the entry outside is asked entry by entry. Said of the place, SQLite takes another
# index.
BY_MARK = """
  FROM record_entry e LEFT JOIN record_held h ON h.entry = e.pk
 WHERE e.pk BETWEEN %(lo)s AND %(hi)s {narrow}
   AND CASE COALESCE(h.mark, e.mark)
         WHEN 'team' THEN TRUE
         WHEN 'professionals' THEN %(strength)s >= 2
         ELSE %(strength)s >= 3
          AND (%(urgent)s >= CASE COALESCE(h.mark, e.mark) WHEN 'persons' THEN 2 ELSE 3 END
               OR EXISTS (SELECT 1 FROM record_reader r WHERE r.person = %(me)s AND e.mark <> '' AND r.entry = e.pk))
       END
"""

# While somebody stands in, and at no other time: besides, what names those they stand in for, never sealed.
STANDING_IN = BY_MARK.replace(
    "r.entry = e.pk)",
    "r.entry = e.pk)\n            OR %(strength)s >= 3 AND COALESCE(h.mark, e.mark) = 'persons'"
    "\n          AND EXISTS (SELECT 1 FROM record_reader r"
    "\n                       WHERE r.entry = e.pk AND e.mark <> '' AND r.person IN ({away}))",
)

# In an emergency that was asked further: never what a family kept among themselves, nor what hangs on it (R23).
AMONG_THEMSELVES = """NOT EXISTS (
         WITH RECURSIVE up(pk) AS (
           SELECT e.pk UNION SELECT p.pk FROM up JOIN record_entry x ON x.pk = up.pk
             JOIN record_entry p ON p.pk IN (x.answers, x.within, x.thing))
         SELECT 1 FROM up JOIN record_entry k ON k.pk = up.pk WHERE k.kind IN ({kinds}))"""


@cache
def _urgently() -> str:
    """The shape for an emergency that was asked further; the kinds are known once every room has said them."""
    kinds = ", ".join(f"'{name}'" for name in private_kinds())
    asked = "(%(urgent)s >= CASE COALESCE(h.mark, e.mark) WHEN 'persons' THEN 2 ELSE 3 END"
    return BY_MARK.replace(asked, f"{asked} AND {AMONG_THEMSELVES.replace('{kinds}', kinds or 'NULL')}")


# The rows that count are found first, from their index alone; each entry is then fetched once, in order. Only
# under the mark of professionals does it matter which row it was: a writer's own.
COUNTING = """
       SELECT r.entry FROM record_reader r
        WHERE r.person = %(me)s AND r.entry BETWEEN %(lo)s AND %(hi)s AND r.since <= %(had)s
          AND (r.since <= %(hazard)s OR r.because IN ('own', 'addressed', 'released'))
          AND (r.because <> 'shared' OR %(kin)s = 0 OR NOT EXISTS (
               SELECT 1 FROM record_about a
                 JOIN record_adult d ON d.family = %(family)s AND d.person = a.person
                                    AND d.from_day <= %(today)s
                WHERE a.entry = r.entry AND a.person <> %(me)s
                  AND NOT EXISTS (SELECT 1 FROM record_reader g
                                   WHERE g.person = %(me)s AND g.entry = r.entry
                                     AND g.because = 'shared' AND g.giver = a.person
                                     AND g.since <= %(had)s AND g.since <= %(hazard)s)))"""
NAMED = f"""
  FROM record_entry e LEFT JOIN record_held h ON h.entry = e.pk
 WHERE e.pk IN ({COUNTING})
   AND CASE COALESCE(h.mark, e.mark)
         WHEN 'team' THEN TRUE
         WHEN 'professionals' THEN %(strength)s >= 2 AND %(kin)s = 0
          AND EXISTS (SELECT 1 FROM record_reader o
                       WHERE o.person = %(me)s AND o.entry = e.pk AND e.mark <> '' AND o.because = 'own'
                         AND o.since <= %(had)s)
         ELSE %(strength)s >= 3
       END {{narrow}}
"""
# The same for a server. It goes along the newest of a family's entries and of those that count side by side; and where
# it is asked for all of them, along the entries once, instead of fetching each by its place (`IS TRUE` keeps it from
# making a join of that again).
BOUNDED = NAMED.replace("e.pk IN (", "e.pk BETWEEN %(lo)s AND %(hi)s AND e.pk IN (", 1)
ALONG = BOUNDED.replace(f"e.pk IN ({COUNTING})", f"(e.pk IN ({COUNTING})) IS TRUE")


@cache
def held_along(shape: str) -> str:
    """A shape for a server, with bounds of `h` that say nothing new: it takes the two tables along each other then."""
    held = "ON h.entry = e.pk"
    return shape.replace(held, f"{held} AND h.entry BETWEEN %(lo)s AND %(hi)s", 1)


def gate(reader: Reader, upto: int | None = None) -> tuple[str, dict[str, Any]]:
    """The FROM and WHERE of everything this reader may read, and its parameters.

    `upto`: the last seq of the prefix that is looked at (as known then). The text holds `{narrow}`, where
    a read puts its own conditions; it is one of a few fixed shapes.
    """
    lo = first_pk(reader.family)
    hi = last_pk(reader.family) if upto is None else lo | upto
    had = last_pk(reader.family) if reader.upto is None else lo | reader.upto
    values = {
        "lo": lo,
        "hi": min(hi, had),
        "had": had,
        "me": reader.person,
        "strength": reader.strength,
        "urgent": reader.urgent,
        "hazard": last_pk(reader.family) if reader.hazard is None else lo | reader.hazard,
        "kin": int(reader.kin),
        "family": reader.family,
        "today": reader.today,
    }
    if reader.stands_in:
        values |= {f"away{place}": person for place, person in enumerate(reader.stands_in)}
        away = ", ".join(f"%(away{place})s" for place, _ in enumerate(reader.stands_in))
        return STANDING_IN.replace("{away}", away), values
    if reader.by_mark and reader.urgent >= ASKED_FOR["persons"]:
        return _urgently(), values
    return (BY_MARK if reader.by_mark else NAMED), values

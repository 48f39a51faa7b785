"""The one change of an entry that the wall lets through, in the words of both databases: erasing by law.

What stays, what is emptied, that nobody reads who did not, how the key is closed, and the decision of two persons that
holds this place and is told of as it was made. There is one list; a `Tongue` is what the two say differently.
"""

from dataclasses import dataclass

from alongside.record.entry import SEQ_BITS
from alongside.record.erased import CONFIRMED, ERASED, PROPOSED

SAME = "pk id thing within answers author mark recorded_at hash".split()
CLEARED = {"via": "'[]'", "about": "'[]'", "basis": "'act'"}
NOTHING = "saw speaker so so_first so_last learnt_at written_at".split()
FAMILIES = 1 << SEQ_BITS  # the first place of a family; below it is the office's own record


@dataclass(frozen=True, slots=True)
class Tongue:
    """SQL: `same` of two values that may be NULL; the `text` in a JSON text under a key; `ranges`: of the proposal p,
    as r.value, from `first` to `last`; the `members` of a JSON list, as value; `closed`: OLD.once without its digest,
    where its last d.value characters are the place; `ends`: lengths of such an end, as d.value."""

    entries: str
    same: str
    no_bytes: str
    text: str
    ranges: str
    first: str
    last: str
    members: str
    closed: str
    ends: str


SQLITE = Tongue(
    entries="record_entry",
    same="{} IS {}",
    no_bytes="x''",
    text="json_extract({}, '$.{}')",
    ranges="json_each(p.body, '$.ranges') r",
    first="json_extract(r.value, '$[0]')",
    last="json_extract(r.value, '$[1]')",
    members="json_each({})",
    closed="substr(OLD.once, 1, length(OLD.once) - 32 - d.value) || 'erased' || substr(OLD.once, -d.value)",
    ends="json_each('[2,3,4,5,6]') d",
)
POSTGRESQL = Tongue(
    entries="public.record_entry",
    same="{} IS NOT DISTINCT FROM {}",
    no_bytes="CAST('' AS bytea)",
    text="(CAST({} AS json) ->> '{}')",
    ranges="json_array_elements(CAST(p.body AS json) -> 'ranges') AS r(value)",
    first="CAST(r.value ->> 0 AS bigint)",
    last="CAST(r.value ->> 1 AS bigint)",
    members="jsonb_array_elements(CAST({} AS jsonb))",
    closed="left(OLD.once, - 32 - d.value) || 'erased' || right(OLD.once, d.value)",
    ends="(VALUES (2), (3), (4), (5), (6)) AS d(value)",
)


def lawful(say: Tongue) -> str:
    """The condition on OLD and NEW, two rows of record_entry."""
    left = (
        f'\'{{"by":"\' || c.id || \'","ground":"\' || {say.text.format("p.body", "ground")} || \'","on":"\' || '
        f'{say.text.format("c.body", "on")} || \'","v":1}}\''
    )
    decided = f"""
SELECT 1 FROM {say.entries} c JOIN {say.entries} p ON p.pk = c.thing, {say.ranges}
 WHERE c.id = {say.text.format("NEW.body", "by")} AND c.kind = '{CONFIRMED}' AND p.kind = '{PROPOSED}'
   AND c.pk < {FAMILIES} AND p.pk < c.pk AND c.author <> p.author AND NEW.body = {left}
   AND OLD.pk BETWEEN {say.first} AND {say.last}
"""
    before, now = (say.members.format(f"{row}.readers") for row in ("OLD", "NEW"))
    return f"""
OLD.pk >= {FAMILIES} AND OLD.kind <> '{ERASED}' AND NEW.kind = '{ERASED}'
AND {" AND ".join(say.same.format(f"NEW.{name}", f"OLD.{name}") for name in SAME)}
AND {" AND ".join(f"NEW.{name} IS NULL" for name in NOTHING)}
AND {" AND ".join(f"NEW.{name} = {value}" for name, value in CLEARED.items())} AND NEW.salt = {say.no_bytes}
AND NOT EXISTS (SELECT 1 FROM {now} n WHERE n.value NOT IN (SELECT value FROM {before}))
AND NEW.once IN (SELECT {say.closed}
                   FROM {say.ends})
AND EXISTS ({decided})
"""


def changing(say: Tongue, *, body: str, readers: str, once: str, pk: str) -> str:
    """The statement that makes this change of one row; the words are SQL: places for values, or names."""
    sets = {"kind": f"'{ERASED}'", "body": body, "readers": readers, "once": once, "salt": say.no_bytes}
    sets |= CLEARED | dict.fromkeys(NOTHING, "NULL")
    return f"UPDATE {say.entries} SET {', '.join(f'{name} = {value}' for name, value in sets.items())} WHERE pk = {pk}"

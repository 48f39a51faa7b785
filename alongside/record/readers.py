"""Who may read: one rule for a person and a family (`standing`), one for an entry (`sees`), the same in SQL.

The three must agree on every entry; tests hold them against an independent oracle written from the
design alone. Only `alongside.access` builds relationships into Readers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from alongside.record.entry import COLUMNS, first_pk, last_pk
from alongside.record.kinds import private_kinds

# Opened in an emergency: for the team and for professionals; also for named persons; also sealed.
URGENT = ("emergency", "emergency-named", "emergency-sealed")
STAFF = frozenset("coordinator allocated co-worker duty supervisor".split()) | frozenset(URGENT)
KIN = frozenset("child parent carer network".split())
OTHERS = frozenset("partner advocate consult reviewer".split())
KINDS = STAFF | KIN | OTHERS
STATES = tuple("invited accepted verified active paused ended excluded barred".split())
CLOSED = frozenset(("excluded", "barred"))
CARD, SIGNED_IN, SECOND, FRESH = range(4)  # how strong the visit is
PASSES_A_HAZARD = ("own", "addressed", "released")
ASKED_FOR = {"persons": 2, "sealed": 3}  # how far an emergency has to reach for what is not for the whole team


class Relationship(NamedTuple):
    """One person's relationship to one family. `*_seq`: the family's last seq at that moment;
    `until`: microseconds, from then on it gives nothing; `to`: works with that one person only."""

    person: int
    kind: str
    state: str = "active"
    to: int | None = None
    ended_seq: int | None = None
    hazard_seq: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """`person` is away from the day `first` to the day `last` (ordinals, both counted), and `stand_in` stands in."""

    person: int
    stand_in: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who stands in a family, at this moment, with a visit of this strength.

    `by_mark`: reads as staff do, by mark. `kin`: belongs to the family. `upto`: keeps what they had up to
    this seq (None: reads new things too). `hazard`: seq from which only own, addressed, released pass.
    `today`: ordinal day in the office's zone, for who is an adult. `stands_in`: for whom this worker stands in today.
    `urgent`: reads in an emergency alone, and how far, counted from 1 along URGENT; 0: does not. `until`: when that
    emergency ends, microseconds. `now`: the moment at which they stand here, microseconds. `shut`: the office has
    stopped, and nothing new is received (closing.py).
    """

    person: int
    by_mark: bool
    kin: bool
    strength: int
    upto: int | None = None
    hazard: int | None = None
    family: int = 0
    code: str = ""
    today: int = 0
    role: str = ""
    stands_in: tuple[int, ...] = ()
    urgent: int = 0
    until: int | None = None
    now: int = field(default=0, compare=False)
    shut: bool = False

    @property
    def works(self) -> bool:
        """Whether this person has a part in what goes on here: not someone who keeps what they had, nor someone who
        reads in an emergency."""
        return self.upto is None and not self.urgent

    @property
    def writes(self) -> bool:
        """Whether new words of this person are taken: from those who have a part, until the office stops."""
        return self.works and not self.shut


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule needs to know of an entry. `rows`: (person, because, giver, since). `private`: of a family among
    themselves, or it hangs on what is."""

    seq: int
    mark: str
    author: int
    about: frozenset[int]
    rows: tuple[tuple[int, str, int | None, int], ...]
    private: bool = False


def standing(
    person: int, relationships: Collection[Relationship], now: int, strength: int,
    absences: Collection[Absence] = (), today: int = 0, **where: Any,
) -> Reader | None:  # fmt: skip
    """The reader this person is in the family whose relationships these are, or None: not found.

    `now` in microseconds; `today`: the ordinal day in the office's zone, for `absences`. Where somebody stands in,
    the relationships hold theirs for whom they do. `where`: what else is known of them (family, code, shut). See
    docs/who-may-do-what.md for the sentences.
    """
    mine = [r for r in relationships if r.person == person]
    if not CLOSED.isdisjoint([r.state for r in mine]):
        return None
    kinds = {r.kind for r in mine}
    kin = not KIN.isdisjoint(kinds)
    if kin and not STAFF.isdisjoint(kinds):
        return None
    live = [r for r in mine if r.until is None or r.until > now]
    active = _not_urgent_besides([r for r in live if r.state == "active"])
    urgent = max([URGENT.index(r.kind) + 1 for r in active if r.kind in URGENT], default=0)
    if urgent and strength < SECOND:
        return None
    kept = [r for r in live if r.state in ("paused", "ended") and r.kind in KIN and r.ended_seq is not None]
    if not active and not kept:
        return None
    hazards = [r.hazard_seq for r in mine if r.hazard_seq is not None]
    by_mark = not hazards and any(r.kind in STAFF and r.to is None for r in active)
    return Reader(
        person=person,
        by_mark=by_mark,
        kin=kin,
        strength=strength,
        upto=None if active else max(r.ended_seq for r in kept),
        hazard=min(hazards) if hazards else None,
        role=(active or kept)[0].kind,
        stands_in=_for_whom(person, relationships, now, absences, today) if by_mark and not urgent else (),
        urgent=urgent,
        until=max(r.until or now for r in active) if urgent else None,
        now=now,
        today=today,
        **where,
    )


def _for_whom(
    person: int, relationships: Collection[Relationship], now: int, absences: Collection[Absence], today: int
) -> tuple[int, ...]:
    """For whom a worker who reads by mark stands in today: workers who would read by mark themselves."""
    away = {one.person for one in absences if one.stand_in == person and one.first <= today <= one.last} - {person}
    theirs = {one: standing(one, relationships, now, SIGNED_IN) for one in away}
    return tuple(sorted(one for one, reader in theirs.items() if reader is not None and reader.by_mark))


def _not_urgent_besides(active: list[Relationship]) -> list[Relationship]:
    """An emergency adds nothing for somebody who stands here otherwise, bound to one person or not."""
    return [r for r in active if r.kind not in URGENT] or active


def sees(reader: Reader, entry: Facts, adults: Collection[int]) -> bool:
    """Whether this reader reads this entry; `adults` are the family's adults today."""
    if reader.strength < SIGNED_IN:
        return False
    mine = [row for row in entry.rows if row[0] == reader.person]
    if reader.by_mark:
        if entry.mark == "team":
            return True
        if entry.mark == "professionals":
            return reader.strength >= SECOND
        for_others = entry.mark == "persons" and any(row[0] in reader.stands_in for row in entry.rows)
        asked = not entry.private and reader.urgent >= ASKED_FOR[entry.mark]
        return reader.strength >= FRESH and (bool(mine) or for_others or asked)
    if reader.upto is not None and entry.seq > reader.upto:
        return False
    mine = [row for row in mine if _counts(reader, row)]
    return any(_opens(reader, entry, row, mine, adults) for row in mine)


def _counts(reader: Reader, row: tuple) -> bool:
    """Whether a row gives this reader anything: what came after an ending or a hazard may not."""
    _, because, _, since = row
    if reader.upto is not None and since > reader.upto:
        return False
    return reader.hazard is None or since <= reader.hazard or because in PASSES_A_HAZARD


def _opens(reader: Reader, entry: Facts, row: tuple, mine: Sequence[tuple], adults: Collection[int]) -> bool:
    _, because, _, _ = row
    if entry.mark == "professionals":
        if because != "own" or reader.kin or reader.strength < SECOND:
            return False
    elif entry.mark in ("persons", "sealed") and reader.strength < FRESH:
        return False
    if because == "shared" and reader.kin:
        givers = {giver for _, why, giver, _ in mine if why == "shared"}
        return all(p == reader.person or p not in adults or p in givers for p in entry.about)
    return True


# --- the same, as SQL -----------------------------------------------------------------------------------

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

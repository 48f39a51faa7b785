"""Who may read: one rule for a person and a family (`standing`), one for an entry (`sees`); the same in SQL is gate.py.

The three must agree on every entry; tests hold them against an independent oracle written from the
design alone. Only `alongside.access` builds relationships into Readers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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

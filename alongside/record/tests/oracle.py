"""The independent oracle of who may read: slow, literal, plain.

Written from docs/record section 4 without looking at the code it judges. Each rule stands
under the sentence it comes from. It knows nothing of databases, settings or sessions; it takes
its own facts below or anything else with the same attributes. Numbers are small ints: persons,
a family's ``seq``, and moments as microseconds since 1970.

Each rule is a function of its own, so that ``test_planted`` can break one at a time in a copy.
"""

from dataclasses import dataclass
from typing import NamedTuple

URGENT = {"emergency": 1, "emergency-named": 2, "emergency-sealed": 3}
STAFF = {"coordinator", "allocated", "co-worker", "duty", "supervisor"} | set(URGENT)
KIN = {"child", "parent", "carer", "network"}
OTHERS = {"partner", "advocate", "consult", "reviewer"}
STATES = ("invited", "accepted", "verified", "active", "paused", "ended", "excluded", "barred")
MARKS = ("team", "professionals", "persons", "sealed")
BECAUSE = ("own", "present", "addressed", "shared", "released")
CARD, SIGNED_IN, SECOND, FRESH = 0, 1, 2, 3
NEEDED = {"team": SIGNED_IN, "professionals": SECOND, "persons": FRESH, "sealed": FRESH}
EVERYTHING = 2**62  # later than any seq


@dataclass(frozen=True, slots=True)
class Relationship:
    """One person's relationship to the family, as it stands now."""

    person: int
    kind: str
    to: int | None = None
    state: str = "active"
    ended_seq: int | None = None
    hazard_seq: int | None = None
    until: int | None = None


class Absence(NamedTuple):
    """Somebody is away from one day to another, both counted (ordinals), and somebody else stands in."""

    person: int
    stand_in: int
    first: int
    last: int


class Row(NamedTuple):
    """Why an entry names a person, who gave that, and by the act of which seq."""

    person: int
    because: str
    giver: int | None
    since: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the gate may know of an entry. ``speaker`` is here only to be ignored."""

    seq: int
    mark: str
    author: int
    about: frozenset[int] = frozenset()
    rows: tuple[Row, ...] = ()
    speaker: int | None = None
    private: bool = False  # of a family among themselves, or it hangs on what is


@dataclass(frozen=True, slots=True)
class Standing:
    """A person who may read something of this family, and how far."""

    person: int
    strength: int
    by_mark: bool
    kin: bool
    last: int  # entries and rows up to here
    hazard: int | None  # rows after here only if own, addressed or released
    urgent: int = 0  # how far an emergency opened; 0: there is none


# --- standing -----------------------------------------------------------------------------


def closed(mine):
    """*Excluded* and *barred* close everything."""
    return any(tie.state in ("excluded", "barred") for tie in mine)


def both_sides(mine):
    """Whoever is both staff and kin of a family has no standing in it (in whatever state)."""
    return any(tie.kind in STAFF for tie in mine) and is_kin(mine)


def is_kin(mine):
    """A family reader: child, parent, carer or network, in whatever state the tie is."""
    return any(tie.kind in KIN for tie in mine)


def in_time(mine, now):
    """From ``until`` on a relationship gives nothing at all: age ends it."""
    return [tie for tie in mine if tie.until is None or now < tie.until]


def without_emergencies(giving, strength):
    """An emergency adds nothing for somebody who stands there otherwise, and needs a second factor."""
    if any(tie.state == "active" and tie.kind not in URGENT for tie in giving) or strength < SECOND:
        return [tie for tie in giving if tie.kind not in URGENT]
    return giving


def how_urgent(giving):
    """The widest emergency that is running."""
    return max((URGENT[tie.kind] for tie in giving if tie.state == "active" and tie.kind in URGENT), default=0)


def last_seq(giving):
    """Only *active* reads new things; family members keep what they had; ended staff get 404.

    Among several an active one wins, then the one that ended last. None: nothing at all.
    """
    if any(tie.state == "active" for tie in giving):
        return EVERYTHING
    kept = [
        tie.ended_seq
        for tie in giving
        if tie.state in ("paused", "ended") and tie.kind in KIN and tie.ended_seq is not None
    ]
    return max(kept, default=None)


def hazard_at(mine):
    """Anyone under hazard: one hazard on any of their relationships is enough, the first counts."""
    return min((tie.hazard_seq for tie in mine if tie.hazard_seq is not None), default=None)


def reads_by_mark(giving, hazard):
    """Staff kinds read by mark; a relationship to one person opens only what names them."""
    if hazard is not None:
        return False
    return any(t.state == "active" and t.kind in STAFF and t.to is None for t in giving)


def standing(person, relationships, now, strength):
    """``relationships`` of one family (of everybody in it). None: the family does not exist."""
    mine = [tie for tie in relationships if tie.person == person]
    if closed(mine) or both_sides(mine):
        return None
    giving = without_emergencies(in_time(mine, now), strength)
    last = last_seq(giving)
    if last is None:
        return None
    hazard = hazard_at(mine)
    by_mark = reads_by_mark(giving, hazard)
    return Standing(person, strength, by_mark, is_kin(mine), last, hazard, how_urgent(giving))


def away(absence, today):
    """While the worker is away: on the days said, and neither before nor after."""
    return absence.first <= today and today <= absence.last


def works_by_mark(person, relationships, now):
    """A worker of this family who reads by mark."""
    found = standing(person, relationships, now, SIGNED_IN)
    return found is not None and found.by_mark


def stood_in_for(person, relationships, now, absences, today):
    """Each family knows a named stand-in, a worker, for its worker while that worker is away."""
    if not works_by_mark(person, relationships, now):
        return set()
    named = {absence.person for absence in absences if absence.stand_in == person and away(absence, today)}
    return {one for one in named if one != person and works_by_mark(one, relationships, now)}


# --- one entry ----------------------------------------------------------------------------


def strong_enough(mark, strength):
    """Signed in: team; second factor: professionals; fresh: persons, sealed. A card: none."""
    return strength >= NEEDED[mark]


def kept_rows(reader, rows):
    """They keep what they had: a row written after the end gives nothing, to old words either."""
    return [row for row in rows if row.since <= reader.last]


def safe_rows(reader, rows):
    """What he already opened stays; from the hazard on only own, addressed, released."""
    if reader.hazard is None:
        return rows
    later = ("own", "addressed", "released")
    return [row for row in rows if row.since <= reader.hazard or row.because in later]


def told_rows(reader, rows, about, adults):
    """What was only *shared* is withheld from a family reader when it is about another adult.

    Until that adult shares it, each such adult. Own, present, addressed, released pass. A sharing
    that is itself of no use (after the end, after the hazard) is no leave either: ``rows`` are
    those that are left.
    """
    if not reader.kin:
        return rows
    others = {person for person in about if person in adults and person != reader.person}
    givers = {row.giver for row in rows if row.because == "shared"}
    if others <= givers:
        return rows
    return [row for row in rows if row.because != "shared"]


def rows_that_count(reader, entry, adults):
    """The rows that name this reader and still give something."""
    rows = [Row(*row) for row in entry.rows]
    rows = [row for row in rows if row.person == reader.person]
    rows = safe_rows(reader, kept_rows(reader, rows))
    return told_rows(reader, rows, entry.about, adults)


def named_professional(reader, rows):
    """Not under professionals if the author is family; of the others only the author."""
    return not reader.kin and any(row.because == "own" for row in rows)


def mark_is_enough(reader, mark):
    """Team: staff of this family. Professionals: staff. Persons and sealed: only the named."""
    return reader.by_mark and mark in ("team", "professionals")


def asked_for(reader, entry):
    """Persons only when that was asked for; sealed only when a second person said yes to it; private time never."""
    mark = entry.mark
    return not entry.private and reader.by_mark and reader.urgent >= {"persons": 2, "sealed": 3}[mark]


def for_the_one_away(entry, absent):
    """The stand-in reads what was for the worker by name, under the mark persons; sealed things never."""
    return entry.mark == "persons" and any(Row(*row).person in absent for row in entry.rows)


def may_read(person, relationships, now, strength, entry, adults, absences=(), today=0):
    """Does this person read this entry now? Speaker gives no reading right."""
    reader = standing(person, relationships, now, strength)
    if reader is None or not strong_enough(entry.mark, strength) or entry.seq > reader.last:
        return False
    if mark_is_enough(reader, entry.mark):
        return True
    if for_the_one_away(entry, stood_in_for(person, relationships, now, absences, today)):
        return True
    if entry.mark in ("persons", "sealed") and asked_for(reader, entry):
        return True
    rows = rows_that_count(reader, entry, adults)
    if entry.mark == "professionals":
        return named_professional(reader, rows)
    return bool(rows)

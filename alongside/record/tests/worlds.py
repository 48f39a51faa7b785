"""Small random families in which every rule of reading meets every other.

Six persons and twelve entries, so that the same person is author, kin, adult, reader and giver
often. One seeded generator for tens of thousands of decisions, and the same space as hypothesis
strategies, which shrink to the smallest family that shows a mistake.

Only states the record can hold: ``own`` rows are the author's (now and then struck out), a row's
``since`` is never before its entry and always the seq of an entry that exists.
"""

import random
from collections.abc import Iterator
from typing import NamedTuple

from hypothesis import strategies as st

from .oracle import BECAUSE, KIN, MARKS, OTHERS, STAFF, STATES, URGENT, Absence, Entry, Relationship, Row

PERSONS = range(1, 7)
LAST = 12  # entries of a family, seq 1..LAST
NOW = 1_795_186_800_000_000  # Friday 20 November 2026, 15:00 UTC
TODAY = 739_940  # the ordinal of that day
MOMENTS = (NOW - 1, NOW, NOW + 1)
STRENGTHS = (0, 1, 2, 3)
GROUPS = tuple(tuple(sorted(group)) for group in (STAFF, KIN, OTHERS))
KINDS = GROUPS[0] + GROUPS[1] + GROUPS[2]
GIVEN = BECAUSE[1:]  # everything but own


class World(NamedTuple):
    """One family at one moment, visited with one strength."""

    relationships: tuple[Relationship, ...]
    entries: tuple[Entry, ...]
    adults: frozenset[int]
    now: int
    strength: int
    absences: tuple[Absence, ...] = ()
    today: int = TODAY


class Decision(NamedTuple):
    """One question to the gate: does ``person`` read ``entry``?"""

    person: int
    relationships: tuple[Relationship, ...]
    now: int
    strength: int
    entry: Entry
    adults: frozenset[int]
    absences: tuple[Absence, ...] = ()
    today: int = TODAY


# --- seeded, fast -------------------------------------------------------------------------


def _sometimes(dice: random.Random, share: float, values):
    return dice.choice(values) if dice.random() < share else None


def _relationship(dice: random.Random, person: int, kind: str) -> Relationship:
    state = dice.choices(STATES, (1, 1, 1, 11, 3, 4, 0.5, 0.5))[0]
    stopped = state in ("paused", "ended")
    return Relationship(
        person=person,
        kind=kind,
        to=_sometimes(dice, 0.2, PERSONS),
        state=state,
        # one that was paused and is active again may still carry its old number
        ended_seq=_sometimes(dice, 1 if stopped else 0.1, range(LAST + 1)),
        hazard_seq=_sometimes(dice, 0.2, range(LAST + 1)),
        until=_sometimes(dice, 0.2, MOMENTS),
    )


def _relationships(dice: random.Random, person: int) -> list[Relationship]:
    """None to three, of different kinds; mostly from one group, or both sides would swamp it."""
    group = dice.choices(GROUPS, (3, 5, 2))[0]
    count = dice.choices((0, 1, 2, 3), (1, 5, 3, 1))[0]
    kinds = {dice.choice(group if dice.random() < 0.85 else KINDS) for _ in range(count)}
    return [_relationship(dice, person, kind) for kind in sorted(kinds)]


def _since(dice: random.Random, seq: int) -> int:
    return seq if dice.random() < 0.5 else dice.randint(seq, LAST)


def _giver(dice: random.Random, because: str, about: list[int]) -> int | None:
    """Who shared or released it: often somebody it is about, whose leave it needs."""
    if because not in ("shared", "released"):
        return None
    return dice.choice(about if about and dice.random() < 0.7 else PERSONS)


def _rows(dice: random.Random, seq: int, author: int, about: list[int]) -> tuple[Row, ...]:
    rows = {(author, "own", None): seq} if dice.random() < 0.9 else {}
    named = dice.sample(PERSONS, dice.randint(1, 3))  # few: one person for several reasons
    reasons = dice.choice((GIVEN, ("shared",)))  # sharing is the rule with most conditions
    for _ in range(dice.randint(0, 8)):
        person, because = dice.choice(named), dice.choice(reasons)
        giver = _giver(dice, because, about)
        since = seq if because == "present" else _since(dice, seq)
        rows.setdefault((person, because, giver), since)
    return tuple(Row(*key, since) for key, since in rows.items())


def _entry(dice: random.Random, seq: int) -> Entry:
    author, about = dice.choice(PERSONS), dice.sample(PERSONS, dice.randint(0, 3))
    return Entry(
        seq=seq,
        mark=dice.choices(MARKS, (4, 2, 2, 1))[0],
        author=author,
        about=frozenset(about),
        rows=_rows(dice, seq, author, about),
        speaker=_sometimes(dice, 0.5, PERSONS),
    )


def _absence(dice: random.Random, staff: list[int]) -> Absence:
    """Mostly of workers, or hardly anybody would stand in; often from tomorrow or until yesterday."""
    first, last = dice.choice(((-2, -1), (1, 2), (0, 0), (-1, 1)))
    who = dice.sample(staff, 2) if len(staff) > 1 and dice.random() < 0.8 else dice.choices(PERSONS, k=2)
    return Absence(*who, TODAY + first, TODAY + last)


def _works(tie: Relationship) -> bool:
    """Whether a tie is one of somebody who may well stand in, or be stood in for."""
    here = tie.kind in STAFF and tie.kind not in URGENT and tie.state == "active"
    return here and tie.to is None and tie.hazard_seq is None


def world(dice: random.Random) -> World:
    """One random family, drawn from ``dice``."""
    ties = tuple(tie for person in PERSONS for tie in _relationships(dice, person))
    staff = sorted({tie.person for tie in ties if _works(tie)})
    return World(
        relationships=ties,
        entries=tuple(_entry(dice, seq) for seq in range(1, LAST + 1)),
        adults=frozenset(person for person in PERSONS if dice.random() < 0.6),
        now=dice.choice(MOMENTS),
        strength=dice.choices(STRENGTHS, (1, 3, 3, 5))[0],
        absences=tuple(_absence(dice, staff) for _ in range(dice.choice((0, 1, 2, 4)))),
    )


def decisions(seed: int, count: int) -> Iterator[Decision]:
    """The same ``count`` decisions for the same ``seed``: everybody at every entry."""
    dice = random.Random(seed)
    left = count
    while left > 0:
        ties, entries, adults, now, strength, absences, today = world(dice)
        for person in PERSONS:
            for entry in entries[:left]:
                yield Decision(person, ties, now, strength, entry, adults, absences, today)
            left -= min(left, len(entries))


# --- hypothesis, slow, shrinks ------------------------------------------------------------

persons = st.sampled_from(PERSONS)
seqs = st.integers(0, LAST)
strengths = st.sampled_from(STRENGTHS)
moments = st.sampled_from(MOMENTS)


@st.composite
def relationships_of(draw) -> Relationship:
    """One relationship of one of the six."""
    state = draw(st.sampled_from(("active", *STATES)))
    return Relationship(
        person=draw(persons),
        kind=draw(st.sampled_from(KINDS)),
        to=draw(st.none() | persons),
        state=state,
        ended_seq=draw(seqs if state in ("paused", "ended") else st.none() | seqs),
        hazard_seq=draw(st.none() | seqs),
        until=draw(st.none() | moments),
    )


@st.composite
def rows_of(draw, seq: int) -> Row:
    """One given row of the entry at ``seq``."""
    because = draw(st.sampled_from(GIVEN))
    giver = draw(persons) if because in ("shared", "released") else None
    since = seq if because == "present" else draw(st.integers(seq, LAST))
    return Row(draw(persons), because, giver, since)


@st.composite
def entries_of(draw) -> Entry:
    """One entry somewhere in the family's stream."""
    seq, author = draw(st.integers(1, LAST)), draw(persons)
    rows = draw(st.lists(rows_of(seq), max_size=5, unique_by=lambda row: row[:3]))
    return Entry(
        seq=seq,
        mark=draw(st.sampled_from(MARKS)),
        author=author,
        about=draw(st.frozensets(persons, max_size=3)),
        rows=(Row(author, "own", None, seq), *rows),
        speaker=draw(st.none() | persons),
    )


decision = st.builds(
    Decision,
    person=persons,
    relationships=st.lists(relationships_of(), max_size=4, unique_by=lambda tie: (tie.person, tie.kind)).map(tuple),
    now=moments,
    strength=strengths,
    entry=entries_of(),
    adults=st.frozensets(persons),
    absences=st.lists(
        st.builds(Absence, persons, persons, st.integers(TODAY - 2, TODAY + 1), st.integers(TODAY - 1, TODAY + 2)),
        max_size=2,
    ).map(tuple),
)

"""The twelve worked cases of docs/record, by number, and laws the oracle itself must keep.

The same ``CASES`` are asked of the code in ``test_readers``; names are the cast's.
"""

from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from .oracle import (
    CARD,
    EVERYTHING,
    FRESH,
    KIN,
    SECOND,
    SIGNED_IN,
    Entry,
    Relationship,
    Row,
    hazard_at,
    may_read,
)
from .worlds import NOW, STRENGTHS, Decision, decision

MIA, JONAS, ANNE, PER, LEA, KARI, LARS, INGRID, RUNE, ELIN, MORTEN, ODA = range(1, 13)
ADULTS = frozenset({ANNE, PER, LEA, ELIN, MORTEN})

HANSEN = (
    Relationship(MIA, "child"),
    Relationship(JONAS, "child"),
    Relationship(ANNE, "parent"),
    Relationship(PER, "parent"),
    Relationship(LEA, "network"),
    Relationship(KARI, "allocated"),
    Relationship(LARS, "coordinator"),
    Relationship(INGRID, "supervisor"),
)
CLOSED = tuple(replace(tie, state="ended", ended_seq=50) for tie in HANSEN)
ELINS = (
    Relationship(ELIN, "parent"),
    Relationship(KARI, "allocated"),
    Relationship(MORTEN, "parent", hazard_seq=30),
)


def said(by, *rows, seq=20, mark="team", about=(), speaker=None):
    """An entry written by ``by``; rows as (person, because[, giver[, since]])."""
    full = [(*row, *(None, seq)[len(row) - 2 :]) for row in ((by, "own"), *rows)]
    return Entry(seq, mark, by, frozenset(about), tuple(Row(*row) for row in full), speaker)


class Case(NamedTuple):
    """One line of the table."""

    number: int
    what: str
    reader: int
    entry: Entry
    reads: bool
    ties: tuple = HANSEN
    strength: int = FRESH

    @property
    def decision(self) -> Decision:
        return Decision(self.reader, self.ties, NOW, self.strength, self.entry, ADULTS)


VISIT = said(KARI, (ANNE, "present"), about=[MIA])
SHARED = said(KARI, (ANNE, "present"), (PER, "shared", ANNE, 24), about=[MIA])
ON_ANNE = ((ANNE, "present"), (PER, "shared", LARS, 24))
ALONE = ((MIA, "present"),)
VIEW = said(KARI, mark="professionals", about=[ANNE])
REPLY = said(ANNE, (KARI, "addressed"))
QUOTE = said(KARI, mark="professionals", about=[MIA], speaker=PER)
TIE_TO_ELIN = said(KARI, (MORTEN, "present"))
LATER = {"seq": 31}
HAD = said(KARI, (ANNE, "present"), seq=50, about=[MIA])

CASES = (
    Case(1, "Anne was present", ANNE, VISIT, True),
    Case(1, "and signing in is enough", ANNE, VISIT, True, strength=SIGNED_IN),
    Case(1, "a card code is not", ANNE, VISIT, False, strength=CARD),
    Case(2, "Per was not there and nobody shared it", PER, VISIT, False),
    Case(3, "Anne shares it with Per; it is about Mia", PER, SHARED, True),
    Case(4, "about Anne, shared by Lars", PER, said(KARI, *ON_ANNE, about=[ANNE]), False),
    Case(
        4,
        "until Anne shares it herself",
        PER,
        said(KARI, *ON_ANNE, (PER, "shared", ANNE, 25), about=[ANNE]),
        True,
    ),
    Case(
        4,
        "or a worker releases it",
        PER,
        said(KARI, *ON_ANNE, (PER, "released", KARI, 25), about=[ANNE]),
        True,
    ),
    Case(5, "Mia said it alone: Mia", MIA, said(KARI, *ALONE, mark="persons"), True),
    Case(5, "Kari wrote it", KARI, said(KARI, *ALONE, mark="persons"), True),
    Case(5, "not Anne", ANNE, said(KARI, *ALONE, mark="persons"), False),
    Case(5, "not Ingrid", INGRID, said(KARI, *ALONE, mark="persons"), False),
    Case(
        5,
        "Ingrid when Mia's page named her first",
        INGRID,
        said(KARI, *ALONE, (INGRID, "addressed"), mark="persons"),
        True,
    ),
    Case(
        5,
        "Kari with a second factor of this morning",
        KARI,
        said(KARI, *ALONE, mark="persons"),
        False,
        strength=SECOND,
    ),
    Case(6, "a view on Anne, not Anne", ANNE, VIEW, False),
    Case(6, "Lars reads it", LARS, VIEW, True, strength=SECOND),
    Case(6, "not by signing in alone", LARS, VIEW, False, strength=SIGNED_IN),
    Case(7, "Anne's reply, not Jonas", JONAS, REPLY, False),
    Case(7, "Anne reads her own", ANNE, REPLY, True),
    Case(7, "Kari reads it", KARI, REPLY, True),
    Case(
        7,
        "Jonas when Anne and Kari open it",
        JONAS,
        said(ANNE, (KARI, "addressed"), (JONAS, "released", KARI, 26)),
        True,
    ),
    Case(8, "Per's words in a note for professionals", PER, QUOTE, False),
    Case(8, "nor in one for the team", PER, replace(QUOTE, mark="team"), False),
    Case(9, "a note of before Lea came", LEA, said(KARI, seq=3, about=[MIA]), False),
    Case(
        9,
        "until it is released to her",
        LEA,
        said(KARI, (LEA, "released", KARI, 40), seq=3, about=[MIA]),
        True,
    ),
    Case(10, "Morten, what was his already", MORTEN, TIE_TO_ELIN, True, ELINS),
    Case(10, "nothing newer", MORTEN, said(KARI, (MORTEN, "present"), **LATER), False, ELINS),
    Case(
        10,
        "nothing old shared later",
        MORTEN,
        said(KARI, (MORTEN, "shared", KARI, 31)),
        False,
        ELINS,
    ),
    Case(10, "letters to him", MORTEN, said(KARI, (MORTEN, "addressed"), **LATER), True, ELINS),
    Case(10, "his own words", MORTEN, said(MORTEN, **LATER), True, ELINS),
    Case(11, "Anne in July: all she had", ANNE, HAD, True, CLOSED),
    Case(
        11,
        "nothing after it closed",
        ANNE,
        said(KARI, (ANNE, "addressed"), seq=51),
        False,
        CLOSED,
    ),
    Case(11, "Lars in July", LARS, HAD, False, CLOSED),
    Case(12, "Rune of the other unit", RUNE, VISIT, False),
    Case(12, "even if a row should name him", RUNE, said(KARI, (RUNE, "addressed")), False),
)


def named(case: Case) -> str:
    return f"{case.number} {case.what}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_worked_case(case):
    assert may_read(*case.decision) is case.reads


def test_all_twelve_are_here():
    assert {case.number for case in CASES} == set(range(1, 13))


# --- laws ---------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(decision)
def test_a_stronger_visit_never_reads_less(asked):
    reads = [may_read(*asked._replace(strength=strength)) for strength in STRENGTHS]
    assert reads == sorted(reads)
    assert not reads[CARD]


@given(decision)
def test_whose_words_they_are_changes_nothing(asked):
    for speaker in (None, asked.person):
        entry = replace(asked.entry, speaker=speaker)
        assert may_read(*asked._replace(entry=entry)) == may_read(*asked)


@given(decision)
def test_rows_and_ties_of_others_change_nothing(asked):
    asked = asked._replace(absences=())  # who stands in reads by what names another
    rows = tuple(row for row in asked.entry.rows if row.person == asked.person)
    ties = tuple(tie for tie in asked.relationships if tie.person == asked.person)
    mine = asked._replace(entry=replace(asked.entry, rows=rows), relationships=ties)
    assert may_read(*mine) == may_read(*asked)


@given(decision)
def test_a_hazard_opens_nothing_and_takes_nothing_that_was_his(asked):
    calm = tuple(replace(tie, hazard_seq=None) for tie in asked.relationships)
    before, after = may_read(*asked._replace(relationships=calm)), may_read(*asked)
    assert before or not after
    mine = [tie for tie in asked.relationships if tie.person == asked.person]
    hazard = hazard_at(mine)
    since = EVERYTHING if hazard is None else hazard
    named_before = all(row.since <= since for row in asked.entry.rows)
    if named_before and all(tie.kind in KIN for tie in mine):
        assert before == after


@given(decision)
def test_an_ending_opens_nothing(asked):
    active = tuple(replace(tie, state="active") for tie in asked.relationships)
    if may_read(*asked):
        assert may_read(*asked._replace(relationships=active))


@given(decision)
def test_barred_reads_nothing(asked):
    bar = Relationship(asked.person, "network", state="barred", until=asked.now)
    assert not may_read(*asked._replace(relationships=(*asked.relationships, bar)))

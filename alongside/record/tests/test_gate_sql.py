"""The gate in SQL against the oracle: 40,000 decisions over families laid into the database.

``sqlworld`` lays a random family into the record's tables and reads it back through the real
gate: ``load(relationships, entries, adults) -> family`` and
``visible(person, now, strength[, family]) -> set of seq``.
"""

import random
from inspect import signature

import pytest

from .oracle import Absence, Relationship, may_read
from .test_oracle_cases import CASES, named
from .worlds import LAST, PERSONS, STRENGTHS, World, world

sqlworld = pytest.importorskip("alongside.record.tests.sqlworld", exc_type=ModuleNotFoundError)
pytestmark = pytest.mark.django_db

PER_WORLD = len(PERSONS) * len(STRENGTHS) * LAST
SEEDS = range(5)
WORLDS = -(-40_000 // (PER_WORLD * len(SEEDS)))


def sql_says(family, *, person, now, strength) -> set[int]:
    """The seqs the SQL gate gives this person of the family last loaded."""
    asked = {"person": person, "now": now, "strength": strength}
    if "family" in signature(sqlworld.visible).parameters:
        asked["family"] = family
    return set(sqlworld.visible(**asked))


def oracle_says(made: World, *, person, now, strength) -> set[int]:
    ties, entries, adults = made.relationships, made.entries, made.adults
    asked = (person, ties, now, strength)
    return {entry.seq for entry in entries if may_read(*asked, entry, adults, made.absences, made.today)}


def differences(made: World) -> list:
    """(person, strength, gate only, oracle only) wherever the two disagree; now is the world's."""
    family = sqlworld.load(made.relationships, made.entries, made.adults, made.absences, made.today)
    apart = []
    for person in PERSONS:
        for strength in STRENGTHS:
            asked = {"person": person, "now": made.now, "strength": strength}
            gate, oracle = sql_says(family, **asked), oracle_says(made, **asked)
            if gate != oracle:
                apart.append((person, strength, gate - oracle, oracle - gate))
    return apart


@pytest.mark.parametrize("case", CASES, ids=named)
def test_worked_case(case):
    person, ties, now, strength, entry, adults, *_ = case.decision
    family = sqlworld.load(ties, (entry,), adults)
    seen = sql_says(family, person=person, now=now, strength=strength)
    assert seen == ({entry.seq} if case.reads else set())


@pytest.mark.parametrize("seed", SEEDS)
def test_eight_thousand_decisions(seed, proven, much):
    dice = random.Random(f"sql {seed}")
    worlds = much(ci=WORLDS, full=25 * WORLDS)
    for _ in range(worlds):
        made = world(dice)
        apart = differences(made)
        assert not apart, f"(person, strength, gate only, oracle only) {apart}\nin {made}"
    proven("decisions in which the SQL and the oracle are apart", 0, of=worlds * PER_WORLD)


@pytest.mark.parametrize("seed", range(3))
def test_a_team_in_which_many_stand_in(seed):
    """The same where everybody works here, so that whoever is named as a stand-in is one."""
    dice = random.Random(f"team {seed}")
    for _ in range(12):
        made = world(dice)
        ties = tuple(Relationship(person, "allocated") for person in PERSONS)
        absences = tuple(Absence(*dice.sample(PERSONS, 2), made.today - 1, made.today + 1) for _ in range(3))
        apart = differences(made._replace(relationships=ties, absences=absences))
        assert not apart, f"(person, strength, gate only, oracle only) {apart}\nin {made}"

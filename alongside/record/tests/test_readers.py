"""The gate in Python against the oracle: the worked cases, then 40,000 random decisions."""

import pytest
from hypothesis import given, settings

from .oracle import may_read
from .test_oracle_cases import CASES, named
from .worlds import Decision, decision, decisions

readers = pytest.importorskip("alongside.record.readers", exc_type=ModuleNotFoundError)


def code_says(asked: Decision) -> bool:
    """The same question put to the code."""
    reader = readers.standing(asked.person, asked.relationships, asked.now, asked.strength, asked.absences, asked.today)
    return reader is not None and bool(readers.sees(reader, asked.entry, asked.adults))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_worked_case(case):
    assert code_says(case.decision) is case.reads


@pytest.mark.parametrize("seed", range(4))
def test_ten_thousand_decisions(seed, proven, much):
    many = much(ci=10_000, full=1_250_000)
    apart = [asked for asked in decisions(seed, many) if code_says(asked) != may_read(*asked)]
    proven("decisions in which the code and the oracle are apart", len(apart), of=many)
    assert not apart, f"{len(apart)} apart; the first: {apart[0]}"


@settings(max_examples=500)
@given(decision)
def test_no_smaller_family_tells_them_apart(asked):
    assert code_says(asked) == may_read(*asked)

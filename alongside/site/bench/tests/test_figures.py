"""The arithmetic of a measurement, on numbers worked out by hand. Nothing here is timed."""

import json

import pytest

from alongside.site.bench.facts import KEYS, Fact, as_json, as_table
from alongside.site.bench.figures import Ratio, of_pairs, of_tail, quantile
from alongside.site.bench.timing import Times, fact, in_turns, upside_down


@pytest.mark.parametrize(("part", "value"), [(0, 1), (0.5, 3), (1, 5), (0.25, 2), (0.125, 1.5)])
def test_quantile_lies_between_neighbours(part, value):
    assert quantile([5, 3, 1, 4, 2], part) == value


def test_quantile_of_nothing():
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)


def test_the_median_pair_counts_not_the_sums():
    found = of_pairs([2, 2, 2, 1000, 2], [1, 1, 1, 1, 1])
    assert (found.ratio, found.iterations) == (2, 5)
    assert found.low == 2 and found.high > 2


def test_equal_pairs_leave_no_doubt():
    assert of_pairs([3.0] * 40, [2.0] * 40) == Ratio(1.5, 1.5, 1.5, 40)


def test_the_interval_holds_the_ratio_and_is_the_same_each_time():
    ours = [1 + (n * 7 % 13) / 10 for n in range(200)]
    found = of_pairs(ours, [1.0] * 200)
    assert found.low <= found.ratio <= found.high
    assert found == of_pairs(ours, [1.0] * 200)


@pytest.mark.parametrize(("ours", "other"), [([], []), ([1], [1, 2])])
def test_pairs_are_needed(ours, other):
    with pytest.raises(ValueError, match="pairs"):
        of_pairs(ours, other)


def test_the_tail():
    assert of_tail([1.0] * 98 + [9.0] * 102).ratio == 1
    assert of_tail([1.0] * 90 + [5.0] * 10).ratio == 5


def test_both_sides_go_first_equally_often():
    called = []
    mine, theirs = in_turns(lambda n: called.append("a"), lambda n: called.append("b"), 4, warm=called.append)
    assert called == ["a", "b", 0, "b", "a", 1, "a", "b", 2, "b", "a", 3, "a", "b"]
    assert len(mine.cpu) == len(mine.wall) == len(theirs.cpu) == len(theirs.wall) == 4


def test_a_fact_of_times():
    times = Times([4_000_000] * 3, [8_000_000] * 3), Times([2_000_000] * 3, [1_000_000] * 3)
    by_cpu, by_wall = fact("x", times), fact("x", times, wall=True)
    assert (by_cpu.ours, by_cpu.other, by_cpu.measured.ratio) == (4, 2, 2)
    assert (by_wall.measured.ratio, by_wall.unit) == (8, "ms by the clock")
    assert (by_cpu.cpu, by_cpu.wall) == (by_wall.cpu, by_wall.wall) == (2, 8), "the other one stands beside"
    assert fact("x", upside_down(times)).measured.ratio == 0.5


@pytest.mark.parametrize(
    ("ratio", "least", "met"), [(1.3, False, True), (1.31, False, False), (50, True, True), (49.9, True, False)]
)
def test_what_is_not_met_is_said(ratio, least, met):
    one = Fact("x", 1, 1, Ratio(ratio, ratio, ratio, 9), 50 if least else 1.3, least)
    assert one.met is met
    assert ("NOT MET" in as_table([one])) is not met


def test_what_was_not_measured_is_said():
    one = Fact("page", goal=10, missing="there is no such page yet")
    assert "not measured: there is no such page yet" in as_table([one])
    assert one.plain()["ratio"] is None and one.met is None


def test_json_holds_the_agreed_keys():
    one = Fact("x", 1, 2, Ratio(0.5, 0.4, 0.6, 200), None, entries=7, cpu=0.5, wall=0.7)
    (plain,) = json.loads(as_json([one]))
    assert list(plain) == KEYS
    assert plain == {
        "name": "x", "ratio": 0.5, "low": 0.4, "high": 0.6, "cpu": 0.5, "wall": 0.7, "goal": None,
        "least": False, "met": None,
        "iterations": 200, "entries": 7, "unit": "ms of CPU",
    }  # fmt: skip

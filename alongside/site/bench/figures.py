"""The arithmetic: medians, quantiles, and how far a ratio can be trusted."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio and the interval that holds 95 of 100 bootstrap draws of it."""

    ratio: float
    low: float
    high: float
    iterations: int


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0 to 1) of the values lie, between neighbours in proportion."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def of_pairs(ours: Sequence[float], other: Sequence[float]) -> Ratio:
    """The median of ours : other, pair by pair (the two of a pair ran one after the other)."""
    if len(ours) != len(other) or not ours:
        raise ValueError("pairs are needed")
    return spread([a / b for a, b in zip(ours, other, strict=True)], median)


def of_tail(values: Sequence[float], tail: float = 0.99) -> Ratio:
    """How much longer the slowest take than the middle: quantile `tail` : median."""
    return spread(values, lambda drawn: quantile(drawn, tail) / median(drawn))


def spread(values: Sequence[float], measure: Callable[[Sequence[float]], float]) -> Ratio:
    """`measure` of the values, with its bootstrap interval (percentile method, the same dice each time)."""
    dice = random.Random("the same dice each time")
    drawn = sorted(measure(dice.choices(values, k=len(values))) for _ in range(DRAWS))
    return Ratio(measure(values), quantile(drawn, 0.025), quantile(drawn, 0.975), len(values))

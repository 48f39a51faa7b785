"""What was measured, one line each: on the terminal, or as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.site.bench.figures import Ratio

KEYS = "name ratio low high cpu wall goal least met iterations entries unit".split()


@dataclass(frozen=True, slots=True)
class Fact:
    """One measurement. `ours`, `other`: medians in `unit`. `goal`: None when there is none to meet.

    `measured` is what counts, in `unit`; `cpu` and `wall` are the ratio by this thread's CPU and by the clock on the
    wall. `least`: the goal is a least, not a most. `entries`: how many were held. `missing`: why it was not measured.
    """

    name: str
    ours: float | None = None
    other: float | None = None
    measured: Ratio | None = None
    goal: float | None = None
    least: bool = False
    entries: int = 0
    unit: str = "ms of CPU"
    missing: str = ""
    cpu: float | None = None
    wall: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the ratio keeps its goal; None without a goal or a measurement."""
        if self.goal is None or self.measured is None:
            return None
        return self.measured.ratio >= self.goal if self.least else self.measured.ratio <= self.goal

    def plain(self) -> dict:
        """The fact as JSON values. What was not measured has null for a ratio."""
        found = self.measured
        values = (
            (found.ratio, found.low, found.high, found.iterations) if found else (None, None, None, 0)
        )  # fmt: skip
        ratio, low, high, iterations, cpu, wall = (
            round(v, 4) if isinstance(v, float) else v for v in (*values, self.cpu, self.wall)
        )
        row = (
            self.name, ratio, low, high, cpu, wall, self.goal, self.least, self.met, iterations, self.entries, self.unit
        )  # fmt: skip
        return dict(zip(KEYS, row, strict=True))


def as_json(facts: Sequence[Fact]) -> str:
    """One JSON array."""
    return json.dumps([fact.plain() for fact in facts], indent=1)


def as_table(facts: Sequence[Fact]) -> str:
    """The table for a terminal."""
    heads = ("what", "ours", "other", "ratio", "95 in 100 between", "CPU", "clock", "goal", "", "unit, entries held")
    lines = [heads, *map(_cells, facts)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cells(fact: Fact) -> tuple[str, ...]:
    goal = "" if fact.goal is None else f"{'at least' if fact.least else 'at most'} {fact.goal:g}"
    held = f"{fact.unit}, {fact.entries:,}"
    if fact.measured is None:
        return (fact.name, "", "", "", "", "", "", goal, f"not measured: {fact.missing}", "")
    said = {True: "met", False: "NOT MET", None: ""}[fact.met]
    between = f"{fact.measured.low:.2f} to {fact.measured.high:.2f}"
    both = ("" if one is None else f"{one:.2f}" for one in (fact.cpu, fact.wall))
    ratio = f"{fact.measured.ratio:.2f}"
    return (fact.name, _short(fact.ours), _short(fact.other), ratio, between, *both, goal, said, held)


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"

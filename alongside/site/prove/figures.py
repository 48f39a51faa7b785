"""A figure: what was claimed, what was found, whether it holds, and the command that finds it again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

SAID = "proven"  # the name under which a test's report carries its figures


@dataclass(frozen=True, slots=True)
class Figure:
    """`value`: what was found, None where it was not. `goal`: at most that, or at `least` that. `of`: out of how
    many, 0 where it is no share. `unit`: what the value is counted in. `sound`: every test that said it passed."""

    name: str
    value: float | None
    goal: float
    command: str
    of: int = 0
    least: bool = False
    unit: str = ""
    sound: bool = True

    @property
    def held(self) -> bool:
        """Whether the goal is kept and nothing failed on the way."""
        if self.value is None or not self.sound:
            return False
        return self.value >= self.goal if self.least else self.value <= self.goal

    def plain(self) -> dict:
        """{name, value, goal, held, command}, the name with its share and its bound."""
        bound = f"at {'least' if self.least else 'most'} {self.goal:g}{self.unit and ' ' + self.unit}"
        share = f"of {self.of:,}; " if self.of else ""
        return {
            "name": f"{self.name} ({share}{bound})", "value": self.value, "goal": self.goal, "held": self.held,
            "command": self.command,
        }  # fmt: skip


def together(figures: Iterable[Figure]) -> list[Figure]:
    """Figures of one name added up: a claim that several tests prove a part of. In the order of meeting."""
    found: dict[str, Figure] = {}
    for one in figures:
        had = found.get(one.name)
        found[one.name] = one if had is None else _added(had, one)
    return list(found.values())


def _added(one: Figure, more: Figure) -> Figure:
    value = None if one.value is None or more.value is None else one.value + more.value
    goal = one.goal + more.goal if one.least else one.goal
    return replace(one, value=value, goal=goal, of=one.of + more.of, sound=one.sound and more.sound)


def of_report(node: str, passed: bool, said: Iterable[tuple[str, Mapping]]) -> list[Figure]:
    """The figures one test said. `node`: its pytest address. A test that failed holds nothing it said."""
    command = f"bin/test {node.split('[')[0]}"
    return [Figure(**values, command=command, sound=passed) for name, values in said if name == SAID]


def as_json(figures: Iterable[Figure]) -> str:
    """One JSON array."""
    return json.dumps([one.plain() for one in figures], indent=1, ensure_ascii=False)


def as_table(figures: Iterable[Figure]) -> str:
    """A line each, for a terminal."""
    lines = []
    for one in figures:
        plain = one.plain()
        value = "not found out" if one.value is None else f"{one.value:g}"
        lines.append(f"{'held    ' if one.held else 'NOT HELD'}  {value:>13}  {plain['name']}")
    return "\n".join(lines)

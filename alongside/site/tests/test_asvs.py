"""docs/running/asvs.md: every row once, what is named exists, and the numbers at the top are those of the table."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[3]
PAGE = HOUSE / "docs" / "running" / "asvs.md"
ROW = re.compile(r"^\| v5\.0\.0-(\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`((?:alongside|docs|stories|bin)/[\w./-]+)(?:::(\w+))?`")
STATES = ("held", "in part", "not held", "does not apply")
# How many rows of the levels 1 and 2 each chapter of version 5.0.0 has.
CHAPTERS = dict(enumerate([27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7], 1))
LEVELS = {1: 70, 2: 183}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the standard, as the page has it."""

    id: str
    level: int
    about: str
    state: str
    evidence: str

    @property
    def named(self) -> list[tuple[str, str]]:
        """(path, name of a test or '') of everything its evidence names."""
        return NAMED.findall(self.evidence)

    @property
    def tried(self) -> bool:
        return any(name for _path, name in self.named)


def rows(words: str) -> list[Row]:
    return [Row(id, int(level), *(one.strip() for one in more)) for id, level, *more in ROW.findall(words)]


def missing(row: Row) -> list[str]:
    """What a row names and is not there."""
    gone = []
    for path, name in row.named:
        file = HOUSE / path
        if not file.exists() or (name and not re.search(rf"^\s*def {name}\(", file.read_text("utf-8"), re.MULTILINE)):
            gone.append(f"{path}::{name}" if name else path)
    return gone


def counted(every: list[Row]) -> dict[str, list[int]]:
    """The numbers of the table at the top: level 1, level 2, both."""
    asks = {
        "Rows": lambda row: True,
        "Held, with a test": lambda row: row.state == "held" and row.tried,
        "Held, with written evidence": lambda row: row.state == "held" and not row.tried,
        "In part": lambda row: row.state == "in part",
        "Not held": lambda row: row.state == "not held",
        "Does not apply": lambda row: row.state == "does not apply",
    }
    found = {}
    for said, ask in asks.items():
        both = [sum(1 for row in every if row.level == level and ask(row)) for level in LEVELS]
        found[said] = [*both, sum(both)]
    return found


EVERY = rows(PAGE.read_text("utf-8"))


def test_every_row_is_there_once():
    assert len(EVERY) == len(re.findall(r"^\| v5", PAGE.read_text("utf-8"), re.MULTILINE))
    assert len({row.id for row in EVERY}) == len(EVERY)
    chapters = [int(row.id.split(".")[0]) for row in EVERY]
    assert {one: chapters.count(one) for one in sorted(set(chapters))} == CHAPTERS
    assert {level: sum(1 for row in EVERY if row.level == level) for level in LEVELS} == LEVELS
    order = [tuple(map(int, row.id.split("."))) for row in EVERY]
    assert order == sorted(order)


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row.id)
def test_a_row_says_how_it_is_and_what_it_names_is_there(row):
    assert row.state in STATES
    assert missing(row) == []
    if row.state == "held":
        assert row.named, "held by what?"
    if row.state == "in part":
        assert "issing: " in row.evidence, "what is missing?"


def test_the_numbers_are_those_of_the_table():
    words = PAGE.read_text("utf-8")
    for said, numbers in counted(EVERY).items():
        assert f"| {said} | {' | '.join(map(str, numbers))} |" in words, (said, numbers)
    assert "No level is claimed. Nobody outside has looked." in words


def test_what_is_not_there_is_found():
    planted = Row(
        "1.1.1", 1, "x", "held", "`docs/no.md`, `bin/check`, `alongside/site/tests/test_asvs.py::test_nothing`"
    )
    assert missing(planted) == ["docs/no.md", "alongside/site/tests/test_asvs.py::test_nothing"]

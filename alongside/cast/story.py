"""The cast's data as acts: what is said, by whom, for whom, in the order in which the record received it.

The 222 statements of the data become acts (`said.py`), and so does what follows from them (`around.py`).
A `World` may leave statements out: what the record would hold had they never been written. Each act has
its own moment and identities of its own, so that leaving one out moves no other.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alongside import clock
from alongside.record.statement import Statement

DATA = Path(__file__).parent / "data"
ZONE = ZoneInfo("Europe/Oslo")
TODAY = dt.datetime(2026, 11, 20, 16, 0, tzinfo=ZONE)
BEFORE = dt.datetime(2024, 11, 1, 8, 0, tzinfo=ZONE)
MINUTE, SECOND, MILLI = 60_000_000, 1_000_000, 1_000  # in microseconds
OFFICE = 1  # the office itself, as the author of what nobody else says
PROMISE = {
    "made": "promises.made",
    "kept": "promises.kept",
    "moved": "promises.moved",
    "broken": "promises.broken",
}
FORM = {
    "agree because I feel I must": "must", "I see it differently": "differ", "partly": "partly",
    "agree": "agree", "need time": "time",
}  # fmt: skip


@cache
def data() -> Mapping[str, Any]:
    """The cast as it stands in the data file."""
    return tomllib.loads((DATA / "cast.toml").read_text("utf-8"))


@cache
def about() -> Mapping[str, Any]:
    """What the demo says of its people beside their own words."""
    return tomllib.loads((DATA / "about.toml").read_text("utf-8"))


@cache
def numbers() -> Mapping[str, int]:
    """Person numbers in the order of the data: the same in every world. 1 is the office itself."""
    return {person["id"]: place for place, person in enumerate(data()["person"], 2)}


def number(who: str) -> int:
    """The person number of somebody of the cast."""
    return numbers()[who]


@cache
def persons() -> Mapping[str, Mapping[str, Any]]:
    """The people by their short id."""
    return {person["id"]: person for person in data()["person"]}


def micros(text: str) -> int:
    """Local time of the data as microseconds."""
    return clock.micros(dt.datetime.fromisoformat(text).replace(tzinfo=ZONE))


@dataclass(frozen=True)
class Act:
    """One act. `key` tells which; `place`: number of the statement in the data, or 0."""

    family: int
    key: str
    at: int
    by: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class World:
    """The cast, less the statements left out: pairs of family and number."""

    without: frozenset[tuple[int, int]] = frozenset()
    entries: tuple[Mapping[str, Any], ...] = field(init=False)

    def __post_init__(self) -> None:
        gone = set(self.without)
        kept = []
        for entry in data()["entry"]:
            family = entry["family"]
            links = {(family, entry[link]) for link in ("within", "answers", "thing") if link in entry}
            if (family, entry["n"]) in gone or links & gone:
                gone.add((family, entry["n"]))
            else:
                kept.append(entry)
        object.__setattr__(self, "entries", tuple(kept))
        object.__setattr__(self, "without", frozenset(gone))


def staff_of(family: int) -> set[str]:
    """Those who read by mark in this family."""
    only = about()["only"].get(str(family), {})
    kinds = {"allocated", "coordinator", "supervisor"}
    return {who for who, kind in about()["relationships"][str(family)].items() if kind in kinds and who not in only}

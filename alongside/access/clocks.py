"""How long a family is kept: clocks, as data with their source. An office may replace them (clocks.toml).

A clock runs from the end of the work, from the youngest child's birth or from the last entry. When it has run out
nothing happens by itself: it puts the family on the yearly list (running.py, keeping.py), where two persons decide.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

HERE = Path(__file__).parent
FILE = "clocks.toml"  # in the data folder, where the office has its own
OURS = "clocks_norway.toml"
BEGINS = ("closing", "birth", "last-entry")
THEN = ("look", "erase", "archive")  # look at it; erase; hand to the archive, then erase
KEEPS = ("erase", "archive")  # while such a clock runs the family is kept: a reminder to look keeps nothing
MOST_YEARS = 150
FIELDS = {"id", "says", "begins", "years", "then", "source", "checked", "with", "without", "died"}


class NotClocks(ValueError):
    """A file of clocks that cannot be followed; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`says`, `source`: sentences by language. `years`: from what it `begins` with. `then`: one of THEN.
    `checked`: whether somebody has read the source; where not the office must. `having`, `lacking`: kinds of
    entries a family must hold, must not hold. `died`: (age, years): for a child who died younger than that age the
    years run from the death instead; only with "birth"."""

    id: str
    says: Mapping[str, str]
    begins: str
    years: int
    then: str
    source: Mapping[str, str]
    checked: bool = False
    having: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    died: tuple[int, int] | None = None

    @property
    def keeps(self) -> bool:
        return self.then in KEEPS


def after_years(day: dt.date, years: int) -> dt.date:
    """The first day on which so many years are over. From 29 February to a year without one: 1 March, never earlier."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def place() -> Path:
    """The file in force: the office's own, or the one that comes with Alongside."""
    own = Path(settings.DATA) / FILE
    return own if own.exists() else HERE / OURS


def clocks() -> tuple[Clock, ...]:
    """The clocks in force, in the order of the file. Raises NotClocks."""
    file = place()
    try:
        return _read(file, file.stat().st_mtime_ns)
    except OSError as why:
        raise NotClocks(f"{file.name} cannot be read: {why.strerror}.") from None


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> tuple[Clock, ...]:
    return read(file.read_text("utf-8"), file.name)


def read(text: str, name: str = FILE) -> tuple[Clock, ...]:
    """The clocks of a file's text. Raises NotClocks with what is wrong and where."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as why:
        raise NotClocks(f"{name} is no TOML: {why}.") from None
    if set(said) - {"clock"} or not isinstance(said.get("clock"), list):
        raise NotClocks(f"{name} holds [[clock]] and nothing else.")
    found = tuple(_clock(one, f"{name}, clock {place}") for place, one in enumerate(said["clock"], 1))
    if len({one.id for one in found}) < len(found):
        raise NotClocks(f"{name}: two clocks have the same id.")
    return found


def _clock(said: Mapping[str, Any], where: str) -> Clock:
    def must(held: bool, what: str) -> None:
        if not held:
            raise NotClocks(f"{where}: {what}")

    must(not set(said) - FIELDS, f"there is no field {', '.join(sorted(set(said) - FIELDS))}.")
    must(isinstance(said.get("id"), str) and bool(said["id"]), "id is missing.")
    for field in ("says", "source"):
        texts = said.get(field)
        must(
            isinstance(texts, dict) and bool(texts) and all(isinstance(one, str) and one.strip() for one in
            texts.values()), f"{field} holds a sentence for each language, such as {{ en = \"...\" }}.",
        )  # fmt: skip
    must(said.get("begins") in BEGINS, f"begins is one of {', '.join(BEGINS)}.")
    must(said.get("then") in THEN, f"then is one of {', '.join(THEN)}.")
    must(_years(said.get("years")), f"years is a whole number from 1 to {MOST_YEARS}.")
    must(isinstance(said.get("checked", False), bool), "checked is true or false.")
    for field in ("with", "without"):
        kinds = said.get(field, [])
        must(isinstance(kinds, list) and all(isinstance(one, str) for one in kinds), f"{field} is a list of kinds.")
    died = said.get("died")
    if died is not None:
        must(said["begins"] == "birth", 'died goes with begins = "birth".')
        must(
            isinstance(died, dict) and set(died) == {"before", "years"} and all(map(_years, died.values())),
            "died holds before, an age, and years.",
        )
    return Clock(
        said["id"], said["says"], said["begins"], said["years"], said["then"], said["source"],
        said.get("checked", False), tuple(said.get("with", ())), tuple(said.get("without", ())),
        (died["before"], died["years"]) if died else None,
    )  # fmt: skip


def _years(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_YEARS


def said(texts: Mapping[str, str], lang: str) -> str:
    """A sentence of the file in this language, else in English, else in the first there is."""
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()))

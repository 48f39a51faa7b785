"""A partial date and its canonical text; see the package."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from typing import NamedTuple

LONGEST_WORDS = 120
AHEAD = 183  # days; a day and month further ahead than this needs its year said


def N_(text: str) -> str:
    """Marks a sentence for translation; who shows it translates it."""
    return text


SENTENCES = {
    "no-such-day": N_("There is no such day: {value}."),
    "no-such-month": N_("There is no such month: {value}."),
    "no-such-year": N_("We cannot read this year: {value}."),
    "no-such-week": N_("There is no such week: {value}."),
    "no-such-time": N_("There is no such time of day: {value}."),
    "another-weekday": N_("The weekday and the date do not fit together: {value}."),
    "ends-before-it-begins": N_("This ends before it begins: {value}."),
    "too-long": N_("This is too long for a date: {value}."),
}


class NotADate(ValueError):
    """A date that cannot be. `code` is a key of SENTENCES, `value` what was typed."""

    def __init__(self, code: str, value: str):
        self.code, self.value = code, value[:60]
        super().__init__(SENTENCES[code].format(value=self.value))


@total_ordering
@dataclass(frozen=True, slots=True)
class Partial:
    """When it was so: canonical text and bounds in ordinal days. Sorts by `first`, open first."""

    text: str = ""
    first: int | None = None
    last: int | None = None

    @property
    def words(self) -> str:
        """The person's own words, "" when the date says it all."""
        return self.text[self.text.index('"') + 1 : -1] if '"' in self.text else ""

    @property
    def bounds(self) -> str:
        """The canonical text without the words: "" when unknown."""
        return self.text.split('"', 1)[0].strip()

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.first or 0, self.last or dt.date.max.toordinal() + 1, self.text)

    def __lt__(self, other: "Partial") -> bool:
        return self.order < other.order

    def __bool__(self) -> bool:
        return self.text != ""


UNSAID = Partial()


# The canonical form

ATOM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}))?)?)?(~?)")


class Atom(NamedTuple):
    year: int
    month: int
    day: int
    time: str
    about: bool

    @property
    def first(self) -> int:
        return dt.date(self.year, self.month or 1, self.day or 1).toordinal()

    @property
    def last(self) -> int:
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return dt.date(self.year, month, day).toordinal()


@lru_cache(maxsize=4096)
def atom(text: str) -> Atom | None:
    """One canonical date; None if it is not of that form. NotADate if it cannot be."""
    m = ATOM.fullmatch(text)
    if not m:
        return None
    year, month, day = int(m[1]), int(m[2] or 0), int(m[3] or 0)
    check(year, month if m[2] else 1, day if m[3] else 1, text)
    if m[4] and (int(m[4]) > 23 or int(m[5]) > 59):
        raise NotADate("no-such-time", text)
    return Atom(year, month, day, f"{m[4]}:{m[5]}" if m[4] else "", bool(m[6]))


def check(year: int, month: int, day: int, said: str) -> None:
    if not 1 <= year <= 9999:
        raise NotADate("no-such-year", said)
    if not 1 <= month <= 12:
        raise NotADate("no-such-month", said)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise NotADate("no-such-day", said)


def bounded(bounds: str, words: str = "") -> Partial | None:
    """The Partial for canonical bounds and words; None if the bounds are not canonical."""
    if len(words) > LONGEST_WORDS:
        raise NotADate("too-long", words)
    if not bounds:
        return Partial(f'"{words}"') if words else UNSAID
    halves = bounds.split("/")
    if len(halves) > 2 or halves == ["..", ".."] or bounds == "..":
        return None
    atoms = [None if half == ".." else atom(half) for half in halves]
    if any(atom is None and half != ".." for atom, half in zip(atoms, halves, strict=True)):
        return None
    begin, end = atoms[0], atoms[-1]
    if begin and end and begin is not end:
        backwards = begin.first > end.last
        same_day = begin.first == begin.last == end.first == end.last
        if backwards or (same_day and begin.time and end.time and begin.time > end.time):
            raise NotADate("ends-before-it-begins", bounds)
    text = f'{bounds} "{words}"' if words else bounds
    return Partial(text, begin.first if begin else None, end.last if end else None)


def canonical(text: str) -> Partial | None:
    """The Partial a canonical text stands for; None if it is not canonical."""
    if text.endswith('"') and text.count('"') > 1:
        bounds, words = text[:-1].split('"', 1)
        return bounded(bounds.strip(), words.strip())
    return bounded(text) if text else UNSAID


def on(day: dt.date) -> Partial:
    """That day; a datetime keeps hour and minute as they stand (give local time)."""
    time = f"T{day:%H:%M}" if isinstance(day, dt.datetime) else ""
    return Partial(f"{iso(day)}{time}", day.toordinal(), day.toordinal())


def iso(day: dt.date | int) -> str:
    day = dt.date.fromordinal(day) if isinstance(day, int) else day
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def learnt_late(so: Partial, learnt: Partial) -> int:
    """Whole days between the last day it can have been so and the first it was learnt; 0 if none."""
    if so.last is None or learnt.first is None:
        return 0
    return max(0, learnt.first - so.last)


def ask_again(so: Partial, kind: str, *, today: dt.date) -> bool:
    """Whether to ask once "is this right?"; the answer yes is always taken.

    "birth" may be long ago, not ahead. "due" (a promise, a meeting) may be ahead, not
    behind. Anything else ("visit") is one day, neither before 1900 nor ahead.
    """
    if kind == "visit" and so and (so.first is None or so.first != so.last):
        return True
    if kind == "due":
        return so.last is not None and so.last < today.toordinal()
    if so.first is not None and so.first > today.toordinal():
        return True
    return kind != "birth" and so.first is not None and so.first < dt.date(1900, 1, 1).toordinal()

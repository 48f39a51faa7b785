"""Saying something about somebody: who says so, since when, and who reads it. The verbs of this room pass here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alongside import dates
from alongside.families.here import in_danger, stand_here, work_here
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.reading import named, rows
from alongside.record.statement import Receipt, Refused, Statement

LONGEST = 200  # characters in a line such as a name
LOOKED_AT_AGAIN = 30  # days after which what is sealed is looked at again


@dataclass(frozen=True, slots=True)
class Told:
    """`by`: who writes. `speaker`: who says so, None for the writer. `so`: since when, or when it was so.
    `to`: people named as readers. `only`: those alone, and not the helpers as a whole. `sealed`: those alone, and
    its words do not leave the screen; `terms`: the words that would give it away, beside what the kind knows itself
    (R95). What is sealed is looked at again within 30 days."""

    by: Reader
    speaker: int | None = None
    so: dates.Partial = dates.UNSAID
    to: tuple[int, ...] = ()
    only: bool = False
    sealed: bool = False
    terms: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        return "sealed" if self.sealed else "persons" if self.only else "team"

    def statement(self, kind: str, body: Mapping[str, Any], *, about: tuple[int, ...] = ()) -> Statement:
        """What is said, without what was left empty."""
        if self.sealed:
            again = dt.date.fromordinal(self.by.today + LOOKED_AT_AGAIN).isoformat()
            body = {**body, "terms": list(self.terms), "review": again}
        basis = "own-words" if not self.by.by_mark else "act" if self.speaker in (None, self.by.person) else "told"
        return Statement(
            kind, {key: value for key, value in body.items() if value not in (None, "", [])}, speaker=self.speaker,
            basis=basis, mark=self.mark, about=about, so=self.so.text or None,
            so_first=self.so.first, so_last=self.so.last,
            readers=tuple((person, "addressed") for person in dict.fromkeys(self.to)),
        )  # fmt: skip

    def may(self) -> None:
        """Raises Refused: not-any-more; not-yours (who works with one person only tells it in a note); to-nobody
        (for a few, and nobody is chosen); not-to-them (who does not stand here, or across a hazard)."""
        if not self.by.writes:
            raise Refused("not-any-more")
        if not self.by.by_mark and not self.by.kin:
            raise Refused("not-yours")
        if (self.only or self.sealed) and not set(self.to) - {self.by.person}:
            raise Refused("to-nobody")
        others = set(self.to) - {self.by.person}
        if others - stand_here(self.by.family) or others & in_danger(self.by.family):
            raise Refused("not-to-them")
        if self.by.hazard is not None and others - work_here(self.by.family):
            raise Refused("not-to-them")

    def say(self, *statements: Statement, at: int, once: str) -> list[Receipt]:
        """Into the record at once: who somebody is and how to reach them must not wait."""
        self.may()
        return append(statements, family=self.by.family, by=self.by.person, once=once, at=at)


def line(text: str, *, needed: str = "") -> str:
    """One line as typed, without blanks at its ends. `needed`: the code with which an empty one is refused."""
    found = " ".join(text.split())
    if not found and needed:
        raise Refused(needed)
    if len(found) > LONGEST:
        raise Refused("line-too-long")
    return found


def further(by: Reader, kind: str, thing: Entry, body: Mapping[str, Any]) -> Statement:
    """The statement that moves a thing on: read exactly as its thing is."""
    given = tuple((p, why) for p, why in named(by, [thing]).get(thing.pk, ()) if p != by.person)
    return Statement(kind, body, thing=thing.id, mark=_mark(thing), readers=tuple(dict(given).items()))


def _mark(thing: Entry) -> str:
    """The mark that holds now."""
    found = rows("SELECT mark FROM record_held WHERE entry = %s", [thing.pk])
    return found[0][0] if found else thing.mark


def used(by: int, family: int, once: str) -> bool:
    """Whether this author has an act with this key in this family already."""
    prefix = f"{family}/{once}/"
    sql = "SELECT 1 FROM record_entry WHERE author = %s AND once >= %s AND once < %s LIMIT 1"
    return bool(rows(sql, [by, prefix, prefix + "\x7f"]))

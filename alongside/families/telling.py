"""Saying something about somebody: who says so, since when, and who reads it. The verbs of this room pass here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alongside import dates
from alongside.families.here import in_danger, stand_here, work_here
from alongside.record.appending import append
from alongside.record.entry import SEQ_BITS, Entry
from alongside.record.readers import Reader
from alongside.record.reading import mark_now, named, rows
from alongside.record.statement import MEANT, Receipt, Refused, Statement

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
        beyond = self._beyond()
        basis = "own-words" if not self.by.by_mark else "act" if self.speaker in (None, self.by.person) else "told"
        return Statement(
            kind, {key: value for key, value in body.items() if value not in (None, "", [])}, speaker=self.speaker,
            basis=basis, mark=self.mark, about=about, so=self.so.text or None,
            so_first=self.so.first, so_last=self.so.last,
            readers=tuple((person, MEANT if person in beyond else "addressed") for person in dict.fromkeys(self.to)),
        )  # fmt: skip

    def _beyond(self) -> set[int]:
        """Those in `to` whom words of somebody under hazard do not reach: who says them knows nothing of a hazard, is
        refused nothing for it, and what they say is for those who work here."""
        others = set(self.to) - {self.by.person} if self.by.hazard is not None else set()
        return others - work_here(self.by.family) if others else set()

    def may(self) -> None:
        """Raises Refused: not-any-more; not-yours (who works with one person only tells it in a note); to-nobody
        (for a few, and nobody is chosen); not-to-them (who does not stand here, or is under hazard)."""
        if not self.by.writes:
            raise Refused("not-any-more")
        if not self.by.by_mark and not self.by.kin:
            raise Refused("not-yours")
        if (self.only or self.sealed) and not set(self.to) - {self.by.person}:
            raise Refused("to-nobody")
        others = set(self.to) - {self.by.person}
        if others - stand_here(self.by.family) or others & in_danger(self.by.family):
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
    """The statement that moves a thing on: read exactly as its thing is, and across no hazard. Somebody who came under
    hazard since is named as present, which passes none; what somebody under hazard moves on stands beside it as an
    answer, for those who work here and themselves, and nothing is refused that would tell them."""
    given = {p: why for p, why in named(by, [thing]).get(thing.pk, ()) if p != by.person}
    if by.hazard is not None and set(given) - work_here(by.family):
        near = tuple((p, why) for p, why in given.items() if p in work_here(by.family))
        return Statement(kind, body, answers=thing.id, mark=mark_now(thing), readers=near)
    beyond = _beyond(by, thing, set(given))
    readers = tuple((p, "present" if p in beyond else why) for p, why in given.items())
    return Statement(kind, body, thing=thing.id, mark=mark_now(thing), readers=readers)


def _beyond(by: Reader, thing: Entry, persons: set[int]) -> set[int]:
    """Those of these whom nothing new beside `thing` reaches: under hazard, unless somebody who works here told it to
    them since."""
    danger = persons & in_danger(by.family)
    if by.kin or not danger:
        return danger
    sql = (
        "SELECT DISTINCT r.person FROM record_reader r JOIN record_relationship h ON h.person = r.person "
        "AND h.family = %s AND h.hazard_seq IS NOT NULL WHERE r.entry = %s AND r.since > (r.entry - %s) + h.hazard_seq "
        "AND r.because IN ('addressed', 'released')"
    )
    seq = thing.pk & ((1 << SEQ_BITS) - 1)
    return danger - {person for (person,) in rows(sql, [by.family, thing.pk, seq])}


def moved(entry: Entry) -> int:
    """The place of the thing this entry moves on, however it does."""
    return entry.thing if entry.answers is None else entry.answers


def used(by: int, family: int, once: str) -> bool:
    """Whether this author has an act with this key in this family already."""
    prefix = f"{family}/{once}/"
    sql = "SELECT 1 FROM record_entry WHERE author = %s AND once >= %s AND once < %s LIMIT 1"
    return bool(rows(sql, [by, prefix, prefix + "\x7f"]))

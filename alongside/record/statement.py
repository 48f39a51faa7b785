"""What is about to be said: the frozen statement a verb hands to `append`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MARKS = ("team", "professionals", "persons", "sealed")  # from the widest to the closest
BASES = ("own-words", "seen", "told", "professional-view", "act")
MEANT = "meant"  # chosen by the writer and beyond a hazard: kept for the writer's own eyes, and no reader of it
REASONS = ("own", "present", "addressed", "shared", "released", MEANT)


class Refused(Exception):
    """The record does not take this. `code` names why; the words stay with the person who wrote them."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Closed(Exception):
    """The office has stopped: nothing new is received. `code`: closed. `ends`: since when, microseconds. `words`: to be
    given back, where they are not those of the form. It is none of the things a form could mend, so one page answers
    it wherever it happens."""

    code = "closed"

    def __init__(self, ends: int, words: tuple[str, ...] = ()) -> None:
        super().__init__(self.code)
        self.ends = ends
        self.words = words


@dataclass(frozen=True, slots=True)
class Earlier:
    """Points at a statement of the same act by its place in the act, counted from 0."""

    place: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, before the record has received it.

    `readers`: pairs of person number and because. The author is added by `append` (because: own).
    `so`: canonical partial date with its bounds `so_first`, `so_last` as ordinal days (None: open).
    `thing`, `within`, `answers`: the id of an entry of this family, or `Earlier`.
    `written_at`: microseconds, the device's claim.
    """

    kind: str
    body: Mapping[str, Any] = field(default_factory=dict)
    speaker: int | None = None
    via: tuple[int, ...] = ()
    basis: str = "act"
    mark: str = "team"
    about: tuple[int, ...] = ()
    readers: tuple[tuple[int, str], ...] = ()
    so: str | None = None
    so_first: int | None = None
    so_last: int | None = None
    learnt_at: str | None = None
    written_at: int | None = None
    saw: int | None = None
    thing: str | Earlier | None = None
    within: str | Earlier | None = None
    answers: str | Earlier | None = None

    def to(self, *persons: int, because: str = "addressed") -> "Statement":
        """The same statement with more people named as readers."""
        named = {person for person, _ in self.readers}
        more = tuple((p, because) for p in dict.fromkeys(persons) if p not in named)
        return replace(self, readers=self.readers + more)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the writer gets: which entry it became and when it was received (microseconds)."""

    id: str
    kind: str
    recorded_at: int

"""A safety plan: sealed, for people named one by one, and for nobody else there is nothing (R32).

It is looked at again within thirty days. Only a fresh visit reads or writes it. Raises Refused: not-any-more,
not-yours, not-fresh, no-words, no-review, to-nobody, not-to-them, not-found, other-words.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.dialogue.across import across_no_hazard
from alongside.dialogue.onward import addressed
from alongside.dialogue.writing import may_write, worded
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import FRESH, Reader
from alongside.record.reading import named, read
from alongside.record.statement import Receipt, Refused, Statement

WRITTEN = "teams.safety-plan"
kind(WRITTEN, _("Safety plan"), settles=False, changes_state=True, state=True)
KINDS = (WRITTEN, "record.taken-back")
REVIEW_WITHIN = 30  # days


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    """`versions`: oldest first, never none."""

    first: Entry
    versions: tuple[Entry, ...]

    @property
    def newest(self) -> Entry:
        return self.versions[-1]

    @property
    def review(self) -> str:
        """By when it is looked at again: ISO date, or ''."""
        return self.newest.body.get("review", "")


def safety_plans(entries: Iterable[Entry]) -> list[SafetyPlan]:
    """The plans in these entries, the one changed last at the end."""
    listed = list(entries)
    gone = {entry.answers for entry in listed if entry.kind == "record.taken-back"}
    versions: dict[int, list[Entry]] = {}
    for entry in listed:
        if entry.kind == WRITTEN and entry.pk not in gone:
            versions.setdefault(entry.thing, []).append(entry)
    return sorted((SafetyPlan(some[0], tuple(some)) for some in versions.values()), key=lambda one: one.newest.pk)


def write(
    *, by: Reader, text: str, review: str, lang: str, at: int, once: str, to: Sequence[int] = (),
    speaker: int | None = None, plan: str = "", terms: Sequence[str] = (),
) -> list[Receipt]:  # fmt: skip
    """A new safety plan for the persons in `to`, or with `plan` the next version of one, for exactly its readers.

    Into the record at once: nothing of it waits in a list. `speaker`: whose words a worker writes down.
    `terms`: the words in it that must not leave (R95).
    """
    may_write(by)
    if by.strength < FRESH:
        raise Refused("not-fresh")
    words, until = worded(text, lang), _review(by, review)
    whose = by.person if by.kin else speaker
    about = (whose,) if whose is not None else ()
    if plan:
        first = _first(by, plan)
        readers = addressed(*(person for person, _why in named(by, [first])[first.pk] if person != by.person))
        across_no_hazard(by, tuple(person for person, _why in readers))
        held = {"thing": first.id, "readers": readers}
    else:
        if not by.by_mark:
            raise Refused("not-yours")
        everybody = tuple(dict.fromkeys(p for p in (*to, whose) if p not in (None, by.person)))
        if not everybody:
            raise Refused("to-nobody")
        across_no_hazard(by, everybody)
        held = {"readers": addressed(*everybody)}
    body = {"words": words, "review": until} | ({"terms": list(terms)} if terms else {})
    said = Statement(WRITTEN, body, speaker=whose, basis="own-words", mark="sealed", about=about, **held)
    return append([said], family=by.family, by=by.person, once=once, at=at)


def _first(by: Reader, id: str) -> Entry:
    found = next((one for one in safety_plans(read(by, kinds=KINDS)) if one.first.id == id), None)
    if found is None:
        raise Refused("not-found")
    return found.first


def _review(by: Reader, review: str) -> str:
    try:
        day = dt.date.fromisoformat(review).toordinal()
    except ValueError:
        raise Refused("no-review") from None
    if not by.today < day <= by.today + REVIEW_WITHIN:
        raise Refused("no-review")
    return review

"""The yearly list: which families' clocks have run out, and what two persons decide about each (R99).

For leaders and the privacy officer. Nothing is ever erased by itself: a family stays on the list until two persons
erase it, hand it to an archive and erase it, or keep it on until another day; a hold beats all of it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.access import erasure, holds, kept_on
from alongside.access.clocks import Clock, clocks
from alongside.access.deciding import decide, must
from alongside.access.holds import Hold
from alongside.access.kept_on import KeptOn
from alongside.access.running import Facts, Run, facts_of, runs
from alongside.access.standing import office_day
from alongside.asking import for_the_house
from alongside.record.erasing import Proposal, families_of, proposals
from alongside.record.statement import Receipt, Refused


@dataclass(frozen=True, slots=True)
class Line:
    """One family on the list. `runs`: every clock that runs in it; `over`: those that run out by the end of the
    year. `held`: the holds that last. `kept`: until when it is kept on, or None. `waits`: a proposal to keep it on,
    and `erasing`: one to erase it whole, that a second person has not answered. `archived`: an archive has it."""

    facts: Facts
    runs: tuple[Run, ...]
    over: tuple[Run, ...]
    held: tuple[Hold, ...] = ()
    kept: KeptOn | None = None
    waits: KeptOn | None = None
    erasing: Proposal | None = None
    archived: bool = False

    @property
    def code(self) -> str:
        return self.facts.code

    @property
    def unknown(self) -> bool:
        """Whether a clock cannot be reckoned, because a birth is not known."""
        return any(run.due is None for run in self.runs)


def year_end(year: int) -> dt.date:
    return dt.date(year, 12, 31)


def yearly(by: int, *, at: int, year: int | None = None) -> list[Line]:
    """The families whose clocks have run out, or run out by the end of the year (this one, or another), those that
    waited longest first; and those in which a clock cannot be reckoned. None for who may not decide, and none of
    those they belong to. Raises NotClocks."""
    if not erasure.may(by):
        return []
    mine = erasure.near(by)
    return [line for line in everybody(at=at, year=year) if line.facts.family not in mine]


@for_the_house()
def everybody(*, at: int, year: int | None = None) -> list[Line]:
    """The same of all families: for the command, which somebody runs who holds the machine. Raises NotClocks."""
    known, day = clocks(), office_day(at)
    last = year_end(year or day.year)
    lines = [line for line in _lines(facts_of(known), known, last, day) if line.over or _lost(line, last)]
    return sorted(lines, key=lambda line: (min((run.due for run in line.over), default=last), line.code))


def _lost(line: Line, last: dt.date) -> bool:
    """Work that has ended and whose clock would never run out, because nobody knows a birth."""
    return line.unknown and line.facts.closed is not None and line.facts.closed <= last


@for_the_house()
def one(by: int, code: str, *, at: int) -> Line:
    """One family, on the list or not. Raises Refused: not-yours, not-found; NotClocks."""
    if not erasure.may(by):
        raise Refused("not-yours")
    number = erasure.family_of(code)
    if number is None or number in erasure.near(by):
        raise Refused("not-found")
    known, day = clocks(), office_day(at)
    found = list(_lines(facts_of(known, number), known, year_end(day.year), day))
    if not found:
        raise Refused("not-found")
    return found[0]


def _lines(found: Iterable[Facts], known: tuple[Clock, ...], last: dt.date, day: dt.date) -> Iterable[Line]:
    held, kept = holds.holds(), kept_on.kept_on()
    erasing = {
        family: one
        for one in proposals()
        if one.scope == "family" and one.decided is None
        for family in families_of(one)
    }
    for facts in found:
        mine = [one for one in kept if one.family == facts.family]
        running = runs(facts, known)
        yield Line(
            facts, running, tuple(run for run in running if run.over(last)),
            tuple(one for one in held if one.family == facts.family and one.lasts),
            max((one for one in mine if one.on(day)), key=lambda one: one.until, default=None),
            next((one for one in reversed(mine) if one.decided is None), None), erasing.get(facts.family),
            any(one.family == facts.family for one in kept_on.handed()) and kept_on.archive_has(facts.family),
        )  # fmt: skip


def erase(
    *, by: int, strength: int, code: str, ground: str, words: str, lang: str, at: int, once: str
) -> list[Receipt]:
    """Propose to erase a family because its time is over: `ground` clock, or archive where one has it. A second
    person decides (erasure.confirm). Raises Refused as `erasure.propose_family`."""
    if ground not in erasure.BY_CLOCK:
        raise Refused("no-ground")
    return erasure.propose_family(
        by=by, strength=strength, code=code, ground=ground, words=words, lang=lang, at=at, once=once
    )


def keep(
    *, by: int, strength: int, code: str, until: dt.date, words: str, lang: str, at: int, once: str
) -> list[Receipt]:
    """Propose to keep a family on until a day. Raises Refused: not-yours, too-weak, not-found, no-reason, over."""
    must(erasure.may, by, strength)
    number = one(by, code, at=at).facts.family
    return kept_on.propose(by=by, family=number, until=until, words=words, lang=lang, at=at, once=once)


def answer(
    *, by: int, strength: int, code: str, proposal: str, yes: bool, words: str, lang: str, at: int, once: str
) -> list[Receipt]:
    """A second person says yes to keeping on, or no; who proposed may take it back.

    Raises Refused: not-yours, too-weak, not-found, not-a-second, decided, no-reason.
    """
    must(erasure.may, by, strength)
    found = next((one for one in kept_on.kept_on() if one.id == proposal), None)
    if found is None or found.family != erasure.family_of(code):
        raise Refused("not-found")
    erasure.not_near(by, [found.family])
    return decide(found, by=by, yes=yes, words=words, lang=lang, at=at, once=once)


def hold(
    *, by: int, strength: int, code: str, why: str, source: str, until: dt.date, lang: str, at: int, once: str
) -> list[Receipt]:
    """Put a hold on a family. Raises Refused: not-yours, too-weak, not-found, no-reason, over."""
    must(erasure.may, by, strength)
    number = erasure.family_of(code)
    if number is None:
        raise Refused("not-found")
    erasure.not_near(by, [number])
    return holds.put_on(by=by, family=number, why=why, source=source, until=until, lang=lang, at=at, once=once)


def look_again(
    *, by: int, strength: int, hold: str, until: dt.date, why: str, lang: str, at: int, once: str
) -> list[Receipt]:
    """A hold was looked at and lasts. Raises Refused: not-yours, too-weak, not-found, ended, no-reason, over."""
    _mine(by, strength, hold)
    return holds.look_again(by=by, hold=hold, until=until, why=why, lang=lang, at=at, once=once)


def lift(*, by: int, strength: int, hold: str, why: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Lift a hold. Raises Refused: not-yours, too-weak, not-found, ended, no-reason."""
    _mine(by, strength, hold)
    return holds.end(by=by, hold=hold, why=why, lang=lang, at=at, once=once)


def _mine(by: int, strength: int, hold: str) -> None:
    must(erasure.may, by, strength)
    found = next((one for one in holds.holds() if one.id == hold), None)
    if found is None:
        raise Refused("not-found")
    erasure.not_near(by, [found.family])


@for_the_house()
def holds_for(by: int) -> list[tuple[str, Hold]]:
    """Every hold there was with its family's code, those to look at first: for those who may; none of families they
    belong to."""
    if not erasure.may(by):
        return []
    mine, codes = erasure.near(by), erasure.codes()
    found = [(codes[one.family], one) for one in holds.holds() if one.family not in mine]
    return sorted(found, key=lambda pair: (not pair[1].lasts, pair[1].until))

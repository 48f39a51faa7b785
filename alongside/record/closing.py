"""An office that stops: from the day after its last day nothing new is received, wherever it comes from.

One person proposes the last day and another one says yes (access/closing.py); until the record is taken away both may
take it back in the same way. What ends what was begun is still received, and what says who may read: reading goes on.
Words that were written before the end are received when their time comes. One row says when it ends, so that the one
write and every page know it without asking more than they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.asking import for_the_house
from alongside.record.deciding import SQL, Proposed
from alongside.record.entry import Entry, from_row
from alongside.record.kinds import KINDS, kind
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register
from alongside.record.statement import Closed, Statement

PROPOSED, AGREED, DECLINED = "record.closing-proposed", "record.closing-agreed", "record.closing-declined"
kind(PROPOSED, _("To stop using Alongside was proposed, or to go on"), settles=False, goes_on=True)
kind(AGREED, _("A second person said yes to stopping, or to going on"), settles=False, goes_on=True)
kind(DECLINED, _("A second person said no to stopping, or to going on"), settles=False, goes_on=True)
register("record_closing")

STOP, GO_ON = "stop", "go-on"
ENDS = "(SELECT MIN(ends) FROM record_closing)"  # for statements that every page and every write make anyway


@dataclass(frozen=True, slots=True)
class Closing(Proposed):
    """`what`: STOP or GO_ON. `last`: the last day, an ISO date; `ends`: the moment after it, microseconds; of GO_ON
    '' and 0. `words`: of a stop where the record goes and whom to ask, of going on why."""

    what: str
    last: str
    ends: int
    kinds = (PROPOSED, AGREED, DECLINED)


@for_the_house()
def closings() -> tuple[Closing, ...]:
    """Every proposal to stop or to go on, oldest first, with what became of it."""
    return Closing.every()


def in_force(listed: Sequence[Closing]) -> Closing | None:
    """The stop that two persons decided last, unless they decided since to go on."""
    agreed = sorted((one for one in listed if one.agreed), key=lambda one: one.decided.pk)
    return agreed[-1] if agreed and agreed[-1].what == STOP else None


def announced() -> Closing | None:
    """The stop that is in force, or None: one short question where there is none."""
    return in_force(closings()) if ends() else None


def ends() -> int:
    """The moment from which nothing new is received, in microseconds; 0 where nobody stops."""
    return rows(f"SELECT COALESCE({ENDS}, 0)", [])[0][0]


def must_be_open(at: int) -> None:
    """Raises Closed when the office has stopped at this moment."""
    end = ends()
    if end and at >= end:
        raise Closed(end)


def taken_still(statements: Sequence[Statement], *, end: int | None, at: int) -> None:
    """Whether an act is still received: by what it says first, wherever it says that. `end`: as in the register,
    None or 0 where nobody stops. Raises Closed."""
    if end and at >= end and not (statements and _goes_on(statements)):
        raise Closed(end)


def _goes_on(statements: Sequence[Statement]) -> bool:
    first = statements[0].kind
    rule = KINDS[first].goes_on
    return all(rule(one.body) for one in statements if one.kind == first) if callable(rule) else rule


@fold_of(AGREED)
def _agreed(cursor: Any, entry: Entry) -> None:
    """What is in force with this yes, by the one rule there is; a yes comes seldom."""
    cursor.execute(SQL, [*Closing.kinds, entry.pk])
    one = in_force(Closing.fold(map(from_row, cursor.fetchall())))
    cursor.execute("DELETE FROM record_closing")
    if one is not None:
        cursor.execute("INSERT INTO record_closing (entry, ends) VALUES (%s, %s)", [one.decided.pk, one.ends])

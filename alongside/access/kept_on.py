"""A family whose time is over and that is kept on for a while: one person proposes it, another one says yes.

Both are among those who may erase (erasure.py); the reason says why, and the day when it stands on the yearly list
again. That its record was handed to an archive is said here too. All of it stands in the office's own record.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.access.roles import OFFICE
from alongside.access.standing import office_day
from alongside.asking import for_the_house
from alongside.record.appending import append
from alongside.record.deciding import Proposed
from alongside.record.entry import from_row
from alongside.record.gate import FIELDS
from alongside.record.kinds import kind
from alongside.record.reading import rows
from alongside.record.statement import Receipt, Refused, Statement

PROPOSED, AGREED, DECLINED = "access.keeping-proposed", "access.keeping-agreed", "access.keeping-declined"
HANDED = "access.handed-to-archive"
kind(PROPOSED, _("To keep a family’s record on was proposed"), settles=False)
kind(AGREED, _("A second person said yes to keeping on"), settles=False, goes_on=True)
kind(DECLINED, _("A second person said no to keeping on"), settles=False, goes_on=True)
kind(HANDED, _("A family’s record was handed to an archive"), settles=False, goes_on=True)


@dataclass(frozen=True, slots=True)
class KeptOn(Proposed):
    """`until`: the day it stands on the list again."""

    family: int
    until: dt.date
    kinds = (PROPOSED, AGREED, DECLINED)

    @classmethod
    def about(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        return {"family": body["family"], "until": dt.date.fromisoformat(body["until"])}

    def on(self, day: dt.date) -> bool:
        return self.agreed and day < self.until


@dataclass(frozen=True, slots=True)
class Handed:
    """`to`: which archive; `sums`: SHA-256 of the list of sums in the folder; `upto`: the moment of the newest entry
    in it, `at`: when it was said, both in microseconds."""

    family: int
    to: str
    sums: str
    upto: int
    at: int


@for_the_house()
def kept_on() -> tuple[KeptOn, ...]:
    """Every proposal to keep on, oldest first, with what became of it."""
    return KeptOn.every()


@for_the_house()
def handed() -> tuple[Handed, ...]:
    """What was handed to an archive, oldest first."""
    sql = f"SELECT {FIELDS} FROM record_entry e WHERE e.kind = %s AND e.pk < 1048576 ORDER BY e.pk"
    found = [(one.body, one.recorded_at) for one in map(from_row, rows(sql, [HANDED]))]
    return tuple(Handed(body["family"], body["to"], body["sums"], body["upto"], at) for body, at in found)


@for_the_house()
def archive_has(family: int) -> bool:
    """Whether an archive has this family's record with its newest entry."""
    (last_at,) = rows("SELECT last_at FROM record_family WHERE number = %s", [family])[0]
    return any(one.family == family and one.upto >= last_at for one in handed())


def propose(*, by: int, family: int, until: dt.date, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Propose to keep a family on. Who may is asked in keeping.py. Raises Refused: no-reason, over."""
    if not words.strip():
        raise Refused("no-reason")
    if until <= office_day(at):
        raise Refused("over")
    body = {"family": family, "until": until.isoformat(), "words": [{"lang": lang, "text": words.strip()}]}
    return append([Statement(PROPOSED, body)], family=OFFICE, by=by, once=once, at=at)


def say_handed(
    *, by: int, holders: Iterable[int], family: int, to: str, sums: str, upto: int, at: int, once: str
) -> None:
    """The folder with a family's record is made, for this archive; two people answer for it. `upto`: the moment of
    the newest entry in it (microseconds)."""
    body = {"family": family, "to": " ".join(to.split()), "sums": sums, "upto": upto, "holders": list(holders)}
    append([Statement(HANDED, body)], family=OFFICE, by=by, once=once, at=at)

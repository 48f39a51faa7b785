"""A legal hold: while it lasts nothing of a family is erased, whatever any clock says (R99).

Somebody who looks after erasing puts it on, with a reason, where it comes from, and a day on which it is looked at
again. The day ends nothing: a hold lasts until somebody lifts it, with a reason. Holds stand in the office's own
record.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.access.policy import received
from alongside.access.roles import OFFICE
from alongside.access.standing import office_day
from alongside.asking import for_the_house
from alongside.record.appending import append
from alongside.record.entry import Entry, from_row
from alongside.record.gate import FIELDS
from alongside.record.kinds import kind
from alongside.record.reading import rows
from alongside.record.statement import Receipt, Refused, Statement

PUT_ON, AGAIN, ENDED = "access.hold-put-on", "access.hold-looked-at", "access.hold-ended"
kind(PUT_ON, _("A hold against erasing"), settles=False, state=True)
kind(AGAIN, _("A hold was looked at again"), settles=False, state=True)
kind(ENDED, _("A hold was ended"), settles=False, state=True)


@dataclass(frozen=True, slots=True)
class Hold:
    """`source`: the law, decision or letter it comes from. `until`: the day on which it is looked at again. `looked`:
    the entries that did, oldest first. `ended`: the entry that lifted it, or None."""

    id: str
    family: int
    why: str
    until: dt.date
    by: int
    since: dt.date
    source: str = ""
    looked: tuple[Entry, ...] = ()
    ended: Entry | None = None

    @property
    def lasts(self) -> bool:
        return self.ended is None

    def waits(self, day: dt.date) -> bool:
        """Whether it is to be looked at again by this day."""
        return self.lasts and self.until <= day


@for_the_house()
def holds() -> tuple[Hold, ...]:
    """Every hold there was, oldest first. For those who look after erasing."""
    sql = f"SELECT {FIELDS} FROM record_entry e WHERE e.kind IN (%s, %s, %s) AND e.pk < 1048576 ORDER BY e.pk"
    return tuple(fold(map(from_row, rows(sql, [PUT_ON, AGAIN, ENDED]))))


def fold(entries: Iterable[Entry]) -> Iterable[Hold]:
    """The holds these entries tell of."""
    found: dict[int, Hold] = {}
    for entry in entries:
        body = entry.body
        if entry.kind == PUT_ON:
            found[entry.pk] = Hold(
                entry.id, body["family"], body["words"][0]["text"], dt.date.fromisoformat(body["until"]), entry.author,
                office_day(entry.recorded_at), body.get("source", ""),
            )  # fmt: skip
        elif entry.thing in found and found[entry.thing].lasts:
            one = found[entry.thing]
            if entry.kind == AGAIN:
                one = replace(one, until=dt.date.fromisoformat(body["until"]), looked=(*one.looked, entry))
            else:
                one = replace(one, ended=entry)
            found[entry.thing] = one
    return found.values()


def lasting(family: int) -> tuple[Hold, ...]:
    """The holds that last on this family, oldest first."""
    return tuple(one for one in holds() if one.family == family and one.lasts)


def held(families: Iterable[int]) -> bool:
    """Whether any of these families is held."""
    wanted = set(families)
    return any(one.family in wanted and one.lasts for one in holds())


def put_on(
    *, by: int, family: int, why: str, until: dt.date, lang: str, at: int, once: str, source: str = ""
) -> list[Receipt]:
    """Hold a family, and look at it again on a day. The caller has looked whether they may.

    Raises Refused: no-reason, over (the day is not after today).
    """
    if not why.strip():
        raise Refused("no-reason")
    _ahead(until, at)
    body = {"family": family, "until": until.isoformat(), "words": [{"lang": lang, "text": why.strip()}]}
    if source.strip():
        body["source"] = source.strip()
    return append([Statement(PUT_ON, body)], family=OFFICE, by=by, once=once, at=at)


def look_again(*, by: int, hold: str, until: dt.date, why: str, lang: str, at: int, once: str) -> list[Receipt]:
    """It was looked at and lasts: the next day to look. Raises Refused: not-found, ended, no-reason, over."""
    if not received(by, OFFICE, once):
        _standing(hold)
    if not why.strip():
        raise Refused("no-reason")
    _ahead(until, at)
    body = {"until": until.isoformat(), "words": [{"lang": lang, "text": why.strip()}]}
    return append([Statement(AGAIN, body, thing=hold)], family=OFFICE, by=by, once=once, at=at)


def end(*, by: int, hold: str, why: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Lift a hold, with a reason. Said twice with the same key it is one act. Raises Refused: not-found, ended,
    no-reason."""
    if not received(by, OFFICE, once):
        _standing(hold)
    if not why.strip():
        raise Refused("no-reason")
    said = Statement(ENDED, {"words": [{"lang": lang, "text": why.strip()}]}, thing=hold)
    return append([said], family=OFFICE, by=by, once=once, at=at)


def _standing(hold: str) -> None:
    one = next((one for one in holds() if one.id == hold), None)
    if one is None:
        raise Refused("not-found")
    if not one.lasts:
        raise Refused("ended", by=one.ended.author)


def _ahead(day: dt.date, at: int) -> None:
    if day <= office_day(at):
        raise Refused("over")

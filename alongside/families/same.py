"""Two anchors are one person: one worker thinks so, another one confirms, and either may undo it (R45).

Nothing moves. Each anchor's family holds one half, which names the person there and a random pair and nothing
of the other family; only who reads both halves, standing in both families, learns that they belong together.
Pages join what they read; undone, they read as before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.families.telling import Told, further, line
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.statement import Receipt, Refused

kind("families.same-proposed", _("Perhaps the same person"), settles=False, state=True)
kind("families.same-confirmed", _("The same person"), settles=False, changes_state=True, state=True)
kind("families.same-undone", _("Not the same person"), settles=False, changes_state=True, state=True)
SAME = ("families.same-proposed", "families.same-confirmed", "families.same-undone")


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a pair, in one family. `by`: who thought so; `confirmed`: who confirmed it, or None."""

    person: int
    pair: str
    entry: Entry
    by: int
    confirmed: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """An anchor where it is met: its family's reader, its number, and, for an open pair, its half."""

    reader: Reader
    person: int
    half: Half | None = None


def halves(entries: Iterable[Entry]) -> tuple[Half, ...]:
    """The halves in one family that are not undone, in order."""
    held: dict[int, Half] = {}
    for entry in entries:
        if entry.kind == "families.same-proposed":
            body = entry.body
            held[entry.pk] = Half(body["person"], body["pair"], entry, entry.author, None, body.get("why", ""))
        elif entry.kind == "families.same-confirmed" and entry.thing in held:
            held[entry.thing] = replace(held[entry.thing], confirmed=entry.author)
        elif entry.kind == "families.same-undone":
            held.pop(entry.thing, None)
    return tuple(held.values())


def pairs(halves: Iterable[tuple[Reader, Half]]) -> list[tuple[Side, Side]]:
    """Those of these halves of which both sides are read, as two sides each."""
    by_pair: dict[str, list[Side]] = {}
    for reader, half in halves:
        by_pair.setdefault(half.pair, []).append(Side(reader, half.person, half))
    return [(sides[0], sides[1]) for sides in by_pair.values() if len(sides) == 2]


def _may(one: Side, other: Side) -> None:
    """Raises Refused: not-yours for who does not read both families by mark, as one worker."""
    readers = (one.reader, other.reader)
    if not all(reader.by_mark and reader.writes for reader in readers) or one.reader.person != other.reader.person:
        raise Refused("not-yours")


def propose(*, one: Side, other: Side, why: str, pair: str, at: int, once: str) -> list[Receipt]:
    """A worker thinks that two anchors are one person. `pair`: 32 random hexadecimal digits, the form's own.

    Raises Refused: not-yours, same-person, line-too-long.
    """
    _may(one, other)
    if one.person == other.person:
        raise Refused("same-person")
    why = line(why)
    said = [
        (side.reader, Told(side.reader).statement(SAME[0], {"person": side.person, "pair": pair, "why": why}))
        for side in (one, other)
    ]
    return _both(said, at=at, once=once)


def confirm(*, one: Side, other: Side, at: int, once: str) -> list[Receipt]:
    """Another worker says: yes, one person. Raises Refused: not-yours, two-needed (who thought so themselves)."""
    _may(one, other)
    if one.half is None or other.half is None or one.reader.person == one.half.by:
        raise Refused("two-needed")
    return _further(one, other, SAME[1], {}, at=at, once=once)


def undo(*, one: Side, other: Side, why: str, at: int, once: str) -> list[Receipt]:
    """They are two after all: any worker of both families, with a reason. Raises Refused: not-yours, no-reason."""
    _may(one, other)
    return _further(one, other, SAME[2], {"why": line(why, needed="no-reason")}, at=at, once=once)


def _further(one: Side, other: Side, kind: str, body: dict, *, at: int, once: str) -> list[Receipt]:
    said = [(side.reader, further(side.reader, kind, side.half.entry, body)) for side in (one, other)]
    return _both(said, at=at, once=once)


def _both(said: list, *, at: int, once: str) -> list[Receipt]:
    """One act in each family, both or neither; one act where it is one family."""
    (first, a), (second, b) = said
    with transaction.atomic():
        if first.family == second.family:
            return Told(first).say(a, b, at=at, once=once)
        return Told(first).say(a, at=at, once=once) + Told(second).say(b, at=at, once=once)

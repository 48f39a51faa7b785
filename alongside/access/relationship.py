"""Relationships: granted, accepted, verified, begun, paused, ended, closed to somebody. By whom, when and why.

Everything by keyword. `by`: the person who acts, whose standing is looked up at that moment; `family`: its number;
`at`: microseconds; `once`: the key of the act. Nobody grants to themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from alongside.access import talk
from alongside.access.circles import named_on, open_to, those_who_work_here
from alongside.access.grants import changed, granted
from alongside.access.policy import MOVES, OF_OFFICE, Tie, leaders_of, may_grant, may_move, received, tie_of
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.readers import KIN
from alongside.record.statement import Receipt, Refused, Statement


@dataclass(frozen=True, slots=True)
class Held:
    """A relationship as its reader knows it. `granted`: the entry that gave it; `steps`: what changed it, in order;
    `until`: microseconds."""

    granted: Entry
    person: int
    kind: str
    to: int | None
    state: str
    until: int | None
    steps: tuple[Entry, ...] = ()

    @property
    def id(self) -> str:
        return self.granted.id

    @property
    def last(self) -> Entry:
        return self.steps[-1] if self.steps else self.granted

    def live(self, now: int) -> bool:
        return self.state == "active" and (self.until is None or self.until > now)


def relationships(entries: Iterable[Entry]) -> list[Held]:
    """The relationships in these entries, in the order they were granted."""
    found: dict[int, Held] = {}
    for entry in entries:
        if entry.kind not in ("access.granted", "access.changed"):
            continue
        body = entry.body
        until = int(body["until"]) if body.get("until") else None
        if entry.kind == "access.granted":
            found[entry.pk] = Held(entry, body["person"], body["kind"], body.get("to"), body["state"], until)
        elif entry.thing in found:
            one = found[entry.thing]
            found[entry.thing] = replace(one, state=body["state"], until=until or one.until, steps=(*one.steps, entry))
    return list(found.values())


def grant(
    *, by: int, family: int, person: int, kind: str, why: str, at: int, once: str, to: int | None = None,
    asked: bool = False, until: int | None = None, not_yet: str = "",
) -> list[Receipt]:  # fmt: skip
    """Give somebody a place in a family: a worker of the family for its own side and partners, leader or intake of
    the unit for those who work. `asked`: they are asked first; otherwise it begins now. `not_yet`: why a member of
    the family begins although the talk about who may see what was not held.

    Raises Refused: no-reason, to-yourself, not-yours-to-grant, not-a-worker, closed, closed-to-them, both-sides,
    stands-already, no-talk.
    """
    if received(by, family, once):
        return []
    if not why.strip():
        raise Refused("no-reason")
    may_grant(by=by, family=family, person=person, kind=kind, to=to, at=at)
    state = "invited" if asked else "active"
    why = _with_the_talk(family, kind, state, why.strip(), not_yet)
    said = [place(family, person, kind, to=to, why=why, state=state, until=until)]
    if state == "active":
        said += those_who_work_here(family, person, kind, at, by)
    return append(said, family=family, by=by, once=once, at=at)


def place(family: int, person: int, kind: str, *, to: int | None, why: str, state: str, until: int | None) -> Statement:
    """The grant, open to those who may know of it."""
    return open_to(granted(person, kind, to=to, why=why, state=state, until=until), family, person, kind, to)


def _with_the_talk(family: int, kind: str, state: str, why: str, not_yet: str) -> str:
    """No door of the family opens before the talk about who may see what, or a reason why not yet."""
    if kind not in KIN or state != "active" or talk.held(family):
        return why
    if not not_yet.strip():
        raise Refused("no-talk")
    return f"{why}\n{not_yet.strip()}"


def move(
    *, by: int, family: int, grant: str, act: str, why: str, at: int, once: str, until: int | None = None,
    not_yet: str = "", more: tuple[Statement, ...] = (),
) -> list[Receipt]:  # fmt: skip
    """Move a relationship on by one of policy.MOVES. `grant`: the id of the entry that gave it; `until`: microseconds,
    for the acts that set an end; `more`: what is said in the same act.

    Closing for a conflict of interest and barring say why apart: to the leaders and supervisors of that worker, and
    to those who work with the family. Raises Refused: not-found, not-yours-to-change, no-reason, no-until, no-talk.
    """
    if received(by, family, once):
        return []
    tie, rule = tie_of(family, grant), MOVES[act]
    if not may_move(by=by, family=family, tie=tie, act=act, at=at):
        raise Refused("not-yours-to-change")
    if rule.reason and not why.strip():
        raise Refused("no-reason")
    if act.startswith("until") and (until is None or until <= at):
        raise Refused("no-until")
    after = "active" if act == "accept" and tie.kind in OF_OFFICE else rule.after or tie.state
    said = [*_moved(family, tie, after, why.strip(), until, not_yet), *more]
    if after == "active" and tie.state != "active":
        said += those_who_work_here(family, tie.person, tie.kind, at, by)
    return append(said, family=family, by=by, once=once, at=at)


def _moved(family: int, tie: Tie, after: str, why: str, until: int | None, not_yet: str) -> list[Statement]:
    if after in ("excluded", "barred"):
        apart = leaders_of(tie.person) if after == "excluded" else ()
        return [as_its_grant(tie, after), _why(tie, why, apart)]
    if tie.state != "active":
        why = _with_the_talk(family, tie.kind, after, why, not_yet)
    return [as_its_grant(tie, after, why=why, until=until)]


def as_its_grant(tie: Tie, state: str, *, why: str = "", until: int | None = None) -> Statement:
    """The change, read by exactly those who read the grant."""
    mark, readers = named_on(tie.pk)
    return replace(changed(tie.id, state, why=why, until=until), mark=mark, readers=readers)


def _why(tie: Tie, why: str, apart: tuple[int, ...]) -> Statement:
    """The reason by itself: with `apart` for these alone, without for those who work with the family."""
    said = Statement("access.why", {"grant": tie.id, "why": why}, mark="persons" if apart else "team")
    return said.to(*apart)

"""A promise: who owes what to whom, by when, and what became of it (R21). And an ask: a promise asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.families.telling import moved
from alongside.record.entry import Entry
from alongside.record.kinds import kind

kind("promises.asked", _("Asked for a promise"), state=True)
kind("promises.declined", _("Not promised"), changes_state=True, state=True)
kind("promises.made", _("Promised"), state=True)
kind("promises.kept", _("Kept"), changes_state=True, state=True)
kind("promises.moved", _("Moved"), changes_state=True, state=True)
kind("promises.broken", _("Not kept"), changes_state=True, state=True)
kind("promises.handed-over", _("Handed over"), settles=False, changes_state=True, state=True)
kind("promises.accepted", _("Taken over"), settles=False, changes_state=True, state=True)
kind("promises.not-taken", _("Not taken over"), settles=False, changes_state=True, state=True)

# What each later entry of a promise makes of it. An entry that says another `owner` or `due` changes that too.
BECOMES = {
    "promises.kept": "kept",
    "promises.moved": "moved",
    "promises.broken": "broken",
}
HANDING = ("promises.handed-over", "promises.accepted", "promises.not-taken")
STEPS = (*BECOMES, *HANDING)
KINDS = ("promises.asked", "promises.declined", "promises.made", *STEPS)
# What stood in the way of one that was not kept, where it was not the person (R21).
CONSTRAINTS = {
    "money": _("money"),
    "wait": _("a wait"),
    "rule": _("a rule"),
    "time": _("time"),
    "habit": _("habit"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """`owner`: who must keep it. `due`: ISO date or None. `steps`: what happened to it since, in order.
    `possible`: who else must make it possible. `offered`: to whom it is handed over, until they answer."""

    made: Entry
    owner: int
    due: str | None
    state: str
    steps: tuple[Entry, ...] = ()
    possible: tuple[int, ...] = ()
    offered: int | None = None

    @property
    def open(self) -> bool:
        return self.state in ("open", "moved")

    @property
    def last(self) -> Entry:
        return self.steps[-1] if self.steps else self.made


@dataclass(frozen=True, slots=True)
class Ask:
    """A promise asked of somebody. `state`: open, promised or declined. `answer`: the entry that said so."""

    asked: Entry
    of: int
    due: str | None
    state: str = "open"
    answer: Entry | None = None

    @property
    def open(self) -> bool:
        return self.state == "open"

    @property
    def last(self) -> Entry:
        return self.answer or self.asked


def promises(entries: Iterable[Entry]) -> list[Promise]:
    """The promises in these entries, in the order they were made."""
    found: dict[int, Promise] = {}
    for entry in entries:
        if entry.kind == "promises.made":
            body = entry.body
            owner, possible = body.get("owner", entry.speaker), tuple(body.get("possible", ()))
            found[entry.pk] = Promise(entry, owner, body.get("due"), "open", possible=possible)
        elif entry.kind in BECOMES and moved(entry) in found:
            found[moved(entry)] = _stepped(found[moved(entry)], entry)
        elif entry.kind in HANDING and entry.thing in found:
            found[entry.thing] = _handed(found[entry.thing], entry)
    return list(found.values())


def _stepped(one: Promise, entry: Entry) -> Promise:
    body = entry.body
    return replace(
        one, owner=body.get("owner", one.owner), due=body.get("due", one.due), state=BECOMES[entry.kind],
        steps=(*one.steps, entry),
    )  # fmt: skip


def asks(entries: Iterable[Entry]) -> list[Ask]:
    """The promises asked for in these entries, in the order they were asked."""
    found: dict[int, Ask] = {}
    for entry in entries:
        if entry.kind == "promises.asked":
            found[entry.pk] = Ask(entry, entry.body["of"], entry.body.get("due"))
        elif entry.kind == "promises.made" and entry.answers in found:
            found[entry.answers] = replace(found[entry.answers], state="promised", answer=entry)
        elif entry.kind == "promises.declined" and moved(entry) in found:
            found[moved(entry)] = replace(found[moved(entry)], state="declined", answer=entry)
    return list(found.values())


def _handed(one: Promise, entry: Entry) -> Promise:
    """Handed over it stays with the old owner, until the one it is offered to accepts (R124)."""
    one = replace(one, steps=(*one.steps, entry))
    if entry.kind == "promises.handed-over":
        return replace(one, offered=entry.body["to"])
    return replace(one, offered=None, owner=entry.author if entry.kind == "promises.accepted" else one.owner)

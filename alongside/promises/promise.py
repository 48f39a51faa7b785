"""A promise: who owes what to whom, by when, and what became of it (R21)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.record.entry import Entry
from alongside.record.kinds import kind

kind("promises.made", _("Promised"), state=True)
kind("promises.kept", _("Kept"), changes_state=True, state=True)
kind("promises.moved", _("Moved"), changes_state=True, state=True)
kind("promises.broken", _("Not kept"), changes_state=True, state=True)
kind("promises.handed-over", _("Handed over"), settles=False, changes_state=True, state=True)
kind("promises.accepted", _("Taken over"), settles=False, changes_state=True, state=True)
kind("promises.not-taken", _("Not taken over"), settles=False, changes_state=True, state=True)

BECOMES = {
    "promises.made": "open",
    "promises.kept": "kept",
    "promises.moved": "moved",
    "promises.broken": "broken",
}

HANDING = ("promises.handed-over", "promises.accepted", "promises.not-taken")


@dataclass(frozen=True, slots=True)
class Promise:
    """`owner`: who must keep it. `offered`: to whom it is handed over, until they
    answer. `due`: ISO date or None. `steps`: what happened to it since, in order."""

    made: Entry
    owner: int
    due: str | None
    state: str
    steps: tuple[Entry, ...] = ()
    offered: int | None = None

    @property
    def open(self) -> bool:
        return self.state in ("open", "moved")

    @property
    def last(self) -> Entry:
        return self.steps[-1] if self.steps else self.made


def promises(entries: Iterable[Entry]) -> list[Promise]:
    """The promises in these entries, in the order they were made."""
    found: dict[int, Promise] = {}
    for entry in entries:
        if entry.kind == "promises.made":
            found[entry.pk] = Promise(entry, entry.body.get("owner", entry.speaker), entry.body.get("due"), "open")
        elif entry.kind in BECOMES and entry.thing in found:
            one = found[entry.thing]
            found[entry.thing] = replace(
                one, due=entry.body.get("due", one.due), state=BECOMES[entry.kind], steps=(*one.steps, entry)
            )
        elif entry.kind in HANDING and entry.thing in found:
            found[entry.thing] = _handed(found[entry.thing], entry)
    return list(found.values())


def _handed(one: Promise, entry: Entry) -> Promise:
    """Handed over it stays with the old owner, until the one it is offered to accepts (R124)."""
    one = replace(one, steps=(*one.steps, entry))
    if entry.kind == "promises.handed-over":
        return replace(one, offered=entry.body["to"])
    return replace(one, offered=None, owner=entry.author if entry.kind == "promises.accepted" else one.owner)

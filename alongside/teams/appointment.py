"""An appointment: asked for, fixed, moved, cancelled, by whom and why (R22, R132)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from alongside import dates
from alongside.families.telling import moved
from alongside.record.entry import Entry

STEPS = {"teams.appointment-moved": "moved", "teams.appointment-cancelled": "cancelled"}
KINDS = ("teams.appointment-asked", "teams.appointment-set", *STEPS)
OURS = "service"  # which side cancelled: the service or the family


@dataclass(frozen=True, slots=True)
class Appointment:
    """`first`: the entry that fixed it, or one that only says it was cancelled. `on`: day and time, local to the
    office; unsaid where only the words tell. `until`: "17:15" or ''. `there`: who comes. `state`: fixed, moved or
    cancelled. `wishes`: who asked for another time since the last step."""

    first: Entry
    on: dates.Partial
    until: str
    place: str
    there: tuple[int, ...]
    state: str
    steps: tuple[Entry, ...] = ()
    wishes: tuple[Entry, ...] = ()

    @property
    def stands(self) -> bool:
        return self.state != "cancelled"

    @property
    def last(self) -> Entry:
        return self.steps[-1] if self.steps else self.first


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked to meet. `fixed`: the entry that found a time, or None."""

    asked: Entry
    fixed: Entry | None = None


def on_of(text: str) -> dates.Partial:
    """The moment as it stands in a body; unsaid for none and for what is no date."""
    try:
        return dates.canonical(text) or dates.UNSAID
    except ValueError:
        return dates.UNSAID


def side_of(entry: Entry) -> str:
    """Which side a cancelling came from: "service", "family", or '' where it was not said."""
    return entry.body.get("by_side", "")


def appointments(entries: Iterable[Entry]) -> list[Appointment]:
    """The appointments in these entries, in the order they were fixed. One that was cancelled and whose fixing
    was not read stands by its cancelling alone."""
    found: dict[int, Appointment] = {}
    for entry in entries:
        if entry.kind == "teams.appointment-set":
            body = entry.body
            there = tuple(body.get("there", ()))
            found[entry.pk] = Appointment(
                entry, on_of(body.get("on", "")), body.get("until", ""), body.get("place", ""), there, "fixed"
            )
        elif entry.kind in STEPS and moved(entry) in found:
            found[moved(entry)] = _stepped(found[moved(entry)], entry)
        elif entry.kind == "teams.appointment-cancelled" and entry.starts:
            found[entry.pk] = Appointment(entry, on_of(entry.so or ""), "", "", entry.about, "cancelled")
        elif entry.kind == "teams.appointment-asked" and entry.answers in found:
            one = found[entry.answers]
            found[entry.answers] = replace(one, wishes=(*one.wishes, entry))
    return list(found.values())


def _stepped(one: Appointment, entry: Entry) -> Appointment:
    body = entry.body
    on = on_of(body["on"]) if body.get("on") else one.on
    return replace(
        one, on=on, until=body.get("until", one.until), place=body.get("place", one.place), state=STEPS[entry.kind],
        steps=(*one.steps, entry), wishes=(),
    )  # fmt: skip


def asked(entries: Iterable[Entry]) -> list[Asked]:
    """Who asked to meet, in order; a wish for another time belongs to its appointment and is not here."""
    found: dict[int, Asked] = {}
    for entry in entries:
        if entry.kind == "teams.appointment-asked" and entry.answers is None:
            found[entry.pk] = Asked(entry)
        elif entry.kind == "teams.appointment-set" and entry.answers in found:
            found[entry.answers] = Asked(found[entry.answers].asked, fixed=entry)
    return list(found.values())

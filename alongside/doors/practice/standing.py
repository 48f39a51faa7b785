"""Who stands in a family, as far as this reader may know, on the day looked at."""

from collections.abc import Collection
from dataclasses import dataclass

from alongside.access.hazards import protections
from alongside.access.relationship import relationships
from alongside.doors.practice.page import Opened
from alongside.record.entry import Entry
from alongside.record.readers import STAFF

PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Stands:
    """One relationship that is active. `to`: works with that one person only."""

    person: int
    kind: str
    to: int | None = None


def stands(entries: Collection[Entry], now: int) -> list[Stands]:
    """The relationships that are active at `now` (microseconds), in the order they were granted."""
    return [Stands(one.person, one.kind, one.to) for one in relationships(entries) if one.live(now)]


def staff(here: Collection[Stands]) -> list[Stands]:
    """Those who work with the family here in this office."""
    return [one for one in here if one.kind in STAFF]


def core(page: Opened, here: Collection[Stands]) -> list[int]:
    """Parents and children of the family whose names may be known, the parents first; where it may not be
    known who the children are, the family's people as they were met."""
    parents = [one.person for one in here if one.kind == "parent"]
    children = [one.person for one in here if one.kind == "child"]
    for tie in page.people.ties:
        if tie.kind == "child" and parents and set(tie.a) <= set(parents):
            children += [person for person in tie.b if person not in children]
    met = [number for number, person in page.people.persons.items() if person.group == "family"]
    return [person for person in dict.fromkeys(parents + (children or met)) if page.people.called(person)]


def headed(page: Opened, persons: Collection[int]) -> list[int]:
    """Whom the page is headed by: not the one the others are protected from, for those who may know of it."""
    apart = {one.person for one in protections(page.entries) if one.on}
    return [person for person in persons if person not in apart] or list(persons)


def of_family(page: Opened, number: int) -> bool:
    """Whether somebody belongs to the family or its network, and does not work with it."""
    person = page.people.persons.get(number)
    return person is not None and person.group in ("family", "network", "other")

"""Who belongs to the room, as far as its reader was told: from the grants they read, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.access.relationship import relationships
from alongside.record.entry import Entry
from alongside.record.readers import KIN, OTHERS, STAFF, URGENT

WORKS_HERE = STAFF - {*URGENT, "duty"}
FIRST = ("allocated", "co-worker", "coordinator")  # whom one turns to, in this order


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place in the family. `to`: works with that one person only."""

    person: int
    kind: str
    to: int | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody whose place here is active today and known to `me`, in the order they came."""

    me: int
    places: tuple[Place, ...] = ()

    def _of(self, kinds: Iterable[str]) -> list[Place]:
        return [place for place in self.places if place.kind in kinds and place.person != self.me]

    @property
    def team(self) -> tuple[int, ...]:
        """The helpers who read what is for the team."""
        return tuple(dict.fromkeys(place.person for place in self._of(WORKS_HERE) if place.to is None))

    @property
    def own(self) -> tuple[int, ...]:
        """Helpers who work with this one person only. They read what is addressed to them."""
        return tuple(dict.fromkeys(place.person for place in self._of(WORKS_HERE) if place.to == self.me))

    @property
    def helpers(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((*self.own, *self.team)))

    @property
    def family(self) -> tuple[int, ...]:
        """Relatives and friends beside the reader."""
        return tuple(dict.fromkeys(place.person for place in self._of(KIN)))

    @property
    def others(self) -> tuple[int, ...]:
        """Teachers, nurses and others who help, beside the reader."""
        return tuple(dict.fromkeys(place.person for place in self._of(OTHERS)))

    @property
    def beside(self) -> tuple[int, ...]:
        """Those the reader chose to stand by them. They read what the reader shares with them."""
        return tuple(dict.fromkeys(place.person for place in self._of(["advocate"]) if place.to == self.me))

    @property
    def worker(self) -> int | None:
        """The helper to turn to: one's own, else the first of the team."""
        if self.own:
            return self.own[0]
        team = [place for kind in FIRST for place in self._of([kind]) if place.to is None]
        return team[0].person if team else None


def circle(entries: Iterable[Entry], me: int, now: int) -> Circle:
    """Fold grants and their changes; only what is active at `now` (microseconds) stays."""
    held = relationships(entries)
    return Circle(me, tuple(Place(one.person, one.kind, one.to) for one in held if one.live(now)))

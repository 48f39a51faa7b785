"""One partner's part in one family, made of what they read there and of nothing else (R136)."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.dialogue.said import Said
from alongside.doors.family.home import OWN_PLACE
from alongside.doors.family.lines import Pending, pending
from alongside.doors.family.promised import Promises, every
from alongside.doors.family.room import Room
from alongside.doors.family.story import Item, item
from alongside.doors.family.who_works import away
from alongside.doors.family.words import listed
from alongside.families.units import in_words

MOST = 12  # on this page, of each; the story has all of it, by day
NOT_HERE = (OWN_PLACE | {"promises.asked"}) - {"teams.appointment-set"}


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing, with the day it was so, or else was received, in words."""

    when: str
    item: Item


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who works with the family. `role`, `unit`: in words, or ''."""

    name: str
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """`hello`: how the reader is called; `about`: the names of those of the family the reader may know; `mine`,
    `shared`: the newest first; `more`: whether the story has older things; `readers`: who reads what is written."""

    hello: str
    about: str
    waits: tuple[Pending, ...]
    promises: Promises
    mine: tuple[Dated, ...]
    shared: tuple[Dated, ...]
    more: bool
    helpers: tuple[Helper, ...]
    readers: str
    away: tuple[tuple[str, str, str], ...]


def own_part(room: Room) -> Part:
    """The whole page from one read."""
    things = sorted(_things(room), key=lambda said: -said.entry.pk)
    mine = [said for said in things if room.mine(said)]
    shared = [said for said in things if not room.mine(said)]
    return Part(
        hello=room.hello,
        about=_about(room, things),
        waits=pending(room),
        promises=every(room),
        mine=_dated(room, mine),
        shared=_dated(room, shared),
        more=max(len(mine), len(shared)) > MOST,
        helpers=_helpers(room),
        readers=listed(room.showing.people.called(one) for one in room.circle.helpers),
        away=away(room),
    )


def _things(room: Room) -> list[Said]:
    """Everything that was said and stands by itself. Promises have their own place on the page."""
    return [said for said in room.woven.roots if said.kind not in NOT_HERE]


def _about(room: Room, things: Iterable[Said]) -> str:
    """Who of the family this part is about, as far as the reader may know them by name."""
    met = {person for said in things for one in (said, *said.inside) for person in one.entry.about}
    known = room.showing.people.persons.values()
    return listed(one.called for one in known if one.group == "family" and one.number in met and one.number != room.me)


def _dated(room: Room, things: list[Said]) -> tuple[Dated, ...]:
    return tuple(Dated(room.showing.when(said), item(room, said, said.inside)) for said in things[:MOST])


def _helpers(room: Room) -> tuple[Helper, ...]:
    """Those who work with the family and whom the reader was told of."""
    persons, lang = room.showing.people.persons, room.showing.lang
    known = [persons[one] for one in room.circle.helpers if one in persons]
    return tuple(Helper(one.name, one.role(lang), in_words(one.unit)) for one in known)

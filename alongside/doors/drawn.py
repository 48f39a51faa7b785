"""Circles and ecomaps as a page shows them: the picture and the same as a list, one version for each who drew.

Made of what this reader reads, and of names they may know: who is not there for them leaves no gap.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from alongside.dialogue.showing import Showing
from alongside.families.drawn import RINGS, STRENGTHS, Drawn, drawn
from alongside.pictures.circle import Placed, circle
from alongside.pictures.drawing import Drawing
from alongside.pictures.ecomap import Link, ecomap
from alongside.record.entry import Entry
from alongside.teams.team import members

APART = "\n\n"  # between two names in one sentence: the fence reads no word over it, and to a reader it is a space


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. `under`: what kind of line it is; `says`: who says so, and when; `href`: where it is
    picked, or ''."""

    id: str
    name: str
    words: str
    says: str
    under: str = ""
    href: str = ""
    in_team: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A ring, or the kind of line, with those in it; an empty ring stays visible."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """Somebody who is picked, and what one tap may do. `nearer`, `farther`: ring, 0 where there is none.
    `strengths`: (value, words) of the other kinds of line; `gives`: of a line, who gives now."""

    id: str
    name: str
    words: str
    nearer: int = 0
    farther: int = 0
    strengths: tuple[tuple[str, str], ...] = ()
    gives: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One person's drawing. `by`: their number, for telling whose; `says`: a heading; `mine`: whether the reader
    goes on with it."""

    key: str
    by: int
    says: str
    picture: Drawing
    groups: tuple[Group, ...]
    picked: Picked | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What one page shows of whom: `showing`; `entries` that were read; `picked`: an id; `href(id)`: where a line is
    picked; `moves(one)`: whether the reader goes on with it."""

    showing: Showing
    entries: tuple[Entry, ...]
    picked: str = ""
    href: Callable[[str], str] = lambda id: ""
    moves: Callable[[Drawn], bool] = lambda one: False

    def name(self, one: Drawn) -> str:
        """What stands there: a name, or own words; '' where the name may not be known."""
        if one.who is None:
            return one.name
        return self.showing.people.called(one.who)

    def whose(self, of: int) -> str:
        return self.showing.people.called(of)


def rings() -> dict[int, str]:
    """What the rings are called, from the closest."""
    names = (_("closest"), _("friends and family"), _("groups and places"), _("paid to help"))
    return dict(zip(RINGS, names, strict=True))


def strengths() -> dict[str, str]:
    """What the lines are called."""
    return dict(zip(STRENGTHS, (_("strong"), _("ordinary"), _("thin"), _("stressful")), strict=True))


def gives(whose: str) -> dict[str, str]:
    """Who gives energy, in words."""
    name = {"name": whose}
    return {
        "in": _("gives %(name)s something") % name, "out": _("%(name)s gives something") % name,
        "both": _("both give"),
    }  # fmt: skip


def visible(shown: Shown) -> list[Drawn]:
    """What is drawn and may be known by name, in the order it was said."""
    return [one for one in drawn(shown.entries) if shown.name(one) and shown.whose(one.of)]


def team(shown: Shown) -> frozenset[int]:
    """Those in the family's own team today, as far as the reader was told."""
    return frozenset(one.person for one in members(shown.entries) if one.here(shown.showing.today))


def circles(shown: Shown, of: int) -> tuple[Version, ...]:
    """Everybody's drawing of this person's circle, their own first, side by side."""
    in_team = team(shown)
    return tuple(_circle(shown, of, by, some, in_team) for by, some in _by_whom(shown, {of}, ring=True))


def ecomaps(shown: Shown, of: int) -> tuple[Version, ...]:
    """Everybody's drawing of what surrounds this person, their own first; with the lines that the same one drew to
    those who live together with them."""
    home = household(shown, of)
    found = sorted(_by_whom(shown, {of, *home}, ring=False), key=lambda pair: pair[0] != of)
    found = [(by, some) for by, some in found if any(one.of == of for one in some)]
    return tuple(_ecomap(shown, of, home, by, sorted(some, key=lambda one: one.of != of)) for by, some in found)


def household(shown: Shown, of: int) -> tuple[int, ...]:
    """Who lives together with somebody today, as far as the reader knows them by name."""
    people = shown.showing.people
    here = [n for home in people.homes if not home.until and of in home.here for n in home.here]
    return tuple(n for n in dict.fromkeys(here) if n != of and people.called(n) and not people.persons[n].died)


def _by_whom(shown: Shown, among: set[int], *, ring: bool) -> list[tuple[int, list[Drawn]]]:
    found: dict[int, list[Drawn]] = {}
    for one in visible(shown):
        if one.of in among and bool(one.ring) is ring:
            found.setdefault(one.by, []).append(one)
    return sorted(found.items(), key=lambda pair: pair[0] not in among)


def _circle(shown: Shown, of: int, by: int, some: list[Drawn], in_team: frozenset[int]) -> Version:
    named, whose = rings(), shown.whose(of)
    placed = [
        Placed(
            shown.name(one), one.ring - 1, _sort(shown, one), _full(shown, one, named[one.ring], one.who in in_team),
            shown.href(one.entry.id) if shown.moves(one) else "", one.who in in_team, one.entry.id == shown.picked,
        )
        for one in some
    ]  # fmt: skip
    groups = tuple(
        Group(name[:1].upper() + name[1:], tuple(_item(shown, one, in_team) for one in some if one.ring == ring))
        for ring, name in named.items()
    )
    says = _seen(shown, of, by)
    facts = f";{APART}".join(
        f"{one.name.lower()}: {f',{APART}'.join(item.name for item in one.items)}" for one in groups if one.items
    )
    key = f"c-{some[0].entry.id[:12]}"
    picture = circle(whose, placed, rings=tuple(named.values()), key=key, title=f"{says}.", desc=f"{facts}.")
    return Version(key, by, says, picture, groups, _picked(shown, some))


def _ecomap(shown: Shown, of: int, home: tuple[int, ...], by: int, some: list[Drawn]) -> Version:
    """Each line is moved on the page of the one it is to."""
    named, whose = strengths(), shown.whose(of)
    here = replace(shown, moves=lambda one: one.of == of and shown.moves(one))

    def under(one: Drawn) -> str:
        return _for(shown, one, of, _kind_of_line(one, shown.whose(one.of)))

    links = [
        Link(
            shown.name(one), one.strength, _for(shown, one, of, named[one.strength]),
            _full(shown, one, under(one), False), one.gives,
            shown.href(one.entry.id) if here.moves(one) else "", one.entry.id == shown.picked,
        )
        for one in some
    ]  # fmt: skip
    items = tuple(_item(here, one, frozenset(), under(one)) for one in some)
    says = _surrounds(shown, of, by)
    key = f"e-{some[0].entry.id[:12]}"
    facts = f";{APART}".join(f"{item.name}: {item.under}" for item in items)
    names = [shown.whose(n) for n in home]
    picture = ecomap(whose, links, key=key, title=f"{says}.", desc=f"{facts}.", household=names)
    return Version(key, by, says, picture, (Group("", items),), _picked(here, some))


def _for(shown: Shown, one: Drawn, of: int, words: str) -> str:
    """The words of a line, with the name of the one it is to where that is somebody else of the household."""
    return words if one.of == of else f"{shown.whose(one.of)}: {words}"


def _kind_of_line(one: Drawn, whose: str) -> str:
    parts = [strengths()[one.strength], gives(whose).get(one.gives, "")]
    return ", ".join(part for part in parts if part)


def _seen(shown: Shown, of: int, by: int) -> str:
    if shown.showing.me == of:
        return _("Your circle, as you see it") if by == of else _("Your circle, as %(who)s sees it") % _who(shown, by)
    names = {"whose": shown.whose(of), **_who(shown, by)}
    if by == shown.showing.me:
        return _("%(whose)s’s circle, as you see it") % names
    return _("%(whose)s’s circle, as %(who)s sees it") % names


def _surrounds(shown: Shown, of: int, by: int) -> str:
    if shown.showing.me == of:
        return _("Round you, as you see it") if by == of else _("Round you, as %(who)s sees it") % _who(shown, by)
    names = {"whose": shown.whose(of), **_who(shown, by)}
    if by == shown.showing.me:
        return _("Round %(whose)s, as you see it") % names
    return _("Round %(whose)s, as %(who)s sees it") % names


def _who(shown: Shown, by: int) -> dict[str, str]:
    return {"who": shown.showing.people.called(by) or _("someone")}


def _sort(shown: Shown, one: Drawn) -> str:
    """Family, friend, group or place, paid: as far as it is known; a place by the ring it stands in."""
    if one.who is None:
        return {3: "group", 4: "paid"}.get(one.ring, "friend")
    group = shown.showing.people.persons[one.who].group
    return {"family": "family", "network": "friend", "other": "friend", "role": "group"}.get(group, "paid")


def _item(shown: Shown, one: Drawn, in_team: frozenset[int], under: str = "") -> Item:
    href = shown.href(one.entry.id) if shown.moves(one) else ""
    return Item(one.entry.id, shown.name(one), one.words, _says(shown, one), under, href, one.who in in_team)


def _says(shown: Shown, one: Drawn) -> str:
    """ "Mia, 20 Nov": who says so, and since when the record knows."""
    return f"{shown.showing.Name(one.by)}, {shown.showing.on(one.last.received)}"


def _full(shown: Shown, one: Drawn, where: str, in_team: bool) -> str:
    parts = [shown.name(one), where, _("in the team") if in_team else "", one.words, _says(shown, one)]
    return ", ".join(part for part in parts if part)


def _picked(shown: Shown, some: list[Drawn]) -> Picked | None:
    one = next((one for one in some if one.entry.id == shown.picked and shown.moves(one)), None)
    if one is None:
        return None
    if one.ring:
        nearer, farther = max(one.ring - 1, 0), one.ring + 1 if one.ring < RINGS[-1] else 0
        return Picked(one.entry.id, shown.name(one), one.words, nearer, farther)
    others = tuple((value, words) for value, words in strengths().items() if value != one.strength)
    return Picked(one.entry.id, shown.name(one), one.words, strengths=others, gives=one.gives)

"""Two teams: the family's own, and those who work with them; and the safe way to reach each one (R20)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside import clock
from alongside.dialogue.said import words
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import PARTNER, Stands, staff
from alongside.families.contact import Way, ways
from alongside.teams import team


@dataclass(frozen=True, slots=True)
class Reach:
    """The safe way to reach somebody, who says so, and since when."""

    person: int
    who: str
    text: str
    lang: str
    says: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Teams:
    """Pairs of a name and who they are here; `reach`: how to reach the family's people."""

    own: tuple[tuple[str, str], ...]
    helpers: tuple[tuple[str, str], ...]
    reach: tuple[Reach, ...]


def two_teams(page: Opened, here: Sequence[Stands], persons: Sequence[int]) -> Teams:
    """`persons`: the family's people, whose safe ways stand on the page."""
    ways = reach(page)
    return Teams(
        own=_own(page),
        helpers=helpers(page, here),
        reach=tuple(ways[person] for person in persons if person in ways),
    )


def helpers(page: Opened, here: Sequence[Stands]) -> tuple[tuple[str, str], ...]:
    """Those who work with the family and their partners, by name and who they are here."""
    partners = [one for one in here if one.kind == PARTNER]
    members = []
    for one in {one.person: one for one in [*staff(here), *partners]}.values():
        for name, role in _members(page, [one.person]):
            only = _("works with %(who)s") % {"who": page.showing.name(one.to)} if one.to is not None else ""
            members.append((name, only or role))
    return tuple(members)


def _own(page: Opened) -> tuple[tuple[str, str], ...]:
    """Those of the family's own team, with what they do in it in own words, where that was said."""
    here = [one for one in team.members(page.entries) if one.here(page.today)]
    return tuple((name, one.role[0] or role) for one in here for name, role in _members(page, [one.person]))


def _members(page: Opened, numbers: Sequence[int]) -> tuple[tuple[str, str], ...]:
    known = [page.people.persons[n] for n in numbers if n in page.people.persons]
    return tuple((page.people.called(one.number), one.role(page.showing.lang)) for one in known)


def reach(page: Opened) -> dict[int, Reach]:
    """The newest safe way to reach each person, by number; what was taken back is not used."""
    found: dict[int, Reach] = {}
    for number, way in ways(page.entries).items():
        if page.people.called(number):
            text, lang = words(way.entry, page.showing.lang)
            names = {"who": page.showing.Name(way.entry.speaker), "day": page.showing.on(way.entry.received)}
            found[number] = Reach(
                number, page.showing.Name(number), text, lang, _("%(who)s, %(day)s") % names, asked(page, way)
            )
    return found


def asked(page: Opened, way: Way) -> str:
    """When somebody asked again and it was still so, or ''."""
    if way.asked is None:
        return ""
    who, moment = way.asked
    names = {"who": page.showing.Name(who), "day": page.showing.on(clock.moment(moment))}
    return _("Asked again by %(who)s, %(day)s: still so.") % names

"""The team as one reader of a room knows it, from what they read and nothing else (R20, R25, R27, R107)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside import dates
from alongside.access.own_side import AS, given_by
from alongside.access.relationship import Held, relationships
from alongside.access.standing import office_day
from alongside.dialogue.said import words
from alongside.doors import invited
from alongside.doors.family.circle import WORKS_HERE
from alongside.doors.family.forms import handle
from alongside.doors.family.lines import Line, line
from alongside.doors.family.room import Room
from alongside.record.readers import STAFF
from alongside.teams import life, team, working
from alongside.teams.invitation import Invitation, invitations
from alongside.teams.team import Member

AT_WORK = ("staff", "partner", "panel", "role")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody of the team. `under`: sentences in small; `acts`: (words, address), the main one first."""

    name: str
    role: str
    lang: str
    under: tuple[str, ...]
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Works:
    """Somebody who works for the family. `says`: their own words of what they do; `rings`: by the office's line."""

    name: str
    role: str
    says: str
    lang: str
    span: str
    rings: bool


@dataclass(frozen=True, slots=True)
class TeamPage:
    """`share`: a sentence, or ''; `lives`: (name, ((heading, line), ...)); `mission`: (text, language, rules)."""

    own: tuple[Row, ...]
    before: tuple[Row, ...]
    share: str
    beside: tuple[Row, ...]
    works: tuple[Works, ...]
    mission: tuple[str, str, tuple[str, ...]] | None
    lives: tuple[tuple[str, tuple[tuple[str, Line], ...]], ...]
    names: bool


def known(room: Room) -> list[Member]:
    """The members whose name this reader may know; themselves too."""
    called = room.showing.people.called
    return [one for one in team.members(room.woven.entries) if called(one.person)]


def names_people(room: Room) -> bool:
    """Whether this reader may name people of the family's team."""
    return room.reader.kin and room.writes and room.reader.role in team.FAMILY


def team_page(room: Room) -> TeamPage:
    """Compose the page from one room."""
    every = known(room)
    here = [one for one in every if one.here(room.showing.today)]
    asked = invitations(room.woven.entries)
    held = [one for one in relationships(room.woven.entries) if room.showing.people.called(one.person)]
    said = working.says(room.woven.entries)
    return TeamPage(
        own=tuple(_row(room, one, asked.get(one.person)) for one in here),
        before=tuple(_row(room, one, None) for one in every if one not in here),
        share=_share(room, here),
        beside=tuple(_beside(room, one) for one in given_by(room.woven.entries, room.me, room.now)),
        works=tuple(_works(room, one, said) for one in held if _works_here(room, one)),
        mission=_mission(room),
        lives=tuple(_lives(room)),
        names=names_people(room),
    )


def _share(room: Room, here: list[Member]) -> str:
    """In words: how many of them they have in their own life (R25)."""
    persons = room.showing.people.persons
    own, every = team.own_people(here, {one.person for one in here if persons[one.person].group in AT_WORK})
    if not every or not room.reader.kin:
        return ""
    if own == every:
        return ngettext(
            "This is somebody from your own life.", "All of them are people from your own life.", every
        )  # fmt: skip
    return _("%(own)s of %(every)s are people from your own life.") % {"own": own, "every": every}


def _row(room: Room, one: Member, asked: Invitation | None) -> Row:
    person = room.showing.people.persons[one.person]
    role, lang = one.role if one.role[0] else (person.role(room.showing.lang), "")
    mine = one.person == room.me
    return Row(
        _("You") if mine else person.name, role, "" if lang == room.showing.lang else lang,
        tuple(map(invited.one_stop, _under(room, one, asked))), tuple(_acts(room, one, asked)),
    )  # fmt: skip


def _under(room: Room, one: Member, asked: Invitation | None):
    first = one.joined
    names = {"who": room.showing.Name(first.speaker), "day": room.showing.on(first.received)}
    yield (_("You said so, %(day)s.") if first.speaker == room.me else _("%(who)s said so, %(day)s.")) % names
    if one.until:
        yield _("Until %(day)s.") % {"day": room.showing.day(dates.on(dt.date.fromisoformat(one.until)))}
    if one.left is not None:
        yield _("No longer in it since %(day)s.") % {"day": room.showing.on(one.left.received)}
    if asked is not None:
        yield stands(room, asked)


def stands(room: Room, one: Invitation) -> str:
    """How an invitation stands, in a sentence."""
    who = room.showing.Name(one.caller) if one.caller and room.showing.people.called(one.caller) else ""
    again = room.showing.day(dates.on(dt.date.fromisoformat(one.again))) if one.again else ""
    return invited.stands(one, who, room.showing.on(one.asked.received), again)


def _acts(room: Room, one: Member, asked: Invitation | None):
    if not room.writes or not one.here(room.showing.today):
        return
    id, mine, kin = one.joined.id, one.person == room.me, names_people(room)
    of = handle(room.reader, one.person)
    if asked is not None and asked.answer != "yes" and (kin or mine):
        yield _("Write down the answer") if not mine else _("Answer"), room.href("my-team-answer", asked.asked.id)
    elif asked is None and kin and not mine:
        yield _("Ask them in"), f"{room.href('my-team-ask', id)}?of={of}"
    if asked is not None and asked.way == "letter" and kin:
        yield _("The letter"), room.href("my-team-letter", asked.asked.id)
    if team.may_step(room.reader, one):
        yield _("What they do") if not mine else _("What I do"), f"{room.href('my-team-role', id)}?of={of}"
        yield _("Take them out") if not mine else _("Leave it"), f"{room.href('my-team-leave', id)}?of={of}"


def _beside(room: Room, one: Held) -> Row:
    last = room.showing.day(dates.on(office_day(one.until - 1))) if one.until else ""
    under = (invited.one_stop(_("Until %(day)s.") % {"day": last}),) if last else ()
    acts = ((_("End it"), room.href("my-side-end", one.id)),) if room.at is None else ()
    return Row(
        room.showing.people.persons[one.person].name, str(AS[one.granted.body.get("as", "advocate")]), "", under, acts
    )


def _works_here(room: Room, one: Held) -> bool:
    """Those who work with the family, or with this reader alone, and one's own place as a partner."""
    if one.kind in WORKS_HERE:
        return one.live(room.now) and one.to in (None, room.me)
    return one.kind == "partner" and one.live(room.now)


def _works(room: Room, one: Held, said: dict) -> Works:
    person, entry = room.showing.people.persons[one.person], said.get(one.person)
    text, lang = words(entry, room.showing.lang) if entry is not None else ("", "")
    since = _("since %(day)s") % {"day": room.showing.day(dates.on(office_day(one.granted.recorded_at)))}
    called = _("You") if one.person == room.me else person.name
    return Works(called, person.role(room.showing.lang), text, lang, since, one.kind in STAFF)


def _mission(room: Room) -> tuple[str, str, tuple[str, ...]] | None:
    one = life.mission(room.woven.entries)
    return (one.text, "" if one.lang == room.showing.lang else one.lang, one.rules) if one else None


def _lives(room: Room):
    """Each person's own words, one's own first."""
    found = life.lives(room.woven.entries)
    for number in sorted(found, key=lambda number: number != room.me):
        one = found[number]
        said = ((_("A good life"), one.good), (_("Who I am"), one.who))
        lines = tuple((title, line(room, room.woven.by_place[e.pk])) for title, e in said if e is not None)
        if room.showing.people.called(number):
            yield _("You") if number == room.me else room.showing.Name(number), lines


def choosable(room: Room) -> list[int]:
    """Whom the reader may name: everybody they know by name here who is not in it."""
    inside = {one.person for one in known(room) if one.here(room.showing.today)} | {room.me}
    persons = room.showing.people.persons
    near = [n for n, one in persons.items() if one.group not in ("staff", "panel", "role") and not one.died]
    return [n for n in dict.fromkeys((*near, *room.circle.helpers)) if n not in inside and n in persons]

"""The two teams of a family as one page: who is in its own, who said so, and who works for it (R20, R25, R124)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside import clock, dates
from alongside.access import ending
from alongside.access.hazards import protections
from alongside.access.relationship import Held, relationships
from alongside.access.standing import office_day
from alongside.dialogue.said import words
from alongside.doors import invited
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import PARTNER, of_family
from alongside.doors.practice.who import labels
from alongside.families import units
from alongside.families.queries import ids
from alongside.record.readers import STAFF, URGENT
from alongside.record.reading import read
from alongside.teams import life, team, working
from alongside.teams.invitation import Invitation, invitations
from alongside.teams.team import Member

WORKS = STAFF - set(URGENT)
AT_WORK = ("staff", "partner", "panel", "role")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody of the family's team. `role`: in own words; `under`: who says so and since when, until when; `asked`:
    how their invitation stands, or ''; `acts`: (words, address); `letter`: where it is printed, or ''."""

    name: str
    role: str
    lang: str
    under: str
    asked: str
    acts: tuple[tuple[str, str], ...]
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Works:
    """Somebody who works for the family. `says`: own words; `span`: since or until when; `reach`: where they belong."""

    name: str
    what: str
    says: str
    lang: str
    span: str
    reach: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    """`share`, `met`: sentences, or ''; `many`: how many workers the family has had, in a sentence; `beside`: those
    whom somebody of the family chose to stand by them."""

    own: tuple[Row, ...]
    before: tuple[Row, ...]
    share: str
    met: str
    works: tuple[Works, ...]
    worked: tuple[Works, ...]
    many: str
    beside: tuple[Works, ...]
    mission: tuple[str, str, tuple[str, ...], str] | None
    lives: tuple[tuple[str, tuple[tuple[str, Line], ...]], ...]


def team_page(page: Opened) -> TeamPage:
    """Everything the page shows, from what was read."""
    every = [one for one in team.members(page.entries) if page.people.called(one.person)]
    here = [one for one in every if one.here(page.today)]
    asked, public = invitations(page.entries), ids([one.person for one in every])
    rows = {one.person: _row(page, one, asked.get(one.person), public) for one in every}
    held = [one for one in relationships(page.entries) if page.people.called(one.person)]
    work = [one for one in held if one.kind in WORKS or one.kind == PARTNER]
    now = [one for one in work if one.live(page.now)]
    there = {one.person for one in now}
    left = [one for one in work if one.person not in there and one.state in ("ended", "excluded", "active")]
    said = working.says(page.entries)
    return TeamPage(
        own=tuple(rows[one.person] for one in here),
        before=tuple(rows[one.person] for one in every if one not in here),
        share=_share(page, here),
        met=_met(page) if here else "",
        works=tuple(_works(page, one, said) for one in now),
        worked=tuple(_works(page, one, said) for one in left),
        many=_many(held),
        beside=tuple(_works(page, one, said) for one in held if one.kind == "advocate" and one.live(page.now)),
        mission=_mission(page),
        lives=tuple(_lives(page)),
    )


def at_work(page: Opened) -> set[int]:
    """Those whom this page knows to be here as a part of their work."""
    return {number for number, person in page.people.persons.items() if person.group in AT_WORK}


def _share(page: Opened, here: list[Member]) -> str:
    own, every = team.own_people(here, at_work(page))
    if not every:
        return ""
    if own == every:
        return _("Everybody in it comes from the family’s own life. For nobody is it their job.")
    return _("%(own)s of %(every)s come from the family’s own life.") % {"own": own, "every": every}


def _met(page: Opened) -> str:
    """How long it took until the team first met: a sentence, never how often it met."""
    began = min((office_day(one.granted.recorded_at) for one in relationships(page.entries)), default=None)
    meetings = read(page.reader, at=page.at, kinds=("teams.meeting",))
    days = team.days_until_they_met(began, meetings)
    if days is None:
        return _("The team has not met yet.")
    return ngettext(
        "First met %(n)s day after the work began.", "First met %(n)s days after the work began.", days
    ) % {"n": days}  # fmt: skip


def _row(page: Opened, one: Member, asked: Invitation | None, public: dict[int, str]) -> Row:
    role, lang = one.role if one.role[0] else (page.people.persons[one.person].role(page.showing.lang), "")
    return Row(
        page.people.persons[one.person].name, role, "" if lang == page.showing.lang else lang,
        invited.one_stop(" ".join(_under(page, one))), stands(page, asked),
        tuple(_acts(page, one, asked, public[one.person])),
        page.href("team-letter", asked.asked.id) if asked and asked.way == "letter" and page.at is None else "",
    )  # fmt: skip


def _under(page: Opened, one: Member) -> list[str]:
    first = one.joined
    names = {"who": page.showing.Name(first.speaker), "day": page.showing.on(first.received)}
    said = [_("%(who)s says so, %(day)s.") % names]
    if one.job:
        said.append(_("In it as a part of their work."))
    if one.until:
        said.append(_("Until %(day)s.") % {"day": page.showing.day(dates.on(dt.date.fromisoformat(one.until)))})
    if one.left is not None:
        names = {"who": page.showing.Name(one.left.speaker), "day": page.showing.on(one.left.received)}
        said.append(_("No longer in it: %(who)s, %(day)s.") % names)
        said += [words(one.left, page.showing.lang)[0]] if one.left.body.get("words") else []
    return said


def stands(page: Opened, one: Invitation | None) -> str:
    """How an invitation stands, in a sentence; '' for none."""
    if one is None:
        return ""
    who = page.showing.Name(one.caller) if one.caller and page.people.called(one.caller) else ""
    again = page.showing.day(dates.on(dt.date.fromisoformat(one.again))) if one.again else ""
    own = words(one.said, page.showing.lang)[0] if one.said is not None else ""
    return " ".join(
        part for part in (invited.stands(one, who, page.showing.on(one.asked.received), again), own) if part
    )


def _acts(page: Opened, one: Member, asked: Invitation | None, of: str) -> list[tuple[str, str]]:
    if not (page.writing and page.reader.by_mark) or not one.here(page.today):
        return []
    id, acts = one.joined.id, []
    if asked is None:
        acts.append((_("Ask them in"), page.href("team-ask", id, of=of)))
    elif asked.answer != "yes":
        acts.append((_("Write down the answer"), page.href("team-answer", asked.asked.id)))
    acts.append((_("Another role"), page.href("team-role", id, of=of)))
    return [*acts, (_("No longer in it"), page.href("team-leave", id, of=of))]


def _works(page: Opened, one: Held, said: dict) -> Works:
    person, entry = page.people.persons[one.person], said.get(one.person)
    text, lang = words(entry, page.showing.lang) if entry is not None else ("", "")
    what = person.role(page.showing.lang) or labels.place(one.kind)
    if one.to is not None:
        what = _("%(what)s, works with %(who)s only") % {"what": what, "who": page.showing.name(one.to)}
    if one.kind == "advocate":
        what = beside_words(one, page.showing.name(one.to) if one.to else "")
    return Works(person.name, what, text, lang, _span(page, one), units.in_words(person.unit))


def beside_words(one: Held, who: str) -> str:
    """What somebody is whom a member of the family chose to stand by them."""
    said = {"family-partner": _("family partner of %(who)s"), "": _("speaks for %(who)s")}
    return said.get(one.granted.body.get("as", ""), said[""]) % {"who": who or _("somebody")}


def _span(page: Opened, one: Held) -> str:
    names = {"day": page.showing.on(clock.moment(one.granted.recorded_at), long=False)}
    if one.live(page.now) and one.until is not None:
        last = page.showing.day(dates.on(office_day(one.until - 1)))
        return _("since %(day)s, until %(last)s") % {**names, "last": last}
    if one.live(page.now):
        return _("since %(day)s") % names
    over = one.until if one.until is not None and one.state == "active" else one.last.recorded_at
    return _("%(day)s to %(last)s") % {**names, "last": page.showing.on(clock.moment(over), long=False)}


def _many(held: list[Held]) -> str:
    """How many workers this family has had, as the family itself sees it (R124)."""
    many = len({one.person for one in held if one.kind in ending.HOLDS and one.state != "invited"})
    return ngettext(
        "The family has had %(n)s worker here.", "The family has had %(n)s workers here.", many
    ) % {"n": many} if many else ""  # fmt: skip


def _mission(page: Opened) -> tuple[str, str, tuple[str, ...], str] | None:
    one = life.mission(page.entries)
    if one is None:
        return None
    says = _("%(who)s, %(day)s") % {
        "who": page.showing.Name(one.said.speaker), "day": page.showing.on(one.said.received)
    }  # fmt: skip
    return one.text, "" if one.lang == page.showing.lang else one.lang, one.rules, says


def _lives(page: Opened):
    """Each person's own words: (name, ((heading, line), ...))."""
    for number, one in life.lives(page.entries).items():
        if page.people.called(number):
            said = ((_("A good life"), one.good), (_("Who I am"), one.who))
            found = [(title, line(page, page.woven.by_place[e.pk])) for title, e in said if e is not None]
            yield page.showing.Name(number), tuple(found)


def choosable(page: Opened) -> list[int]:
    """Those a family may name: everybody known of the family and around it, and who works with them; not who is in it
    already, who has died, or whom others here are protected from as far as this reader knows."""
    inside = {one.person for one in team.members(page.entries) if one.here(page.today)}
    shut = {one.person for one in protections(page.entries) if one.on}
    known = [
        number for number, one in page.people.persons.items()
        if page.people.called(number) and not one.died and one.group not in ("staff", "panel", "role")
    ]  # fmt: skip
    known += [one.person for one in relationships(page.entries) if one.kind in WORKS and one.live(page.now)]
    out = inside | shut | {page.reader.person}
    found = [number for number in dict.fromkeys(known) if number not in out and page.people.called(number)]
    return sorted(found, key=lambda number: not of_family(page, number))


def speakers(page: Opened) -> list[int]:
    """Whose words they may be, the parents first; nobody who has died."""
    parents = [one.person for one in relationships(page.entries) if one.kind == "parent" and one.live(page.now)]
    near = [number for number, one in page.people.persons.items() if of_family(page, number) and not one.died]
    return [number for number in dict.fromkeys((*parents, *near)) if page.people.called(number)]

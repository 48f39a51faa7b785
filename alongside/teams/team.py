"""The family's own team: whom they chose, what each one does in it, in their own words, and until when (R20, R25, R27).

Everything by keyword. A family member says it, or a worker writes it down as theirs. Who joins is named on nothing
old; what somebody under hazard names reaches workers only, and nobody names the one they are protected from. Raises
Refused: not-any-more, not-yours, to-nobody, not-to-them, no-speaker, not-yourself, nobody, no-name, line-too-long,
no-day, no-words, not-found, left-already.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from alongside.dialogue.onward import moves_on
from alongside.families.here import in_danger, stand_here, work_here
from alongside.families.meeting import met_statement
from alongside.families.telling import Told, line, moved, used
from alongside.record.appending import append
from alongside.record.appending import person as new_person
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.statement import Receipt, Refused, Statement

kind("teams.joined", _("In the family’s own team"), settles=False, state=True)
kind("teams.role-said", _("What they do in the team"), settles=False, changes_state=True, state=True)
kind("teams.left", _("No longer in the family’s own team"), settles=False, changes_state=True, state=True)

TOLD_IN_WORDS = "teams.team-named"  # several at once: those it is about, less the one who names them
STEPS = ("teams.role-said", "teams.left")
KINDS = (TOLD_IN_WORDS, "teams.joined", *STEPS)
FAMILY = ("parent", "child", "carer")  # whose team it is; relatives and friends are in it, or not


@dataclass(frozen=True, slots=True)
class Member:
    """`joined`: the entry that names them; `role`: (words, their language) or empty; `job`: whether they are there as a
    part of their work, None where it was not said; `until`: the last day, ISO, or ''; `steps`: what came since."""

    person: int
    joined: Entry
    role: tuple[str, str] = ("", "")
    job: bool | None = None
    until: str = ""
    steps: tuple[Entry, ...] = ()
    left: Entry | None = None

    @property
    def last(self) -> Entry:
        return self.steps[-1] if self.steps else self.joined

    def here(self, today: dt.date) -> bool:
        return self.left is None and (not self.until or dt.date.fromisoformat(self.until) >= today)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as they are named: `person` known here already, or None and a `name`."""

    person: int | None = None
    name: str = ""
    role: str = ""
    job: bool = False
    until: str = ""


def members(entries: Iterable[Entry]) -> list[Member]:
    """Everybody who is or was in the team, in the order they were named. Who is named again is there once."""
    entries = tuple(entries)
    gone = {entry.answers for entry in entries if entry.kind == "record.taken-back"}
    found: dict[int, Member] = {}
    for entry in entries:
        if entry.kind not in KINDS or entry.pk in gone:
            continue
        if entry.kind == TOLD_IN_WORDS:
            found |= {one: Member(one, entry) for one in entry.about if one != entry.speaker}
        elif entry.kind == "teams.joined":
            found[entry.body["person"]] = _joined(entry)
        else:
            number = entry.body["person"]
            if number in found and found[number].joined.pk == moved(entry):
                found[number] = _stepped(found[number], entry)
    return list(found.values())


def _joined(entry: Entry) -> Member:
    body = entry.body
    return Member(body["person"], entry, _role(body), body.get("job", False), body.get("until", ""))


def _stepped(one: Member, entry: Entry) -> Member:
    one = replace(one, steps=(*one.steps, entry))
    if entry.kind == "teams.left":
        return replace(one, left=entry)
    return replace(one, role=_role(entry.body), until=entry.body.get("until", ""))


def _role(body: Any) -> tuple[str, str]:
    said = body.get("role") or {"text": "", "lang": ""}
    return said["text"], said["lang"]


def own_people(team: Collection[Member], at_work: Collection[int]) -> tuple[int, int]:
    """How many of the team the family has in its own life, and how many there are (R25). `at_work`: persons who are
    known to be here as a part of their work, for those of whom nobody said it."""
    theirs = [one for one in team if not (one.person in at_work if one.job is None else one.job)]
    return len(theirs), len(team)


def days_until_they_met(began: dt.date | None, entries: Iterable[Entry]) -> int | None:
    """Days from the beginning to the first meeting of the team; None where there was none yet. How many meetings there
    were is not looked at (R25)."""
    days = [entry.so_first for entry in entries if entry.kind == "teams.meeting" and entry.so_first is not None]
    return max(min(days) - began.toordinal(), 0) if days and began is not None else None


def name(*, told: Told, named: Sequence[Named], lang: str, at: int, once: str) -> list[Receipt]:
    """The family names people of its own team, known or new, in one act. `told.speaker`: of the family, where a worker
    writes it down. Those who are named together and have a room here read of each other, and
    nothing older; where somebody is protected each reads of themselves alone."""
    of_the_family(told)
    if not named:
        raise Refused("nobody")
    family, persons = told.by.family, [one.person for one in named if one.person is not None]
    if told.by.person in persons and not told.by.kin:
        raise Refused("not-yourself")
    if not from_beyond(told) and set(persons) & in_danger(family):
        raise Refused("not-to-them")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_family SET last_at = last_at WHERE number = %s", [family])
        if used(told.by.person, family, once):
            return []
        together = [] if told.by.hazard is None and in_danger(family) else persons
        said = []
        for one in named:
            here = reached(told, [*together, *([one.person] if one.person is not None else [])])
            said += _said(replace(told, to=(*told.to, *here)), one, lang)
        return told.say(*said, at=at, once=once)


def _said(told: Told, one: Named, lang: str) -> list[Statement]:
    """The statement that somebody is in it; before it, where they are new here, that they are met."""
    role, number, said = line(one.role), one.person, []
    if number is None:
        number, text = new_person(), line(one.name, needed="no-name")
        said = [met_statement(told, person=number, name=text, role=role, lang=lang, group="network")]
    body = {"person": number, "role": _words(role, lang), "job": one.job or None, "until": _until(told.by, one.until)}
    return [*said, told.statement("teams.joined", body, about=(number,))]


def _words(role: str, lang: str) -> dict[str, str] | None:
    return {"text": role, "lang": lang} if role else None


def _until(by: Reader, text: str) -> str:
    if not text.strip():
        return ""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("no-day") from None
    if day.toordinal() < by.today:
        raise Refused("no-day")
    return day.isoformat()


def of_the_family(told: Told) -> None:
    """A family member speaks; a worker never names a team of their own making."""
    told.may()
    if told.by.kin and told.by.role not in FAMILY:
        raise Refused("not-yours")
    if not told.by.kin and (told.speaker is None or told.speaker in work_here(told.by.family)):
        raise Refused("no-speaker")


def from_beyond(told: Told) -> bool:
    """Whether these are the words of somebody under hazard, who knows nothing of it and is refused nothing for it."""
    return told.by.hazard is not None or told.speaker in in_danger(told.by.family)


def reached(told: Told, persons: Collection[int]) -> list[int]:
    """Those of these who stand here and whom it may reach: what comes from beyond a hazard reaches workers only."""
    near = (set(persons) & stand_here(told.by.family)) - in_danger(told.by.family) - {told.by.person}
    return sorted(near & work_here(told.by.family) if told.speaker in in_danger(told.by.family) else near)


def say_role(
    *, told: Told, member: Member, role: str, until: str, lang: str, at: int, once: str
) -> list[Receipt]:  # fmt: skip
    """What somebody does in the team from now on, and until when; what was said before stays in the record."""
    _may_step(told, member)
    body = {"role": _words(line(role, needed="no-words"), lang), "until": _until(told.by, until)}
    return _step(told, member, "teams.role-said", {key: value for key, value in body.items() if value}, at, once)


def leave(*, told: Told, member: Member, why: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Somebody is no longer in it. Nobody has to say why."""
    _may_step(told, member)
    why = line(why)
    return _step(told, member, "teams.left", {"words": [{"text": why, "lang": lang}]} if why else {}, at, once)


def _may_step(told: Told, member: Member) -> None:
    """Who named them, or a worker as theirs; and who is in it says of themselves what they do, or that they stop."""
    if not told.by.writes:
        raise Refused("not-any-more")
    if not may_step(told.by, member):
        raise Refused("not-yours")
    if told.by.person != member.person:
        of_the_family(told)


def may_step(by: Reader, member: Member) -> bool:
    """Whether this reader may say that somebody does something else in the team, or is out of it."""
    return by.writes and (by.by_mark or by.person in (member.person, member.joined.speaker))


def _step(told: Told, member: Member, kind: str, body: dict[str, Any], at: int, once: str) -> list[Receipt]:
    by = told.by
    if used(by.person, by.family, once):
        return []
    if member.left is not None:
        raise Refused("left-already")
    own = by.kin or told.speaker in (None, by.person)
    said = Statement(
        kind, {"person": member.person, **body}, about=(member.person,), speaker=told.speaker,
        basis="own-words" if own else "told", **moves_on(by, member.joined),
    )  # fmt: skip
    return append([said], family=by.family, by=by.person, once=once, at=at)

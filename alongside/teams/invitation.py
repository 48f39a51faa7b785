"""Asking somebody into the family's own team, by a card, a call or a letter; and what they answered (R20).

Everything by keyword. Nobody is asked in whom a family is protected from. Raises Refused: not-any-more, not-yours,
to-nobody, not-to-them, no-speaker, no-words, unknown-form, no-day, answered-already.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.dialogue.onward import moves_on
from alongside.dialogue.writing import worded
from alongside.families.here import in_danger
from alongside.families.telling import Told, moved, used
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.statement import Receipt, Refused, Statement
from alongside.teams.team import FAMILY, Member, from_beyond, of_the_family, reached

kind("teams.invited", _("Asked into the family’s own team"), settles=False, state=True)
kind("teams.invitation-answered", _("What they answered"), settles=False, changes_state=True, state=True)

WAYS = ("card", "call", "letter")
ANSWERS = ("yes", "not-now", "ask-again")
KINDS = ("teams.invited", "teams.invitation-answered")


@dataclass(frozen=True, slots=True)
class Invitation:
    """`way`: one of WAYS; `caller`: who rings or gives it, or None; `answer`: one of ANSWERS or ''; `again`: the day
    they want to be asked again, ISO, or ''; `said`: the entry of the answer."""

    asked: Entry
    person: int
    way: str
    caller: int | None
    answer: str = ""
    again: str = ""
    said: Entry | None = None


def invitations(entries: Iterable[Entry]) -> dict[int, Invitation]:
    """The newest invitation of each person."""
    found: dict[int, Invitation] = {}
    for entry in entries:
        if entry.kind == "teams.invited":
            body = entry.body
            found[body["person"]] = Invitation(entry, body["person"], body["way"], body.get("caller"))
        elif entry.kind == "teams.invitation-answered":
            found |= {
                number: replace(one, answer=entry.body["answer"], again=entry.body.get("again", ""), said=entry)
                for number, one in found.items()
                if one.asked.pk == moved(entry)
            }
    return found


def invite(
    *, told: Told, member: Member, way: str, caller: int | None, text: str, lang: str, at: int, once: str
) -> list[Receipt]:  # fmt: skip
    """The family asks somebody in. `text`: what is read out on the telephone or stands in the letter, as it goes out;
    `caller`: who rings, or hands it over."""
    of_the_family(told)
    if way not in WAYS:
        raise Refused("unknown-form")
    if not from_beyond(told) and {member.person, caller} & in_danger(told.by.family):
        raise Refused("not-to-them")
    if used(told.by.person, told.by.family, once):
        return []
    told = replace(told, to=(*told.to, *reached(told, [member.person, *([caller] if caller else [])])))
    body = {"person": member.person, "way": way, "caller": caller, "words": worded(text, lang)}
    return told.say(told.statement("teams.invited", body, about=(member.person,)), at=at, once=once)


def answer(
    *, told: Told, one: Invitation, answer: str, again: str, text: str, lang: str, at: int, once: str
) -> list[Receipt]:  # fmt: skip
    """What they said: yes, not now, or ask me again; said by themselves, or written down by who heard it."""
    if not told.by.writes:
        raise Refused("not-any-more")
    if not (told.by.by_mark or told.by.role in FAMILY or told.by.person == one.person):
        raise Refused("not-yours")
    if answer not in ANSWERS:
        raise Refused("unknown-form")
    if used(told.by.person, told.by.family, once):
        return []
    body: dict[str, Any] = {"answer": answer}
    body |= {"again": _day(again)} if again.strip() else {}
    body |= {"words": worded(text, lang)} if text.strip() else {}
    own = told.by.person == one.person
    said = Statement(
        "teams.invitation-answered", body, about=(one.person,), speaker=one.person,
        basis="own-words" if own else "told", **moves_on(told.by, one.asked),
    )  # fmt: skip
    return append([said], family=told.by.family, by=told.by.person, once=once, at=at)


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Refused("no-day") from None

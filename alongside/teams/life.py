"""A good life, who I am, and what the team is for: own words that head the plan (R28, R107, R120).

All of it is optional and unscored, and nobody is ever found or left out by it: no register holds it.
Everything by keyword. Raises Refused: not-any-more, not-yours, to-nobody, not-to-them, no-speaker, no-words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.dialogue.writing import worded
from alongside.families.telling import Told
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.statement import Receipt, Refused
from alongside.teams.team import of_the_family

kind("teams.good-life", _("A good life"), settles=False, state=True)
kind("teams.who-i-am", _("Who I am"), settles=False, state=True)
kind("teams.mission", _("What our team is for"), settles=False, state=True)

GOOD, WHO, MISSION = "teams.good-life", "teams.who-i-am", "teams.mission"
OWN = {"good-life": GOOD, "who-i-am": WHO}


@dataclass(frozen=True, slots=True)
class Life:
    """`good`: the newest entry in which this person says what a good life is to them, or None; `who`: the same of who
    they are. The words are the entry's own: `dialogue.said.words`."""

    good: Entry | None = None
    who: Entry | None = None


@dataclass(frozen=True, slots=True)
class Mission:
    """`said`: the entry; `text`: what the team is for, in the family's words, in the language `lang`; `rules`: the
    ground rules, one line each."""

    said: Entry
    text: str
    lang: str
    rules: tuple[str, ...] = ()


def lives(entries: Iterable[Entry]) -> dict[int, Life]:
    """{person number: Life} as far as these entries tell, in the order in which they first spoke. What was taken back
    is not there."""
    entries = tuple(entries)
    gone = {entry.answers for entry in entries if entry.kind == "record.taken-back"}
    found: dict[int, Life] = {}
    for entry in entries:
        if entry.kind in (GOOD, WHO) and entry.pk not in gone:
            one = found.get(entry.speaker, Life())
            found[entry.speaker] = replace(one, good=entry) if entry.kind == GOOD else replace(one, who=entry)
    return found


def mission(entries: Iterable[Entry]) -> Mission | None:
    """The newest mission with its ground rules, or None."""
    entries = tuple(entries)
    gone = {entry.answers for entry in entries if entry.kind == "record.taken-back"}
    newest = next((one for one in reversed(entries) if one.kind == MISSION and one.pk not in gone), None)
    if newest is None:
        return None
    body = newest.body
    return Mission(newest, body["mission"], body["words"][0]["lang"], tuple(body.get("rules", ())))


def say(*, told: Told, what: str, text: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Somebody says what a good life is to them, or who they are. `what`: a key of OWN. A worker writes down only the
    words of somebody else."""
    if not told.by.kin:
        of_the_family(told)
    speaker = told.speaker or told.by.person
    said = told.statement(OWN[what], {"words": worded(text, lang)}, about=(speaker,))
    return told.say(replace(said, basis="own-words"), at=at, once=once)


def agree(*, told: Told, text: str, rules: str, lang: str, at: int, once: str) -> list[Receipt]:
    """What the family's team is for, and the rules of its table, one a line. What stood before stays in the record."""
    of_the_family(told)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("no-words")
    lines = [one.strip() for one in rules.splitlines() if one.strip()]
    body = {"words": worded("\n".join([text, *lines]), lang), "mission": text, "rules": lines}
    return told.say(told.statement(MISSION, body), at=at, once=once)

"""Where somebody of a family belongs beside their people: a group, a place, a club of the area, in their words (R104).

It names something of a team's patch by its id and by its name as it was said then. On the patch nothing of it stands.
Everything by keyword. Raises Refused: nothing-chosen, not-yours, not-any-more, and what Told.may refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.families.telling import Told, further, line, used
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.statement import Receipt, Refused

BELONGS, NO_MORE = "families.belongs-to", "families.belongs-no-more"
kind(BELONGS, _("Where they belong"), settles=False, state=True)
kind(NO_MORE, _("They do not belong there any more"), settles=False, changes_state=True, state=True)


@dataclass(frozen=True, slots=True)
class Belonging:
    """`place`: the id of what it is on the patch; `name`: what it was called then; `who`: the person numbers of those
    who belong there, none where it is all of them; `text`, `lang`: own words, or ''; `said`: the entry."""

    place: str
    name: str
    who: tuple[int, ...]
    text: str
    lang: str
    said: Entry


def belonging(entries: Iterable[Entry]) -> tuple[Belonging, ...]:
    """Everything that holds, in the order it was said."""
    entries = tuple(entries)
    gone = {entry.answers for entry in entries if entry.kind == "record.taken-back"}
    gone |= {entry.thing for entry in entries if entry.kind == NO_MORE}
    return tuple(_of(entry) for entry in entries if entry.kind == BELONGS and entry.pk not in gone)


def _of(entry: Entry) -> Belonging:
    body = entry.body
    said = (body.get("words") or [{"text": "", "lang": ""}])[0]
    return Belonging(body["place"], body["name"], entry.about, said["text"], said["lang"], entry)


def belongs_to(
    *, told: Told, place: str, name: str, who: tuple[int, ...], text: str, lang: str, at: int, once: str
) -> list[Receipt]:  # fmt: skip
    """Somebody says where people of the family belong. `place`, `name`: of what stands on a patch."""
    if not place:
        raise Refused("nothing-chosen")
    text = line(text)
    body = {"place": place, "name": name, "words": [{"lang": lang, "text": text}] if text else []}
    return told.say(told.statement(BELONGS, body, about=who), at=at, once=once)


def no_more(*, by: Reader, one: Belonging, at: int, once: str) -> list[Receipt]:
    """They do not belong there any more, or never did. What was said stays in the record."""
    if not by.writes:
        raise Refused("not-any-more")
    if not by.by_mark and by.person != one.said.speaker:
        raise Refused("not-yours")
    if used(by.person, by.family, once):
        return []
    return append([further(by, NO_MORE, one.said, {})], family=by.family, by=by.person, once=once, at=at)

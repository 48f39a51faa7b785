"""Hazard: from the next request one reader reads what was theirs, what is addressed and what is released to them.

Put on by one worker with a ground in words; confirmed or ended by a second within three working days; looked at
again within thirty days. What is overdue stays on. Ending it takes two persons and a ground (R96).

The entries are for those who read by mark, whoever they are tomorrow: a hazard the next worker cannot see protects
nobody. Of the family only those who are named know of it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from alongside.access.circles import in_danger, kin, named_on
from alongside.access.policy import here, received, ties
from alongside.access.roles import supervisors_of
from alongside.access.standing import office_day
from alongside.calendar import working_day
from alongside.record.appending import append
from alongside.record.entry import Entry, first_pk
from alongside.record.marks import struck_out
from alongside.record.readers import Reader
from alongside.record.reading import find, named, read, rows
from alongside.record.statement import Receipt, Refused, Statement

SECOND_WITHIN = 3  # working days
REVIEW_WITHIN = 30  # days
KINDS = (
    "access.hazard-on", "access.hazard-confirmed", "access.hazard-reviewed", "access.hazard-lift-asked",
    "access.hazard-lifted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Protection:
    """The others are protected from `person`. `second`: who confirmed, or None; `looked`: the last day somebody
    looked; `asked`: the entry that asks to end it, or None; `on`: whether it stands."""

    put_on: Entry
    person: int
    second: int | None
    looked: dt.date
    asked: Entry | None = None
    on: bool = True
    steps: tuple[Entry, ...] = ()

    @property
    def id(self) -> str:
        return self.put_on.id

    @property
    def due(self) -> dt.date:
        """By when a second person looks, or by when it is looked at again."""
        if self.second is None:
            return working_day(office_day(self.put_on.recorded_at), SECOND_WITHIN)
        return self.looked + dt.timedelta(days=REVIEW_WITHIN)


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something somebody owes a protection: "second", "review" or "end" (to agree to ending it, or not)."""

    protection: Protection
    what: str
    due: dt.date


def protections(entries: Iterable[Entry]) -> list[Protection]:
    """The protections in these entries, in the order they were put on; those that ended too."""
    found: dict[int, Protection] = {}
    for entry in entries:
        if entry.kind == "access.hazard-on":
            found[entry.pk] = Protection(entry, entry.body["person"], None, office_day(entry.recorded_at))
        elif entry.kind in KINDS and entry.thing in found:
            found[entry.thing] = _after(found[entry.thing], entry)
    return list(found.values())


def _after(one: Protection, entry: Entry) -> Protection:
    one, day = replace(one, steps=(*one.steps, entry)), office_day(entry.recorded_at)
    if entry.kind == "access.hazard-confirmed":
        return replace(one, second=entry.author, looked=day, asked=None)
    if entry.kind == "access.hazard-reviewed":
        return replace(one, looked=day, asked=None)
    if entry.kind == "access.hazard-lift-asked":
        return replace(one, asked=entry)
    return replace(one, on=False)


def awaiting(reader: Reader, entries: Sequence[Entry] | None = None) -> list[Awaited]:
    """What is owed to protections in this family by this reader, the earliest first. A second person and whoever
    agrees to an ending is never the one who began it. `entries`: what was read already."""
    if not (reader.by_mark and reader.works):
        return []
    found = []
    for one in protections(read(reader, kinds=KINDS) if entries is None else entries):
        if one.on and one.asked is not None and one.asked.author != reader.person:
            found.append(Awaited(one, "end", one.due))
        elif one.on and one.second is None and one.put_on.author != reader.person:
            found.append(Awaited(one, "second", one.due))
        elif one.on and one.second is not None and one.asked is None:
            found.append(Awaited(one, "review", one.due))
    return sorted(found, key=lambda owed: owed.due)


def put_on(
    *, by: int, family: int, person: int, ground: str, told: Sequence[int], lang: str, at: int, once: str
) -> list[Receipt]:
    """Protect the others from this person, from the next request on. `told`: who of the family knows of it.

    Raises Refused: not-yours, to-yourself, no-ground, not-here, on-already, not-to-them.
    """
    if received(by, family, once):
        return []
    if here(by, family, at) is None:
        raise Refused("not-yours")
    if by == person or here(person, family, at) is not None:
        raise Refused("to-yourself")
    if not ground.strip():
        raise Refused("no-ground")
    if person not in {tie.person for tie in ties(family)}:
        raise Refused("not-here")
    if person in in_danger(family):
        raise Refused("on-already")
    if set(told) - (set(kin(family)) - {person}):
        raise Refused("not-to-them")
    said = Statement("access.hazard-on", {"person": person, **_words(ground, lang)}).to(*told)
    return append([said], family=family, by=by, once=once, at=at)


def _words(text: str, lang: str) -> dict:
    return {"words": [{"lang": lang, "text": text.replace("\r\n", "\n").strip()}]}


def say(*, by: int, family: int, hazard: str, act: str, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Say something of a protection. `act`: "confirmed" (a second person), "reviewed" (it stays), "lift-asked"
    (with a ground; somebody else agrees), "lifted" (agreed by another than who asked).

    Raises Refused: not-found, no-ground, not-a-second, not-asked, over.
    """
    if received(by, family, once):
        return []
    reader = here(by, family, at)
    entry = find(reader, hazard) if reader is not None else None
    if entry is None or entry.kind != "access.hazard-on":
        raise Refused("not-found")
    one = next(p for p in protections(read(reader, kinds=KINDS)) if p.id == hazard)
    _may_say(one, by, act)
    if not words.strip():
        raise Refused("no-ground")
    mark, readers = named_on(entry.pk)
    said = Statement(f"access.hazard-{act}", _words(words, lang), thing=hazard, mark=mark, readers=readers)
    return append([said], family=family, by=by, once=once, at=at)


def _may_say(one: Protection, by: int, act: str) -> None:
    if not one.on:
        raise Refused("over")
    if act == "confirmed" and (by == one.put_on.author or one.second is not None):
        raise Refused("not-a-second")
    if act == "reviewed" and one.second is None:
        raise Refused("not-a-second")
    if act == "lifted" and one.asked is None:
        raise Refused("not-asked")
    if act == "lifted" and by == one.asked.author:
        raise Refused("not-a-second")


def seconds(family: int, by: int, at: int) -> list[int]:
    """Who may be the second person: those who read by mark here, the supervisors of the first one before others."""
    others = [tie.person for tie in ties(family) if tie.person != by and here(tie.person, family, at) is not None]
    first = set(supervisors_of(by))
    return sorted(dict.fromkeys(others), key=lambda person: person not in first)


def has_of_others(reader: Reader, person: int, since: int) -> list[Entry]:
    """What this person was given before the hazard began at seq `since` and still has, as far as `reader` reads it:
    not what they wrote or said themselves."""
    theirs = rows(
        "SELECT entry FROM record_reader WHERE person = %s AND entry BETWEEN %s AND %s AND because <> 'own'",
        [person, first_pk(reader.family), first_pk(reader.family) + since],
    )
    have = {place for (place,) in theirs}
    return [e for e in read(reader) if e.pk in have and person not in (e.author, e.speaker) and e.body.get("words")]


def strike_out(*, by: int, family: int, entry: str, person: int, why: str, at: int, once: str) -> list[Receipt]:
    """Take one thing out of what somebody under hazard had, with all that hangs on it. Their own words stay.

    Raises Refused: not-found, not-yours, no-reason.
    """
    if received(by, family, once):
        return []
    reader = here(by, family, at)
    if reader is None or person not in in_danger(family):
        raise Refused("not-yours")
    found = find(reader, entry)
    if found is None or person not in {one for one, _ in named(reader, [found]).get(found.pk, ())}:
        raise Refused("not-found")
    if person in (found.author, found.speaker):
        raise Refused("not-yours")
    if not why.strip():
        raise Refused("no-reason")
    return append([struck_out(found, person, why.strip())], family=family, by=by, once=once, at=at)

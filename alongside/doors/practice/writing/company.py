"""Who may have been there and who may read along, as far as the writer knows them, and what is guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.access.standing import office_day
from alongside.dialogue.queries import Standing, standings
from alongside.doors.practice.writing.giveaway import KINDS as GIVES_AWAY
from alongside.doors.practice.writing.giveaway import places_of
from alongside.families.person import People, people
from alongside.families.queries import ids, workers
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.reading import read
from alongside.teams.appointment import KINDS as MEETING
from alongside.teams.appointment import Appointment, appointments

KINDS = ("families.met", "access.granted", *GIVES_AWAY, *MEETING)
NEWEST = 120  # entries in which the last conversation is looked for
OLD = 60  # days after which the last conversation says nothing of today
AT_HOME = re.compile(r"(?<!never )(?<!not )(?<!aldri )(?<!ikke )\b(?:at home|hjemme)\b", re.IGNORECASE)
NEAR = ("child", "parent")
STEP = 5  # minutes to which a guessed time is rounded


@dataclass(frozen=True, slots=True)
class Someone:
    """`id`: what a page calls them. `near`: offered first. `reads`: may be named as a reader."""

    number: int
    id: str
    name: str
    kind: str
    near: bool
    reads: bool
    staff: bool

    @property
    def child(self) -> bool:
        return self.kind == "child"


@dataclass(frozen=True)
class Company:
    """Everybody the writer may have met, and the guesses: who was there (ids), where, when. `places`: words she knows
    that would give somebody away."""

    reader: Reader
    me: str
    family: str
    everyone: tuple[Someone, ...]
    there: tuple[str, ...]
    place: str
    when: dates.Partial
    places: tuple[str, ...] = ()

    def some(self, chosen: Iterable[str]) -> tuple[Someone, ...]:
        """Those with these ids, in the order of the page; others are left out."""
        wanted = set(chosen)
        return tuple(one for one in self.everyone if one.id in wanted)

    @property
    def readable(self) -> tuple[Someone, ...]:
        return tuple(one for one in self.everyone if one.reads)

    @property
    def colleagues(self) -> tuple[Someone, ...]:
        """Those who work with this family: who may be named on what is sealed. Nobody for a writer who does not read
        as they do."""
        return tuple(one for one in self.everyone if one.staff) if self.reader.by_mark else ()

    @property
    def names(self) -> dict[str, int]:
        """How people are called, with their numbers, for suggestions."""
        return {one.name: one.number for one in self.everyone}


def listed(names: Sequence[str]) -> str:
    """Several names as words: "Anne, Mia and Kari"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def company(reader: Reader, *, now: int) -> Company:
    """What the composer needs of a family, from one read. `now`: microseconds."""
    entries = read(reader, kinds=KINDS, newest=NEWEST)
    known = people(entries, workers())
    standing = standings(reader.family, now=now)
    numbers = {n for n, p in known.persons.items() if not p.died and _could_come(n, p.group, standing, reader)}
    everyone = _everyone(known, standing, ids(sorted(numbers)), reader)
    there, place, when = _guess(entries, reader, now)
    return Company(
        reader, known.called(reader.person) or _("you"), family_name(known, standing, reader),
        everyone, tuple(one.id for one in everyone if one.number in there), place, when,
        places_of(entries),
    )  # fmt: skip


def _could_come(number: int, group: str, standing: Mapping[int, Standing], reader: Reader) -> bool:
    """People of the family and around it; of those who work here, the ones who work with this family."""
    if number == reader.person:
        return False
    if group not in ("staff", "stranger", "panel"):
        return True
    return reader.by_mark and number in standing and standing[number].staff


def _everyone(
    known: People, standing: Mapping[int, Standing], public: Mapping[int, str], reader: Reader
) -> tuple[Someone, ...]:
    found = []
    for number, id in public.items():
        held = standing.get(number)
        kind = held.kind if held and reader.by_mark else ""
        found.append(
            Someone(
                number, id, known.called(number), kind, kind in NEAR or not reader.by_mark,
                bool(held and held.kin and held.safe and reader.by_mark), bool(kind and held.staff),
            )
        )  # fmt: skip
    born = {n: known.persons[n].born or "" for n in public}
    order = {"child": 0, "parent": 1, "network": 2}
    youngest = sorted(sorted(found, key=lambda one: one.name), key=lambda one: born[one.number], reverse=True)
    return tuple(sorted(youngest, key=lambda one: order.get(one.kind, 3)))


def family_name(known: People, standing: Mapping[int, Standing], reader: Reader) -> str:
    """The name the children and parents share, or else what they are called. Who reads by name only gets it
    from the people of the family they know, so that nothing depends on grants they may not read."""
    if reader.by_mark:
        kin = {n: held for n, held in standing.items() if held.kind in NEAR and n in known.persons}
        near = [known.persons[n] for n, held in kin.items() if held.safe] or [known.persons[n] for n in kin]
    else:
        near = [person for person in known.persons.values() if person.group == "family" and not person.died]
    last = [person.name.split(",")[0].split()[-1] for person in near if person.name.strip()]
    if last and len(last) > 1 and len(set(last)) == 1:
        return last[0]
    return ", ".join(sorted(known.called(person.number) for person in near)) or _("the family")


def _guess(entries: list[Entry], reader: Reader, now: int) -> tuple[tuple[int, ...], str, dates.Partial]:
    """Who, where, when: what is fixed for today; else the last conversation if it is not long ago; else whom an
    appointment made these days is about."""
    today = office_day(now)
    local = clock.moment(now).astimezone(settings.OFFICE_ZONE)
    local = local.replace(minute=local.minute - local.minute % STEP)
    when, every = dates.on(local), [one for one in appointments(entries) if one.stands]
    fixed = _of_today(every, reader, when)
    if fixed is not None:
        place = fixed.place or _at_home(fixed.first)
        return fixed.there or fixed.first.about, place, fixed.on if "T" in fixed.on.text else when
    near = [e for e in entries if e.so_last is not None and abs(today.toordinal() - e.so_last) <= OLD]
    talks = [e for e in near if e.kind == "dialogue.conversation" and reader.person == e.author]
    if talks:
        return tuple(talks[-1].body.get("there") or talks[-1].about), talks[-1].body.get("place") or "", when
    made = [one for one in every if abs(today - office_day(one.first.recorded_at)).days <= 1]
    return (made[-1].first.about, _at_home(made[-1].first), when) if made else ((), "", when)


def _of_today(every: list[Appointment], reader: Reader, now: dates.Partial) -> Appointment | None:
    """The appointment of today one comes from: of those where the writer comes, the last that has begun; else the
    first of the day."""
    mine = [one for one in every if reader.person in (one.there or (one.first.author,))]
    today = sorted((one for one in mine if one.on.first == one.on.last == now.first), key=lambda one: one.on.text)
    begun = [one for one in today if one.on.text <= now.text]
    return (begun[-1:] or today[:1] or [None])[0]


def _at_home(entry: Entry) -> str:
    """ "At home" where the words of an appointment say so."""
    said = " ".join(one["text"] for one in entry.body.get("words", ()))
    return _("At home") if AT_HOME.search(said) else ""

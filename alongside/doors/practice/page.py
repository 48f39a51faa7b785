"""One family as one page of this door sees it: who reads, which day it is, what was read, how it is said."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from alongside.access.addresses import address
from alongside.access.frame import looked_at
from alongside.access.standing import office_day
from alongside.dialogue.said import Said
from alongside.dialogue.showing import Showing
from alongside.dialogue.woven import Woven, never_shown, thing_of, weave
from alongside.families.person import People, Person, people
from alongside.families.queries import workers
from alongside.promises.promise import STEPS
from alongside.promises.queries import long_settled
from alongside.record.entry import Entry
from alongside.record.kinds import state_kinds
from alongside.record.readers import Reader
from alongside.record.reading import find, read

NEWEST = 300  # entries a page reads besides what it needs however old
MOST_PLACES = 100
NO_NEWS = ("families.", "access.")  # households and names, who stands where
LATELY = 12  # of the newest that stand in no other, on the family's first page
GONE_AFTER = 16  # days, after which no zone takes a settled promise for one of the last fourteen
DAY = 86_400_000_000  # microseconds
ANSWERED_ON_THE_PAGE = ("dialogue.question", "followup.goal", "followup.rated", "promises.made")


@dataclass(frozen=True)
class Opened:
    """`at`: microseconds, None for now; `value`: what stands in the address for it; `wrong`: a date that was
    typed and is none; `now`: the moment that counts as now here; `above`: for each place what it hangs on."""

    reader: Reader
    at: int | None
    value: str
    wrong: str
    now: int
    today: dt.date
    workers: Mapping[int, Person]
    people: People
    woven: Woven
    above: Mapping[int, int]
    showing: Showing

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.woven.entries

    @property
    def writing(self) -> bool:
        """Whether this page offers to write: not as known then."""
        return self.at is None and self.reader.writes

    @property
    def protecting(self) -> bool:
        """Whether one can protect somebody from here, or bar somebody by an order: also where an office has stopped,
        for reading goes on."""
        return self.at is None and self.reader.works and self.reader.by_mark

    def href(self, name: str, *args: str, anchor: str = "", **query: str) -> str:
        """The address of another page of this family, at the same moment."""
        wanted = {key: value for key, value in {**query, "at": self.value}.items() if value}
        path = address(name, self.reader.code, *args)
        return path + (f"?{urlencode(wanted)}" if wanted else "") + (f"#{anchor}" if anchor else "")

    def note(self, said: Said, **query: str) -> str:
        """The address where this sentence stands with everything beside it."""
        top = self.top(said)
        anchor = "" if top.id == said.id else f"s-{said.id}"
        if query:
            return self.href("note", top.id, anchor=anchor, **query)
        return self._named("note", top.id) + (f"#{anchor}" if anchor else "")

    def promise(self, made: Entry) -> str:
        """The address where this promise stands by itself."""
        return self._named("promise", made.id)

    def _named(self, name: str, id: str) -> str:
        """As `href`, for addresses that end with an id, of which a page holds many."""
        begins, ends = self._around_an_id[name]
        return f"{begins}{id}{ends}"

    @cached_property
    def _around_an_id(self) -> dict[str, tuple[str, str]]:
        """What stands before and behind the id in the address of every note and every promise of this family."""
        found = {}
        for name in ("note", "promise"):
            begins, _id, ends = self.href(name, "0" * 32).partition("0" * 32)
            found[name] = (begins, ends)
        return found

    def parent(self, said: Said) -> Said | None:
        """What this statement lies inside, answers or continues, if this reader reads it."""
        place = self.above.get(said.entry.pk)
        return None if place is None else self.woven.by_place[place]

    def top(self, said: Said) -> Said:
        """The outermost statement this one hangs on."""
        met: set[str] = set()
        while (parent := self.parent(said)) is not None and said.id not in met:
            met.add(said.id)
            said = parent
        return said


def open_family(
    request: HttpRequest, code: str, *, around: str = "", whole: bool = False, lately: bool = False
) -> Opened:
    """The family with this code for this visit, now or as known then (`?at=`).

    Reads what a page shows: the newest entries, what counts however old, and, with `around`, the entry with
    that id and what it hangs on; `whole`: all of it; `lately`: without the promises that were settled long ago,
    where that is sure to be the same on the family's first page. Raises Http404 where the visitor does not stand.
    """
    reader = request.visit.reader(code)
    wrong = ""
    try:
        at, today, value = looked_at(request)
    except (ValueError, OverflowError):
        at, today, value, wrong = None, office_day(request.visit.now), "", request.GET.get("at", "").strip()[:60]
    entries = read(reader, at=at) if whole else _enough(reader, at, request.visit.now if lately else None)
    if around:
        entries = _with(reader, at, entries, around)
    return opened(reader, entries, at=at, value=value, wrong=wrong, now=at or request.visit.now, today=today)


def opened(
    reader: Reader, entries: Collection[Entry], *, at: int | None = None, value: str = "", wrong: str = "",
    now: int, today: dt.date, staff: Mapping[int, Person] | None = None,
) -> Opened:  # fmt: skip
    """What was read, woven and ready to be shown."""
    staff = workers() if staff is None else staff
    known = people(entries, staff)
    lang = translation.get_language() or "en"
    woven = weave(entries, known, lang)
    showing = Showing(known, lang, today, settings.OFFICE_ZONE)
    return Opened(reader, at, value, wrong, now, today, staff, known, woven, _above(woven), showing)


def _enough(reader: Reader, at: int | None, now: int | None = None) -> list[Entry]:
    """The newest entries and what counts however old; in a long record also what answers that. With `now`: without
    what was settled long before it, where that makes no difference."""
    entries = _lately(reader, now) if now is not None and at is None and reader.by_mark else None
    if entries is None:
        entries = read(reader, at=at, kinds=state_kinds(), newest=NEWEST)
    if len(entries) < NEWEST:
        return entries
    places = {e.answers for e in entries if e.kind == "dialogue.pinned"}
    places |= {e.pk for e in entries if e.kind in ANSWERED_ON_THE_PAGE}
    return merged(entries, read(reader, at=at, within=sorted(places)[-MOST_PLACES:])) if places else entries


def _lately(reader: Reader, now: int) -> list[Entry] | None:
    """The newest entries and what counts however old, but for promises settled so long ago that the family's first
    page does not show them; None where one of them could be missed there all the same."""
    entries = read(reader, kinds=state_kinds(), newest=NEWEST, past=long_settled(now - GONE_AFTER * DAY))
    return entries if len(entries) < NEWEST or _complete(entries) else None


def _complete(entries: list[Entry]) -> bool:
    """Whether the newest of these fill the page's list of the newest by themselves, and nothing points at a
    statement that was not read."""
    ids, places = {entry.id for entry in entries}, {entry.pk for entry in entries}
    beside = {entry.body["entry"] for entry in entries if entry.kind == "record.beside"}
    moved = {entry.thing for entry in entries if entry.kind in STEPS}
    outermost = [
        entry for entry in entries[-NEWEST:]
        if entry.within is None and entry.answers is None and entry.id not in beside and not never_shown(entry)
        and not entry.kind.startswith(NO_NEWS)
    ]  # fmt: skip
    return beside <= ids and moved <= places and len(outermost) >= LATELY


def _with(reader: Reader, at: int | None, entries: list[Entry], id: str) -> list[Entry]:
    """In a long record, `entries` and the one with this id, what it hangs on and what hangs on that."""
    if len(entries) < NEWEST:
        return entries
    entry = next((one for one in entries if one.id == id), None) or find(reader, id, at=at)
    met: set[int] = set()
    while entry is not None and entry.pk not in met:
        met.add(entry.pk)
        up = _up(entry, entries)
        entries = merged(entries, around(reader, at, [entry.pk, *up]))
        entry = next((one for one in entries if one.pk in up), None)
    return entries


def _up(entry: Entry, entries: Collection[Entry]) -> list[int]:
    """The places an entry hangs on, and those it stands beside by an act of its own."""
    beside = [one.answers for one in entries if one.kind == "record.beside" and one.body["entry"] == entry.id]
    return [p for p in (entry.within, entry.answers, entry.thing, *beside) if p not in (None, entry.pk)]


def _standing_beside(reader: Reader, at: int | None, near: Collection[Entry]) -> list[Entry]:
    """What stands beside these by an act of its own, with its answers."""
    wide = [find(reader, one.body["entry"], at=at) for one in near if one.kind == "record.beside"]
    places = [entry.pk for entry in wide if entry is not None]
    return read(reader, at=at, within=places) if places else []


def around(reader: Reader, at: int | None, places: Collection[int]) -> list[Entry]:
    """What stands at these places, inside and beside them."""
    near = read(reader, at=at, within=places)
    return merged(near, _standing_beside(reader, at, near))


def merged(*some: Collection[Entry]) -> list[Entry]:
    """All of these in the order of the record, each once."""
    return sorted({entry.pk: entry for found in some for entry in found}.values(), key=attrgetter("pk"))


def _above(woven: Woven) -> dict[int, int]:
    """For each place the place it hangs on: inside before beside, beside before what it continues."""
    above: dict[int, int] = {}
    for place, said in woven.by_place.items():
        for one in said.inside:
            above[one.entry.pk] = place
    for place, said in woven.by_place.items():
        for one in said.beside:
            above.setdefault(one.entry.pk, place)
    for place, said in woven.by_place.items():
        thing = thing_of(said.entry) if said.entry.answers is not None else said.entry.thing
        if thing != place and thing in woven.by_place:
            above.setdefault(place, thing)
    return above

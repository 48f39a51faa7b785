"""The same person met twice: who else it may be, pairs that are open or confirmed, and the acts on them.

Everything here is made of what the reader reads in each family where they stand. Who stands in one of them only
finds nothing.
"""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.names import family_names
from alongside.doors.practice.page import Opened, opened
from alongside.doors.practice.people.words import day
from alongside.doors.practice.standing import core, headed, stands
from alongside.families import same
from alongside.families.names import alike, look
from alongside.families.person import WHO
from alongside.families.queries import ids as public_ids
from alongside.families.same import Side
from alongside.families.telling import used
from alongside.record.readers import Reader
from alongside.record.reading import read
from alongside.record.statement import Refused

HEADING = ("access.granted", "access.changed", "access.hazard-on", "families.tie")


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair with this person on one side. `words`: who they are on the other one; `href`: their page there.
    `state`: confirmed, yours (another has to confirm it) or asked (this reader may confirm it)."""

    pair: str
    name: str
    words: str
    href: str
    state: str
    says: str


def elsewhere(request: HttpRequest, page: Opened) -> list[Reader]:
    """The reader in each other family they work with as a whole; nobody is told of a family by another one."""
    return [one for one in request.visit.families() if one.by_mark and one.family != page.reader.family]


def found(request: HttpRequest, page: Opened) -> list[tuple[Side, Side]]:
    """The pairs of which this reader reads both sides and one is here. Reads other families only where one is."""
    mine = [(page.reader, half) for half in same.halves(page.entries)]
    if not mine or not page.reader.by_mark:
        return []
    here = {half.pair for _reader, half in mine}
    further = [
        (reader, half)
        for reader in elsewhere(request, page)
        for half in same.halves(read(reader, at=page.at, kinds=same.SAME))
        if half.pair in here
    ]
    return same.pairs(mine + further)


def shown(request: HttpRequest, page: Opened, number: int) -> tuple[Pair, ...]:
    """The pairs of one person, for their page."""
    sides = [(a, b) if _is(page, a, number) else (b, a) for a, b in found(request, page)]
    return tuple(made for a, b in sides if _is(page, a, number) and (made := _pair(page, a, b)))


def _is(page: Opened, side: Side, number: int) -> bool:
    return side.person == number and side.reader.family == page.reader.family


def _pair(page: Opened, mine: Side, other: Side) -> Pair | None:
    there = page if other.reader.family == page.reader.family else glance(page, other.reader)
    person = there.people.persons.get(other.person)
    if person is None:
        return None
    half = mine.half
    state = "confirmed" if half.confirmed else "yours" if half.by == page.reader.person else "asked"
    who = {"who": page.showing.Name(half.by), "other": page.showing.Name(half.confirmed or half.by)}
    says = _("%(who)s thought so, %(other)s confirmed it.") if half.confirmed else _("%(who)s thinks so.")
    why = f" {half.why}" if half.why else ""
    href = there.href("person", public_ids([other.person])[other.person])
    return Pair(half.pair, person.name, heading(there), href, state, says % who + why)


def glance(page: Opened, reader: Reader) -> Opened:
    """Another family of the same reader, at the same moment, as far as its names go."""
    entries = read(reader, at=page.at, kinds=(*WHO, *HEADING))
    return opened(
        reader, entries, at=page.at, value=page.value, now=page.now, today=page.today, staff=page.workers
    )  # fmt: skip


def heading(page: Opened) -> str:
    """What a family is called."""
    return family_names(page, headed(page, core(page, stands(page.entries, page.now))))


def describe(page: Opened, number: int) -> str:
    """Enough to tell two people apart: who they are there, when they were born, in which family."""
    person = page.people.persons[number]
    born = _("born %(day)s") % {"day": day(page, person.born)} if person.born else ""
    facts = [part for part in (person.role(page.showing.lang), born) if part]
    return "; ".join([*facts, heading(page)])


def candidates(request: HttpRequest, page: Opened, number: int) -> dict[str, tuple[str, str, Side]]:
    """Who else it may be, by name: {value: (name, words, side)}; not who is the same anchor, nor an open pair."""
    name = page.people.persons[number].name
    mine = [pair for pair in found(request, page) if _is_one(page, *pair, number)]
    taken = {(side.reader.family, side.person) for pair in mine for side in pair}
    sides = [
        Side(page.reader, one.number)
        for one in page.people.persons.values()
        if one.group in ("family", "network", "other") and alike(name, one.name)
    ]
    sides += [Side(known.reader, known.person.number) for known in look(name, elsewhere(request, page))]
    numbers = public_ids([side.person for side in sides])
    made = {}
    for side in sides:
        if side.person == number or (side.reader.family, side.person) in taken:
            continue
        there = page if side.reader.family == page.reader.family else glance(page, side.reader)
        words = describe(there, side.person)
        made[f"{side.reader.code}.{numbers[side.person]}"] = (there.people.persons[side.person].name, words, side)
    return made


def _is_one(page: Opened, a: Side, b: Side, number: int) -> bool:
    return _is(page, a, number) or _is(page, b, number)


def title(page: Opened, number: int) -> str:
    """The question as a heading."""
    return _("Is %(who)s the same as somebody else?") % {"who": page.showing.name(number)}


def lead() -> str:
    """What happens then."""
    return _("Nothing is moved. When another worker of both confirms it, both pages say so. It can be undone.")


def fields(request: HttpRequest, page: Opened, number: int, sent: Typed) -> tuple[Field, ...]:
    """Whom it may be, among those with a name like it in the reader's own families."""
    chosen = sent.one("other")
    options = tuple(
        (value, name, value == chosen, words) for value, (name, words, _s) in candidates(request, page, number).items()
    )
    return Field("picks", "other", _("The same person as"), options=options), Field(
        "line", "why", _("How you know"), sent.one("why")
    )


def act(request: HttpRequest, page: Opened, number: int, sent: Typed, at: int) -> None:
    """Propose, confirm or undo. Raises Refused: nobody, not-found, and what the verbs refuse."""
    how = {"at": at, "once": sent.once}
    if used(page.reader.person, page.reader.family, sent.once):
        return
    if sent.one("act") == "propose":
        chosen = candidates(request, page, number).get(sent.one("other"))
        if chosen is None:
            raise Refused("nobody")
        mine = Side(page.reader, number)
        same.propose(one=mine, other=chosen[2], why=sent.one("why"), pair=_pair_of(page, sent), **how)
        return
    sides = next((pair for pair in found(request, page) if pair[0].half.pair == sent.one("pair")), None)
    if sides is None or not _is_one(page, *sides, number):
        raise Refused("not-found")
    if sent.one("act") == "confirm":
        same.confirm(one=sides[0], other=sides[1], **how)
    elif sent.one("act") == "undo":
        same.undo(one=sides[0], other=sides[1], why=sent.one("why"), **how)


def _pair_of(page: Opened, sent: Typed) -> str:
    """A name for the pair that tells nothing: the same for the same form, another for everybody else's."""
    return hashlib.sha256(f"{page.reader.person}/{sent.once}".encode()).hexdigest()[:32]


def joined(request: HttpRequest, page: Opened) -> dict[int, list[tuple[int, Pair]]]:
    """Confirmed pairs of this page's people: {number: [(number on the other side if it is here, else 0, pair)]}."""
    made: dict[int, list[tuple[int, Pair]]] = {}
    for a, b in found(request, page):
        for mine, other in ((a, b), (b, a)):
            if mine.reader.family != page.reader.family or not mine.half.confirmed:
                continue
            here = other.person if other.reader.family == page.reader.family else 0
            if pair := _pair(page, mine, other):
                made.setdefault(mine.person, []).append((here, pair))
    return made

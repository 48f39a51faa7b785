"""Who erases: two persons, each a leader or the privacy officer, and never one alone.

The first says what, on which ground and why; the second, another one, says yes, and then the words are gone at once.
A hold beats both. What they write is the reason, without what the words say: nobody has to read them for it. Nobody
decides about a family they belong to, or that is closed to them. A whole family goes because its time is over only
when no clock keeps it any more (running.py), and because an archive has it only when one has.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection, transaction

from alongside.access import holds as legal
from alongside.access.clocks import NotClocks, clocks
from alongside.access.deciding import decide, may_decide, must
from alongside.access.kept_on import archive_has, kept_on
from alongside.access.models import Account
from alongside.access.policy import SHUT
from alongside.access.roles import OFFICE, holds
from alongside.access.running import facts_of, may_go
from alongside.access.standing import office_day
from alongside.asking import for_the_house
from alongside.record import erasing
from alongside.record.appending import append
from alongside.record.erased import GROUNDS, Going, covers, forgets
from alongside.record.erasing import RESTS_ON_IT, Proposal, families_of, proposals, proposed, whole_family, with_it
from alongside.record.readers import KIN
from alongside.record.reading import rows
from alongside.record.statement import Receipt, Refused

MAY = ("leader", "privacy")
BY_CLOCK = ("clock", "archive")  # grounds on which a whole family goes only when its clocks say so


def may(person: int) -> bool:
    """Whether this person is one of those who may propose and decide."""
    return holds(person, *MAY)


@for_the_house()
def near(person: int) -> frozenset[int]:
    """The families this person belongs to, or that are closed to them: about these they decide nothing."""
    sql = "SELECT family, kind, state FROM record_relationship WHERE person = %s"
    return frozenset(family for family, kind, state in rows(sql, [person]) if kind in KIN or state in SHUT)


def not_near(by: int, families: Collection[int]) -> None:
    """Raises Refused: not-found, as for a family that never was."""
    if near(by) & set(families):
        raise Refused("not-found")


def propose(
    *, by: int, strength: int, ids: Sequence[str], ground: str, words: str, lang: str, at: int, once: str
) -> list[Receipt]:
    """Propose to erase the entries with these ids, with what lies inside them and what moved them on.

    Raises Refused: not-yours, too-weak, no-ground, no-reason, not-found, holds-the-gate, held.
    """
    must(may, by, strength)
    asked = erasing.known(ids)
    if not ids or asked.keys() != set(ids):
        raise Refused("not-found")
    if any(kind.startswith(RESTS_ON_IT) for kind in asked.values()):
        raise Refused("holds-the-gate")
    places = [place for place, kind in with_it(ids) if not kind.startswith(RESTS_ON_IT)]
    return _say(by, places, "entries", ground, words, lang, at, once)


def propose_places(
    *, by: int, strength: int, places: Collection[int], scope: str, ground: str, words: str, lang: str, at: int,
    once: str,
) -> list[Receipt]:  # fmt: skip
    """Propose to erase what stands at these places: `scope` import, whose places the exchange knows, or family, all
    of one. Raises Refused as `propose`, and as `_by_its_clocks`."""
    must(may, by, strength)
    if not places or scope not in ("import", "family"):
        raise Refused("not-found")
    return _say(by, list(places), scope, ground, words, lang, at, once)


def _say(
    by: int, places: list[int], scope: str, ground: str, words: str, lang: str, at: int, once: str
) -> list[Receipt]:
    if ground not in GROUNDS:
        raise Refused("no-ground")
    if not words.strip():
        raise Refused("no-reason")
    families = {place >> 20 for place in places}
    not_near(by, families)
    _not_held(families)
    if scope == "family" and ground in BY_CLOCK:
        _by_its_clocks(families, ground, at)
    elif ground == "archive":
        raise Refused("no-ground")
    said = proposed(places, scope=scope, ground=ground, words=words, lang=lang)
    return append([said], family=OFFICE, by=by, once=once, at=at)


def _not_held(families: Collection[int]) -> None:
    if legal.held(families):
        raise Refused("held")


def _by_its_clocks(families: Collection[int], ground: str, at: int) -> None:
    """Raises Refused: no-clocks (their file cannot be read), still-open, still-running, not-over, kept-on,
    not-archived."""
    day = office_day(at)
    for family in families:
        try:
            known = clocks()
        except NotClocks:
            raise Refused("no-clocks") from None
        why = next((may_go(facts, known, day) for facts in facts_of(known, family)), "not-over")
        if why:
            raise Refused(why)
        if any(one.family == family and one.on(day) for one in kept_on()):
            raise Refused("kept-on")
        if ground == "archive" and not archive_has(family):
            raise Refused("not-archived")


def listed(by: int) -> list[Proposal]:
    """Every proposal, the newest first, for those who may decide; for everybody else there is none, and none about a
    family somebody belongs to."""
    if not may(by):
        return []
    mine = near(by)
    return [one for one in reversed(proposals()) if not mine & set(families_of(one))]


def _found(by: int, strength: int, id: str) -> Proposal:
    must(may, by, strength)
    one = next(iter(proposals(id)), None)
    if one is None:
        raise Refused("not-found")
    not_near(by, families_of(one))
    return one


def confirm(*, by: int, strength: int, proposal: str, at: int, once: str) -> list[Receipt]:
    """The second person says yes: the words are gone when this returns.

    Raises Refused: not-yours, too-weak, not-found, not-a-second, decided, held; for a whole family also written-since
    (somebody wrote after it was proposed) and as `_by_its_clocks`.
    """
    one = _found(by, strength, proposal)
    may_decide(one, by=by, yes=True, once=once)
    with transaction.atomic():  # one write: a hold that comes at the same moment is before it or after it
        if one.decided is None:
            _still(one, at)
        return erasing.erase(one, by=by, on=office_day(at).isoformat(), at=at, once=once)


def _still(one: Proposal, at: int) -> None:
    """What held when it was proposed holds still."""
    families = families_of(one)
    _not_held(families)
    if one.scope == "family":
        if not all(covers(one.ranges, place) for number in families for place in whole_family(number)):
            raise Refused("written-since")
        if one.ground in BY_CLOCK:
            _by_its_clocks(families, one.ground, at)


def decline(*, by: int, strength: int, proposal: str, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    """A second person says no, or the first one takes the proposal back; with a reason.

    Raises Refused: not-yours, too-weak, not-found, decided, no-reason.
    """
    one = _found(by, strength, proposal)
    return decide(one, by=by, yes=False, words=words, lang=lang, at=at, once=once)


def places_of_family(number: int) -> list[int]:
    """Every place of a family that holds words."""
    return whole_family(number)


def propose_family(
    *, by: int, strength: int, code: str, ground: str, words: str, lang: str, at: int, once: str
) -> list[Receipt]:
    """Propose to erase everything of the family with this code. Raises Refused as `propose_places`; not-found for a
    family that is not there, holds no words, or that somebody belongs to."""
    must(may, by, strength)
    number = family_of(code)
    places = places_of_family(number) if number else []
    return propose_places(
        by=by, strength=strength, places=places, scope="family", ground=ground, words=words, lang=lang, at=at, once=once
    )


@for_the_house()
def family_of(code: str) -> int | None:
    """The number of the family with this code, None where there is none. The office is no family."""
    found = rows("SELECT number FROM record_family WHERE code = %s AND number > 0", [code])
    return found[0][0] if found else None


@for_the_house()
def codes() -> dict[int, str]:
    """The code of each family by its number: for those who may decide."""
    return dict(rows("SELECT number, code FROM record_family WHERE number > 0", []))


@forgets
def _erased(cursor: Any, going: Going) -> None:
    """Ways in of people who stand in no other family than one that goes whole: their name stands there too."""
    if not going.families:
        return
    marks = ", ".join(["%s"] * len(going.families))
    sql = (
        f"SELECT person FROM record_relationship WHERE family IN ({marks}) AND person NOT IN "
        f"(SELECT person FROM record_relationship WHERE family NOT IN ({marks}))"
    )
    people = [person for (person,) in connection.rows(sql, [*going.families, *going.families])]
    Account.objects.filter(person__in=people, door="family").delete()

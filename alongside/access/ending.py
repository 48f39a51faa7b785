"""Handing over, ending and opening again: acts of people, with a reason and a goodbye (R124, R125).

Ended work closes to those who worked, and not to the family: what they had stays theirs. A new worker begins when
she accepts; until then the old one stays, and owes.
"""

import datetime as dt
import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.access.absence import day_after
from alongside.access.circles import in_danger, kin, knows_the_worker
from alongside.access.policy import (
    BY_LEADER,
    OPEN,
    SHUT,
    Tie,
    closed,
    fits,
    here,
    leads,
    led_by,
    received,
    tie_of,
    ties,
    units,
)
from alongside.access.relationship import as_its_grant, move, place
from alongside.access.roles import holders
from alongside.access.standing import office_day
from alongside.asking import for_the_house
from alongside.record.appending import append
from alongside.record.entry import Entry, first_pk, last_pk
from alongside.record.kinds import kind
from alongside.record.readers import KIN, STAFF, URGENT, Reader
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register
from alongside.record.statement import Receipt, Refused, Statement

kind("access.handed-over", _("Another worker"), settles=False, state=True)
kind("access.closed", _("We stop here"), settles=False, state=True)
kind("access.reopened", _("We begin again"), settles=False, state=True)
kind("access.wants-to-talk", _("Wants to talk again"), settles=False, state=True)
register("access_closed")
HOLDS = ("allocated", "coordinator")  # kinds that are handed over, and may end the work
WORK = ("allocated", "coordinator", "co-worker")  # who works with a family from day to day


@fold_of("access.closed")
def _close(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM access_closed WHERE family = %s", [entry.family])
    cursor.execute(
        "INSERT INTO access_closed (family, entry, person) VALUES (%s, %s, %s)",
        [entry.family, entry.pk, entry.author],
    )


@fold_of("access.reopened")
def _reopen(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM access_closed WHERE family = %s", [entry.family])


def _said(goodbye: str, why: str, lang: str) -> dict[str, Any]:
    """What the family reads: the goodbye first, the reason under it."""
    if not goodbye.strip():
        raise Refused("no-words")
    text = f"{goodbye.strip()}\n{why.strip()}".replace("\r\n", "\n")
    return {"words": [{"lang": lang, "text": text}]}


def may_hand_over(by: int, tie: Tie) -> bool:
    """The worker herself, or leader or intake of her unit; of work that is held. Who helps one person alone asks them:
    to whom her work can go would tell her of a hazard, and of colleagues."""
    mine = by == tie.person and tie.to is None
    return tie.kind in HOLDS and tie.state == "active" and (mine or leads(by, tie.person))


def hand_over(
    *, by: int, family: int, grant: str, to: int, why: str, goodbye: str, last: dt.date, lang: str, at: int, once: str,
    more: tuple[Statement, ...] = (),
) -> list[Receipt]:  # fmt: skip
    """Ask another worker of the unit to take over. `grant`: the id of the leaving worker's grant; `why` and
    `goodbye`: the family reads both; `last`: the last day of the old one, once the new one has accepted; `more`:
    the promises that are handed over in the same act.

    Raises Refused: not-found, not-yours-to-change, no-reason, no-words, no-day, to-yourself, not-a-worker,
    other-unit, and what may_grant raises.
    """
    if received(by, family, once):
        return []
    tie = tie_of(family, grant)
    if not may_hand_over(by, tie) or closed(family):
        raise Refused("not-yours-to-change")
    if not why.strip():
        raise Refused("no-reason")
    if last < office_day(at):
        raise Refused("no-day")
    if to == tie.person or (to == by and by != tie.person):
        raise Refused("to-yourself")
    if not units(to) & units(tie.person):
        raise Refused("other-unit")
    body = {"person": tie.person, "to": to, "why": why.strip(), "last": last.isoformat(), **_said(goodbye, why, lang)}
    said = [Statement("access.handed-over", body).to(*knows_the_worker(tie))]
    fits(family=family, person=to, kind=tie.kind, to=tie.to, at=at)
    said.append(place(family, to, tie.kind, to=tie.to, why=why.strip(), state="invited", until=None))
    return append([*said, *more], family=family, by=by, once=once, at=at)


def take_over(*, by: int, family: int, grant: str, at: int, once: str) -> list[Receipt]:
    """Accept one's own place. Where it was handed over, the old worker's ends with the last day that was said.

    Raises Refused as relationship.move does.
    """
    tie, ends = tie_of(family, grant), ()
    if tie.kind in STAFF and not received(by, family, once):
        ends = tuple(_old_one_ends(family, tie, at))
    return move(by=by, family=family, grant=grant, act="accept", why="", at=at, once=once, more=ends)


def _old_one_ends(family: int, new: Tie, at: int) -> list[Statement]:
    sql = "SELECT body FROM record_entry WHERE kind = 'access.handed-over' AND pk BETWEEN %s AND %s ORDER BY pk DESC"
    for (body,) in rows(sql, [first_pk(family), last_pk(family)]):
        said = json.loads(body)
        if said["to"] == new.person:
            until = max(day_after(dt.date.fromisoformat(said["last"])), at + 1)
            old = [tie for tie in ties(family) if tie.person == said["person"] and tie.kind == new.kind]
            return [as_its_grant(tie, "active", until=until) for tie in old if tie.live(at)]
    return []


@for_the_house()
def asked(person: int) -> list[tuple[int, str, Tie]]:
    """The places this person is asked to take: (family number, its code, the tie)."""
    sql = (
        "SELECT DISTINCT f.number, f.code FROM record_relationship r JOIN record_family f ON f.number = r.family "
        "WHERE r.person = %s AND r.state = 'invited' ORDER BY f.code"
    )
    found = [(family, code, tie) for family, code in rows(sql, [person]) for tie in ties(family)]
    shut = {family for family, _code, tie in found if tie.person == person and tie.state in SHUT}
    return [one for one in found if one[2].person == person and one[2].state == "invited" and one[0] not in shut]


@for_the_house()
def given_lately(person: int, *, since: int) -> list[tuple[int, int, str]]:
    """The work this person is asked to take, and what was given to them from `since` (microseconds) on: (family
    number, place of the grant, state), the newest first."""
    some = ", ".join(["%s"] * len(BY_LEADER))
    sql = (
        "SELECT r.family, r.entry, r.state FROM record_relationship r JOIN record_entry e ON e.pk = r.entry WHERE "
        f"r.person = %s AND r.kind IN ({some}) AND (r.state = 'invited' OR r.state = 'active' AND e.recorded_at >= %s) "
        "ORDER BY e.recorded_at DESC, r.entry DESC"
    )
    return [tuple(row) for row in rows(sql, [person, *sorted(BY_LEADER), since])]


def may_close(by: int, family: int, at: int) -> bool:
    """Those who hold the work, and read by mark."""
    holds = any(tie.person == by and tie.kind in HOLDS and tie.live(at) for tie in ties(family))
    return holds and not closed(family) and here(by, family, at) is not None


def close(
    *, by: int, family: int, why: str, goodbye: str, lang: str, at: int, once: str, more: tuple[Statement, ...] = ()
) -> list[Receipt]:
    """End the work with a family: every relationship ends. `more`: the call that is promised for later.

    Raises Refused: not-yours-to-change, no-reason, no-words.
    """
    if received(by, family, once):
        return []
    if not may_close(by, family, at):
        raise Refused("not-yours-to-change")
    if not why.strip():
        raise Refused("no-reason")
    said = Statement("access.closed", {"why": why.strip(), **_said(goodbye, why, lang)}).to(*kin(family))
    ends = [as_its_grant(tie, "ended") for tie in ties(family) if tie.state in OPEN]
    return append([said, *more, *ends], family=family, by=by, once=once, at=at)


def who_answers(family: int) -> list[int]:
    """Where the work has ended: those of the last worker's unit who begin again with somebody, intake before leaders;
    nobody while it goes on."""
    found = rows("SELECT person FROM access_closed WHERE family = %s", [family])
    here = sorted(units(found[0][0])) if found else []
    some = [role.person for what in ("intake", "leader") for unit in here for role in holders(what, unit)]
    return list(dict.fromkeys(some))


def wants_to_talk(
    *, by: Reader, text: str, lang: str, at: int, once: str
) -> list[Receipt]:  # fmt: skip
    """Somebody of a family whose work has ended wants to talk again. No worry is needed for it, and no words (R125).
    Whoever begins the work again reads it. Raises Refused: not-closed, not-yours."""
    if received(by.person, by.family, once):
        return []
    if not by.kin:
        raise Refused("not-yours")
    if not closed(by.family):
        raise Refused("not-closed")
    text = text.replace("\r\n", "\n").strip()
    body = {"words": [{"lang": lang, "text": text}]} if text else {}
    said = Statement("access.wants-to-talk", body, basis="own-words", about=(by.person,))
    return append([said], family=by.family, by=by.person, once=once, at=at)


WANTING = (
    "SELECT e.pk >> 20, e.author, MIN(e.recorded_at) FROM access_closed c JOIN record_entry e ON "
    "e.kind = 'access.wants-to-talk' AND e.pk > c.entry AND e.pk < ((c.family + 1) << 20) "
)


@for_the_house()
def wanting() -> set[int]:
    """The families whose work has ended and where somebody has said since that they want to talk again."""
    return {family for family, _who, _when in rows(f"{WANTING} GROUP BY e.pk >> 20, e.author", [])}


def asked_to_talk(by: Reader) -> int | None:
    """When this person said since the end that they want to talk again (microseconds), or None."""
    sql = f"{WANTING} WHERE c.family = %s AND e.author = %s GROUP BY e.pk >> 20, e.author"
    found = rows(sql, [by.family, by.person])
    return found[0][2] if found else None


def reopen(*, by: int, family: int, worker: int, why: str, at: int, once: str) -> list[Receipt]:
    """Begin again with a new worker, by leader or intake of that worker's unit: the family's own places, which
    ended with the work, open again. No worry is needed for it (R125).

    Raises Refused: not-closed, no-reason, to-yourself, not-yours-to-grant, closed-to-them, both-sides, not-a-worker.
    """
    if received(by, family, once):
        return []
    found = rows("SELECT entry FROM access_closed WHERE family = %s", [family])
    if not found:
        raise Refused("not-closed")
    if not why.strip():
        raise Refused("no-reason")
    if by == worker:
        raise Refused("to-yourself")
    if not leads(by, worker):
        raise Refused("not-yours-to-grant")
    theirs = [tie for tie in ties(family) if tie.person == worker]
    if any(tie.state in SHUT for tie in theirs):
        raise Refused("closed-to-them")
    if any(tie.kind in KIN for tie in theirs):
        raise Refused("both-sides")
    back = [tie for tie in ties(family) if tie.kind in KIN and tie.state == "ended" and _ended_with(tie, found[0][0])]
    told = [tie.person for tie in back if tie.person not in in_danger(family)]
    said = [
        Statement("access.reopened", {"why": why.strip()}).to(*told),
        place(family, worker, "allocated", to=None, why=why.strip(), state="active", until=None).to(*told),
    ]
    said += [as_its_grant(tie, "active") for tie in back]
    return append(said, family=family, by=by, once=once, at=at)


def _ended_with(tie: Tie, closing: int) -> bool:
    """Whether this place ended in the very act that ended the work, and nothing came after."""
    sql = (
        "SELECT e.recorded_at = (SELECT c.recorded_at FROM record_entry c WHERE c.pk = %s) FROM record_entry e "
        "WHERE e.kind = 'access.changed' AND e.thing = %s ORDER BY e.pk DESC LIMIT 1"
    )
    found = rows(sql, [closing, tie.pk])
    return bool(found and found[0][0])


@for_the_house()
def of_unit(by: int) -> list[tuple[str, int, list[Tie], bool]]:
    """The families in which those work, or worked last, whom `by` leads: (code, number, ties of work, closed). One
    that nobody works with any more is among them, with no ties. An emergency is no work.
    Nothing else of a family is told by it."""
    led = led_by(by)
    if not led:
        return []
    works = sorted(STAFF - set(URGENT))
    people, kinds = ", ".join(["%s"] * len(led)), ", ".join(["%s"] * len(works))
    sql = (
        'SELECT f.code, f.number, c.family IS NOT NULL, r.entry, e.id, r.person, r.kind, r."to", r.state, r.until, '
        "r.hazard_seq FROM record_relationship r JOIN record_family f ON f.number = r.family "
        "JOIN record_entry e ON e.pk = r.entry LEFT JOIN access_closed c ON c.family = f.number "
        f"WHERE r.person IN ({people}) AND r.kind IN ({kinds}) ORDER BY f.code, r.entry"
    )
    found: dict[tuple[str, int, bool], list[Tie]] = {}
    for code, number, over, *tie in rows(sql, [*led, *works]):
        work = Tie(*tie)
        here = found.setdefault((code, number, bool(over)), [])
        if over or work.state in OPEN:
            here.append(work)
    return [
        (code, number, work, over)
        for (code, number, over), work in found.items()
        if work or not any(tie.kind in WORK and tie.state in OPEN for tie in ties(number))
    ]

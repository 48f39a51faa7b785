"""Who may change who stands where, as rules the verbs ask. The sentences stand in docs/who-may-do-what.md.

Everything is looked up at the moment of the act: no page, and no Reader made a while ago, decides.
"""

from dataclasses import dataclass

from alongside.access.roles import holders, roles_of, supervisors_of
from alongside.access.standing import reader_at
from alongside.record.readers import FRESH, KIN, OTHERS, STAFF, URGENT, Reader
from alongside.record.reading import rows
from alongside.record.statement import Refused

BY_LEADER = frozenset("coordinator allocated co-worker supervisor consult".split())
BY_WORKER = KIN | {"partner", "advocate"}
WORKS = ("worker", "coordinator", "supervisor", "leader", "intake", "duty")  # roles of those who work with families
OPEN = ("invited", "accepted", "verified", "active", "paused")
SHUT = ("excluded", "barred")


@dataclass(frozen=True, slots=True)
class Tie:
    """One row of the register, with the id of its grant. `hazard`: since when, or None; `until`: microseconds."""

    pk: int
    id: str
    person: int
    kind: str
    to: int | None
    state: str
    until: int | None
    hazard: int | None

    def open(self, at: int) -> bool:
        return self.state in OPEN and (self.until is None or self.until > at)

    def live(self, at: int) -> bool:
        return self.state == "active" and self.open(at)


def ties(family: int) -> list[Tie]:
    """Every relationship of this family, in the order they were granted: for rules, never for a page."""
    sql = (
        'SELECT r.entry, e.id, r.person, r.kind, r."to", r.state, r.until, r.hazard_seq FROM record_relationship r '
        "JOIN record_entry e ON e.pk = r.entry WHERE r.family = %s ORDER BY r.entry"
    )
    return [Tie(*row) for row in rows(sql, [family])]


def tie_of(family: int, grant: str) -> Tie:
    """The relationship this grant began. Raises Refused: not-found."""
    found = next((tie for tie in ties(family) if tie.id == grant), None)
    if found is None:
        raise Refused("not-found")
    return found


def received(by: int, family: int, once: str) -> bool:
    """Whether an act of this person with this key is in already: said twice is one act, whatever changed since."""
    prefix = f"{family}/{once}/"
    sql = "SELECT 1 FROM record_entry WHERE author = %s AND once >= %s AND once < %s LIMIT 1"
    return bool(rows(sql, [by, prefix, prefix + "\x7f"]))


def closed(family: int) -> bool:
    """Whether the work with this family has ended."""
    return bool(rows("SELECT 1 FROM access_closed WHERE family = %s", [family]))


def here(person: int, family: int, at: int) -> Reader | None:
    """The person as a worker of this family who reads by mark and may act, or None: not somebody who only reads in
    an emergency."""
    reader = reader_at(person, family, now=at, strength=FRESH)
    return reader if reader is not None and reader.by_mark and reader.works else None


def works_here(person: int) -> bool:
    """Whether this person works in the office, with families."""
    return any(role.role in WORKS for role in roles_of(person))


def units(person: int) -> set[str]:
    """The units in which this person works with families."""
    return {role.unit for role in roles_of(person) if role.role in WORKS}


def leads(by: int, person: int) -> bool:
    """Whether `by` is leader or intake of a unit in which `person` works."""
    mine = {role.unit for role in roles_of(by) if role.role in ("leader", "intake")}
    return bool(mine & units(person))


def led_by(by: int) -> list[int]:
    """Everybody who works with families in a unit of which `by` is leader or intake."""
    mine = sorted({role.unit for role in roles_of(by) if role.role in ("leader", "intake")})
    if not mine:
        return []
    marks, works = ", ".join(["%s"] * len(mine)), ", ".join(["%s"] * len(WORKS))
    sql = f"SELECT DISTINCT person FROM access_role WHERE unit IN ({marks}) AND role IN ({works}) ORDER BY person"
    return [person for (person,) in rows(sql, [*mine, *WORKS])]


def leaders_of(person: int) -> tuple[int, ...]:
    """The leaders of the units of this person, and who supervises them."""
    heads = [role.person for unit in sorted(units(person)) for role in holders("leader", unit)]
    return tuple(dict.fromkeys(one for one in (*supervisors_of(person), *heads) if one != person))


def of_their_own(tie: Tie) -> bool:
    """Whether somebody of the family gave this place at their own side: then nobody else ends or changes it (R100)."""
    if tie.kind != "advocate" or tie.to is None:
        return False
    return rows("SELECT author FROM record_entry WHERE pk = %s", [tie.pk])[0][0] == tie.to


def may_grant(*, by: int, family: int, person: int, kind: str, to: int | None, at: int) -> None:
    """Raises Refused: to-yourself, not-yours-to-grant, not-a-worker, closed, closed-to-them, both-sides,
    other-side, stands-already."""
    if by == person:
        raise Refused("to-yourself")
    if kind in BY_WORKER:
        if here(by, family, at) is None:
            raise Refused("not-yours-to-grant")
    elif kind not in BY_LEADER or not leads(by, person):
        raise Refused("not-yours-to-grant")
    fits(family=family, person=person, kind=kind, to=to, at=at)


def fits(*, family: int, person: int, kind: str, to: int | None, at: int) -> None:
    """What holds whoever grants. Raises Refused as `may_grant` does."""
    if closed(family):
        raise Refused("closed")
    if kind in BY_LEADER and not works_here(person):
        raise Refused("not-a-worker")
    theirs = [tie for tie in ties(family) if tie.person == person]
    if any(tie.state in SHUT for tie in theirs):
        raise Refused("closed-to-them")
    other = KIN if kind in STAFF else STAFF if kind in KIN else frozenset()
    if any(tie.kind in other for tie in theirs):
        raise Refused("both-sides")
    if kind in STAFF and across(family, person, to, at):
        raise Refused("other-side")
    if any((tie.kind, tie.to) == (kind, to) and tie.open(at) for tie in theirs):
        raise Refused("stands-already")


def across(family: int, person: int, to: int | None, at: int) -> bool:
    """Whether work with `to` (None: with the whole family) would put this worker on both sides of a hazard: who
    works with the one the others are protected from does not work with the others, and the other way round. A place
    that is over is none, such as one of an emergency."""
    everybody = ties(family)
    danger = {tie.person for tie in everybody if tie.hazard is not None}
    mine = [tie for tie in everybody if tie.person == person and tie.kind in STAFF and tie.open(at)]
    return any((tie.to in danger) != (to in danger) for tie in mine) if danger else False


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a relationship. `before`: from which states; `after`: the new one, '' for the same;
    `kinds`: of which; `who`: of "self", "worker", "leader", "supervisor"; `reason`: whether why must be said."""

    before: tuple[str, ...]
    after: str
    kinds: frozenset[str]
    who: tuple[str, ...]
    reason: bool = True


OF_FAMILY = KIN | OTHERS
OF_OFFICE = STAFF | {"consult", "reviewer"}
MOVES = {
    "accept": Move(("invited",), "accepted", OF_FAMILY | OF_OFFICE, ("self",), reason=False),
    "verify": Move(("accepted",), "verified", OF_FAMILY, ("worker",)),
    "begin": Move(("verified", "paused"), "active", OF_FAMILY, ("worker",), reason=False),
    "begin-again": Move(("paused",), "active", STAFF, ("leader",)),
    "pause": Move(("active",), "paused", OF_FAMILY, ("worker",)),
    "pause-work": Move(("active",), "paused", OF_OFFICE, ("leader",)),
    "end": Move(OPEN, "ended", OF_FAMILY, ("worker",)),
    "end-work": Move(OPEN, "ended", OF_OFFICE, ("leader",)),
    "until": Move(("active",), "", OF_FAMILY, ("worker",)),
    "until-work": Move(("active",), "", OF_OFFICE - set(URGENT), ("leader",)),
    "exclude": Move((*OPEN, "ended"), "excluded", OF_OFFICE, ("self", "leader", "supervisor")),
    "bar": Move((*OPEN, "ended"), "barred", OF_FAMILY, ("worker",)),
    "unbar": Move(("barred",), "ended", OF_FAMILY, ("worker",)),
}


def may_move(*, by: int, family: int, tie: Tie, act: str, at: int) -> bool:
    """Whether this person may make this change now."""
    move = MOVES[act]
    if tie.state not in move.before or tie.kind not in move.kinds or (closed(family) and act != "exclude"):
        return False
    if act not in ("bar", "unbar") and of_their_own(tie):
        return False
    if act == "until-work" and not tie.live(at):  # over: whoever works on needs a new place, which asks `fits`
        return False
    if by == tie.person:
        return "self" in move.who
    return (
        ("worker" in move.who and here(by, family, at) is not None)
        or ("leader" in move.who and leads(by, tie.person))
        or ("supervisor" in move.who and by in supervisors_of(tie.person))
    )

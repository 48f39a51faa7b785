"""Those who work here as the office sees them: name, unit, roles, and whether they can come in. No family, no number.

Who looks after whom: an administrator everybody, a leader those of their own unit.
"""

from collections.abc import Collection
from dataclasses import dataclass

from alongside.access import bounds, codes
from alongside.access.models import Account, CodeGiven
from alongside.access.provider import ties
from alongside.access.roles import ROLES, Role, roles_of
from alongside.families.person import Person
from alongside.families.queries import workers
from alongside.record.entry import Entry
from alongside.record.readers import STAFF, Reader
from alongside.record.reading import read, rows

BY_LEADER = ("worker", "coordinator", "supervisor", "intake", "duty")  # what a leader of a unit gives
CAN, INVITED, LEFT, LOCKED, CLOSED = "can", "invited", "left", "locked", "closed"
THERE = "there"  # the identity provider says no


@dataclass(frozen=True, slots=True)
class Colleague:
    """`id`: random, for addresses. `state`: can (come in), invited, locked, left, there (the identity
    provider says no), or closed (a code ran out)."""

    number: int
    id: str
    person: Person
    roles: tuple[Role, ...]
    account: Account
    state: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom somebody looks after. `unit`: their own, None for everybody."""

    person: int
    unit: str | None

    @property
    def gives(self) -> tuple[str, ...]:
        """The roles they may give."""
        return tuple(ROLES) if self.unit is None else BY_LEADER

    def covers(self, one: Person) -> bool:
        """Whether this colleague is theirs to look after."""
        return self.unit is None or one.unit == self.unit


def scope_of(person: int) -> Scope | None:
    """What this person looks after in the office; None: nothing."""
    mine = roles_of(person)
    if any(role.role == "administrator" for role in mine):
        return Scope(person, None)
    unit = next((role.unit for role in mine if role.role == "leader"), None)
    return None if unit is None else Scope(person, unit)


def colleagues(scope: Scope, *, at: int, only: Collection[int] = ()) -> list[Colleague]:
    """Those who work or worked here and have a way in, as far as they are this one's to look after, by name."""
    staff = workers()
    wanted = [number for number, one in staff.items() if scope.covers(one) and (not only or number in only)]
    found = list(Account.objects.filter(person__in=wanted, door="practice"))
    ids = dict(rows("SELECT number, id FROM record_person", []))
    shut = bounds.locked_names([one.login for one in found])
    open_codes = set(CodeGiven.objects.filter(until__gt=at).values_list("account", flat=True))
    tied = ties.refused()
    made = [
        Colleague(
            one.person, ids[one.person], staff[one.person], roles_of(one.person), one,
            _state(one, one.login in shut or bounds.locked(bounds.second(one.pk)), one.pk in open_codes,
                   tied.get(one.pk)),
        )
        for one in found
    ]  # fmt: skip
    return sorted(made, key=lambda one: (one.person.unit, one.person.name))


def _state(account: Account, locked: bool, code: bool, refused: bool | None) -> str:
    if not account.is_active:
        return LEFT
    if refused is not None and not (locked and account.has_usable_password()):
        return THERE if refused else CAN
    if not account.has_usable_password():
        return INVITED if code else CLOSED
    return LOCKED if locked else CAN


def colleague(scope: Scope, id: str, *, at: int) -> Colleague | None:
    """The colleague with this id, if they are this one's to look after."""
    found = rows("SELECT number FROM record_person WHERE id = %s", [id])
    return next(iter(colleagues(scope, at=at, only=[found[0][0]])), None) if found else None


def hand_over_first(person: int) -> bool:
    """Whether families still count on this person as one who works with them."""
    marks = ", ".join(["%s"] * len(STAFF))
    sql = f"SELECT 1 FROM record_relationship WHERE person = %s AND state = 'active' AND kind IN ({marks}) LIMIT 1"
    return bool(rows(sql, [person, *sorted(STAFF)]))


def acts_about(reader: Reader, person: int, kinds: Collection[str]) -> list[Entry]:
    """What was done to this person's way in, the newest first. `reader`: of the office's own record."""
    return [entry for entry in reversed(read(reader, kinds=kinds)) if entry.body.get("person") == person]


def code_waits(account: Account, *, at: int) -> bool:
    """Whether a code for this account can still be used."""
    return codes.waiting(account, at=at)

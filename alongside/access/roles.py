"""What somebody is in the office: worker, supervisor, leader, ... Each role is given by somebody, with a day.

Roles are entries of the office's own record (stream 0), so that they have order and as-known-then like
everything else; `access_role` is their register. A role opens no family: relationships do that.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register
from alongside.record.statement import Statement

OFFICE = 0  # the number of the office's own stream
ROLES = {
    "worker": _("social worker"),
    "coordinator": _("coordinator"),
    "supervisor": _("supervisor"),
    "leader": _("leader of the unit"),
    "intake": _("intake"),
    "duty": _("duty outside office hours"),
    "administrator": _("administrator"),
    "privacy": _("privacy officer"),
}

kind("access.appointed", _("A role in the office"), settles=False, state=True)
kind("access.stood-down", _("A role ended"), settles=False, changes_state=True, state=True)
register("access_role")


@dataclass(frozen=True, slots=True)
class Role:
    """`role`: one of ROLES. `unit`: its name, '' for the whole office. `of`: for a supervisor, whose.
    `id`: of the entry that gave it."""

    person: int
    role: str
    unit: str
    of: int | None
    id: str


def appointed(person: int, role: str, *, unit: str = "", of: int | None = None, why: str = "") -> Statement:
    """The statement that gives somebody a role. For a supervisor one for each person supervised."""
    if role not in ROLES:
        raise ValueError(role)
    body: dict[str, Any] = {"person": person, "role": role, "unit": unit}
    if of is not None:
        body["of"] = of
    if why:
        body["why"] = why
    return Statement("access.appointed", body)


def stood_down(appointment: str, *, why: str) -> Statement:
    """The statement that ends a role. `appointment`: the id of the entry that gave it."""
    return Statement("access.stood-down", {"why": why}, thing=appointment)


@fold_of("access.appointed")
def _appoint(cursor: Any, entry: Entry) -> None:
    body = entry.body
    cursor.execute(
        "INSERT INTO access_role (entry, id, person, role, unit, of_person) VALUES (%s, %s, %s, %s, %s, %s)",
        [entry.pk, entry.id, body["person"], body["role"], body["unit"], body.get("of")],
    )


@fold_of("access.stood-down")
def _stand_down(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM access_role WHERE entry = %s", [entry.thing])


def _found(where: str, values: list[Any]) -> tuple[Role, ...]:
    sql = f"SELECT person, role, unit, of_person, id FROM access_role WHERE {where} ORDER BY entry"
    return tuple(Role(*row) for row in rows(sql, values))


def roles_of(person: int) -> tuple[Role, ...]:
    """Every role this person holds today, oldest first."""
    return _found("person = %s", [person])


def holders(role: str, unit: str | None = None) -> tuple[Role, ...]:
    """Everybody who holds this role today, in one unit or in all."""
    if unit is None:
        return _found("role = %s", [role])
    return _found("role = %s AND unit = %s", [role, unit])


def units_here() -> tuple[str, ...]:
    """The names of the units in which somebody holds a role today."""
    return tuple(unit for (unit,) in rows("SELECT DISTINCT unit FROM access_role WHERE unit <> '' ORDER BY unit", []))


def holds(person: int, *names: str) -> bool:
    """Whether this person holds any of these roles today."""
    return any(role.role in names for role in roles_of(person))


def supervisors_of(person: int) -> tuple[int, ...]:
    """The person numbers of those who supervise this person today."""
    return tuple(role.person for role in _found("role = 'supervisor' AND of_person = %s", [person]))


def supervised_by(person: int) -> tuple[int, ...]:
    """The person numbers of those whom this person supervises today."""
    return tuple(role.of for role in roles_of(person) if role.role == "supervisor" and role.of is not None)

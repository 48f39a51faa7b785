"""The form that invites somebody: what is asked, what was typed, what is to be mended."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.access.accounts import LOGIN
from alongside.access.beginning import roles_in_words
from alongside.access.colleagues import Scope
from alongside.access.roles import ROLES, appointed
from alongside.families.person import Person
from alongside.record.statement import Statement

LONGEST = 120


@dataclass(frozen=True)
class Invitation:
    """What was typed. `supervised`: person numbers, of a supervisor. `wrong`: sentences by field."""

    name: str = ""
    called: str = ""
    login: str = ""
    unit: str = ""
    roles: tuple[str, ...] = ()
    supervised: tuple[int, ...] = ()
    wrong: dict[str, str] = field(default_factory=dict)

    def met(self) -> dict:
        """The body of the entry that says who this is."""
        return {"name": self.name, "called": self.called, "role": roles_in_words(self.roles), "unit": self.unit}

    def appointments(self) -> list[Statement]:
        """A role each; of a supervisor one for each person supervised. The person comes with the account."""
        made = []
        for role in self.roles:
            of = self.supervised if role == "supervisor" and self.supervised else (None,)
            unit = "" if role in ("administrator", "privacy") else self.unit
            made += [appointed(0, role, unit=unit, of=one) for one in of]
        return made


def invitation(sent: QueryDict, scope: Scope, by_id: dict[str, int]) -> Invitation:
    """The form as it was sent. `by_id`: the numbers of those who may be supervised, by their random id."""
    said = {name: " ".join(sent.get(name, "").split())[:LONGEST] for name in ("name", "called", "unit")}
    login = sent.get("login", "").strip().casefold()[:LONGEST]
    roles = tuple(role for role in ROLES if role in sent.getlist("roles") and role in scope.gives)
    supervised = tuple(by_id[one] for one in dict.fromkeys(sent.getlist("supervised")) if one in by_id)
    unit = said["unit"] if scope.unit is None else scope.unit
    called = said["called"] or said["name"].split(" ")[0]
    made = Invitation(said["name"], called, login, unit, roles, supervised)
    return Invitation(said["name"], called, login, unit, roles, supervised, _wrong(made))


def _wrong(made: Invitation) -> dict[str, str]:
    wrong = {}
    if not made.name:
        wrong["name"] = _("Write the name.")
    if not LOGIN.fullmatch(made.login):
        wrong["login"] = _("Small letters from a to z, and dots: at least three signs.")
    if not made.unit and set(made.roles) - {"administrator", "privacy"}:
        wrong["unit"] = _("Write the unit.")
    if not made.roles:
        wrong["roles"] = _("Choose at least one.")
    return wrong


def empty(scope: Scope, units: list[str]) -> Invitation:
    """A form nobody has written in. Where there is one unit only, it is that one."""
    return Invitation(unit=scope.unit or ("" if units[1:] else "".join(units)), roles=("worker",))


def choices(staff: dict[int, Person], ids: dict[int, str], scope: Scope) -> list[tuple[str, str]]:
    """Those who may be supervised, as (id, name)."""
    return [(ids[number], one.name) for number, one in staff.items() if scope.covers(one) and number in ids]

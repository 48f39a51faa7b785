"""Visits that are open: begun, made stronger, seen in the list of one's own, ended.

A visit lasts twelve hours at most. It ends by itself when nobody asked for anything: after an hour in the door
of families, whose telephone may be shared, after two in the door of the practice. What was written is kept
(sealed.py). A visit that was ended is gone at the next request.
"""

import re

from django.conf import settings
from django.db.models import Model

from alongside import ids
from alongside.access.models import Account, VisitOpen
from alongside.record import terms
from alongside.record.closing import ENDS
from alongside.record.readers import CARD, FRESH, SECOND, SIGNED_IN
from alongside.record.reading import rows

MINUTE = 60_000_000  # microseconds
LONGEST = 12 * 60 * MINUTE
IDLE = {"family": 60 * MINUTE, "practice": 120 * MINUTE}
FRESH_FOR = 15 * MINUTE
NOTED = 5 * MINUTE  # the last request is noted this often, so that reading does not write each time
ON_UNIT = frozenset({"supervisor", "leader", "intake"})  # roles for which there is the page of the unit
WAYS = {"card": CARD, "password": SIGNED_IN, "pin": SIGNED_IN, "look": SIGNED_IN, "passkey": SECOND,
        "provider": SIGNED_IN}  # fmt: skip


def device_of(agent: str) -> str:
    """phone, tablet or computer, from what the browser says of itself; nothing else of it is kept."""
    if re.search(r"iPad|Tablet", agent):
        return "tablet"
    return "phone" if re.search(r"Mobi|Android|iPhone", agent) else "computer"


def begin(
    account: Account, way: str, *, at: int, agent: str = "", proved: bool = False, strength: int = 0, ago: int = 0
) -> VisitOpen:
    """A new visit. `way`: of WAYS. `proved`: a second factor or a PIN was shown with it, `ago` microseconds ago.
    `strength`: where it is more than that of the way."""
    VisitOpen.objects.filter(began__lt=at - LONGEST).delete()
    row = VisitOpen(
        id=ids.new(), account=account, way=way, device=device_of(agent), strength=max(WAYS[way], strength),
        proved=max(1, at - ago) if proved else 0, began=at, last=at,
    )  # fmt: skip
    row.save()
    return row


def _columns(table: str, model: type[Model]) -> str:
    return ", ".join(f"{table}.{field.column}" for field in model._meta.concrete_fields)


ROLES = ", ".join(f"'{role}'" for role in sorted(ON_UNIT))
FIND = f"""
SELECT EXISTS (SELECT 1 FROM access_role r WHERE r.person = a.person AND r.role IN ({ROLES})),
       {terms.GUARDED % {"person": "a.person"}}, {ENDS}, {_columns("v", VisitOpen)}, {_columns("a", Account)}
  FROM access_visit v JOIN access_account a ON a.id = v.account_id
 WHERE v.id = %s AND a.is_active
"""


def _made(model: type[Model], values: tuple) -> Model:
    """A row of this table as Django would have made it."""
    fields = model._meta.concrete_fields
    return model.from_db(
        None, [field.attname for field in fields], [f.to_python(v) for f, v in zip(fields, values, strict=True)]
    )


def find(id: str, *, at: int) -> VisitOpen | None:
    """The open visit with this id, of an account that is open; None when it is over. One fixed statement, because
    every page begins with it. `on_unit`: whether its person has the page of the unit, to which every page of the
    practice shows the way. `guarded`: whether there are words that must not reach them (leaving.py). `ends`: when the
    office stops, 0 where it does not."""
    found = rows(FIND, [id])
    if not found:
        return None
    (on_unit, guarded, ends, *values), own = found[0], len(VisitOpen._meta.concrete_fields)
    row = _made(VisitOpen, values[:own])
    row.account, row.on_unit, row.guarded = _made(Account, values[own:]), bool(on_unit), bool(guarded)
    row.ends = ends or 0
    if over(row, at):
        return None
    if at - row.last > NOTED:
        VisitOpen.objects.filter(pk=id).update(last=at)
    return row


def over(row: VisitOpen, at: int) -> bool:
    """Whether a visit has run out at this moment."""
    return at - row.began > LONGEST or at - row.last > IDLE[row.account.door] or 0 < row.until <= at


def strength(row: VisitOpen, at: int) -> int:
    """How strong a visit is at this moment: fresh for a quarter of an hour from a second factor or a PIN.

    In the demo nobody is real, and every visit opens everything.
    """
    if settings.DEMO or (row.proved and 0 <= at - row.proved < FRESH_FOR):
        return FRESH
    return row.strength


def prove(row: VisitOpen, *, at: int) -> None:
    """A second factor or a PIN was shown: from now on fresh, and afterwards never less than that way in."""
    least = SECOND if row.account.door == "practice" else SIGNED_IN
    VisitOpen.objects.filter(pk=row.pk).update(strength=max(row.strength, least), proved=at)


def unprove(id: str) -> None:
    """Not fresh any more: the telephone is in other hands. The next proof opens what is for the visitor by name."""
    VisitOpen.objects.filter(pk=id).update(proved=0)


def own(account: Account, *, at: int) -> list[VisitOpen]:
    """The visits of this account that are open, the newest first."""
    rows = VisitOpen.objects.select_related("account").filter(account=account).order_by("-began", "id")
    return [row for row in rows if not over(row, at)]


def end(account: Account, id: str) -> bool:
    """End one visit of this account, at once. False when it is not there."""
    return VisitOpen.objects.filter(account=account, pk=id).delete()[0] > 0


def end_all(account: Account, *, but: str = "") -> None:
    """End every visit of this account, but one."""
    VisitOpen.objects.filter(account=account).exclude(pk=but).delete()

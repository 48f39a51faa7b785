"""Relationships are granted, accepted, ended; a hazard is put on. Each is an entry; the table is a register.

The statements and their folds. Who may say which, and to whom it is open, stands in relationship.py, hazards.py,
absence.py and ending.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.record.entry import SEQ_BITS, Entry
from alongside.record.kinds import kind
from alongside.record.registers import fold_of, register
from alongside.record.statement import Earlier, Statement

kind("access.granted", _("Who belongs here"), settles=False, state=True)
kind(
    "access.changed", _("A relationship changed"), settles=False, changes_state=True, state=True,
    goes_on=lambda body: body.get("state") == "barred",
)  # fmt: skip
kind("access.hazard-on", _("Protection is on"), settles=False, state=True, goes_on=True)
kind("access.hazard-confirmed", _("Protection confirmed"), settles=False, changes_state=True, state=True, goes_on=True)
kind("access.hazard-reviewed", _("Protection looked at again"), settles=False, changes_state=True, state=True)
kind("access.hazard-lift-asked", _("Asked to end the protection"), settles=False, changes_state=True, state=True)
kind("access.hazard-lifted", _("Protection has ended"), settles=False, changes_state=True, state=True)
kind("access.why", _("Why a relationship changed"), settles=False, state=True)
kind("access.who-may-see-talk", _("Who may see what"))
kind("access.opened-urgently", _("Opened in an emergency"), settles=False, goes_on=True)
kind("access.age-step", _("An age step"), settles=False)
kind("access.near-miss", _("A near miss"))
kind("access.sealed-reviewed", _("Sealed things looked at again"))

register("access_hazard")

SEQ = (1 << SEQ_BITS) - 1


def granted(
    person: int, kind: str, *, to: int | None = None, why: str = "", state: str = "active", until: int | None = None
) -> Statement:
    """The statement that gives `person` a relationship of this kind to the family. `until`: microseconds."""
    body: dict[str, Any] = {"person": person, "kind": kind, "state": state}
    if to is not None:
        body["to"] = to
    if why:
        body["why"] = why
    if until is not None:
        body["until"] = str(until)
    return Statement("access.granted", body)


def changed(grant: str | Earlier, state: str, *, why: str, until: int | None = None) -> Statement:
    """The statement that moves a relationship on: accepted, verified, active, paused, ended, excluded, barred."""
    body: dict[str, Any] = {"state": state, "why": why}
    if until is not None:
        body["until"] = str(until)
    return Statement("access.changed", body, thing=grant)


@fold_of("access.granted")
def _grant(cursor: Any, entry: Entry) -> None:
    """A hazard that is on holds for what is granted later too."""
    body, until = entry.body, entry.body.get("until")
    cursor.execute(
        'INSERT INTO record_relationship (entry, family, person, kind, "to", state, until, hazard_seq) '
        "VALUES (%s, %s, %s, %s, %s, %s, %s, "
        "(SELECT MIN(seq) FROM access_hazard WHERE family = %s AND person = %s))",
        [entry.pk, entry.family, body["person"], body["kind"], body.get("to"), body["state"],
         int(until) if until else None, entry.family, body["person"]],
    )  # fmt: skip


@fold_of("access.changed")
def _change(cursor: Any, entry: Entry) -> None:
    state, until = entry.body["state"], entry.body.get("until")
    left = entry.pk & SEQ if state in ("paused", "ended") else None
    cursor.execute(
        "UPDATE record_relationship SET state = %s, ended_seq = %s, until = COALESCE(%s, until) WHERE entry = %s",
        [state, left, int(until) if until else None, entry.thing],
    )


@fold_of("access.hazard-on")
def _hazard(cursor: Any, entry: Entry) -> None:
    cursor.execute(
        "INSERT INTO access_hazard (entry, family, person, seq) VALUES (%s, %s, %s, %s)",
        [entry.pk, entry.family, entry.body["person"], entry.pk & SEQ],
    )
    _since(cursor, entry.family, entry.body["person"])


@fold_of("access.hazard-lifted")
def _lift(cursor: Any, entry: Entry) -> None:
    cursor.execute("DELETE FROM access_hazard WHERE entry = %s RETURNING person", [entry.thing])
    for (person,) in cursor.fetchall():
        _since(cursor, entry.family, person)


def _since(cursor: Any, family: int, person: int) -> None:
    """The first hazard that is on counts, in every relationship."""
    cursor.execute(
        "UPDATE record_relationship SET hazard_seq = "
        "(SELECT MIN(h.seq) FROM access_hazard h WHERE h.family = %s AND h.person = %s) "
        "WHERE family = %s AND person = %s",
        [family, person, family, person],
    )

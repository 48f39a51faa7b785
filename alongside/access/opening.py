"""Opening a family: whom it is about, who works with them, and why. Whoever opens it gets no reading by that."""

import hashlib

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from alongside.access.grants import granted
from alongside.access.roles import OFFICE, holders, holds, supervisors_of
from alongside.families.meeting import first_name
from alongside.families.telling import line
from alongside.record.appending import append, open_family, person
from alongside.record.kinds import kind
from alongside.record.reading import rows
from alongside.record.statement import Refused, Statement

kind("access.opened", _("Opened"), settles=False, state=True)

MAY_OPEN = ("leader", "intake")
MAY_WORK = ("worker", "coordinator")


def may_open(by: int) -> bool:
    """Whether this person opens families in the office today."""
    return holds(by, *MAY_OPEN)


def may_be_given(by: int) -> dict[int, str]:
    """Who may be given a family by this person, and in which unit: {person: unit}. Nobody gives to themselves."""
    found = {role.person: role.unit for name in MAY_WORK for role in holders(name)}
    return {number: unit for number, unit in found.items() if number != by}


def opened(
    *, by: int, name: str, why: str, worker: int, lang: str, same: int | None = None, at: int, once: str
) -> None:
    """A new family about one person, given to a worker and to those who supervise that worker.

    `same`: somebody met in another family already. Sent twice it is one family. Raises Refused: not-yours,
    no-name, no-reason, no-worker, line-too-long, other-words.
    """
    if not may_open(by):
        raise Refused("not-yours")
    name, why = line(name, needed="no-name"), line(why, needed="no-reason")
    if worker not in may_be_given(by):
        raise Refused("no-worker")
    key = f"{once}-{hashlib.sha256(repr((name, why, worker, same)).encode()).hexdigest()[:16]}"
    with transaction.atomic(), connection.cursor() as cursor:
        # one at a time: the office's own record is the lock, for the family has none yet
        cursor.execute("UPDATE record_family SET last_at = last_at WHERE number = %s", [OFFICE])
        if _opened_before(by, once, key):
            return
        family, _code = open_family()
        number = same if same is not None else person()
        append(_act(by, number, name, why, worker, lang), family=family, by=by, once=key, at=at)


def _opened_before(by: int, once: str, key: str) -> bool:
    """Whether this form opened a family already; Refused (other-words) where it said something else."""
    found = rows("SELECT once FROM record_entry WHERE author = %s AND once LIKE %s", [by, f"%/{once}-%"])
    if found and f"/{key}/" not in found[0][0]:
        raise Refused("other-words")
    return bool(found)


def _act(by: int, number: int, name: str, why: str, worker: int, lang: str) -> list[Statement]:
    """Everything that opening says, in one act. Nobody is granted anything by themselves."""
    met = {"person": number, "name": name, "called": first_name(name), "group": "family"}
    said = [
        Statement("access.opened", {"words": [{"lang": lang, "text": why}]}),
        Statement("families.met", met),
        granted(worker, "allocated", why=why),
    ]
    return said + [granted(one, "supervisor") for one in supervisors_of(worker) if one not in (by, worker)]

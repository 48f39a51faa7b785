"""That something was taken along is said in the office's own record: what, by whom, and why.

Body of `export.made`: {what: "everything", "closing", "family" or "archive", holders: [person], why}; for a family
`family` (its code), `reader` (for whose eyes) and how many `statements`; for an archive `family` and `to` (which
archive).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.access.models import Account
from alongside.access.roles import OFFICE, holds
from alongside.record.appending import append
from alongside.record.kinds import kind
from alongside.record.statement import Refused, Statement

kind("export.made", _("A copy was taken along"), settles=False, goes_on=True)
LEADS = ("leader",)
BESIDE = ("leader", "administrator", "privacy")


@dataclass(frozen=True, slots=True)
class Holders:
    """The two who answer for it, as person numbers; `first` leads."""

    first: int
    second: int


def person_of(login: str) -> int:
    """The person behind a name to sign in with. Raises Refused: nobody."""
    found = Account.objects.filter(login=login.casefold(), is_active=True).first()
    if found is None:
        raise Refused("nobody", login=login)
    return found.person


def holders(first: str, second: str) -> Holders:
    """Two people who answer for taking everything along, by their names to sign in with.

    Raises Refused: nobody; the-same (one person is not two); not-a-leader; not-beside (the second leads, administers
    or looks after privacy).
    """
    one, other = person_of(first), person_of(second)
    if one == other:
        raise Refused("the-same")
    if not holds(one, *LEADS):
        raise Refused("not-a-leader", login=first)
    if not holds(other, *BESIDE):
        raise Refused("not-beside", login=second)
    return Holders(one, other)


def everything_taken(by: Holders, *, why: str, at: int, once: str) -> None:
    """Say that everything was taken along; the leader says it, the other is named. Raises Refused: no-words."""
    _say(by.first, [by.first, by.second], {"what": "everything"}, why, at, once)


def closing_taken(by: Holders, *, why: str, at: int, once: str) -> None:
    """Say that everything was taken along because the office has stopped. Raises Refused: no-words."""
    _say(by.first, [by.first, by.second], {"what": "closing"}, why, at, once)


def family_taken(*, reader: int, code: str, why: str, statements: int, at: int, once: str) -> None:
    """Say that what this person may read of a family was taken along. Raises Refused: no-words."""
    body = {"what": "family", "family": code, "reader": reader, "statements": statements}
    _say(reader, [reader], body, why, at, once)


def archive_taken(by: Holders, *, code: str, to: str, why: str, at: int, once: str) -> None:
    """Say that everything of a family was taken along for an archive. Raises Refused: no-words."""
    _say(by.first, [by.first, by.second], {"what": "archive", "family": code, "to": to}, why, at, once)


def _say(by: int, two: Sequence[int], body: dict, why: str, at: int, once: str) -> None:
    if not why.strip():
        raise Refused("no-words")
    said = {**body, "holders": list(two), "why": " ".join(why.split())}
    append([Statement("export.made", said)], family=OFFICE, by=by, once=once, at=at)

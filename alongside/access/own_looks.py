"""Ways of looking at a story that somebody gave a name. They belong to that person's account alone: no record,
and nobody else reads them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from alongside.access.leaving import keeps_unsent
from alongside.access.models import Account
from alongside.record.statement import Refused

MOST = 12  # of one person in one family
LONGEST = 60  # characters of a name


@dataclass(frozen=True, slots=True)
class OwnLook:
    """`chosen`: the fields of the filter; `id`: the key of the form that kept it."""

    id: str
    called: str
    chosen: Mapping[str, str]


def of(account: Account, family: str) -> list[OwnLook]:
    """This person's own looks at the family with this code, in the order they were kept."""
    return [OwnLook(**one) for one in _held(account).get(family, ())]


def keep(*, account: Account, family: str, called: str, chosen: Mapping[str, str], once: str) -> None:
    """Keep a look under a name; the same key again changes nothing.

    Raises Refused: no-words (no name), nothing-chosen, too-many.
    """
    called = " ".join(called.replace("\0", " ").split())[:LONGEST]
    if not called:
        raise Refused("no-words")
    if not chosen:
        raise Refused("nothing-chosen")
    with transaction.atomic():
        held = _held(Account.objects.get(pk=account.pk))
        mine = held.setdefault(family, [])
        if any(one["id"] == once for one in mine):
            return
        if len(mine) >= MOST:
            raise Refused("too-many")
        mine.append({"id": once, "called": called, "chosen": dict(chosen)})
        _write(account, held)


def throw(*, account: Account, family: str, id: str) -> bool:
    """Take one's own look away; False when there is none."""
    with transaction.atomic():
        held = _held(Account.objects.get(pk=account.pk))
        left = [one for one in held.get(family, ()) if one["id"] != id]
        if len(left) == len(held.get(family, ())):
            return False
        held[family] = left
        _write(account, held)
        return True


def _held(account: Account) -> dict[str, list[dict]]:
    return json.loads(account.looks or "{}")


@keeps_unsent
def _called(person: int) -> list[str]:
    held = (_held(one) for one in Account.objects.filter(person=person))
    return [one["called"] for looks in held for some in looks.values() for one in some]


def _write(account: Account, held: dict[str, list[dict]]) -> None:
    account.looks = json.dumps({family: some for family, some in held.items() if some})
    Account.objects.filter(pk=account.pk).update(looks=account.looks)

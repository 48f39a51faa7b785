"""The town: an office with its workers, families and what was said in them so far, in a folder that is thrown away."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from django.db import connection, transaction

from alongside import clock, ids
from alongside.access.models import Account
from alongside.access.sessions import SessionStore
from alongside.access.visit import stand_in
from alongside.record.appending import append, open_family
from alongside.record.readers import FRESH
from alongside.record.statement import Statement
from alongside.site.bench.filling import write
from alongside.site.bench.invented import House
from alongside.site.bench.store import Told

FIRST = 2  # the number of the first worker
EACH = 60  # entries in a family before the day begins
BATCH = 10  # families in one transaction


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with an open visit. `door`: practice or family. `cookie`: of the session. `codes`: their families."""

    person: int
    door: str
    cookie: str
    codes: tuple[str, ...]


def settle(
    workers: int, kin: int, families: int, seed: int, told: Callable[[int, int], None]
) -> list[Visitor]:  # fmt: skip
    """Write the town into the empty record that is open, and sign everybody in: `workers` and the mothers of the first
    `kin` families. Each family has two workers."""
    dice = Random(f"monday {seed}")
    staff = range(FIRST, FIRST + workers)
    with ids.seeded(f"monday/{seed}"), transaction.atomic():
        open_family(0)
        for person in staff:
            body = {"person": person, "name": f"Worker {person}", "called": f"W{person}", "group": "staff"}
            append([Statement("families.met", body)], family=0, by=person, once=f"met/{person}", at=person)
    homes: list[Told] = []
    for start in range(0, families, BATCH):
        with transaction.atomic():
            for which in range(start, min(start + BATCH, families)):
                homes.append(_family(which, staff, seed, dice))
        told(len(homes), families)
    return [
        *(_visitor(one, "practice", [home for home in homes if one in (home.house.worker, home.house.second)])
          for one in staff),
        *(_visitor(home.house.mother, "family", [home]) for home in homes[:kin]),
    ]  # fmt: skip


def _family(which: int, staff: range, seed: int, dice: Random) -> Told:
    first = staff.stop + 3 * which
    house = House(staff[2 * which % len(staff)], staff[(2 * which + 1) % len(staff)], first, first + 1, first + 2)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO record_person (number, id) VALUES (%s, %s)",
            [(person, f"{dice.getrandbits(128):032x}") for person in house.kin],
        )
    return write(which + 1, house, EACH, seed, which)


def _visitor(person: int, door: str, homes: list[Told]) -> Visitor:
    """With an account and an open visit, as if they had just proved who they are."""
    account = Account.objects.create(person=person, login=f"p{person}", password="!", door=door, language="en")
    session = SessionStore()
    stand_in(session, account, FRESH)
    session.save()
    return Visitor(person, door, session.session_key, tuple(home.code for home in homes))


def heard(since: int, word: str) -> set[str]:
    """The numbers after `word` in whatever the record and its waiting room hold since then (microseconds): what was
    acknowledged in the course of the day must be among them."""
    asked = (
        "SELECT body FROM record_entry WHERE recorded_at >= %s",
        "SELECT act FROM record_pending WHERE saved_at >= %s",
    )
    texts = [text for sql in asked for (text,) in connection.rows(sql, [since])]
    return {number for text in texts for number in re.findall(rf"{word} (\d+)", text)}


def now() -> int:
    """This moment, in microseconds."""
    return clock.micros(clock.now())

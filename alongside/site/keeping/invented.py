"""An invented record of any size, to see how long keeping it takes: said through `append`, so that it vouches."""

from collections.abc import Callable
from random import Random

from django.conf import settings
from django.db import connection, transaction

from alongside import clock, ids
from alongside.record.appending import append, open_family
from alongside.record.statement import Statement
from alongside.site import stores

LONG = 50_000  # characters in a passage: long, so that a large record takes minutes to make and not hours
EACH = 40  # passages in a family, one transaction
WORDS = "kitchen morning soup bus school grandmother evening dog garden letter window tea coat bread lamp".split()
# As many different words as a text of that length has: 1,680.
SAID = [one + two + end for one in WORDS for two in ("", *WORDS) for end in ("", "s", "er", "en", "ene", "et", "ing")]


def fill(size: int, told: Callable[[int, int], None]) -> int:
    """Say so much that the file holds at least `size` bytes. Returns how many statements it took."""
    dice, number, at = Random("invented"), 0, clock.micros(clock.now())
    place = settings.DATA / stores.FILE
    with ids.seeded("invented/office"):
        open_family(0)
    while (held := place.stat().st_size) < size:
        told(min(held, size - 1), size)
        number += 1
        with ids.seeded(f"invented/{number}"), transaction.atomic():
            open_family(number)
            for passage in range(EACH):
                text = " ".join(dice.choices(SAID, k=LONG // 13))
                said = Statement("dialogue.passage", {"words": [{"lang": "en", "text": text}]})
                append([said], family=number, by=2, once=f"invented/{number}/{passage}", at=at)
        connection.ensure_connection()
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    told(size, size)
    return number * EACH

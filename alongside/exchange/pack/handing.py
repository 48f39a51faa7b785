"""Handing over: what is given is kept as it was on that day, and the entry says to whom and when.

The parts are made whole or not at all. They hold copies of words, so that they can be seen again as they were; what is
erased by law is erased there too (erasing.py).
"""

import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from alongside.access.leaving import cleared
from alongside.access.policy import received
from alongside.access.standing import office_day
from alongside.exchange.pack import collecting
from alongside.exchange.pack.asked import GIVEN, Asked, prepares
from alongside.exchange.pack.collecting import gathered
from alongside.exchange.pack.deciding import chosen
from alongside.exchange.pack.models import Part
from alongside.exchange.pack.story import Line, Story
from alongside.families.queries import workers
from alongside.record.appending import append
from alongside.record.canonical import canonical
from alongside.record.readers import FRESH, Reader
from alongside.record.reading import read, rows
from alongside.record.statement import Receipt, Refused, Statement
from alongside.record.terms import kept_from


def undecided(by: Reader, asked: Asked, now: int) -> list[Any]:
    """What this worker reads about the person and nobody has decided on, in the order of the record."""
    theirs = collecting.own(asked, collecting.asker(asked, now))
    decided = chosen(asked)
    return [entry for entry in collecting.to_decide(asked, by, theirs) if entry.id not in decided]


def made(asked: Asked, now: int) -> list[list[Line]]:
    """All parts as they would be handed over now, in the language of the one who asked: [0] who is in it."""
    clear: Callable[[str], str] = partial(cleared, to=asked.person, now=now)
    if not kept_from(asked.person, now=now):
        clear = str
    with translation.override(asked.lang):
        story = Story(
            gathered(asked, now), me=asked.person, lang=asked.lang, today=office_day(now), zone=settings.OFFICE_ZONE,
            workers=workers(), clear=clear,
        )  # fmt: skip
        return [_fenced(part, clear) for part in story.parts()]


def _fenced(part: list[Line], clear: Callable[[str], str]) -> list[Line]:
    """A sealed word that stands across two texts of a line is found here: then the line says nothing."""
    found = []
    for line in part:
        texts = "\n".join(text for one in line.values() for text in (one if isinstance(one, list) else [one])
                          if isinstance(text, str))  # fmt: skip
        found.append(line if clear(texts) == texts else _nothing(line))
    return found


def _nothing(line: Line) -> Line:
    return {key: [] if isinstance(value, list) else value if key in ("id", "as", "month", "basis", "quoted") else ""
            for key, value in line.items()}  # fmt: skip


def hand_over(*, by: Reader, asked: Asked, at: int, once: str) -> list[Receipt]:
    """Make all parts and say that they were given; when this returns the one who asked can read them.

    Raises Refused: not-yours, too-weak, given-already, undecided.
    """
    if not prepares(by) or asked.family != by.family:
        raise Refused("not-yours")
    if by.strength < FRESH:
        raise Refused("too-weak")
    if received(by.person, by.family, once):
        return []
    with transaction.atomic():
        if not asked.open:
            raise Refused("given-already")
        if undecided(by, asked, at):
            raise Refused("undecided")
        bodies = [canonical(part).decode() for part in made(asked, at)]
        Part.objects.filter(asked=asked.id).delete()
        Part.objects.bulk_create(
            Part(asked=asked.id, family=asked.family, number=number, body=body) for number, body in enumerate(bodies)
        )
        body = {"to": asked.person, "on": office_day(at).isoformat(), "hash": digest(bodies)}
        said = Statement(
            GIVEN, body, thing=asked.id, about=(asked.about,), readers=((asked.person, "addressed"),)
        )  # fmt: skip
        return append([said], family=by.family, by=by.person, once=once, at=at)


def digest(bodies: list[str]) -> str:
    """One number for all that was given, so that it can be told whether it is still as it was."""
    return hashlib.sha256("\n".join(bodies).encode()).hexdigest()


def given(asked: Asked) -> list[list[Line]]:
    """What was handed over, as it was; [] where nothing was. Ask first who may see it."""
    sql = "SELECT body FROM pack_part WHERE asked = %s ORDER BY number"
    return [json.loads(body) for (body,) in rows(sql, [asked.id])]


def given_part(asked: Asked, number: int) -> tuple[list[Line], int]:
    """One part as it was, and the number of the last one; ([], -1) where there is none."""
    found = rows("SELECT body FROM pack_part WHERE asked = %s AND number = %s", [asked.id, number])
    last = rows("SELECT MAX(number) FROM pack_part WHERE asked = %s", [asked.id])
    return (json.loads(found[0][0]), last[0][0]) if found else ([], -1)


def for_worker(parts: list[list[Line]], by: Reader) -> list[list[Line]]:
    """The same as somebody who works here may see it: of statements, only those they read themselves."""
    may = {entry.id for entry in read(by)}
    return [part if number == 0 else [one for one in part if one["id"] in may] for number, part in enumerate(parts)]


def unchanged(asked: Asked) -> bool:
    """Whether what is kept is still what was handed over; it is not where words were erased by law since."""
    bodies = [body for (body,) in rows("SELECT body FROM pack_part WHERE asked = %s ORDER BY number", [asked.id])]
    said = rows("SELECT body FROM record_entry WHERE thing = %s AND kind = %s", [asked.place, GIVEN])
    return bool(said) and json.loads(said[0][0])["hash"] == digest(bodies)

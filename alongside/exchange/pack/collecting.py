"""What goes in: what the one who asked may read anyway, and what was decided to give.

Three kinds of statement, and no fourth: there; kept back by a decision, with its gap shown where that is safe; silent.
Silent is what never was anybody's words (who is named where, decisions on this very request), what is sealed for
others, what a child told a helper alone when a parent asks, and what hazard acts say. For none of these is there a
trace, and nobody is asked to decide on them.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.access.standing import reader_at
from alongside.dialogue.woven import never_shown
from alongside.exchange.pack.asked import Asked, mine
from alongside.exchange.pack.deciding import Choice, chosen, marks_now, shows
from alongside.record.entry import Entry, first_pk, from_row, last_pk
from alongside.record.erased import ERASED
from alongside.record.gate import FIELDS
from alongside.record.readers import FRESH, Reader
from alongside.record.reading import read, rows

SILENT = ("record.", "pack.", "access.")  # beginnings of kinds nobody is asked to decide on
SOME = 400  # ids in one statement
NAMES = frozenset("person who there to of a b each holders owner".split())  # fields of a body that name persons


@dataclass(frozen=True, slots=True)
class Gathered:
    """`own`: everything the one who asked may read; `story`: what is given, in the order of the record; `cut`: words
    to leave out, by id; `gaps`: (statement, ground, who decided) where it shows that something is kept back."""

    own: tuple[Entry, ...]
    story: tuple[Entry, ...]
    cut: Mapping[str, tuple[str, ...]]
    gaps: tuple[tuple[Entry, str, int], ...]


def asker(asked: Asked, now: int) -> Reader | None:
    """The one who asked, as they read today in their strongest visit; None where everything is closed to them."""
    return reader_at(asked.person, asked.family, now=now, strength=FRESH)


def concerns(entry: Entry, person: int) -> bool:
    """Whether a statement is about this person, by them, in their words, or names them."""
    return (
        person in entry.about or person in (entry.author, entry.speaker) or person in entry.via
        or _names(entry.body, person)
    )  # fmt: skip


def _names(body: Mapping[str, Any], person: int) -> bool:
    for key, value in body.items():
        if key in NAMES and (value == person or isinstance(value, list) and person in value):
            return True
    return False


def own(asked: Asked, reader: Reader | None) -> list[Entry]:
    """Everything the one who asked may read in this family."""
    return read(reader) if reader is not None else []


@dataclass(frozen=True, slots=True)
class Before:
    """What the same person was handed before about the same person: that stays theirs, whatever came since. `given`:
    what was given by decision; `gaps`: the statements where they were told that something is left out."""

    given: Mapping[str, Choice]
    gaps: frozenset[str]


def before(asked: Asked) -> Before:
    """What was handed over earlier, so that nothing of it is missing in what comes later: a story that shrinks would
    be the loudest trace of all."""
    given: dict[str, Choice] = {}
    gaps: set[str] = set()
    for one in reversed(mine(asked.person, asked.family)):
        if one.state == "given" and one.about == asked.about and one.place < asked.place:
            given |= {id: choice for id, choice in chosen(one).items() if choice.give}
            found = rows("SELECT body FROM pack_part WHERE asked = %s AND number > 0", [one.id])
            gaps |= {line["id"] for (body,) in found for line in json.loads(body) if line["as"] == "gap"}
    return Before(given, frozenset(gaps))


def to_decide(asked: Asked, worker: Reader, theirs: Iterable[Entry]) -> list[Entry]:
    """What this worker reads about the person that is not `theirs` already, in the order of the record."""
    had, held, given = {entry.pk for entry in theirs}, marks_now(asked.family), before(asked).given
    found = (entry for entry in read(worker) if entry.pk not in had and entry.id not in given)
    return [entry for entry in found if concerns(entry, asked.about) and _offered(asked, entry, held)]


def _offered(asked: Asked, entry: Entry, held: Mapping[int, str]) -> bool:
    if never_shown(entry) or entry.kind.startswith(SILENT) or entry.kind == ERASED:
        return False
    mark = held.get(entry.pk, entry.mark)
    return mark != "sealed" and (mark != "persons" or asked.about == asked.person)


def gathered(asked: Asked, now: int) -> Gathered:
    """What is handed over, whoever looks at it."""
    reader = asker(asked, now)
    had = own(asked, reader)
    earlier, held = before(asked), marks_now(asked.family)
    choices = {**chosen(asked), **earlier.given}
    places = {entry.pk for entry in had}
    decided = [entry for entry in _by_id(asked.family, choices) if entry.pk not in places]
    decided = [entry for entry in decided if entry.id in earlier.given or _offered(asked, entry, held)]
    given = [entry for entry in decided if choices[entry.id].give]
    mine = [entry for entry in had if asked.about == asked.person or _told_of(entry, asked.about)]
    story = sorted([*mine, *given, *_taken_back(given)], key=lambda entry: entry.pk)
    cut = {entry.id: choices[entry.id].without for entry in given if choices[entry.id].without}
    gaps = tuple(
        (entry, choices[entry.id].ground, choices[entry.id].by) for entry in decided
        if not choices[entry.id].give
        and (entry.id in earlier.gaps or shows(reader, choices[entry.id], held.get(entry.pk, entry.mark)))
    )  # fmt: skip
    return Gathered(tuple(had), tuple(story), cut, gaps)


def _told_of(entry: Entry, child: int) -> bool:
    """For a parent who asks for a child: what is about that child."""
    return concerns(entry, child) or entry.kind == "record.taken-back"


def _by_id(family: int, ids: Mapping[str, Choice]) -> list[Entry]:
    """The statements decisions were made about: each was read by whoever decided."""
    listed, found = list(ids), []
    for start in range(0, len(listed), SOME):
        some = listed[start : start + SOME]
        marks = ", ".join(["%s"] * len(some))
        found += rows(f"SELECT {FIELDS} FROM record_entry e WHERE e.id IN ({marks}) ORDER BY e.pk", some)
    return [entry for entry in map(from_row, found) if entry.family == family]


def _taken_back(given: Collection[Entry]) -> list[Entry]:
    """Acts that took something of it back."""
    if not given:
        return []
    sql = f"SELECT {FIELDS} FROM record_entry e WHERE e.kind = 'record.taken-back' AND e.pk BETWEEN %s AND %s"
    family, places = given[0].family, {entry.pk for entry in given}
    found = (from_row(row) for row in rows(sql, [first_pk(family), last_pk(family)]))
    return [entry for entry in found if entry.answers in places]

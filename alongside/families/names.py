"""Search before create: is somebody known already among the people of the helper's own families?

The register holds the words of names that are for the team or for professionals; names for a few write no row.
It only says where to look. What is found is read through the gate, so it is what the reader may read and no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from alongside import words
from alongside.families.person import WHO, Person, people
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.reading import read, rows
from alongside.record.registers import fold_of, register

BEGINS = 2  # letters by which the register is looked through
PART = 3  # letters with which a word may begin another one
LONG = 5  # letters from which one may be wrong
register("families_name")


def alike(one: str, other: str) -> bool:
    """Whether two names may be one person's: every word of the shorter name has its fellow in the longer one.

    "Mia" and "Mia Hansen", "moh" and "Mohammed", "Mohamed" and "Mohammed"; not "Mia Hansen" and "Mia Aas". The
    order of words is free. Alike is mutual: it asks once too often rather than once too seldom.
    """
    first, second = words.fold(one).split(), words.fold(other).split()
    if not first or not second:
        return False
    short, long = sorted((first, second), key=lambda name: (len(name), name))
    if len(short) == len(long):
        return _each(short, long) and _each(long, short)
    return _each(short, long)


def _each(short: Sequence[str], long: Sequence[str]) -> bool:
    return all(any(_fellows(a, b) for b in long) for a in short)


def _fellows(a: str, b: str) -> bool:
    """The same word, one the beginning of the other, or long and one letter apart."""
    a, b = sorted((a, b), key=lambda word: (len(word), word))
    return a == b or (len(a) >= PART and b.startswith(a)) or (len(a) >= LONG and _one_apart(a, b))


def _one_apart(a: str, b: str) -> bool:
    """Whether one letter changed, added or left out makes one of the other; `a` is not the longer one."""
    if len(b) - len(a) > 1:
        return False
    place = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[place + (len(a) == len(b)) :] == b[place + 1 :]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of one of the reader's own families, as this reader may know them there."""

    person: Person
    reader: Reader


def look(name: str, readers: Sequence[Reader]) -> list[Known]:
    """Everybody of these families whose name is alike, in the order of the families. `readers`: the same person
    as a reader of each family where they stand."""
    found: list[Known] = []
    for reader in readers:
        numbers = _begin_alike(name, reader.family)
        if not numbers:
            continue
        known = people(read(reader, kinds=WHO), {}).persons
        found += [Known(known[n], reader) for n in sorted(numbers & known.keys()) if alike(name, known[n].name)]
    return found


def _begin_alike(name: str, family: int) -> set[int]:
    """Where to look: people of this family with a word in a name that begins as one of these does."""
    begins = sorted({word[:BEGINS] for word in words.fold(name).split()})[:20]
    if not begins:
        return set()
    marks = ", ".join(["%s"] * len(begins))
    sql = f"SELECT person FROM families_name WHERE family = %s AND begins IN ({marks})"
    return {person for (person,) in rows(sql, [family, *begins])}


def _rows(entry: Entry, names: Iterable[str]) -> list[tuple[Any, ...]]:
    begins = {word[:BEGINS] for name in names for word in words.fold(name).split()}
    return [(entry.pk, entry.family, entry.body["person"], one) for one in sorted(begins)]


@fold_of("families.met", "families.name")
def _keep(cursor: Any, entry: Entry) -> None:
    if entry.family == 0 or entry.mark not in ("team", "professionals") or "name" not in entry.body:
        return
    cursor.executemany(
        "INSERT INTO families_name (entry, family, person, begins) VALUES (%s, %s, %s, %s)",
        _rows(entry, (entry.body["name"], entry.body["called"])),
    )


@fold_of("record.remarked")
def _narrowed(cursor: Any, entry: Entry) -> None:
    """A name that is for a few from now on is not found by searching any more."""
    if entry.body["mark"] in ("persons", "sealed"):
        cursor.execute("DELETE FROM families_name WHERE entry = %s", [entry.answers])

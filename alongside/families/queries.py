"""Reads about people."""

import json
from collections.abc import Collection
from functools import lru_cache

from alongside.families.person import Person
from alongside.record.reading import rows


def workers() -> dict[int, Person]:
    """Everybody who works here, by number, from the office's record: {number: Person}."""
    found = rows("SELECT person, name, called, role, unit FROM families_worker", [])
    return {row[0]: _worker(*row) for row in found}


@lru_cache(maxsize=4096)
def _worker(number: int, name: str, called: str, role: str, unit: str) -> Person:
    """Somebody who works here, as the row says: the same on every page until the row changes."""
    return Person(number, name, called, roles=json.loads(role), group="staff", unit=unit)


def ids(numbers: Collection[int]) -> dict[int, str]:
    """The random id of each of these persons, for forms and addresses: {number: id}. Numbers stay inside."""
    if not numbers:
        return {}
    marks = ", ".join(["%s"] * len(numbers))
    return dict(rows(f"SELECT number, id FROM record_person WHERE number IN ({marks})", list(numbers)))


def number_of(id: str, among: Collection[int]) -> int | None:
    """The person with this random id, if they are among these; None for hidden and absent alike."""
    found = rows("SELECT number FROM record_person WHERE id = %s", [id])
    return found[0][0] if found and found[0][0] in among else None

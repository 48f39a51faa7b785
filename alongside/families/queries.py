"""Reads about people."""

import json

from alongside.families.person import Person
from alongside.record.reading import rows


def workers() -> dict[int, Person]:
    """Everybody who works here, by number, from the office's record: {number: Person}."""
    found = rows("SELECT person, name, called, role, unit FROM families_worker", [])
    return {
        number: Person(number, name, called, roles=json.loads(role), group="staff", unit=unit)
        for number, name, called, role, unit in found
    }

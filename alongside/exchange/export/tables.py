"""What of the database is taken along beside the statements, and what is left, each for a reason that is told."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from alongside.record.reading import rows
from alongside.record.registers import TABLES

# Columns by table; the statements themselves and the families stand in files of their own.
TAKEN = {
    "access_account": ("login", "person", "door", "language", "is_active", "called"),
    "access_looked": ("person", "role", "family", "page", "entry", "given", "at"),
    "notes_bad": ("batch", "line", "code", "value", "raw"),
    "notes_batch": (
        "id", "state", "file", "fingerprint", "map_file", "map_text", "system", "importer", "started_at", "lines",
        "duplicates", "here", "accepted", "families", "people", "first_day", "last_day", "unit", "workers",
        "closed_by", "closed_at",
    ),
    "notes_held": ("batch", "line", "key", "family_key", "person_key", "day", "body"),
    "notes_known": ("system", "family_key", "person_key", "family", "person"),
    "notes_taken": ("system", "key", "digest"),
    "notices_wish": ("person", "way", "to", "hour", "since", "asked_on"),
    "pack_part": ("asked", "family", "number", "body"),
    "record_checkpoint": ("size", "note", "key", "at"),
    "record_family": ("number", "code", "last_seq", "last_at"),
    "record_leaf": ("number", "hash", "place", "opens"),
    "record_person": ("number", "id"),
    "record_taken": ("size", "at"),
    "record_witness": ("size", "by", "at"),
}  # fmt: skip
UNSAID = "not said yet: only who wrote it reads it"
OPENS = "opens a door here, and nothing elsewhere"
OWN = "belongs to Django, and says nothing"
LEFT = {
    "record_entry": "in statements.jsonl",
    "record_pending": UNSAID, "dialogue_draft": UNSAID, "record_tombstone": UNSAID,
    "access_begun": OPENS, "access_passkey": OPENS, "access_tie": OPENS, "access_hangs_on": OPENS,
    "record_node": "follows from the leaves",
    "access_code": OPENS, "access_visit": OPENS, "access_wrong": OPENS, "django_session": OPENS,
    "auth_group": OWN, "auth_group_permissions": OWN, "auth_permission": OWN, "django_content_type": OWN,
    "django_migrations": OWN,
}  # fmt: skip
FOLLOWS = "follows from the statements"


def here() -> list[str]:
    """The tables there are."""
    return sorted(connection.introspection.table_names())


def left() -> dict[str, str]:
    """What is not taken along, and why: {table: reason}. A table nobody thought of is named as that."""
    registers = dict.fromkeys(TABLES, FOLLOWS)
    return {name: {**registers, **LEFT}.get(name, "not known to this program") for name in here() if name not in TAKEN}


def taken() -> list[str]:
    """What is taken along, of what there is: an exchange that was taken away has no tables."""
    return [name for name in here() if name in TAKEN]


def content(table: str) -> Iterator[dict[str, Any]]:
    """Every row, as plain values by column."""
    columns = TAKEN[table]
    listed = ", ".join(f'"{one}"' for one in columns)
    for row in rows(f"SELECT {listed} FROM {table} ORDER BY 1, 2", []):
        yield dict(zip(columns, map(_plain, row), strict=True))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)

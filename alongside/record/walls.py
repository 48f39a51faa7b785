"""The walls: entries are inserted, never changed, never removed.

On SQLite they are triggers. Django remakes a table when a field changes and drops its triggers in silence,
so they are put up again after every migration, and nothing is served while one is missing.
"""

from django.core.checks import Error, Tags, register
from django.db import connection

WALLS = {
    "record_entry_no_update": "CREATE TRIGGER record_entry_no_update BEFORE UPDATE ON record_entry "
    "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
    "record_entry_no_delete": "CREATE TRIGGER record_entry_no_delete BEFORE DELETE ON record_entry "
    "BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END",
}


def standing_walls() -> set[str]:
    """The names of the triggers that are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record_entry'")
        return {name for (name,) in cursor.fetchall()}


def build(sender=None, **kwargs) -> None:
    """Put up what is missing. Called after every migration."""
    if "record_entry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for name in WALLS.keys() - standing_walls():
            cursor.execute(WALLS[name])


@register(Tags.database)
def walls_stand(app_configs, databases, **kwargs):
    """Refuses to serve a record whose walls are down."""
    if not databases or "record_entry" not in connection.introspection.table_names():
        return []
    missing = sorted(WALLS.keys() - standing_walls())
    return [Error(f"A wall of the record is missing: {name}.", id="record.E001") for name in missing]

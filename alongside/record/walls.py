"""The walls: entries, and the log over them, are inserted, never changed, never removed. One change alone is let
through: erasing by law (lawful.py).

On SQLite they are triggers. Django remakes a table when a field changes and drops its triggers in silence,
so they are put up again after every migration, and nothing is served while one is missing. What PostgreSQL has
besides stands in `walls_postgresql.py`.
"""

from django.core.checks import Error, Tags, register
from django.db import connection

from alongside.record import walls_postgresql
from alongside.record.lawful import SQLITE, lawful

TABLES = {
    "record_entry": "an entry",
    "record_leaf": "a leaf of the log",
    "record_node": "a part of the log",
    "record_taken": "a run of the sequencer",
    "record_checkpoint": "a checkpoint",
    "record_witness": "a witness",
}
WALLS = {
    f"{table}_no_{act.lower()}": f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{what} is never {done}'); END"
    for table, what in TABLES.items()
    for act, done in (("UPDATE", "changed"), ("DELETE", "removed"))
}

DOOR = "record_entry_no_update"


def wanted() -> dict[str, str]:
    """The walls, by name, of tables that are there: a migration may be under way."""
    tables = set(connection.introspection.table_names())
    return {name: sql for name, sql in WALLS.items() if name.rpartition("_no_")[0] in tables}


def standing_walls() -> set[str]:
    """The names of the walls that are there, as they must be."""
    if connection.vendor == "postgresql":
        return walls_postgresql.standing()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name for name, sql in cursor.fetchall() if name in WALLS and sql == _spoken(name)}


def _spoken(name: str) -> str:
    """A wall as SQLite is told it; the one against changes of entries has a door of one shape (lawful.py)."""
    sql = WALLS[name]
    return sql.replace("; END", f" WHERE NOT ({lawful(SQLITE)}); END") if name == DOOR else sql


def gone() -> list[str]:
    """The walls in the file of which not even the name is there: somebody took them down. One that an earlier program
    told SQLite in other words is put right as the tables are brought up to date."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return sorted(set(wanted()) - {name for (name,) in cursor.fetchall()})


def missing() -> list[str]:
    """The walls that are not up, as they must be."""
    needed = wanted()
    names = walls_postgresql.names(needed) if connection.vendor == "postgresql" else set(needed)
    return sorted(names - standing_walls())


def build(sender=None, **kwargs) -> None:
    """Put up what is missing. Called after every migration."""
    if connection.vendor == "postgresql":
        needed = wanted()
        return walls_postgresql.build(needed) if DOOR in needed else None
    with connection.cursor() as cursor:
        for name in missing():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(_spoken(name))


@register(Tags.database)
def walls_stand(app_configs, databases, **kwargs):
    """Refuses to serve a record whose walls are down."""
    down = missing() if databases else []
    found = [Error(f"A wall of the record is missing: {name}.", id="record.E001") for name in down]
    if databases and connection.vendor == "postgresql" and (needed := wanted()):
        found += walls_postgresql.missing(needed)
    return found

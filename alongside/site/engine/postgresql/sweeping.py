"""Writing the tables anew after an erasure, so that the server's files do not hold what went.

A row that was changed stays in its table's file until the table is written anew, and what the planner knows of a column
is a sample of its values: both go here. The write-ahead log holds a row until its segment is thrown away. Who serves
may do none of this; the owner of the tables may, and of the log as much as was granted (docs/running/postgresql.md).
"""

import re
import time
from contextlib import contextmanager

from django.db import DatabaseError
from psycopg import Cursor

PATIENCE = 20.0  # seconds, for all tables together: until nobody uses them, and nobody sees what went any more
MINE = "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_catalog.pg_class WHERE oid = to_regclass('public.record_entry')"
TABLES = """
SELECT format('%%I.%%I', n.nspname, c.relname)
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'm') AND n.nspname = %s ORDER BY 1
"""
# Columns that may hold words, of which samples are kept though the table is empty: to look at it anew changes nothing.
SAMPLED = """
SELECT quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
  FROM pg_catalog.pg_stats s JOIN pg_catalog.pg_attribute a ON a.attname = s.attname
   AND a.attrelid = CAST(format('%%I.%%I', s.schemaname, s.tablename) AS regclass)
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
 WHERE a.attrelid = CAST(%s AS regclass) AND t.typcategory IN ('S', 'U')
"""
RIGHTS = """
SELECT pg_has_role(d.datdba, 'MEMBER'), has_function_privilege('pg_catalog.pg_switch_wal()', 'EXECUTE'),
       pg_has_role('pg_checkpoint', 'MEMBER')
  FROM pg_catalog.pg_database d WHERE d.datname = current_database()
"""
# After a checkpoint the log is thrown away, unless it is used again as it is, or kept for somebody.
LOG = """
SELECT current_setting('wal_recycle') = 'on',
       current_setting('archive_mode') <> 'off' OR current_setting('wal_keep_size') <> '0'
       OR EXISTS (SELECT 1 FROM pg_catalog.pg_replication_slots)
       OR EXISTS (SELECT 1 FROM pg_catalog.pg_stat_replication)
"""
NUMBER = re.compile(r"\d+")
LATE = "55P03"  # lock_not_available
SWEPT = "SELECT obj_description(to_regclass('public.record_entry'), 'pg_class')"
UP_TO = "swept up to "


def sweep(connection, patience=PATIENCE):
    """Write every table of the application anew, then let go of the log. Outside a transaction only.

    Returns what holds still what went, () where nothing here does:
      owner       this role does not own the tables; nothing was done
      reading     somebody uses a table, or still sees rows that went: the sweep has to be done again
      statistics  the planner's samples: the owner of the tables does not own the database
      segment     the segment of the log that is written now: pg_switch_wal() is not granted
      checkpoint  the log until the server's next checkpoint: pg_checkpoint is not granted
      recycled    segments of the log that are used again as they are: wal_recycle is on
      kept        the log is kept for an archive, a standby or a slot
    """
    if not connection.rows(MINE, [])[0][0]:
        return ("owner",)
    end, left = time.monotonic() + patience, []
    owns, may_switch, may_checkpoint = connection.rows(RIGHTS, [])[0]
    try:
        for (table,) in connection.rows(TABLES, ["public"]):
            _anew(connection, table, end, "ANALYZE")
            _forget(connection, table, end)
        if owns:
            _anew(connection, "pg_catalog.pg_statistic", end)
        else:
            left.append("statistics")
    except StillSeen:
        return ("reading",)
    if may_switch:
        connection.rows("SELECT pg_switch_wal()", [])
    else:
        left.append("segment")
    if may_checkpoint:
        _say(connection, "CHECKPOINT")
    else:
        left.append("checkpoint")
    recycled, kept = connection.rows(LOG, [])[0]
    return (*left, *(["recycled"] if recycled else []), *(["kept"] if kept else []))


def swept(connection):
    """Up to which place of the office's record everything that was erased is swept; 0 where nobody has said so."""
    said = connection.rows(SWEPT, [])[0][0] or ""
    return int(said.removeprefix(UP_TO)) if re.fullmatch(f"{UP_TO}[0-9]+", said) else 0


def say_swept(connection, place):
    """Written on the table of entries, where whoever serves can read it."""
    _say(connection, f"COMMENT ON TABLE public.record_entry IS '{UP_TO}{int(place)}'")


class StillSeen(Exception):
    """Somebody uses a table or sees its old rows."""


def _say(connection, sql):
    """By the driver's own cursor: a word for whom it is asked would make two statements of it."""
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(sql)


@contextmanager
def _listening(connection):
    """What the server remarks in this block: the details of each remark."""
    found = []

    def listen(remark):
        found.append(remark.message_detail or "")

    connection.connection.add_notice_handler(listen)
    try:
        yield found
    finally:
        connection.connection.remove_notice_handler(listen)


def _in_turn(connection, sql, end):
    """Raises StillSeen where somebody uses the table until `end`."""
    _say(connection, f"SET lock_timeout = {max(1, int(1000 * (end - time.monotonic())))}")
    try:
        _say(connection, sql)
    except DatabaseError as why:
        if getattr(why.__cause__, "sqlstate", "") != LATE:
            raise
        raise StillSeen from None
    finally:
        _say(connection, "RESET lock_timeout")


def _anew(connection, table, end, *how):
    """Raises StillSeen when at its end there are rows that went and cannot go: they were written anew too."""
    while True:
        with _listening(connection) as details:
            _in_turn(connection, f"VACUUM ({', '.join(('FULL', 'VERBOSE', *how))}) {table}", end)
        # "3 dead row versions cannot be removed yet", in whichever language the server speaks
        seen = [int(found.group()) for one in details if (found := NUMBER.search(one))]
        if not seen:
            raise RuntimeError(f"The server did not say what it left in {table}.")
        if not any(seen):
            return
        if time.monotonic() > end:
            raise StillSeen
        time.sleep(0.2)


def _forget(connection, table, end):
    """The planner's samples of an empty table go with a change of type to the same type."""
    if connection.rows(f"SELECT 1 FROM {table} LIMIT 1", []):
        return
    for column, kind in connection.rows(SAMPLED, [table]):
        _in_turn(connection, f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}", end)

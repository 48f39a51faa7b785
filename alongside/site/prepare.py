"""Before the first page: the data folder held, tables up to date, files of the look in place."""

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from alongside import clock
from alongside.record import walls
from alongside.site import stores
from alongside.site.keeping import folders
from alongside.site.problem import Problem

_presence: dict[Path, int] = {}  # data folder: the descriptor that says we are at work in it


def hold(data):
    """Take the data folder for this server; returns the lock file's descriptor, never to be closed.

    The lock is the system's: it goes when the process goes, however it goes. Raises Problem when
    another server has it.
    """
    place = folders.opened(data / "server.lock")
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(place)
        raise Problem(f"A server is running on {data} already. Stop it, or choose another --data.") from None
    return place


def present(data):
    """Say that a command is at work in this folder, as long as this process lives. Raises Problem while its tables
    are being changed: what is written then could go into the record that is left behind."""
    if data in _presence:
        return
    place = folders.opened(data / "folder.lock")
    try:
        fcntl.flock(place, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(place)
        raise Problem(f"The tables in {data} are being changed just now. Try again in a little while.") from None
    _presence[data] = place


@contextmanager
def alone(data):
    """Nobody else is at work in this folder meanwhile. Raises Problem when somebody is."""
    present(data)
    place = _presence[data]
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(place, fcntl.LOCK_SH)  # changing a lock lets go of it first
        raise Problem(f"Another command is at work in {data}. Let it end, and try again.") from None
    try:
        yield
    finally:
        fcntl.flock(place, fcntl.LOCK_SH)


def begun():
    """Whether there is a record here: the file in the data folder, or the office's own stream at the address."""
    if connection.vendor == "sqlite":
        return (settings.DATA / stores.FILE).exists()
    if "record_entry" not in connection.introspection.table_names():
        return False
    return bool(connection.rows("SELECT 1 FROM record_entry WHERE pk < 1048576 LIMIT 1", []))


def tables():
    """Bring the tables up to date; a new database begins here. A record in a file is kept as it was, and changed whole
    or not at all (keeping/upgrading.py).

    On PostgreSQL it is the owner's to do, each migration whole or not at all: without the owner's address, tables that
    are not up to date are a Problem.
    """
    if connection.vendor == "sqlite":
        _upgraded()
        _migrate()
    elif connection.settings_dict.get("OWNER"):
        with connection.as_owner():
            _migrate()
    elif _behind():
        raise Problem("The tables are not those of this program. Run \"alongside tables\" once, with "
                      "ALONGSIDE_DATABASE_OWNER set.")  # fmt: skip
    checked()


def undisturbed():
    """Raises Problem where a wall of a record in a file was taken down though its tables are those of this program.
    Asked before `tables`, which would put it up again and say nothing of it."""
    if connection.vendor == "sqlite" and _with_tables() and not _behind() and (gone := walls.gone()):
        raise Problem(f"A wall of the record was taken down: {', '.join(gone)}. Look first whether anything was "
                      'changed: "alongside verify". Then "alongside tables" puts it up again.')  # fmt: skip


def _upgraded():
    from alongside.site.console.progress import progress
    from alongside.site.keeping import upgrading
    from alongside.site.keeping.engine import embedded

    place, key = embedded("")
    if place.exists() and _with_tables():
        with alone(place.parent):
            upgrading.upgraded(place, key, at=clock.micros(clock.now()), told=progress)


def _with_tables():
    """Whether there are tables at all: setting up that was cut short may have left an empty file."""
    found = {"record_entry", "django_migrations"} <= set(connection.introspection.table_names())
    connection.close()
    return found


def _migrate():
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def _behind():
    """Whether a migration of this program is not applied."""
    plan = MigrationExecutor(connection)
    return bool(plan.migration_plan(plan.loader.graph.leaf_nodes()))


def checked():
    """Refuse to serve where a check says no: a wall of the record down, an engine that loses writes, the
    demo's sign-in where real families are."""
    found = run_checks(databases=["default"])
    serious = [one for one in found if one.is_serious()]
    if serious:
        raise Problem(" ".join(str(one.msg) for one in serious))


def look():
    """Copy the files of the look, with a fingerprint in each name, to where the server gives them out."""
    if not settings.PLAIN_STATIC:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def settle():
    """Close what setting up has opened: a connection must not pass into another process. The owner of the tables is
    forgotten: whoever serves has no use for it."""
    os.environ.pop("ALONGSIDE_DATABASE_OWNER", None)
    connection.settings_dict["OWNER"] = None
    connections.close_all()

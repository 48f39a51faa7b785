"""Before the first page: the data folder held, tables up to date, files of the look in place."""

import fcntl
import os

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connections

from alongside.site.problem import Problem


def hold(data):
    """Take the data folder for this server; returns the lock file's descriptor, never to be closed.

    The lock is the system's: it goes when the process goes, however it goes. Raises Problem when
    another server has it.
    """
    place = os.open(data / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(place)
        raise Problem(f"A server is running on {data} already. Stop it, or choose another --data.") from None
    return place


def tables():
    """Bring the tables up to date; a new database begins here."""
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    checked()


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
    """Close what setting up has opened: a connection must not pass into another process."""
    connections.close_all()

"""`alongside tables`: bring the tables on PostgreSQL up to date, as the role that owns them.

    ALONGSIDE_DATABASE_OWNER=postgresql://... alongside tables --data DIR

On a new database and after each new version, while the server is stopped. On the embedded file the server does it by
itself; there this puts up a wall of the record again that somebody took down, for which the server does not start.
"""


def add(subparsers):
    """Nothing but --data."""
    return subparsers.add_parser("tables", help="bring the tables on PostgreSQL up to date")


def run(args):
    """0 when the tables, the roles' rights and the walls are as this program needs them; else a Problem."""
    from django.conf import settings
    from django.db import connection

    from alongside.site import prepare
    from alongside.site.problem import Problem

    if connection.vendor == "sqlite" and not prepare.begun():
        raise Problem(f'There is no record in {settings.DATA} yet. "alongside init" begins one.')
    prepare.hold(settings.DATA)
    prepare.tables()
    print("The tables are up to date, and the walls of the record stand.")
    return 0

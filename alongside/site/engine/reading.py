"""`reading()`: one steady view of a database for a page that looks in many places."""

from django.db import connections


def reading(using="default"):
    """A context manager: BEGIN DEFERRED without a turn at the gate, COMMIT at the end; writing is refused.

    Rooms below the site reach the same thing as `connections[using].reading()`.
    """
    return connections[using].reading()

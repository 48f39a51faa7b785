"""Sessions as Django keeps them, found by one fixed statement: every page begins with it."""

from django.contrib.sessions.backends import db
from django.db import connection

from alongside import clock
from alongside.record.reading import rows

FOUND = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Named in settings (SESSION_ENGINE)."""

    def load(self) -> dict:
        """What the session holds; a new, empty one where it is over or never was."""
        found = rows(FOUND, [self.session_key, connection.ops.adapt_datetimefield_value(clock.machine())])
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])

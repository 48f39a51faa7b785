"""The cursor: a statement that names the entries first tells the database for whom it is asked.

Both travel together, in one round trip. What is told holds for that transaction alone: outside of one, for that
statement. And while the wrapper gathers, what writes and is not asked for an answer waits, and travels with the next
question or at the end, all in one round trip.
"""

import re

from django.db.backends.postgresql.base import Cursor

from alongside.asking import asking

ENTRIES = "record_entry"
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
ANSWERS = re.compile(r"\bRETURNING\b", re.IGNORECASE)


def told(query):
    """The statement, and before it the words where it names the entries. Digits and one word of our own: nothing
    that somebody typed."""
    if ENTRIES not in query:
        return query
    who, now = asking()
    return (
        f"SELECT pg_catalog.set_config('alongside.reader', '{who}', true), "
        f"pg_catalog.set_config('alongside.now', '{now or ''}', true); {query}"
    )


class AskingCursor(Cursor):
    """psycopg's cursor that binds values itself, as Django uses it, and tells for whom it asks.

    `connection.gathered`: the statements that wait, or None where nothing is gathered (the wrapper sets it).
    """

    def execute(self, query, params=None, **how):
        waiting = getattr(self.connection, "gathered", None)
        if not isinstance(query, str) or (waiting is None and ENTRIES not in query):
            return super().execute(query, params, **how)
        if waiting is not None and WRITES.match(query) and not ANSWERS.search(query):
            waiting.append(told(self.mogrify(query, params)))
            return self
        # Bound first: psycopg remembers how a statement is cut up, and with the words it is another for each reader.
        query = told(self.mogrify(query, params))
        if waiting:
            before, waiting[:] = [*waiting], []
            query = ";\n".join([*before, query])
        super().execute(query, **how)
        while self.nextset():
            pass
        return self

    def executemany(self, query, params_seq, **how):
        if ENTRIES not in query and getattr(self.connection, "gathered", None) is None:
            return super().executemany(query, params_seq, **how)
        for params in params_seq:
            self.execute(query, params, **how)
        return None

    def send(self):
        """What waits, now: one round trip, or none where nothing waits."""
        waiting = self.connection.gathered
        if waiting:
            before, waiting[:] = ";\n".join(waiting), []
            super().execute(before)

"""The cursor: a statement that names the entries first tells the database for whom it is asked.

Both travel together, in one round trip. What is told holds for that transaction alone: outside of one, for that
statement. And while the wrapper gathers, what writes and is not asked for an answer waits, and travels with the next
question or at the end, all in one round trip. What the house asks most does not come this way (journey.py).
"""

import re
from itertools import chain

from django.db.backends.postgresql.base import Cursor

from .journey import ANEW, ENTRIES, TELL, Asked, asked

WAITS = re.compile(r"\s*(INSERT|UPDATE|DELETE|SAVEPOINT)\b", re.IGNORECASE)
PLAIN = re.compile(r"\s*(INSERT|UPDATE)\b", re.IGNORECASE)  # an act is written in the same few words each time
SEVERAL = re.compile(r"\s*INSERT INTO [^()]*\([^()]*\) VALUES (\([^()%]*(?:%s[^()%]*)*\))\s*")  # nothing after them
MOST = 8  # rows that wait go by so many in one statement: few of its kind to plan
ANSWERS = re.compile(r"\bRETURNING\b", re.IGNORECASE)


class AskingCursor(Cursor):
    """psycopg's cursor that binds values itself, as Django uses it, and tells for whom it asks.

    `connection.gathered`: the statements that wait, or None where nothing is gathered (the wrapper sets it).
    """

    def execute(self, query, params=None, **how):
        waiting = getattr(self.connection, "gathered", None)
        if not isinstance(query, str) or (waiting is None and ENTRIES not in query):
            return super().execute(query, params, **how)
        if waiting is not None and WAITS.match(query) and not ANSWERS.search(query):
            waiting.append(asked(query, params, one_plan=PLAIN.match(query) is not None))
            return self
        before, one = [], asked(query, params)
        if waiting:
            before, waiting[:] = [*waiting], []
        super().execute(";\n".join(map(self._spelt, [*before, one])), **how)
        while self.nextset():
            pass
        return self

    def _spelt(self, one: Asked):
        """Its text with its values in it, and before it the words for whom, where it names the entries.

        Bound first: psycopg remembers how a statement is cut up, and with the words it is another for each reader.
        """
        query = self.mogrify(one.query, one.values)
        return f"{self.mogrify(TELL, (*one.words, *ANEW))}; {query}" if ENTRIES in one.query else query

    def executemany(self, query, params_seq, **how):
        waiting = getattr(self.connection, "gathered", None)
        if ENTRIES not in query and waiting is None:
            return super().executemany(query, params_seq, **how)
        if waiting is not None and (values := SEVERAL.fullmatch(query)):
            rows = [*params_seq]
            for begin in range(0, len(rows), MOST):
                some = rows[begin : begin + MOST]
                self.execute(query + f", {values[1]}" * (len(some) - 1), [*chain.from_iterable(some)], **how)
            return None
        for params in params_seq:
            self.execute(query, params, **how)
        return None

"""The cursor: Django's placeholders turned into SQLite's, and a turn at the gate for single writes.

A transaction takes the gate when it begins (see base). A write outside any transaction (sessions
do this) is a transaction of its own, so it waits its turn here.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice, tee

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX

from .driver import Database

FIRST_WORD = re.compile(r"(?:\s+|--[^\n]*\n|/\*.*?\*/|\()*(\w+)", re.DOTALL)
# What begins a statement that changes nothing, or that opens and closes transactions.
READS = {"SELECT", "VALUES", "EXPLAIN", "PRAGMA"}
READS |= {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"}
WRITING_WORD = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


@lru_cache(maxsize=2048)
def writes(query):
    """Whether this statement may change the database. In doubt, yes: a needless turn only costs a wait."""
    found = FIRST_WORD.match(query)
    word = found.group(1).upper() if found else ""
    if word == "WITH":
        return bool(WRITING_WORD.search(query))
    return word not in READS


class _Named(dict):
    """Every name there is, as SQLite spells a parameter of that name."""

    def __missing__(self, name):
        return f":{name}"


@lru_cache(maxsize=2048)
def spoken(query, by_name):
    """Django's placeholders as SQLite's: "%s" to "?", or `by_name` "%(name)s" to ":name". A statement is text
    without values, so the same few come again and again."""
    if by_name:
        return query % _Named()
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class EngineCursor(Database.Cursor):
    """A sqlcipher3 cursor that speaks Django's "format" and "pyformat" styles.

    `wrapper` is set by the DatabaseWrapper that makes the cursor.
    """

    wrapper = None
    _kept = None

    def execute(self, query, params=None):
        if params is None:
            return self._turn(query, super().execute, query)
        query = spoken(query, isinstance(params, Mapping))
        return self._turn(query, super().execute, query, params)

    def executemany(self, query, param_list):
        # A generator may be passed: peek without using it up.
        peekable, param_list = tee(iter(param_list))
        first = next(peekable, None)
        query = spoken(query, isinstance(first, Mapping))
        return self._turn(query, super().executemany, query, param_list)

    def executescript(self, script):
        with self.wrapper.single_write():
            return super().executescript(script)

    def _turn(self, query, run, *arguments):
        self._drop_kept()
        if self.connection.in_transaction or not writes(query):
            return run(*arguments)
        with self.wrapper.single_write():
            result = run(*arguments)
            if self.description:
                self._keep()
            return result

    def _keep(self):
        """Take all rows of INSERT ... RETURNING now: the write ends only when its last row is fetched,
        and the gate must not open before that."""
        self._kept = rows = iter(super().fetchall())
        self.fetchone = lambda: next(rows, None)
        self.fetchmany = lambda size=None: list(islice(rows, size or self.arraysize))
        self.fetchall = lambda: list(rows)

    def _drop_kept(self):
        if self._kept is not None:
            del self._kept, self.fetchone, self.fetchmany, self.fetchall

    def __iter__(self):
        return super().__iter__() if self._kept is None else self._kept

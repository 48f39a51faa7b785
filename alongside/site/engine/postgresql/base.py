"""The database backend Django loads for PostgreSQL: Django's wrapper, with the manners of the embedded engine.

In DATABASES: ENGINE "alongside.site.engine.postgresql", what Django's own takes, and besides:
  OWNER   {"USER": ..., "PASSWORD": ...} of the role that owns the tables, or None: then nothing can be migrated.
  POOLED  True where a pool hands the server's connections round: then nothing is prepared on them.
"""

from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.db.backends.postgresql import base as django_postgresql

from alongside.site.problem import Problem

from .checks import PostgresValidation
from .creation import PostgresCreation
from .cursor import AskingCursor
from .expecting import ONLY_IF, REMEMBERED, Expected, unexpected
from .journey import Journeys, asked
from .sweeping import say_swept, sweep, swept

WRITERS = 7_265_636  # the line in which writers wait; a number of ours within the database
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
TURN = f"SELECT pg_advisory_xact_lock({WRITERS})"
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class DatabaseWrapper(django_postgresql.DatabaseWrapper):
    """One connection. Transactions that may write take their turn as they do on SQLite."""

    creation_class = PostgresCreation
    validation_class = PostgresValidation

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._only_reading = False

    def get_connection_params(self):
        found = super().get_connection_params() | {"cursor_factory": AskingCursor}
        # Our statements are short; compiling one takes longer than running it.
        return found | {"options": f"{found.get('options', '')} -c jit=off".strip()}

    def get_new_connection(self, conn_params):
        raw = super().get_new_connection(conn_params)
        raw.gathered = None
        self._journeys = Journeys(raw, preparing=not self.settings_dict.get("POOLED"))
        return raw

    def rows(self, query, values, one_plan=False):
        """All rows of one statement, by the driver itself where nothing has to listen in.

        `one_plan`: one plan is good for it whatever the values are; it is made once for each connection.
        """
        return self.together([(query, values)], one_plan)[0]

    def together(self, questions, one_plan=False):
        """The rows of several statements (statement, values), which are asked one after another in one journey."""
        if self.connection is None or self.queries_logged or self.execute_wrappers:
            return [self._by_cursor(*question) for question in questions]
        self.validate_thread_sharing()
        self.validate_no_broken_transaction()
        return self._go([asked(query, values, one_plan) for query, values in questions])[-len(questions) :]

    def _by_cursor(self, query, values):
        with self.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    def _go(self, statements):
        """What waits, and then these, in one journey."""
        if self.connection.gathered:
            statements = [*self.connection.gathered, *statements]
            self.connection.gathered.clear()
        with self.wrap_database_errors:
            return self._journeys.go(statements)

    # Writing

    def _start_transaction_under_autocommit(self):
        """Begin, and wait for our turn, in one round trip. Writers come one after another, first come first served,
        so that what a verb looks up holds until it has written, on both databases. While something is gathered, the
        beginning waits for the first question too: what is asked then is asked with the turn taken."""
        raw = self.connection
        if self._only_reading:
            with self.wrap_database_errors:
                raw.execute(BEGIN_READING)
        elif raw.gathered is not None:
            raw.gathered += [asked(BEGIN), asked(TURN, one_plan=True)]
        else:
            with self.wrap_database_errors:
                raw.execute(f"{BEGIN}; {TURN}")

    @contextmanager
    def gathering(self):
        """In this block what writes and is not asked for an answer waits for the next question, for the end of its
        transaction, or for the end of the block, and travels with it in one round trip; so does a transaction's
        beginning. What the database refuses is raised then, and nobody learns how many rows a statement changed.
        Where the block or its transaction fails, what waits is dropped."""
        self.ensure_connection()
        raw = self.connection
        if raw.gathered is not None:
            yield
            return
        raw.gathered = []
        try:
            yield
            if raw.gathered:
                self._go([])
        finally:
            raw.gathered = None

    def as_expected(self, premises, work):
        """`work(expected)`, one transaction that is gathered, returns (what it gives, what it leaves at each of these
        `premises`; None: not to be expected); this gives the former. `expected`: what was left there last
        (expecting.py), so that the work need not ask; None where that is not known, inside another transaction, and
        once more where it did not hold. What is left is remembered when it is committed."""
        expected = self._expected(premises)
        try:
            given, left = work(expected)
        except Exception as error:
            REMEMBERED.forget(premises)
            if expected is None or not unexpected(error):
                raise
            given, left = work(None)
        self.on_commit(partial(REMEMBERED.keep, premises, left))
        return given

    def _expected(self, premises):
        self.ensure_connection()
        found = None if self.in_atomic_block or self.connection.gathered is not None else REMEMBERED.of(premises)
        return found and Expected(found, self._only_if)

    def _only_if(self, query, values):
        self.connection.gathered.append(asked(ONLY_IF.format(query), values, one_plan=True))

    def _commit(self):
        if self.connection is not None and self.connection.gathered:
            return self._go([asked("COMMIT")])
        return super()._commit()

    def _rollback(self):
        if self.connection is not None and self.connection.gathered:
            self.connection.gathered.clear()
        return super()._rollback()

    def _savepoint_commit(self, sid):
        if self.connection.gathered:
            self._go([asked(self.ops.savepoint_commit_sql(sid))])
        else:
            super()._savepoint_commit(sid)

    def _savepoint_rollback(self, sid):
        """What waits since the savepoint is dropped; the savepoint itself may be among what waits."""
        waiting = self.connection.gathered
        if waiting:
            begun = [one.query for one in waiting]
            point = self.ops.savepoint_create_sql(sid)
            del waiting[begun.index(point) + 1 if point in begun else 0 :]
        super()._savepoint_rollback(sid)

    # Reading

    @contextmanager
    def reading(self):
        """One steady view of the database, without a turn; writing inside is refused.

        Inside a transaction that is open already, its view is used and writing is refused meanwhile.
        """
        if self._only_reading:
            yield self
            return
        self._only_reading = True
        try:
            with transaction.atomic(using=self.alias):
                self.connection.execute("SET LOCAL transaction_read_only = on")
                yield self
        finally:
            self._only_reading = False

    # The owner

    def sweep(self):
        """Write the tables anew and let go of the log, so that nothing of what was erased is left on the disk. Returns
        what holds it still (sweeping.py): for whoever serves always ("owner",), and nothing was done."""
        return sweep(self)

    def swept(self):
        """Up to which place of the office's record what was erased is swept."""
        return swept(self)

    def say_swept(self, place):
        """Remember that; the owner does."""
        say_swept(self, place)

    @contextmanager
    def as_owner(self):
        """In this block the role that owns the tables speaks: migrations, walls, sweeping. Never in a server.

        Raises Problem where the owner is not known.
        """
        owner = self.settings_dict.get("OWNER")
        if not owner:
            raise Problem("The owner of the tables is not known. Set ALONGSIDE_DATABASE_OWNER for this command.")
        before = {name: self.settings_dict[name] for name in owner}
        self.settings_dict["ROLE"] = before["USER"]
        self.close()
        self.settings_dict.update(owner)
        try:
            yield self
        finally:
            self.close()
            self.settings_dict.update(before)

"""The database backend Django loads: Django's SQLite wrapper on sqlcipher3, with a key and a write gate.

In DATABASES: ENGINE "alongside.site.engine", NAME a path, OPTIONS:
  key          64 hex digits, or a function that returns them (called when a connection opens)
  timeout      seconds a writer waits its turn (default 20)
  synchronous  "FULL" (default) or "OFF" (test databases only: a power cut may lose writes)
"""

from collections.abc import Mapping
from contextlib import contextmanager, nullcontext

from django.db import transaction
from django.db.backends.sqlite3 import base as django_sqlite
from django.db.backends.sqlite3._functions import register as register_functions

from .checks import EngineValidation
from .creation import EngineCreation
from .cursor import EngineCursor, spoken, writes
from .driver import OLDEST_SAFE, Database, KeyedConnection
from .gate import GateTimeout, gate_for

PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA legacy_alter_table = OFF",
    # REPLACE must fire delete triggers too, or it would slip past the append-only ones.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA secure_delete = ON",
)


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """One connection to an encrypted file. `Database` is sqlcipher3, so its errors become django.db's."""

    display_name = "SQLite (SQLCipher)"
    Database = Database
    creation_class = EngineCreation
    validation_class = EngineValidation

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._gate = None
        self._only_reading = False

    # Opening and closing

    def get_connection_params(self):
        params = super().get_connection_params()
        key = params.pop("key", None)
        params["key"] = key() if callable(key) else key
        params.setdefault("timeout", 20)
        self.wait = params["timeout"]
        self.synchronous = params.pop("synchronous", "FULL")
        self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params):
        if Database.sqlite_version_info < OLDEST_SAFE:
            raise Database.NotSupportedError("This SQLite can lose committed writes. Use 3.51.3 or newer.")
        connection = KeyedConnection(**conn_params)
        register_functions(connection)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        self._use_wal(connection)
        # After WAL: NORMAL would lose acknowledged writes in a power cut.
        connection.execute(f"PRAGMA synchronous = {self.synchronous}")
        return connection

    def _use_wal(self, connection):
        """Switch a new file to WAL in turn; an old file is in WAL already and needs no lock."""
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal" or self.is_in_memory_db():
            return
        with self.single_write():
            connection.execute("PRAGMA journal_mode = WAL")

    def create_cursor(self, name=None):
        cursor = self.connection.cursor(factory=EngineCursor)
        cursor.wrapper = self
        return cursor

    def rows(self, query, values, one_plan=False):
        """All rows of one statement, by the driver itself where nothing has to listen in.

        A cursor of Django's, made anew for each statement, takes longer than a family's hundred rows. It is
        still used for what writes, and where queries are counted or wrapped. `one_plan` speaks to a server
        (postgresql/base.py).
        """
        raw = self.connection
        if raw is None or self.queries_logged or self.execute_wrappers or writes(query):
            with self.cursor() as cursor:
                cursor.execute(query, values)
                return cursor.fetchall()
        self.validate_thread_sharing()
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            return raw.execute(spoken(query, isinstance(values, Mapping)), values).fetchall()

    def together(self, questions, one_plan=False):
        """The rows of several statements (statement, values): where each is a journey, all in one."""
        return [self.rows(query, values) for query, values in questions]

    def sweep(self):
        """Write the file anew without the pages that were freed, and empty the write-ahead log: after an erasure
        nothing of it is left on the disk. ("reading",) while a reader holds the log open. Outside a transaction only.
        """
        self.ensure_connection()
        with self.wrap_database_errors, self.single_write():
            self.connection.execute("VACUUM")
            busy, _log, _moved = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return ("reading",) if busy else ()

    def _close(self):
        try:
            super()._close()
        finally:
            self._leave_gate()

    # The write gate

    @contextmanager
    def single_write(self):
        """Hold the gate for one statement outside any transaction; inside one it is held already."""
        if self._gate is not None:
            yield
            return
        self._enter_gate()
        try:
            yield
        finally:
            self._leave_gate()

    def _enter_gate(self):
        gate = gate_for(self.settings_dict["NAME"])
        try:
            gate.acquire(self.wait)
        except GateTimeout as late:
            raise Database.OperationalError(f"database is locked: {late}") from None
        self._gate = gate

    def _leave_gate(self):
        if self._gate is not None:
            gate, self._gate = self._gate, None
            gate.release()

    def _start_transaction_under_autocommit(self):
        if self._only_reading:
            self.cursor().execute("BEGIN DEFERRED")
            return
        with self.wrap_database_errors:
            self._enter_gate()
        try:
            self.cursor().execute("BEGIN IMMEDIATE")
        except BaseException:
            self._leave_gate()
            raise

    def _commit(self):
        # A commit that fails keeps the gate: Django rolls back next, and that lets go.
        result = super()._commit()
        self._leave_gate()
        return result

    def _rollback(self):
        result = super()._rollback()
        self._leave_gate()
        return result

    def gathering(self):
        """What writes in this block may wait until it ends, where each statement is a journey; here none is."""
        return nullcontext()

    def as_expected(self, premises, work):
        """What `work(expected)` gives, the first of the two that it returns. Where a question is no journey nothing is
        expected: it asks (postgresql/base.py)."""
        return work(None)[0]

    # Reading

    @contextmanager
    def reading(self):
        """One steady view of the database, without a turn at the gate; writing inside is refused.

        Inside a transaction that is open already, its view is used and writing is refused meanwhile.
        Raises OperationalError on a write ("attempt to write a readonly database").
        """
        if self._only_reading:
            yield self
            return
        self._only_reading = True
        try:
            with nullcontext() if self.in_atomic_block else transaction.atomic(using=self.alias):
                with self._refusing_writes():
                    yield self
        finally:
            self._only_reading = False

    @contextmanager
    def _refusing_writes(self):
        # The raw connection, because Django's cursor refuses to speak in a transaction that has failed,
        # and the refusal must be lifted even then.
        raw = self.connection
        raw.execute("PRAGMA query_only = ON")
        try:
            # BEGIN DEFERRED takes its view at the first read: take it now.
            raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            yield
        finally:
            if self.connection is raw:
                raw.execute("PRAGMA query_only = OFF")

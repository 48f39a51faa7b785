"""Test databases: a file for each test run, never memory, so that threads meet as they do in earnest."""

import os
import shutil
import tempfile

from django.db.backends.sqlite3.creation import DatabaseCreation

COMPANIONS = ("", "-wal", "-shm")


def remove(path):
    """Delete a database file with its write-ahead log and index, if they are there."""
    for companion in COMPANIONS:
        if os.path.exists(f"{path}{companion}"):
            os.remove(f"{path}{companion}")


def copy(connection, path):
    """Copy an open database, whole and settled, to `path`. Same key. The connection must be outside a
    transaction; writers wait until the copy is made."""
    connection.ensure_connection()
    with connection.single_write():
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        remove(path)
        shutil.copyfile(connection.settings_dict["NAME"], path)


class EngineCreation(DatabaseCreation):
    """Creates, copies and removes test databases as files."""

    def _get_test_db_name(self):
        named = self.connection.settings_dict["TEST"]["NAME"]
        if named and not self.is_in_memory_db(named):
            return str(named)
        return os.path.join(tempfile.gettempdir(), f"test-{self.connection.alias}-{os.getpid()}.db")

    def _create_test_db(self, verbosity, autoclobber, keepdb=False):
        name = self._get_test_db_name()
        # Tests need no durability, and waiting for the disk would double their time.
        self.connection.settings_dict["OPTIONS"]["synchronous"] = "OFF"
        if not keepdb:
            remove(name)
        return name

    def _clone_test_db(self, suffix, verbosity, keepdb=False):
        target = self.get_test_db_clone_settings(suffix)["NAME"]
        if not (keepdb and os.path.exists(target)):
            copy(self.connection, target)

    def _destroy_test_db(self, test_database_name, verbosity):
        remove(test_database_name)

"""The driver: sqlcipher3, taught the value types Django stores, and a connection that opens with its key."""

import datetime
import decimal
import re

from django.db.backends.sqlite3.base import adapt_date, adapt_datetime, decoder
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database

Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", decoder(parse_date))
Database.register_converter("time", decoder(parse_time))
Database.register_converter("datetime", decoder(parse_datetime))
Database.register_converter("timestamp", decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, adapt_date)
Database.register_adapter(datetime.datetime, adapt_datetime)

RAW_KEY = re.compile(r"[0-9a-f]{64}")
FLAGS = Database.SQLITE_OPEN_READWRITE | Database.SQLITE_OPEN_CREATE | Database.SQLITE_OPEN_NOMUTEX
"""A connection belongs to one thread, and Django holds it to that: SQLite need not take its lock for every value."""
OLDEST_SAFE = (3, 51, 3)
"""Before this version SQLite could lose committed writes in WAL mode when two connections met at a reset."""


class KeyedConnection(Database.Connection):
    """A connection whose first words are the key. `key`: 64 hex digits, used as they are (no derivation).

    Raises OperationalError when the key is missing, malformed, or not this file's.
    """

    def __init__(self, database, *, key, **options):
        if not RAW_KEY.fullmatch(key or ""):
            raise Database.OperationalError("The database key must be 64 hexadecimal digits.")
        super().__init__(str(database), flags=FLAGS, **options)
        self.execute(f"PRAGMA key = \"x'{key}'\"")
        try:
            self.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except Database.OperationalError:
            self.close()
            raise
        except Database.DatabaseError:
            self.close()
            raise Database.OperationalError("The key does not open this database.") from None


def cipher_version(connection):
    """SQLCipher's own version as it says it, for instance "4.19.0 community"."""
    row = connection.execute("PRAGMA cipher_version").fetchone()
    return row[0] if row else "none"

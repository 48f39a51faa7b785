"""Django's system check of this engine: it names what it runs on and refuses what SQLite would do otherwise."""

from django.core import checks
from django.db.backends.base.validation import BaseDatabaseValidation
from django.db.backends.postgresql.base import DatabaseWrapper  # noqa: F401  psycopg must be there

OLDEST = (15, 0)
ABOUT = """
SELECT d.datcollate, pg_catalog.pg_encoding_to_char(d.encoding), current_setting('fsync'),
       current_setting('full_page_writes'), current_setting('synchronous_commit')
  FROM pg_catalog.pg_database d WHERE d.datname = current_database()
"""


def verdict(version, collation, encoding, durable):
    """The findings for a server `version` (two numbers), a database's collation and encoding, and whether it is
    `durable`: three settings of the server that must not be off."""
    found = [checks.Info(f"The database engine is PostgreSQL {version[0]}.{version[1]}.", id="engine.I002")]
    if version < OLDEST:
        found.append(checks.Error("PostgreSQL 15 or newer is needed.", id="engine.E003"))
    if collation not in ("C", "POSIX") or encoding != "UTF8":
        found.append(
            checks.Error(
                f"The database sorts by {collation} in {encoding}; it must be C in UTF8.",
                hint="Create it with TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'.",
                id="engine.E004",
            )
        )
    if "off" in durable:
        found.append(checks.Error("This server may lose what was acknowledged: see fsync, full_page_writes and "
                                  "synchronous_commit.", id="engine.E005"))  # fmt: skip
    return found


class PostgresValidation(BaseDatabaseValidation):
    """Run by `check --database` and before the server serves."""

    def check(self, **kwargs):
        with self.connection.cursor() as cursor:
            cursor.execute(ABOUT)
            collation, encoding, *durable = cursor.fetchone()
        return verdict(self.connection.get_database_version(), collation, encoding, durable)

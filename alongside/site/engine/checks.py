"""Django's system check of this engine: it names what it runs on and refuses a SQLite that loses writes."""

from django.core import checks
from django.db.backends.base.validation import BaseDatabaseValidation

from .driver import OLDEST_SAFE, Database, cipher_version


def verdict(version, cipher):
    """The findings for a SQLite `version` (three numbers) and a `cipher` version as SQLCipher says it."""
    name = ".".join(map(str, version))
    said = f"The database engine is SQLite {name} with SQLCipher {cipher}."
    found = [checks.Info(said, id="engine.I001")]
    if tuple(version) < OLDEST_SAFE:
        found.append(
            checks.Error(
                f"SQLite {name} can lose committed writes in WAL mode.",
                hint="Install a sqlcipher3 that carries SQLite 3.51.3 or newer.",
                id="engine.E001",
            )
        )
    if cipher == "none":
        found.append(checks.Error("This SQLite cannot encrypt: the file would be plain.", id="engine.E002"))
    return found


class EngineValidation(BaseDatabaseValidation):
    """Run by `check --database` and by `migrate`."""

    def check(self, **kwargs):
        self.connection.ensure_connection()
        return verdict(Database.sqlite_version_info, cipher_version(self.connection.connection))

"""Which database there is to keep: the one file of the embedded engine; any other has tools of its own."""

from pathlib import Path

from django.db import connection

from alongside.site.problem import Problem


def embedded(doing: str) -> tuple[Path, str]:
    """The file of the embedded database and its key. Raises Problem where the record lies in another database.

    `doing`: what was asked for, as the sentence says it.
    """
    if connection.vendor != "sqlite":
        raise Problem(f"{doing} here is for the embedded database. PostgreSQL has tools of its own: "
                      "docs/running/postgresql.md.")  # fmt: skip
    key = connection.settings_dict["OPTIONS"]["key"]
    return Path(connection.settings_dict["NAME"]), key() if callable(key) else key

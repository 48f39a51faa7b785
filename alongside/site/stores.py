"""Which database: the encrypted file in the data folder, or PostgreSQL at an address. No Django here."""

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from alongside.site import keys
from alongside.site.problem import Problem

SQLITE = "alongside.site.engine"
POSTGRESQL = "alongside.site.engine.postgresql"
FILE = "alongside.db"


def in_file(data: Path, demo: bool, name: str = FILE) -> dict:
    """The entry of DATABASES for the file in the data folder."""
    return {
        "ENGINE": SQLITE,
        "NAME": str(data / name),
        "OPTIONS": {"key": partial(keys.database_key, data, demo), "timeout": 20},
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": str(data / "test.db")},
    }


def at_address(address: str, owner: str = "", pooled: bool = False) -> dict:
    """The entry of DATABASES for `postgresql://role[:password]@host[:port]/database[?option=value]`.

    `owner`: the same for the role that owns the tables, needed to migrate. `pooled`: a pool at that address hands the
    server's connections round from one transaction to the next. `host` may be a folder with a socket, as
    `?host=/run/postgresql`. Without a password libpq looks where it always does (PGPASSFILE, ~/.pgpass).
    Raises Problem.
    """
    if find_spec("psycopg") is None:
        raise Problem("PostgreSQL needs its driver: pip install --require-hashes -r requirements-postgres.txt, with "
                      "the pip of .venv.")  # fmt: skip
    found = urlsplit(address)
    if found.scheme not in ("postgresql", "postgres") or not found.username or not found.path.strip("/"):
        raise Problem("A database's address looks like postgresql://role@host/database.")
    options = dict(parse_qsl(found.query))
    return {
        "ENGINE": POSTGRESQL,
        "NAME": unquote(found.path.strip("/")),
        "USER": unquote(found.username),
        "PASSWORD": unquote(found.password or ""),
        "HOST": options.pop("host", found.hostname or ""),
        "PORT": str(found.port or options.pop("port", "")),
        "OPTIONS": options,
        "OWNER": _owner(owner) if owner else None,
        "POOLED": pooled,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "ATOMIC_REQUESTS": False,
    }


def _owner(address: str) -> dict:
    found = urlsplit(address)
    if not found.username:
        raise Problem("The owner's address looks like postgresql://owner@host/database.")
    return {"USER": unquote(found.username), "PASSWORD": unquote(found.password or "")}

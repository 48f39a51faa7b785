"""A data folder of this run's own, with keys of its own, that is thrown away when the run ends."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

NOT_OURS = ("DEMO", "DEBUG", "ORIGIN", "DATABASE", "DATABASE_OWNER", "DATABASE_POOLED", "SECRET", "MEASURES")


@contextmanager
def thrown_away(args, what: str, *, db: str = "sqlite") -> Iterator[Path]:
    """In this block the record is an empty one in a new folder, and Django is awake on it. `what`: for its name. `db`:
    "postgres" where it is on a server that is begun for this run, as in earnest; the owner's address is known until
    the tables stand.

    For commands that wake themselves (`wakes_itself`), before anything has asked for the settings.
    """
    from alongside.site.console.main import set_up

    folder = Path(tempfile.mkdtemp(prefix=f"alongside-{what}-"))
    for name in NOT_OURS:
        os.environ.pop(f"ALONGSIDE_{name}", None)
    cluster = None
    os.environ["ALONGSIDE_KEY"] = secrets.token_hex(32)
    os.environ["ALONGSIDE_SIGNER"], os.environ["ALONGSIDE_ERASURES"] = str(folder / "signer"), str(folder / "erasures")
    args.data = folder / "data"
    try:
        if db == "postgres":
            cluster = server("office")
        set_up(args)
        from alongside.site import prepare

        prepare.tables()
        os.environ.pop("ALONGSIDE_DATABASE_OWNER", None)
        yield args.data
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def server(database: str, more: Sequence[str] = ()):
    """A PostgreSQL of this run's own, begun as in earnest, in whose `database` Django is going to wake. `more`: its
    settings. Stop it in the end. Raises Problem where its programs are missing."""
    from alongside.site.engine.postgresql.cluster import Cluster

    cluster = Cluster(durable=True, more=more)
    try:
        owner, role = cluster.database(database)
    except BaseException:
        cluster.stop()
        raise
    os.environ["ALONGSIDE_DATABASE"], os.environ["ALONGSIDE_DATABASE_OWNER"] = role, owner
    return cluster

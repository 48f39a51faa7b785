"""The pytest plugin that gathers what tests said through `proven`, and writes it where it was asked to.

Loaded before anything of the house is set up, so it imports nothing of Django.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

from alongside.site.prove.figures import Figure, of_report

TO = "ALONGSIDE_PROVEN_TO"  # the file to write to
_FOUND: list[Figure] = []
_FAILED: list[str] = []


def pytest_runtest_logreport(report) -> None:
    """One phase of one test has ended, here or in a worker."""
    if report.failed:
        _FAILED.append(report.nodeid)
    if report.when == "call":
        _FOUND.extend(of_report(report.nodeid, report.passed, report.user_properties))


def pytest_sessionfinish(session) -> None:
    """Write what was gathered; workers have no file of their own."""
    if hasattr(session.config, "workerinput") or TO not in os.environ:
        return
    told = {"figures": [asdict(one) for one in _FOUND], "failed": _FAILED}
    Path(os.environ[TO]).write_text(json.dumps(told), "utf-8")

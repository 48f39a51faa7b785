"""What stories need: the real server on a folder of its own, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stories.walker import ARGUMENTS, Walker

HOUSE = Path(__file__).parent.parent


@contextmanager
def served(folder: Path, **said: str) -> Iterator[str]:
    """The address of the demo, served by the very command of the README from this folder. `said`: its environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
    command = [sys.executable, "-m", "alongside", "demo", "--port", str(port), "--data", str(folder)]
    running = subprocess.Popen(
        command,
        cwd=HOUSE,
        env=kept | {"PYTHONPATH": str(HOUSE)} | said,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        heard = ""
        for line in running.stdout:
            heard += line
            if line.startswith("ready "):
                break
        assert f"ready http://127.0.0.1:{port}/" in heard, heard + running.stderr.read()
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the demo in a new folder."""
    with served(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium. Left out, and said so, only where bin/test could not find or install it.

    For one file of stories at a time: while it runs, its event loop keeps Django's database away.
    """
    found = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("Chromium is not here; bin/test says so and in CI it is a failure")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def walk(chromium, site):
    """`walk("anne", width=390)`: Anne's browser, signed in by looking around."""
    opened: list[Walker] = []

    def start(who: str | None = None, **how) -> Walker:
        opened.append(Walker(chromium, site, who, **how))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


Walk = Callable[..., Walker]

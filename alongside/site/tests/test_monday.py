"""`alongside monday`: a small office for some seconds; what goes wrong is counted, what is lost is found."""

import argparse
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from django.db import connection

from alongside.record.appending import append
from alongside.record.statement import Statement
from alongside.site.console.monday import _figures
from alongside.site.console.thrown import thrown_away
from alongside.site.monday import town
from alongside.site.monday.browser import Browser, Form
from alongside.site.monday.day import Day, _family
from alongside.site.problem import Problem

HOUSE = Path(__file__).parents[3]
SMALL = "--minutes 0.15 --workers 4 --kin 2 --families 3 --pause 0.6 --port 8791 --json".split()


def test_a_small_office_has_its_morning():
    """The command itself: a server of its own, six people, real forms; nothing wrong, nothing lost, nothing left."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
    on = ["--db", "postgres"] if connection.vendor == "postgresql" else []
    ran = subprocess.run(
        [sys.executable, "-m", "alongside", "monday", *SMALL, *on],
        cwd=HOUSE, env=kept | {"PYTHONPATH": str(HOUSE)}, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-600:]
    wrong, lost, memory = json.loads(ran.stdout)
    assert (wrong["value"], wrong["held"], lost["value"], lost["held"]) == (0, True, 0, True)
    assert memory["value"] is None and not memory["held"], "nine seconds say nothing about memory"
    assert "command" in wrong and "--minutes 0.15" in wrong["command"]


def test_where_no_server_is_to_be_had_nothing_is_left(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "environ", {**os.environ, "ALONGSIDE_POSTGRES_BIN": str(tmp_path / "none")})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Problem), thrown_away(argparse.Namespace(), "monday", db="postgres"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_went_wrong_is_said():
    lived = Day(
        10, [0.1] * 200, ["404 for GET /today"], [(n * 5.0, 90 + n / 3) for n in range(120)], 9, said=20, lost=1
    )
    wrong, lost, memory = _figures(lived, "alongside monday")
    assert not wrong.held and not lost.held
    assert memory.value == 4.0 and not memory.held  # a third of a megabyte each five seconds


@pytest.mark.django_db
def test_words_that_are_nowhere_are_missed():
    since = town.now()
    told = Statement("dialogue.passage", {"words": [{"lang": "en", "text": "mondaynote 7. We talked."}]})
    append([told], family=1, by=2, once="monday", at=since)
    assert town.heard(since, "mondaynote") == {"7"}
    assert town.heard(since + 1, "mondaynote") == set()


def test_a_browser_sends_what_stands_on_the_page():
    browser = Browser(1, "c")
    browser.text = """<form method="get" action="/find"><input name="q"></form>
    <form method="post" action="/f/x/write"><input type="hidden" name="whose" value="a&amp;b"><textarea name="words">
    </textarea><input type="checkbox" name="there" value="1" checked><input type="checkbox" name="there" value="2">
    <select name="how"><option value="visit">Visit</option><option value="call" selected>Call</option></select>
    <template><input name="asleep"></template><button name="act" value="save">Save</button></form>"""
    form = browser.form("/write")
    assert form.fields == {"whose": ["a&b"], "words": ["    "], "there": ["1"], "how": ["call"]}
    assert browser.form("/find") is None


def test_a_line_that_was_idle_too_long_is_opened_anew_before_a_form_is_sent():
    """Servers end idle lines. A browser looks before it sends; what was sent on a dead line would count as wrong."""
    with socket.create_server(("127.0.0.1", 0)) as ear:
        heard: list[bytes] = []

        def answer():
            for _line in range(2):
                line, _ = ear.accept()
                with line:
                    heard.append(line.recv(4096).split(b" ")[0])
                    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

        server = threading.Thread(target=answer)
        server.start()
        browser = Browser(ear.getsockname()[1], "c")
        browser.open("/today", lambda: 0)
        wait_for_the_end(browser)
        assert browser.send(Form("/f/x/write", {"words": ["Hello"]}), lambda: 0) == "ok"
        server.join()
    assert heard == [b"GET", b"POST"]


def wait_for_the_end(browser):
    assert select.select([browser._line.sock], [], [], 30)[0], "the server ended the line"


def test_the_memory_of_a_server_is_that_of_all_it_began():
    """`serve` looks after a process that answers: looking at the first alone would see nothing grow."""
    begin = "import subprocess, sys; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); p.wait()"
    with subprocess.Popen([sys.executable, "-c", begin], stdout=subprocess.PIPE, text=True) as first:
        second = int(first.stdout.readline())
        try:
            assert set(_family(first.pid)) == {first.pid, second}
        finally:
            os.kill(second, signal.SIGKILL)
            first.wait(30)

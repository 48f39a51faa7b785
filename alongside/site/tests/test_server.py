"""The server as people start it: another process, a real port, one for each data folder."""

import http.client
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from alongside.site import prepare, server
from alongside.site.console import main
from alongside.site.monday import browser
from alongside.site.problem import Problem


@pytest.fixture
def surroundings(tmp_path):
    """The environment of a person who starts the server."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    return own | {"XDG_CONFIG_HOME": str(tmp_path / "config"), "ALONGSIDE_KEY": "1f" * 32}


def start(data, surroundings, port=None, place=None):
    where = ["--port", str(port)] if place is None else ["--socket", str(place)]
    words = [sys.executable, "-m", "alongside", "serve", "--data", str(data), *where]
    return subprocess.Popen(words, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def begin(data, surroundings):
    """An office begins in this folder, by the command of the documents; returns what it printed as JSON."""
    said = {"office": "Skjelvika", "unit": "unit North", "leader": "Tone Bakke", "login": "tone"}
    words = [word for name, value in said.items() for word in (f"--{name}", value)]
    command = [sys.executable, "-m", "alongside", "init", "--data", str(data), "--json", *words]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)


def free_port():
    with socket.socket() as asking:
        asking.bind((server.HOST, 0))
        return asking.getsockname()[1]


def test_a_wall_that_was_taken_down_is_not_put_up_in_silence(tmp_path, surroundings):
    """Whoever takes a wall down, changes a row and starts the server again must leave a trace of the first."""
    data = tmp_path / "data"
    assert begin(data, surroundings).returncode == 0
    plain = sqlcipher.connect(str(data / "alongside.db"))
    plain.execute(f"PRAGMA key = \"x'{'1f' * 32}'\"")
    plain.execute("DROP TRIGGER record_leaf_no_delete")
    plain.commit()
    plain.close()
    running = start(data, surroundings, free_port())
    assert "A wall of the record was taken down: record_leaf_no_delete" in running.communicate(timeout=60)[1]
    assert running.returncode == 1
    tables = [sys.executable, "-m", "alongside", "tables", "--data", str(data)]
    assert subprocess.run(tables, env=surroundings, capture_output=True, text=True, timeout=120).returncode == 0
    running = start(data, surroundings, free_port())
    watchdog = threading.Timer(60, running.terminate)
    watchdog.start()
    said = running.stdout.readline()
    watchdog.cancel()
    running.send_signal(signal.SIGINT)
    assert said.startswith("ready"), running.communicate(timeout=60)[1]
    running.communicate(timeout=60)


def test_a_server_from_start_to_end(tmp_path, surroundings):
    port = free_port()
    assert begin(tmp_path / "data", surroundings).returncode == 0
    running = start(tmp_path / "data", surroundings, port)
    # Without a first page there is no line to read: end the wait then.
    watchdog = threading.Timer(60, running.terminate)
    watchdog.start()
    try:
        said = running.stdout.readline()
        assert said == f"ready http://127.0.0.1:{port}/\n", running.stderr.read()
        asking = http.client.HTTPConnection(server.HOST, port, timeout=10)
        asking.request("GET", "/no/such/page")
        answer = asking.getresponse()
        assert answer.status == 404
        assert answer.getheader("Server") is None
        second = start(tmp_path / "data", surroundings, free_port())
        assert "running on" in second.communicate(timeout=60)[1]
        assert second.returncode == 1
    finally:
        watchdog.cancel()
        running.send_signal(signal.SIGINT)
        _, complaints = running.communicate(timeout=60)
    assert running.returncode == 0
    assert complaints == ""
    assert not (tmp_path / "data" / "alongside.db").read_bytes().startswith(b"SQLite")
    plain = sqlcipher.connect(str(tmp_path / "data" / "alongside.db"))
    plain.execute(f"PRAGMA key = \"x'{'1f' * 32}'\"")
    assert plain.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 0


def asked(place, path, **headers):
    """What the server in this socket file answers: status, headers, bytes."""
    asking = server._Asking(str(place))
    try:
        asking.request("GET", path, headers={"Host": "127.0.0.1", **headers})
        answer = asking.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        asking.close()


def inodes(process, table):
    """The sockets of this kind that a process and its children hold."""
    ours = set()
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"\nPPid:\t{process}\n" in (one / "status").read_text() or one.name == str(process):
                ours |= {os.readlink(held) for held in (one / "fd").iterdir()}
    rows = (line.split() for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:])
    return [row for row in rows if f"socket:[{row[6 if table == 'unix' else 9]}]" in ours]


def test_a_server_in_a_socket_file_opens_no_port(tmp_path, surroundings):
    data, place = tmp_path / "data", tmp_path / "http"
    assert begin(data, surroundings).returncode == 0
    left = server.listen_at(place)
    left.close()  # as a killed server leaves it
    running = start(data, surroundings | {"ALONGSIDE_ORIGIN": "https://office.example"}, place=place)
    watchdog = threading.Timer(60, running.terminate)
    watchdog.start()
    try:
        assert running.stdout.readline() == f"ready unix:{place}\n", running.stderr.read()
        assert stat.S_IMODE(place.stat().st_mode) == 0o660
        said = {"Host": "office.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        status, headers, words = asked(place, "/", **said)
        assert status == 200 and b"<h1" in words and "max-age=31536000" in headers["Strict-Transport-Security"]
        assert asked(place, "/no/such/page", **said)[0] == 404
        assert asked(place, "/", Host="127.0.0.1")[0] == 400
        assert inodes(running.pid, "tcp") == inodes(running.pid, "tcp6") == [] != inodes(running.pid, "unix")
        with pytest.raises(Problem, match="answers"):
            server.listen_at(place)
    finally:
        watchdog.cancel()
        running.send_signal(signal.SIGTERM)
        _, complaints = running.communicate(timeout=60)
    assert (running.returncode, place.exists()) == (0, False)
    assert complaints.count("\n") == 1 and "strange request" in complaints and "127.0.0.1" not in complaints


def test_a_socket_file_takes_nobody_s_place(tmp_path):
    (tmp_path / "notes").write_text("words")
    with pytest.raises(Problem, match="no socket"):
        server.listen_at(tmp_path / "notes")
    with pytest.raises(Problem, match="No socket can be made"):
        server.listen_at(tmp_path / "no" / "folder")
    assert (tmp_path / "notes").read_text() == "words"


def test_a_folder_without_an_office_says_what_to_do_first(tmp_path, surroundings):
    told = start(tmp_path / "data", surroundings, free_port())
    said, complaints = told.communicate(timeout=60)
    assert told.returncode == 1 and said == ""
    assert complaints.count("\n") == 1 and "alongside init --data" in complaints
    assert not (tmp_path / "data" / "alongside.db").exists()


def test_an_office_begins_once(tmp_path, surroundings):
    first = begin(tmp_path / "data", surroundings)
    made = json.loads(first.stdout)
    assert (made["office"], made["login"], made["days"]) == ("Skjelvika", "tone", 7)
    assert made["address"].endswith("/invited") and len(made["code"]) == 15
    assert 'zone = "Europe/Oslo"' in (tmp_path / "data" / "office.toml").read_text("utf-8")
    again = begin(tmp_path / "data", surroundings)
    assert again.returncode == 1 and "already" in again.stderr and again.stdout == ""
    demo = tmp_path / "demo"
    demo.mkdir()
    (demo / "demo.key").write_text("1f" * 32)
    refused = begin(demo, surroundings)
    assert refused.returncode == 1 and "demo" in refused.stderr


def test_a_folder_is_held_once(tmp_path):
    place = prepare.hold(tmp_path)
    with pytest.raises(Problem, match="running"):
        prepare.hold(tmp_path)
    os.close(place)
    os.close(prepare.hold(tmp_path))


def test_the_next_free_port_is_taken():
    first = server.listen(free_port())
    port = first.getsockname()[1]
    with pytest.raises(Problem, match="taken"):
        server.listen(port)
    second = server.listen(port, tries=20)
    assert port < second.getsockname()[1] < port + 20
    first.close()
    second.close()


# The console


@pytest.mark.parametrize("words", [[], ["nonsense"], ["serve", "--port", "many"]])
def test_wrong_arguments_end_with_two(words, capsys):
    with pytest.raises(SystemExit) as end:
        main.main(words)
    assert end.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_every_subcommand_takes_a_data_folder():
    names = {module.__name__.rpartition(".")[2] for module in main.subcommands()}
    assert {"serve", "demo"} <= names
    assert str(main.parser().parse_args(["serve", "--data", "x"]).data) == "x"
    assert main.parser().parse_args(["demo"]).demo


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Problem("Put the key back."), "Put the key back."),
        (FileNotFoundError(2, "No such file or directory", "x.toml"), "No such file or directory: x.toml"),
        (ValueError("what somebody wrote"), "Something went wrong (ValueError)."),
    ],
)
def test_failures_are_sentences(error, words):
    said = main.sentence(error)
    assert said.startswith(words)
    assert "somebody" not in said


def test_whoever_is_in_front_lets_go_of_an_idle_line_first():
    """Or a form is sent on a line that is just being ended, and nobody knows whether it came."""
    proxy = (Path(__file__).parents[3] / "docs/running/files/Caddyfile").read_text("utf-8")
    assert int(re.search(r"keepalive (\d+)s", proxy)[1]) < server.IDLE
    assert browser.IDLE < server.IDLE

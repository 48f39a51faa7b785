"""The commands as people give them: other processes, a folder of their own, a kill that asks nobody."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from alongside.exchange.notes import generate

from .test_holding import ALBERTA, MAP, files

LOAD = """
import django; django.setup()
from alongside.site import prepare; prepare.tables()
from alongside.cast.load import load; load()
"""
KILLED = """
import os, signal, sys
import django; django.setup()
from alongside.exchange.notes import accepting, holding
from alongside.exchange.notes.models import Batch
def told(done, total):
    print(done, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "read":
    holding.take_in(sys.argv[2], sys.argv[3], importer=1, at=1, told=told)
else:
    accepting.accept(Batch.objects.get().id, unit="unit North", workers=[int(sys.argv[2])], importer=1, at=1, told=told)
"""
COMMANDS = """
import contextlib, io, json, sys
from alongside.site.console.main import main
for words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as end:
            code = end.code
    print(json.dumps([code, out.getvalue(), err.getvalue()]))
"""
PAGE, KEPT = 4096, 80  # SQLCipher 4: each page ends with 16 bytes of IV and 64 of authentication


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    data = tmp_path_factory.mktemp("loaded") / "data"
    data.mkdir(mode=0o700)
    assert python(data, LOAD).returncode == 0
    return data


@pytest.fixture
def folder(loaded, tmp_path):
    """A demo folder with the cast in it."""
    return shutil.copytree(loaded, tmp_path / "data")


def surroundings(data):
    own = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    return own | {
        "ALONGSIDE_DATA": str(data), "ALONGSIDE_DEMO": "1", "DJANGO_SETTINGS_MODULE": "alongside.site.settings",
        "PYTHONPATH": str(Path(__file__).parents[4]),
    }  # fmt: skip


def python(data, script, *words):
    said = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.run(said, env=surroundings(data), capture_output=True, text=True, timeout=300)


def alongside(data, *commands):
    """(exit code, standard output, standard error) of each command, given one after the other."""
    words = json.dumps([list(map(str, command)) for command in commands])
    said = python(data, COMMANDS, words)
    assert said.returncode == 0, said.stderr
    return [tuple(json.loads(line)) for line in said.stdout.splitlines()]


def facts(data, *words):
    ((code, out, _),) = alongside(data, ("import", *words, "--json"))
    assert code == 0
    return json.loads(out)


def test_from_a_file_to_the_record(folder, tmp_path):
    body = "".join(f"{n},p{n // 3},1.2.2020,Note {n}\n" for n in range(30))
    files(tmp_path, body + "x,p,31.2.2020,Bad\n")
    notes = ("import", "notes", tmp_path / "notes.csv", "--map", tmp_path / "MAP.toml", "--as", "tone")
    tried, none, held = alongside(folder, (*notes, "--dry-run"), ("import", "list"), notes)
    assert tried[0] == 0 and tried[1].startswith("Tried. Nothing was kept.")
    assert "30 notes of 10 people in 10 families, from 2020-02-01 to 2020-02-01" in tried[1]
    assert "line 32: This date is not one we can read" in held[1]
    assert none == (0, "", "Nothing was brought in yet.\n")
    (batch,) = json.loads(alongside(folder, ("import", "list", "--json"))[0][1])
    accept = ("import", "accept", batch["batch"], "--unit", "unit North", "--worker", "kari", "--worker", "lars")
    first, second, again, shown, checked = alongside(
        folder, accept, accept, notes, ("import", "show", batch["batch"], "--bad"), ("rebuild", "--check")
    )
    assert first[0] == second[0] == again[0] == 0
    assert "In the record." in first[1] and "in the record already" in second[2] and "here already" in again[2]
    assert "line 32" in shown[1]
    assert checked[0] == 0 and "not right" not in checked[1]


def test_plain_sentences(folder, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(MAP)
    asked = {
        ("notes", "nothing.csv", "--map", wrong): "There is no file nothing.csv.",
        ("notes", ALBERTA[0], "--map", wrong): 'The file has no column "id", "p", "d", "t".',
        ("notes", sys.executable, "--map", ALBERTA[1]): "This is not a text file.",
        ("notes", ALBERTA[0], "--map", ALBERTA[1], "--as", "anne"): 'Nobody who works here signs in as "anne".',
        ("show", "nothing"): 'There is no batch "nothing".',
    }
    for said, sentence in zip(alongside(folder, *(("import", *words) for words in asked)), asked.values(), strict=True):
        assert said[:2] == (1, "") and said[2].startswith(sentence) and said[2].count("\n") == 1
    usage, elsewhere = alongside(
        tmp_path / "empty", ("import", "accept", "x"), ("import", "list", "--data", tmp_path / "empty")
    )
    assert usage[0] == 2
    assert elsewhere[0] == 1 and elsewhere[2].startswith("There is no record in")


def test_somebody_else_is_writing(folder, tmp_path):
    """The sentence, without waiting: nothing lasts longer than the database's patience."""
    from django.db import OperationalError

    from alongside.site.console import import_
    from alongside.site.problem import Problem

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_, "_ready", _locked(OperationalError("database is locked")))
        with pytest.raises(Problem, match="Somebody else is writing"):
            import_.run(None)
        patch.setattr(import_, "_ready", _locked(OperationalError("disk I/O error")))
        with pytest.raises(OperationalError):
            import_.run(None)


def _locked(error):
    def ready():
        raise error

    return ready


def test_who_can_be_visited(folder):
    asked, plain = alongside(folder, ("cast", "--json"), ("cast",))
    kari = next(one for one in json.loads(asked[1]) if one["login"] == "kari")
    assert (kari["door"], kari["password"], kari["families"]) == ("practice", "demo", [1, 2, 3])
    assert "anne-demo-card" in plain[1]


def test_a_register_that_is_not_right_is_found_and_made_right(folder):
    spoil = "import django; django.setup()\nfrom django.db import connection as c\n"
    python(folder, spoil + "c.cursor().execute('DELETE FROM record_about')")
    found, made, right = alongside(folder, ("rebuild", "--check"), ("rebuild",), ("rebuild", "--check"))
    assert (found[0], made[0], right[0]) == (1, 0, 0)
    assert "record_about: not right" in found[1] and "record_about: made right" in made[1]


def test_killed_again_and_again_it_comes_to_the_same(folder, tmp_path):
    expected = generate.write(tmp_path, rows=1200, seed=9)
    notes, notes_map = tmp_path / "notes.csv", tmp_path / "MAP.toml"
    for _ in range(2):
        assert python(folder, KILLED, "read", notes, notes_map).returncode == -signal.SIGKILL
    held = facts(folder, "notes", notes, "--map", notes_map)
    assert held["rows"] + held["duplicates"] + len(held["bad"]) == expected.lines
    assert held["rows"] == expected.rows
    for _ in range(3):
        assert python(folder, KILLED, "accept", held_worker(folder)).returncode == -signal.SIGKILL
    found = facts(folder, "accept", held["batch"], "--unit", "unit North", "--worker", "kari")
    assert (found["accepted"], found["waiting"], found["state"]) == (expected.rows, 0, "accepted")
    counted = "import django; django.setup()\nfrom alongside.record.reading import rows\n"
    counted += (
        "print(rows(\"SELECT COUNT(*), COUNT(DISTINCT once) FROM record_entry WHERE kind='notes.imported'\", []))"
    )
    assert python(folder, counted).stdout.strip() == f"[({expected.rows}, {expected.rows})]"


def held_worker(folder):
    script = "import django; django.setup()\nfrom alongside.cast.story import number; print(number('kari'))"
    return python(folder, script).stdout.strip()


def pages(data: Path) -> Iterator[bytes]:
    """Every page of the database and of its write-ahead log, opened with the demo's key."""
    key = bytes.fromhex((data / "demo.key").read_text().strip())
    main = (data / "alongside.db").read_bytes()
    whole = [main[at : at + PAGE] for at in range(0, len(main), PAGE)]
    whole[0] = whole[0][16:]  # the salt comes first
    log = data / "alongside.db-wal"
    behind = log.read_bytes() if log.exists() else b""
    whole += [behind[at + 24 : at + 24 + PAGE] for at in range(32, len(behind), PAGE + 24)]
    for page in whole:
        if len(page) >= PAGE - 16:
            opened = Cipher(algorithms.AES(key), modes.CBC(page[-KEPT : 16 - KEPT])).decryptor()
            yield opened.update(page[:-KEPT]) + opened.finalize()


def lies(data, *words):
    """Which of these words lie anywhere in the files."""
    found = list(pages(data))
    return {word for word in words if any(word.encode() in page for page in found)}


def test_what_is_discarded_leaves_no_byte(folder, tmp_path):
    """Two batches side by side on the same pages: one goes, and nothing of it is left behind."""
    (tmp_path / "MAP.toml").write_text(MAP + "\n# map of the osprey\n")
    row = '{0},nest{0},1.2.2020,"Osprey number {0} sat there. {1}"\n'
    body = "".join(row.format(n, "And again. " * (n % 50)) for n in range(900))
    (tmp_path / "osprey.csv").write_text("id,p,d,t\n" + body + "a,p,31.2.2020,A heron with no date\n")
    generate.write(tmp_path / "other", rows=900, seed=4)
    held = facts(folder, "notes", tmp_path / "osprey.csv", "--map", tmp_path / "MAP.toml")
    other = (tmp_path / "other/notes.csv", "--map", tmp_path / "other/MAP.toml")
    facts(folder, "notes", *other)
    words = ("Osprey number", "sat there", "A heron with", "map of the osprey", "osprey.csv", "And again.", "nest7")
    assert lies(folder, *words) == set(words)
    gone = facts(folder, "discard", held["batch"])
    assert (gone["state"], gone["lines"]) == ("discarded", 902)
    assert lies(folder, *words) == set()
    assert lies(folder, "håndball") == {"håndball"}

"""No command and no page of Alongside takes a backup away.

What a program can promise is small: whoever owns a folder can empty it. So no code here removes anything in a folder
of backups but its own unfinished draft, and the file is read-only, or write-once where root asked for it. The rest is
for another account, and docs/running/backup.md says how.
"""

import ast
import os
from pathlib import Path

import pytest

from alongside.site.keeping import once
from alongside.site.keeping.tests.offices import begun, command

PACKAGE = Path(__file__).resolve().parents[3]
REMOVES = {"unlink", "rmdir", "rmtree", "removedirs", "rename", "os.remove", "os.replace"}
# Where files are removed or renamed at all, and which ones. Nothing else may.
MAY = {
    "exchange/notices/gateway.py": "notices that wait for the gateway, in the data folder",
    "exchange/export/folder.py": "the folder it is filling, until it is whole, and what a killed run left of it",
    "site/closing/destroying.py": "data and keys of an office that has stopped, when a folder holds all of it",
    "record/log/signer.py": "its own memory, made anew beside itself",
    "site/keys.py": "its own draft of a key",
    "site/server.py": "a socket that a server left behind, once nobody answers there",
    "site/office.py": "its own draft of office.toml",
    "site/engine/postgresql/cluster.py": "the folder of a server it began, for tests and measurements",
    "site/engine/creation.py": "test databases, and the database it is given by name",
    "site/console/bench.py": "the folder it made for itself",
    "site/console/demo.py": "the demo's own marks, and a loading that was cut short",
    "site/console/thrown.py": "the folder it made for itself",
    "site/console/move_store.py": "its own half of a move, which gets the database's name when it is whole",
    "site/keeping/backup.py": "its own copy and draft, by names that begin with a dot",
    "site/keeping/restore.py": "the folder it works in; the empty folder it replaces; a key it puts aside",
    "site/keeping/drill.py": "the folder it made for itself",
    "site/keeping/upgrading.py": "its own drafts in the data folder",
}


def removing(source: str) -> set[str]:
    """Calls that take a file away: os.remove(x), place.unlink(), shutil.rmtree(x). Lists and texts have words of
    the same names, so `remove` and `replace` count with `os` before them."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            on = getattr(getattr(node.func, "value", None), "id", "")
            found |= {name, f"{on}.{name}"} & REMOVES
    return found


def test_files_are_removed_in_these_places_alone():
    code = {"/".join(file.relative_to(PACKAGE).parts): file.read_text("utf-8") for file in PACKAGE.rglob("*.py")}
    house = {name: removing(source) for name, source in code.items() if not {"tests", "cast"} & set(name.split("/"))}
    assert {name: calls for name, calls in house.items() if calls and name not in MAY} == {}


@pytest.mark.parametrize("line", ["os.unlink(x)", "place.unlink()", "shutil.rmtree(x)", "os.rename(a, b)", "x.rmdir()"])
def test_planted_removals_are_found(line):
    assert removing(line)


def test_every_command_leaves_a_backup_as_it_is(tmp_path):
    data = begun(tmp_path)
    disk = tmp_path / "disk"
    disk.mkdir()
    public = command(tmp_path, "backup", "keys", "--out", tmp_path / "private").stdout.strip()
    to = ("--to", disk, "--recipient", public)
    assert command(tmp_path, "backup", "--data", data, *to).returncode == 0
    (first,) = disk.iterdir()
    before = (first.read_bytes(), first.stat().st_mtime_ns, first.stat().st_mode)
    for words in (
        ("backup", "--data", data, *to),
        ("backup", "--check", first, "--identity", tmp_path / "private"),
        ("drill", "--data", data, "--work", disk),
        ("restore", first, "--identity", tmp_path / "private", "--data", tmp_path / "again"),
        ("upgrade", "--data", data),
        ("rebuild", "--data", data),
    ):
        command(tmp_path, *words)
        assert (first.read_bytes(), first.stat().st_mtime_ns, first.stat().st_mode) == before
    assert sorted(disk.iterdir())[0] == first and not [one for one in disk.iterdir() if one.name.startswith(".")]


def test_write_once_is_what_it_says_where_the_system_can(tmp_path):
    place = tmp_path / "kept"
    place.write_text("kept")
    once.read_only(place)
    assert place.stat().st_mode & 0o777 == 0o400
    if not once.write_once(place):
        pytest.skip("this system has no write-once files for us: it takes root and a file system that knows them")
    try:
        for act in (os.unlink, lambda one: os.rename(one, f"{one}.other"), lambda one: os.truncate(one, 0)):
            with pytest.raises(PermissionError):
                act(place)
    finally:
        once.write_once(place, on=False)

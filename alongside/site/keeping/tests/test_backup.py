"""A backup made beside people who write, closed, opened again elsewhere, and the ways it must be refused."""

import json
import os
import shutil
import subprocess
import sys
import tarfile

import pytest

from alongside.site.keeping.sealing import pair
from alongside.site.keeping.tests.offices import SAY, begun, command, entries, python, say, surroundings

HOST = "another-host"

OWN = ("clocks.toml", "password-words.txt")  # what an office wrote itself


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with some acts, a pair of keys, and a backup of it: (folder, data, private, public, file)."""
    folder = tmp_path_factory.mktemp("office")
    data = begun(folder)
    say(folder, data, "before")
    for name in OWN:
        (data / name).write_text(f"# {name}, as this office wrote it\n")
    (folder / "disk").mkdir()
    keys = command(folder, "backup", "keys", "--out", folder / "private")
    assert keys.returncode == 0, keys.stderr
    public = keys.stdout.strip()
    made = command(folder, "backup", "--data", data, "--to", folder / "disk", "--recipient", public, "--json")
    assert made.returncode == 0, made.stderr
    return folder, data, folder / "private", public, json.loads(made.stdout)


def test_the_key_pair_is_made_once_and_kept_to_its_owner(office):
    folder, _data, private, public, _made = office
    assert private.stat().st_mode & 0o777 == 0o600
    assert public.startswith("age1") and "AGE-SECRET-KEY" in private.read_text()
    again = command(folder, "backup", "keys", "--out", private)
    assert again.returncode == 1 and "never written over" in again.stderr and again.stdout == ""


def test_a_bare_machine_with_the_private_key_comes_back(office, tmp_path):
    folder, data, private, _public, made = office
    back = tmp_path / "back"
    done = command(tmp_path, "restore", made["file"], "--identity", private, "--data", back, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["entries"] == made["entries"] and not found["upgrade"]
    assert found["signer"].endswith(".signer") and not os.path.exists(found["signer"])  # said where its copy belongs
    assert entries(tmp_path, back) == entries(folder, data)
    assert (back / "secret").read_text() == (data / "secret").read_text()
    for name in ("office.toml", *OWN):
        assert (back / name).read_bytes() == (data / name).read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["back", "config"]  # nothing left behind
    assert back.stat().st_mode & 0o777 == 0o700
    served = python(tmp_path, back, "from alongside.site import prepare; prepare.tables(); print('ready')")
    assert served.stdout.strip() == "ready", served.stderr


def test_the_restored_record_has_a_key_of_its_own(office, tmp_path):
    _folder, data, private, _public, made = office
    done = command(tmp_path, "restore", made["file"], "--identity", private, "--data", tmp_path / "back", "--json")
    key = json.loads(done.stdout)["key"]
    with open(key) as file:
        refused = command(tmp_path, "rebuild", "--check", "--data", data, ALONGSIDE_KEY=file.read().strip())
    assert refused.returncode == 1 and "key does not open" in refused.stderr


def test_any_age_program_opens_it_without_alongside(office, tmp_path):
    _folder, _data, private, _public, made = office
    age = shutil.which("age")
    if age is None:
        pytest.skip("the program age is not on this machine")
    with open(tmp_path / "all.tar", "wb") as out:
        subprocess.run([age, "-d", "-i", private, made["file"]], stdout=out, check=True)
    with tarfile.open(tmp_path / "all.tar") as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
    assert names == ["manifest.json", "database.key", "secret", "office.toml", *OWN, "alongside.db"]
    assert manifest["facts"]["entries"] == made["entries"]


def test_what_lies_on_the_disk_says_nothing(office):
    _folder, data, _private, _public, made = office
    with open(made["file"], "rb") as file:
        content = file.read()
    assert content.startswith(b"age-encryption.org/v1\n")
    for word in (b"Skjelvika", b"before 1", (data / "secret").read_bytes(), b"manifest"):
        assert word not in content
    assert os.stat(made["file"]).st_mode & 0o777 == 0o400


def test_a_backup_is_checked_from_outside_and_inside(office):
    folder, _data, private, _public, made = office
    outside = command(folder, "backup", "--check", made["file"], "--json")
    assert json.loads(outside.stdout)["sum"] == made["sum"]
    inside = command(folder, "backup", "--check", made["file"], "--identity", private, "--json")
    assert inside.returncode == 0, inside.stderr
    assert json.loads(inside.stdout)["entries"] == made["entries"]
    assert [name for name in os.listdir(folder / "disk") if name.startswith(".")] == []


def test_people_write_while_a_backup_is_made(office, tmp_path):
    """Another process appends all the while; every copy holds a beginning of it, whole."""
    folder, _data, private, public, _made = office
    own = tmp_path / "own"
    own.mkdir()
    data = begun(own)
    around = surroundings(own) | {"ALONGSIDE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "alongside.site.settings"}
    line = [sys.executable, "-c", "import django; django.setup()\n" + SAY.format(word="busy", acts=100_000)]
    writer = subprocess.Popen(line, env=around, stdout=subprocess.PIPE, text=True)
    try:
        for _ in range(5):
            writer.stdout.readline()
        made = command(own, "backup", "--data", data, "--to", tmp_path, "--recipient", public, "--json")
        before = int(writer.stdout.readline())
    finally:
        writer.kill()
        writer.communicate()
    assert made.returncode == 0, made.stderr
    done = command(
        tmp_path, "restore", json.loads(made.stdout)["file"], "--identity", private, "--data", tmp_path / "back"
    )
    assert done.returncode == 0, done.stderr
    found = [one.split("/")[2] for one in entries(tmp_path, tmp_path / "back") if one.startswith("0/busy/")]
    assert found == [str(n) for n in range(len(found))] and len(found) >= 5
    assert before >= 5


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda content: content[:-100], "not whole"),
        (lambda content: content[: len(content) // 2], "not whole"),
        (lambda content: content[:5000] + bytes([content[5000] ^ 1]) + content[5001:], "not whole"),
        (lambda content: b"nothing", "not whole"),
    ],
)
def test_a_harmed_backup_is_refused_and_nothing_changed(office, tmp_path, harm, words):
    _folder, _data, private, _public, made = office
    with open(made["file"], "rb") as file:
        (tmp_path / "harmed.age").write_bytes(harm(file.read()))
    told = command(tmp_path, "restore", tmp_path / "harmed.age", "--identity", private, "--data", tmp_path / "back")
    assert told.returncode == 1 and words in told.stderr
    assert os.listdir(tmp_path) == ["harmed.age"]


def test_another_private_key_opens_nothing(office, tmp_path):
    _folder, _data, _private, _public, made = office
    (tmp_path / "other").write_text(pair()[0])
    told = command(tmp_path, "backup", "--check", made["file"], "--identity", tmp_path / "other")
    assert told.returncode == 1 and "does not open" in told.stderr


def test_only_an_empty_folder_is_restored_into(office, tmp_path):
    _folder, _data, private, _public, made = office
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "mine.txt").write_text("mine")
    told = command(tmp_path, "restore", made["file"], "--identity", private, "--data", tmp_path / "back")
    assert told.returncode == 1 and "not empty" in told.stderr
    assert (tmp_path / "back" / "mine.txt").read_text() == "mine"


def test_a_key_in_the_way_is_put_aside_and_told(office, tmp_path):
    _folder, _data, private, _public, made = office
    words = ("restore", made["file"], "--identity", private, "--data", tmp_path / "back", "--json")
    first = json.loads(command(tmp_path, *words).stdout)
    shutil.rmtree(tmp_path / "back")
    second = json.loads(command(tmp_path, *words).stdout)
    assert second["key"] == first["key"] and second["aside"]
    with open(second["aside"]) as old, open(second["key"]) as new:
        assert old.read() != new.read()
    assert entries(tmp_path, tmp_path / "back")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "{data}"), "lies in the data folder"),
        (("--to", "{folder}/nowhere"), "Is its disk there"),
        (("--to", "{folder}/disk", "--recipient", "{private}"), "is a private key"),
        (("--to", "{folder}/disk", "--recipient", "age1nonsense"), "no public key"),
        ((), "Say where to"),
    ],
)
def test_a_backup_that_would_not_keep_is_refused(office, words, said):
    folder, data, private, public, _made = office
    filled = [word.format(data=data, folder=folder, private=private) for word in words]
    if words and "--recipient" not in words:
        filled += ["--recipient", public]
    before = sorted(os.listdir(folder / "disk"))
    told = command(folder, "backup", "--data", data, *filled)
    assert told.returncode == 1 and said in told.stderr and told.stdout == ""
    assert sorted(os.listdir(folder / "disk")) == before


def test_a_record_that_is_not_whole_is_not_backed_up(office, tmp_path):
    """The teeth of looking first: one changed word in one statement, and there is no backup."""
    _folder, _data, private, public, made = office
    done = command(tmp_path, "restore", made["file"], "--identity", private, "--data", tmp_path / "back")
    assert done.returncode == 0, done.stderr
    harm = """
from django.db import connection
with connection.cursor() as c:
    c.execute("DROP TRIGGER record_entry_no_update")
    c.execute("UPDATE record_entry SET body = replace(body, 'before 1', 'before 9')")
"""
    assert python(tmp_path, tmp_path / "back", harm).returncode == 0
    (tmp_path / "disk").mkdir()
    told = command(tmp_path, "backup", "--data", tmp_path / "back", "--to", tmp_path / "disk", "--recipient", public)
    assert told.returncode == 1 and "not what was written" in told.stderr
    assert os.listdir(tmp_path / "disk") == []


def test_the_drill_does_both_and_leaves_nothing(office, tmp_path):
    folder, data, _private, _public, made = office
    before = sorted(os.listdir(data))
    done = command(folder, "drill", "--data", data, "--work", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["same"] and found["serves"] and found["entries"] == made["entries"]
    assert {name for name in found if name.endswith("_seconds") and found[name] >= 0} == {
        "backup_seconds", "restore_seconds", "compared_seconds",
    }  # fmt: skip
    assert os.listdir(tmp_path) == [] and sorted(os.listdir(data)) == before


def test_the_administrator_hears_of_a_backup(office):
    _folder, data, *_ = office
    assert (data / "last-backup").exists()

"""`alongside verify` and `alongside checkpoint`, as somebody at the server types them."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.db import connection

from alongside.site.console import main as console
from alongside.site.keeping.tests.offices import command, python, say

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a folder with its file; commands on PostgreSQL: test_move_store"
)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office that has begun; the log's signer lies elsewhere."""
    folder = tmp_path_factory.mktemp("office")
    around = {**os.environ, "ALONGSIDE_DATA": str(folder / "data"), "ALONGSIDE_SIGNER": str(folder / "signer")}

    def alongside(*words):
        command = [sys.executable, "-m", "alongside", *words, "--data", str(folder / "data")]
        return subprocess.run(command, env=around, capture_output=True, text=True, timeout=120)

    begun = alongside("init", "--json", "--office", "Skjelvika", "--unit", "North", "--leader", "Tone Bakke",
                      "--login", "tone.bakke")  # fmt: skip
    assert begun.returncode == 0, begun.stderr
    return folder, alongside


def test_from_nothing_to_a_page_outside_and_back(office):
    folder, alongside = office
    early = alongside("checkpoint")
    assert early.returncode == 1 and "There is no checkpoint yet" in early.stderr
    assert alongside("verify").returncode == 0

    page = alongside("checkpoint", "--now")
    assert page.returncode == 0 and "Skjelvika" in page.stdout and "alongside.invalid/log/" in page.stdout
    assert not list((folder / "data").rglob("last-checkpoint")) and list((folder / "signer").rglob("last-checkpoint"))
    (folder / "page.txt").write_text(page.stdout)

    assert alongside("checkpoint", "witnessed").returncode == 1
    noted = alongside("checkpoint", "witnessed", "--by", "The ombud")
    assert noted.returncode == 0 and "The ombud has the checkpoint." in noted.stdout

    mailed = alongside("checkpoint", "--mail", "ombud@example.org")
    (file,) = (folder / "data" / "outgoing").glob("*.json")
    left = json.loads(file.read_text())
    assert mailed.returncode == 0 and left["way"] == "mail" and left["words"] == page.stdout

    right = alongside("verify", "--checkpoint", str(folder / "page.txt"))
    assert right.returncode == 0 and "Nothing was changed." in right.stdout, right.stderr
    said = json.loads(alongside("checkpoint", "--json").stdout)
    told = alongside("verify", "--key", said["key"], "--json").stdout
    assert told == '{\n "changed": false,\n "found": [],\n "erased": [],\n "begun_again": [],\n "unchecked": []\n}\n'
    wrong = alongside("verify", "--key", "no key")
    assert wrong.returncode == 1 and "not a public key" in wrong.stderr

    (folder / "page.txt").write_text(page.stdout.replace("\n64\n", "\n128\n"))
    changed = alongside("verify", "--checkpoint", str(folder / "page.txt"), "--json")
    assert changed.returncode == 3
    assert [one["code"] for one in json.loads(changed.stdout)["found"]] == ["bad-signature"]


def test_a_file_that_is_no_checkpoint_is_no_sign_of_a_change(office):
    """Whoever hands over the wrong file must not be told that the record was changed."""
    folder, alongside = office
    (folder / "letter.txt").write_text("Dear ombud,\n\nyours.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG\xff")
    for name in ("letter.txt", "picture.png"):
        done = alongside("verify", "--checkpoint", str(folder / name))
        assert done.returncode == 1 and "holds no checkpoint" in done.stderr and done.stdout == ""


def test_without_the_signer_s_memory_nothing_is_called_unchanged(office):
    folder, alongside = office
    page = alongside("checkpoint", "--now")
    (folder / "kept.txt").write_text(page.stdout)
    (memory,) = (folder / "signer").rglob("last-checkpoint")
    kept = memory.read_text()
    memory.unlink()
    try:
        done = alongside("verify")
        assert done.returncode == 1 and "memory is gone" in done.stderr and done.stdout == ""
        assert alongside("verify", "--checkpoint", str(folder / "kept.txt")).returncode == 0
    finally:
        memory.write_text(kept)


def test_without_its_key_the_log_is_not_signed_anew(office):
    folder, alongside = office
    assert alongside("checkpoint", "--now").returncode == 0
    (key,) = (folder / "signer").rglob("key")
    kept = key.read_text()
    key.unlink()
    try:
        for words in (("checkpoint", "--now"), ("verify",)):
            done = alongside(*words)
            assert done.returncode == 1 and "The key of the log is missing" in done.stderr
            assert not key.exists()
    finally:
        key.write_text(kept)


@pytest.mark.parametrize("words", [["verify"], ["checkpoint"], ["checkpoint", "witnessed"]])
def test_without_a_record_there_is_nothing_to_look_at(words, tmp_path, capsys, settings):
    settings.DATA = tmp_path
    assert console.main([*words, "--data", str(tmp_path)]) == 1
    assert "There is no record" in capsys.readouterr().err


# --- begun again ---------------------------------------------------------------------------------------------


@pytest.fixture
def disaster(tmp_path):
    """An office that was backed up, went on and printed a page, and was brought back onto a bare folder."""
    around = {"ALONGSIDE_DATA": str(tmp_path / "data"), "ALONGSIDE_SIGNER": str(tmp_path / "signer")}

    def alongside(*words):
        return command(tmp_path, *words, **around)

    def page(name):
        done = alongside("checkpoint", "--now")
        assert done.returncode == 0, done.stderr
        (tmp_path / name).write_text(done.stdout)
        return done.stdout

    done = alongside("init", "--json", "--office", "Skjelvika", "--unit", "North", "--leader", "Tone Bakke",
                     "--login", "tone.bakke")  # fmt: skip
    assert done.returncode == 0, done.stderr
    page("kept.txt")
    said = alongside("backup", "keys", "--out", tmp_path / "stick").stdout
    public = next(word for word in said.split() if word.startswith("age1"))
    (tmp_path / "backups").mkdir()
    assert alongside("backup", "--to", tmp_path / "backups", "--recipient", public).returncode == 0
    say(tmp_path, tmp_path / "data", "lost")
    page("lost.txt")
    (tmp_path / "data").rename(tmp_path / "broken")
    (file,) = (tmp_path / "backups").glob("*.age")
    done = alongside("restore", file, "--identity", tmp_path / "stick", "--data", tmp_path / "data")
    assert done.returncode == 0, done.stderr
    return tmp_path, alongside, page


def test_after_a_disaster_the_log_is_begun_again_under_a_new_name(disaster):
    folder, alongside, page = disaster
    looked = alongside("verify")
    assert looked.returncode == 3 and "reaches further than the log" in looked.stdout
    say(folder, folder / "data", "since")  # people can write; what was taken of it had another place in the lost log
    refused = alongside("checkpoint", "--now")
    assert refused.returncode == 1 and "backup.md" in refused.stderr

    why = ("--why", "The disk broke on Tuesday.")
    for words in ((), ("--by", "tone.bakke"), why, ("--by", "nobody", *why)):
        done = alongside("checkpoint", "begin-again", *words)
        assert done.returncode == 1 and "Say w" in done.stderr, done.stderr
    old = (folder / "kept.txt").read_text()
    name = next(line for line in old.splitlines() if "/log/" in line)
    done = alongside("checkpoint", "begin-again", "--by", "tone.bakke", *why)
    assert done.returncode == 0 and f"the log {name} was begun again as {name}/2, after 64 places" in done.stdout
    assert "The earlier one had 128: what was received between is not here" in done.stdout, done.stderr
    again = alongside("checkpoint", "begin-again", "--by", "tone.bakke", *why)
    assert again.returncode == 1 and "nothing of it was lost" in again.stderr

    say(folder, folder / "data", "after")
    new = page("new.txt")
    assert f"{name}/2\n" in new and "begun again as" in new and "Tuesday" not in new
    assert f"\n{name}/2+" in new  # the public key that is shown is the new one

    for pages in ((), ("kept.txt",), ("kept.txt", "new.txt")):
        looked = alongside("verify", *(word for one in pages for word in ("--checkpoint", folder / one)))
        assert looked.returncode == 0 and "Nothing was changed." in looked.stdout, looked.stderr
        assert "begun again as" in looked.stdout and "The disk broke on Tuesday." in looked.stdout
    looked = alongside("verify", "--checkpoint", folder / "lost.txt")
    assert looked.returncode == 4 and "Nothing was changed" not in looked.stdout
    assert f"is of the earlier log {name}, which was begun again on" in looked.stdout
    assert "reaches 64 places further: what was received between is not here." in looked.stdout
    told = json.loads(alongside("verify", "--checkpoint", folder / "lost.txt", "--json").stdout)
    assert told["changed"] is False and told["unchecked"] == [] and len(told["begun_again"]) == 1
    assert [(one["code"], one["of"], one["where"]) for one in told["found"]] == [("lost", name, "128")]

    script = ("from alongside.doors.office.machine import log\nfrom alongside.asking import for_the_house\n"
              "with for_the_house(): print(log().begun is not None, log().lost)")  # fmt: skip
    said = python(folder, folder / "data", script).stdout.strip()
    assert said == "True True"  # on the administrators' page

    forged = (folder / "kept.txt").read_text().replace("\n64\n", "\n128\n")
    (folder / "forged.txt").write_text(forged)
    looked = alongside("verify", "--checkpoint", folder / "forged.txt", "--checkpoint", folder / "lost.txt")
    assert looked.returncode == 3 and "signature" in looked.stdout
    key = next(line for line in old.splitlines() if line.startswith(f"{name}+"))
    looked = alongside("verify", "--key", key, "--checkpoint", folder / "kept.txt")
    assert looked.returncode == 0, looked.stdout


def test_with_the_signer_s_folder_lost_it_is_begun_again_too(disaster):
    folder, alongside, page = disaster
    shutil.rmtree(folder / "signer")
    refused = alongside("checkpoint", "--now").stderr
    assert "The key of the log is missing" in refused and "backup.md" in refused
    done = alongside("checkpoint", "begin-again", "--by", "tone.bakke", "--why", "The machine is gone.")
    assert done.returncode == 0 and "How far the earlier one reached is not known" in done.stdout, done.stderr
    page("new.txt")
    looked = alongside("verify", "--checkpoint", folder / "new.txt", "--checkpoint", folder / "kept.txt")
    assert looked.returncode == 0 and "is not known" in looked.stdout, looked.stdout
    assert alongside("verify", "--checkpoint", folder / "lost.txt").returncode == 4


@pytest.mark.django_db
def test_an_earlier_key_that_is_nowhere_is_said_and_no_change():
    """A page of a log whose key nobody has cannot be held against anything: it ends with 1, and says what is needed."""
    from alongside.record.log import note
    from alongside.site.console import verify
    from alongside.site.problem import Problem

    seed, size = bytes(32), note.Checkpoint("a/log/b", 64, bytes(32))
    page, now = note.sign(size, "a/log/b", seed), note.key_of("a/log/b/2", seed)
    with pytest.raises(Problem, match="public key is nowhere here"):
        verify._unchecked(now, {}, (), [page])
    assert verify._unchecked(now, {}, (), []) == ["a/log/b"]
    assert verify._unchecked(now, {"a/log/b": note.key_of("a/log/b", seed)}, (), [page]) == []

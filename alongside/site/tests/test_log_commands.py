"""`alongside verify` and `alongside checkpoint`, as somebody at the server types them."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from alongside.site.console import main as console

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
    assert told == '{\n "changed": false,\n "found": [],\n "erased": []\n}\n'
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

"""A whole small office, by the command, from the last day to nothing left; and everything that stands in its way."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.exchange.export import check
from alongside.record.statement import Closed
from alongside.site.console import main
from alongside.site.keeping.tests.offices import begun, command, python

PLANTED = "Quirinalius Zebrowicz kept marmots behind Xylofonveien 17."
WHO = ("--by", "tone", "--with", "odd", "--why", "We go to Nordby.")
BEGIN = f"""
import datetime as dt
from alongside.access import closing, erasure, holds
from alongside.access.models import Account
from alongside.access.roles import appointed
from alongside.exchange.pack.asked import ASKED
from alongside.record.appending import append, open_family, person
from alongside.record.reading import rows
from alongside.record.settling import save
from alongside.record.statement import Statement
from alongside.asking import for_the_house
for_the_house().__enter__()
AT = 1_767_300_000_000_000  # 1 January 2026
LAST = dt.date(2026, 1, 31)
tone = Account.objects.get(login="tone").person
found = Account.objects.filter(login="odd").first()
if found is None:
    odd = person()
    append([Statement("families.met", {{"person": odd, "name": "Odd Lie", "called": "Odd", "role": "", "unit": "",
            "group": "staff"}}), appointed(odd, "privacy")], family=0, by=tone, once="odd", at=AT)
    Account.objects.create(login="odd", person=odd, door="practice", password="!", language="en")
    family, code = open_family()
    words = [{{"lang": "en", "text": {PLANTED!r}}}]
    append([Statement("dialogue.passage", {{"words": words}}, basis="told")], family=family, by=tone, once="w", at=AT)
else:
    odd = found.person
    family, code = rows("SELECT number, code FROM record_family WHERE number > 0", [])[0]
first = {{"strength": 3, "lang": "en", "at": AT}}
"""
DECIDE = """
one = closing.propose(by=odd, last=LAST, words="Nordby goes on. Ask for Berit.", once="close", **first)[0]
closing.answer(by=tone, proposal=one.id, yes=True, words="", once="yes", **first)
"""


def do(folder: Path, script: str) -> None:
    done = python(folder, folder / "data", BEGIN + script)
    assert done.returncode == 0, done.stderr


def close(folder: Path, *words: object, **more: str) -> subprocess.CompletedProcess:
    return command(folder, "close", "--data", folder / "data", *words, **more)


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """An office that has stopped, with one family: copied for each test."""
    folder = tmp_path_factory.mktemp("ready")
    begun(folder)
    do(folder, DECIDE)
    return folder


@pytest.fixture
def office(ready, tmp_path):
    """A copy of it in a place of its own. The key's place follows from the folder's: it is put there."""
    folder = tmp_path / "office"
    shutil.copytree(ready, folder)
    for suffix in (".key", ".signer"):
        old, new = (
            folder / "config" / "alongside" / f"{hashlib.sha256(str(one.resolve()).encode()).hexdigest()[:24]}{suffix}"
            for one in (ready / "data", folder / "data")
        )
        if old.exists():
            old.rename(new)
    return folder


def test_from_the_last_day_to_nothing_left(office):
    do(office, """
holds.put_on(by=odd, family=family, why="The inquiry of 2019 asks for it.", until=dt.date(2027, 6, 1), lang="en",
             at=AT, once="hold", source="Letter of 3 May 2026")
from alongside.dialogue import drafts
drafts.keep(by=tone, id=None, form={"words": ["Half a sentence nobody sent."]}, family=family, at=AT)
""")  # fmt: skip
    data, to = office / "data", office / "closed"
    done = close(office, "--to", to, *WHO)
    assert done.returncode == 0, done.stderr
    assert "Families: 1, statements: " in done.stdout and "everything holds" in done.stdout
    looked = subprocess.run([sys.executable, "check.py"], cwd=to, capture_output=True, text=True, timeout=60)
    assert looked.returncode == 0 and looked.stdout.startswith("Everything holds:"), looked.stdout
    sheet = (to / "CLOSED.txt").read_text("utf-8")
    assert "The last day was 2026-01-31." in sheet and "Odd Lie (odd) proposed it" in sheet
    assert "a folder with everything" not in sheet  # this is the one
    assert "The inquiry of 2019 asks for it. (it comes from: Letter of 3 May 2026)" in sheet
    assert "tone: 1 begun and not sent" in sheet and "Half a sentence" not in sheet and PLANTED not in sheet
    assert PLANTED in (to / "statements.jsonl").read_text("utf-8")
    assert "Half a sentence" not in "".join(one.read_text("utf-8") for one in to.rglob("*") if one.is_file())

    (data / "letter.txt").write_text("A file of somebody else.")
    for words, why in (
        (("--destroy", to), "--yes NAME"),
        (("--destroy", to, "--yes", "Nordby"), "not the office's name"),
        (("--destroy", data / "inside", "--yes", "Skjelvika"), "lie inside each other"),
        (("--destroy", office, "--yes", "Skjelvika"), "lie inside each other"),
        (("--destroy", office / "nowhere", "--yes", "Skjelvika"), "no CLOSED.txt"),
    ):
        refused = close(office, *words)
        assert refused.returncode == 1 and why in refused.stderr, refused.stderr
    assert (data / "alongside.db").exists() and (data / "secret").exists()
    gone = close(office, "--destroy", to, "--yes", "Skjelvika")
    assert gone.returncode == 0, gone.stderr
    assert "Destroyed: the record of Skjelvika" in gone.stdout and "backups, wherever they were copied" in gone.stderr
    assert [one.name for one in data.iterdir()] == ["letter.txt"]
    left = [one for one in (office / "config").rglob("*") if one.is_file()]
    assert [one for one in left if one.name == "key" or one.suffix == ".key"] == []
    outside = [one for one in office.rglob("*") if one.is_file() and to not in one.parents]
    assert not any(word.encode() in one.read_bytes() for one in outside for word in PLANTED.split() if len(word) > 7)
    assert check.check(to)["families"] == 1


@pytest.mark.parametrize(
    ("script", "words", "why"),
    [
        ("", (), "two people answer"),
        ("", ("--by", "tone", "--with", "tone", "--why", "x"), "two different people"),
        ("", ("--by", "odd", "--with", "tone", "--why", "x"), "is no leader"),
        ("", ("--by", "tone", "--with", "odd"), "Say why"),
        ("append([Statement(ASKED, {'who': odd, 'about': odd, 'on': '2026-01-02', 'due': '2026-02-02', 'lang': 'en'})],"
         " family=family, by=odd, once='a', at=AT)", WHO, "asked for everything that is written, owed by 2026-02-02"),
        ("erasure.propose_family(by=odd, code=code, ground='order', words='A court.', once='e', **first)", WHO,
         "To erase something of"),
        ("closing.propose_to_go_on(by=odd, words='No.', once='g', **first)", WHO, "or to go on, is proposed"),
        ("save([Statement('dialogue.passage', {'words': [{'lang': 'en', 'text': 'Late.'}]}, within='0' * 32)],"
         " family=family, by=tone, once='s', at=AT, wait=1)", WHO, "Words of tone could not be received (not-here)"),
        ("save([Statement('dialogue.passage', {'words': [{'lang': 'en', 'text': 'Late.'}]})],"
         " family=family, by=tone, once='s', at=AT, wait=10 ** 9)", WHO, "Words of tone settle until"),
        ("n = closing.propose_to_go_on(by=odd, words='No.', once='g', **first)[0];"
         "closing.answer(by=tone, proposal=n.id, yes=True, words='', once='gy', **first)", WHO, "Nobody has decided"),
        ("n = closing.propose(by=odd, last=dt.date(2027, 1, 31), words='Later.', once='g', **first)[0];"
         "closing.answer(by=tone, proposal=n.id, yes=True, words='', once='gy', **first)", WHO,
         "The last day, 2027-01-31, is not over"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_said_and_nothing_is_written(office, script, words, why):
    if script:
        do(office, script)
    done = close(office, "--to", office / "closed", *words)
    assert done.returncode == 1 and why in done.stderr, done.stderr
    assert "Late." not in done.stderr and "Zebrowicz" not in done.stderr
    assert not (office / "closed").exists() and not list(office.glob(".closed*"))
    said = python(office, office / "data", BEGIN + "print(rows(\"SELECT count(*) FROM record_entry WHERE kind = "
                  "'export.made'\", []))")  # fmt: skip
    assert said.stdout.strip() == "[(0,)]"


def test_what_could_not_be_received_is_left_behind_by_name_alone(office):
    do(office, "save([Statement('dialogue.passage', {'words': [{'lang': 'en', 'text': 'Late.'}]}, within='0' * 32)],"
               " family=family, by=tone, once='s', at=AT, wait=1)")  # fmt: skip
    assert close(office, "--to", office / "closed", *WHO).returncode == 1
    done = close(office, "--to", office / "closed", *WHO, "--leave-unsent")
    assert done.returncode == 0, done.stderr
    assert "tone: 1 sent, and not received" in (office / "closed" / "CLOSED.txt").read_text("utf-8")


def test_what_was_written_in_time_is_received_first(office):
    do(office, "save([Statement('dialogue.passage', {'words': [{'lang': 'en', 'text': 'Just in time.'}]})],"
               " family=family, by=tone, once='s', at=AT, wait=600)")  # fmt: skip
    assert close(office, "--to", office / "closed", *WHO).returncode == 0
    assert "Just in time." in (office / "closed" / "statements.jsonl").read_text("utf-8")


def test_what_was_said_or_looked_at_since_is_not_destroyed(office):
    to = office / "closed"
    assert close(office, "--to", to, *WHO).returncode == 0
    do(office, "from alongside.access.models import Account\nAccount.objects.filter(login='odd').update(called='Oddi')")
    refused = close(office, "--destroy", to, "--yes", "Skjelvika")
    assert refused.returncode == 1 and "tables/access_account.jsonl" in refused.stderr
    assert close(office, "--to", office / "again", *WHO).returncode == 0
    assert "a folder with everything" in (office / "again" / "CLOSED.txt").read_text("utf-8")  # the first one
    do(office, "append([Statement('export.made', {'what': 'everything', 'holders': [odd], 'why': 'x'})], family=0, "
               "by=odd, once='late', at=AT)")  # fmt: skip
    refused = close(office, "--destroy", office / "again", "--yes", "Skjelvika")
    assert refused.returncode == 1 and "statements.jsonl" in refused.stderr
    assert (office / "data" / "alongside.db").exists()


@pytest.fixture
def folder(office):
    """The folder of the office, and its data."""
    assert close(office, "--to", office / "closed", *WHO).returncode == 0
    return office / "closed"


def _summed(folder: Path) -> None:
    """The sums once more, so that only what a sum cannot tell is left to be found."""
    names = sorted(check.sums(folder))
    (folder / "SHA256SUMS").write_text("".join(f"{check.sum_of(folder / name)}  {name}\n" for name in names))


def test_every_planted_weakness_is_found(folder):
    """Each by itself, in a copy; first by the sums, then with the sums made anew by whoever did it."""
    lines = (folder / "statements.jsonl").read_text("utf-8").splitlines(keepends=True)
    leaves = (folder / "tables/record_leaf.jsonl").read_text().splitlines(keepends=True)
    notes = json.loads((folder / "tables/record_checkpoint.jsonl").read_text().splitlines()[-1])
    other = {**notes, "note": notes["note"].replace(notes["note"].split("\n")[2], "A" * 43 + "=")}
    erased = json.loads(lines[-1])
    erased |= {"kind": "record.erased", "salt": "", "body": {"by": "0" * 32, "ground": "asked", "on": "", "v": 1}}
    anew = json.loads(lines[-1])  # written anew with a commitment that fits: the log alone tells
    anew["body"]["words"][0]["text"] = "They kept hamsters."
    before = [one["hash"] for one in map(json.loads, lines[:-1]) if one["pk"] >> 20 == anew["pk"] >> 20]
    anew["hash"] = check.commitment(anew, before[-1] if before else "")
    plants = {
        "statements.jsonl": [
            "".join(lines).replace("marmots", "hamsters"), "".join(lines[:-1]), "".join([*lines[:3], *lines[4:]]),
            "".join([*lines[:-1], json.dumps(erased) + "\n"]), "".join([*lines[:-1], json.dumps(anew) + "\n"]),
        ],
        "tables/record_leaf.jsonl": ["".join(leaves[:-1]), "".join([leaves[1], leaves[0], *leaves[2:]])],
        "tables/record_checkpoint.jsonl": [json.dumps(other) + "\n", ""],
    }  # fmt: skip
    for name, contents in plants.items():
        right = (folder / name).read_text("utf-8")
        for content in contents:
            (folder / name).write_text(content, "utf-8")
            with pytest.raises(check.Wrong, match="its sum is another"):
                check.check(folder)
            _summed(folder)
            with pytest.raises(check.Wrong):
                check.check(folder)
        (folder / name).write_text(right, "utf-8")
        _summed(folder)
        assert check.check(folder)
    more = json.loads(lines[-1]) | {"pk": json.loads(lines[-1])["pk"] + 1, "id": "0" * 32}
    more["hash"] = check.commitment(more, json.loads(lines[-1])["hash"])
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, content in (("statements.jsonl", "".join([*lines, json.dumps(more) + "\n"])),
                          ("manifest.json", json.dumps(manifest | {"statements": len(lines) + 1}))):  # fmt: skip
        plants[name] = (folder / name).read_text("utf-8")
        (folder / name).write_text(content, "utf-8")
    _summed(folder)
    with pytest.raises(check.Wrong, match="in no leaf"):  # one more that fits, and that the log never had
        check.check(folder)
    for name in ("statements.jsonl", "manifest.json"):
        (folder / name).write_text(plants[name], "utf-8")
    _summed(folder)
    (folder / "extra.txt").write_text("more")
    with pytest.raises(check.Wrong, match=r"extra\.txt is in the folder"):
        check.check(folder)
    (folder / "extra.txt").unlink()
    (folder / "README.txt").unlink()
    with pytest.raises(check.Wrong, match=r"README\.txt is missing"):
        check.check(folder)


def test_a_folder_that_does_not_hold_destroys_nothing(folder, office):
    place = folder / "README.txt"
    place.write_text(place.read_text("utf-8") + " ", "utf-8")
    done = close(office, "--destroy", folder, "--yes", "Skjelvika")
    assert done.returncode == 1 and "Nothing was destroyed" in done.stderr and (office / "data" / "secret").exists()


def test_what_was_cut_short_is_ended_though_the_key_is_gone(folder, office):
    data = office / "data"
    sums = check.sum_of(folder / "SHA256SUMS")
    (data / "destroying").write_text(json.dumps({"office": "Skjelvika", "folder": str(folder), "sums": sums}))
    do(office, "append([Statement('export.made', {'what': 'everything', 'holders': [odd], 'why': 'x'})], family=0, "
               "by=odd, once='late', at=AT)")  # fmt: skip
    since = close(office, "--destroy", folder, "--yes", "Skjelvika")  # the key is there still, so it is asked again
    assert since.returncode == 1 and "not as it is in" in since.stderr
    (key,) = (office / "config").rglob("*.key")
    key.unlink()
    assert "Destroying was begun here" in close(office, "--to", office / "again", *WHO).stderr
    (data / "destroying").write_text(json.dumps({"office": "Skjelvika", "folder": "x", "sums": "0"}))
    other = close(office, "--destroy", folder, "--yes", "Skjelvika")
    assert other.returncode == 1 and "another folder" in other.stderr and (data / "alongside.db").exists()
    (data / "destroying").write_text(json.dumps({"office": "Skjelvika", "folder": str(folder), "sums": sums}))
    assert close(office, "--destroy", folder, "--yes", "Skjelvika").returncode == 0
    assert not data.exists()


def test_what_a_killed_run_left_is_taken_away(office):
    left = office / ".closed.0a1b2c3d"
    left.mkdir()
    (left / "statements.jsonl").write_text(PLANTED)
    mine = office / ".closed.mine"
    mine.mkdir()
    assert close(office, "--to", office / "closed", *WHO).returncode == 0
    assert not left.exists() and mine.exists()


def test_while_a_server_runs_nothing_is_destroyed(folder, office):
    import fcntl

    with open(office / "data" / "server.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = close(office, "--destroy", folder, "--yes", "Skjelvika")
    assert done.returncode == 1 and "A server is running" in done.stderr and (office / "data" / "alongside.db").exists()


def test_a_command_that_writes_is_told_so_in_a_sentence():
    assert main.sentence(Closed(1)).startswith("This office has stopped using Alongside: nothing new is received.")

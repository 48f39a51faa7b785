"""From the tables of an earlier release to today's, and the way back.

`releases/demo-0.1.0.sql.gz` holds the demo of 24 November 2026 (the invented people, 442 statements) as that day's
program wrote it: every table as SQL, so that it is small and can be read. The tests put it into an encrypted file, as
it was. As long as no change of tables came after it there is nothing to change in it; so an earlier state is also
made by taking one change back.
"""

import gzip
import json
from pathlib import Path

import pytest

from alongside.site import prepare
from alongside.site.engine.driver import KeyedConnection
from alongside.site.keeping.tests.offices import command, python
from alongside.site.problem import Problem

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sql.gz"))
KEY = "5a" * 32
SECRET = "only for tests, never for people"  # the releases were made with it
TAKEN_BACK = """
from django.core.management import call_command
call_command("migrate", "record", "0001", verbosity=0, skip_checks=True)
"""
HEADS = """
from pathlib import Path
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.verify import verify
assert list(verify()) == [] and all(rebuild(check=True).values())
print(rows("SELECT number, last_seq FROM record_family ORDER BY number", []))
"""


@pytest.fixture(params=RELEASES, ids=lambda place: place.name.removesuffix(".sql.gz"))
def release(request, tmp_path):
    """A data folder of a release."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "demo.key").write_text(KEY)
    connection = KeyedConnection(data / "alongside.db", key=KEY, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(gzip.decompress(request.param.read_bytes()).decode())
    connection.close()
    return data


def there(data):
    done = python(data.parent, data, HEADS, ALONGSIDE_SECRET=SECRET)
    assert done.returncode == 0, done.stderr
    return done.stdout


def upgrade(data, *words):
    return command(data.parent, "upgrade", "--data", data, *words, ALONGSIDE_SECRET=SECRET)


def test_a_folder_of_an_earlier_release_is_brought_up_to_date(release):
    before = heads(release)
    done = upgrade(release, "--json")
    assert done.returncode == 0, done.stderr
    assert heads(release) == before
    served = python(
        release.parent, release, "from alongside.site import prepare; prepare.tables(); print('ready')",
        ALONGSIDE_SECRET=SECRET,
    )  # fmt: skip
    assert served.stdout.strip() == "ready", served.stderr
    there(release)


def heads(data):
    connection = KeyedConnection(data / "alongside.db", key=KEY, isolation_level=None)
    found = connection.execute("SELECT pk, hash FROM record_entry ORDER BY pk").fetchall()
    connection.close()
    return found


def test_there_is_a_way_back(release):
    assert upgrade(release).returncode == 0
    assert python(release.parent, release, TAKEN_BACK, ALONGSIDE_SECRET=SECRET).returncode == 0
    before = heads(release)
    done = upgrade(release, "--json")
    found = json.loads(done.stdout)
    assert "record.0002_sealed_terms" in found["changes"]
    assert there(release)  # the register that came is filled
    back = upgrade(release, "--back", "--json")
    assert back.returncode == 0 and json.loads(back.stdout)["since"] == 0
    assert heads(release) == before
    again = upgrade(release, "--back")
    assert again.returncode == 1 and "already" in again.stderr


def test_what_was_said_since_is_not_left_behind_unasked(release):
    assert python(release.parent, release, TAKEN_BACK, ALONGSIDE_SECRET=SECRET).returncode == 0
    assert upgrade(release).returncode == 0
    say = """
from alongside.record.appending import append
from alongside.record.statement import Statement
append([Statement("dialogue.passage", {"words": [{"lang": "en", "text": "since"}]})], family=0, by=1, once="s", at=1)
"""
    assert python(release.parent, release, say, ALONGSIDE_SECRET=SECRET).returncode == 0
    held = heads(release)
    refused = upgrade(release, "--back")
    assert refused.returncode == 1 and refused.stderr.startswith("1 statements were said since")
    assert heads(release) == held
    done = upgrade(release, "--back", "--even-so", "--json")
    left = json.loads(done.stdout)["left"]
    connection = KeyedConnection(left, key=KEY, isolation_level=None)
    assert connection.execute("SELECT pk, hash FROM record_entry ORDER BY pk").fetchall() == held
    connection.close()


def test_a_record_of_a_newer_program_is_not_touched(release):
    connection = KeyedConnection(release / "alongside.db", key=KEY, isolation_level=None)
    connection.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('record', '0999_later', '2027-01-01')"
    )
    connection.close()
    told = upgrade(release)
    assert told.returncode == 1 and "newer program" in told.stderr and "0999_later" in told.stderr


def test_nobody_writes_while_tables_change(tmp_path):
    """Two processes in one folder: whoever comes second is told, whichever comes first."""
    holder = """
import sys
from pathlib import Path
from alongside.site import prepare
with prepare.alone(Path(sys.argv[1])):
    pass
print("done")
"""
    prepare.present(tmp_path)
    told = python(tmp_path, tmp_path / "own", holder.replace("sys.argv[1]", repr(str(tmp_path))))
    assert told.returncode == 1 and "Another command is at work" in told.stderr
    with prepare.alone(tmp_path):
        come = f"from pathlib import Path; from alongside.site import prepare; prepare.present(Path({str(tmp_path)!r}))"
        told = python(tmp_path, tmp_path / "own", come)
        assert told.returncode == 1 and "being changed just now" in told.stderr
    assert python(tmp_path, tmp_path / "own", come).returncode == 0


def test_another_process_at_work_is_waited_for_by_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare.fcntl, "flock", refuse(prepare.fcntl.flock))
    prepare.present(tmp_path)
    with pytest.raises(Problem, match="Let it end"), prepare.alone(tmp_path):
        pass


def refuse(real):
    def flock(place, how):
        if how & prepare.fcntl.LOCK_EX:
            raise BlockingIOError
        return real(place, how)

    return flock

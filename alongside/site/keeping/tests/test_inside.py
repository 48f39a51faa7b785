"""What lies inside a backup is looked at as it will be relied on: pages beside statements, and either can stop."""

import json
import os
import re
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from alongside.site.engine.driver import Database, KeyedConnection
from alongside.site.keeping import looking, packing, sealing, snapshot
from alongside.site.keeping.tests.offices import begun, command, say
from alongside.site.problem import Problem


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A backup of a small office: (file of the private key, public key, backup)."""
    folder = tmp_path_factory.mktemp("office")
    data = begun(folder)
    say(folder, data, "before")
    private, public = sealing.pair()
    (folder / "private").write_text(private)
    (folder / "disk").mkdir()
    made = command(folder, "backup", "--data", data, "--to", folder / "disk", "--recipient", public, "--json")
    assert made.returncode == 0, made.stderr
    return folder / "private", public, Path(json.loads(made.stdout)["file"])


def _inside(office, folder, change):
    """A backup whose sums are right, in which something else is not: `change(database, connection)`."""
    private, public, file = office
    with sealing.open_for_reading(file, sealing.identities(private)) as stream:
        found = packing.unpacked(stream, folder)
    with closing(snapshot.opened(found.database, found.key)) as connection:
        change(found.database, connection)
    small = {packing.KEY: found.key.encode(), **found.small}
    manifest = {**found.manifest, "sums": packing.sums_of(small, found.database)}
    small = {packing.MANIFEST: packing.as_json(manifest), **small}
    sealing.closed(packing.packed(small, found.database), folder / "harmed.age", sealing.recipients([public]))
    found.database.unlink()
    return folder / "harmed.age"


def _a_page(database, _connection):
    with open(database, "r+b") as file:
        file.seek(database.stat().st_size // 8192 * 4096 + 100)
        file.write(b"not what was there")


def _told(*statements):
    return lambda _database, connection: [connection.execute(one) for one in statements]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_a_page, "A page of .* is not whole|The copy is not whole"),
        (
            _told(
                "DROP TRIGGER record_entry_no_update",
                "UPDATE record_entry SET body = replace(body, 'before 1', 'before 9')",
            ),
            "not what was written",
        ),
        (_told("DROP TRIGGER record_leaf_no_delete"), "A wall of the record is missing"),
        (_told("INSERT INTO record_about (entry, person) SELECT pk, 7 FROM record_entry"), "Not as the record says"),
        (_told("DELETE FROM access_code"), "does not hold what the record held: access_code"),
    ],
    ids=["page", "statement", "wall", "register", "row"],
)
def test_what_is_not_right_inside_is_found_and_nothing_is_left(office, tmp_path, change, words):
    private = office[0]
    file = _inside(office, tmp_path, change)
    key = ("--identity", private)
    for told in (
        command(tmp_path, "restore", file, *key, "--data", tmp_path / "back"),
        command(tmp_path, "backup", "--check", file, *key),
    ):
        assert told.returncode == 1 and re.search(words, told.stderr) and told.stdout == ""
        assert set(os.listdir(tmp_path)) <= {"harmed.age", "config"} and not list(tmp_path.glob("config/**/*.key*"))


def test_coming_back_says_how_far_it_is(office, tmp_path):
    private, _public, file = office
    done = command(tmp_path, "restore", file, "--identity", private, "--data", tmp_path / "back")
    assert done.stderr.splitlines()[:3] == ["opened", "closed with a new key", "looked through"]


def test_who_is_stopped_while_looking_stops_the_other_thread_too(monkeypatch):
    asked = []

    def pages(_path, _key, _expected, stop):
        asked.append(stop.wait(60))

    def stopped(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(looking.snapshot, "sound", pages)
    monkeypatch.setattr(looking, "vouched", stopped)
    with pytest.raises(KeyboardInterrupt):
        looking.looked_through(Path("nowhere"), "", None, registers=True)
    assert asked == [True]


LIKE_A_RECORD = """
CREATE TABLE record_family (number, last_seq, last_at); CREATE TABLE django_migrations (id, app, name);
CREATE TABLE record_entry (pk INTEGER PRIMARY KEY, hash TEXT, body TEXT);
WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2000)
INSERT INTO record_entry SELECT n, 'hash', hex(randomblob(500)) FROM n;
INSERT INTO record_entry VALUES (2001, 'hash', hex(randomblob(9000)));
"""


@pytest.fixture
def some(tmp_path):
    """Tables like those of a record: (place, key). Its last page is the end of a long text, and nothing else."""
    place, key = tmp_path / "some.db", "ab" * 32
    with closing(KeyedConnection(place, key=key, isolation_level=None)) as connection:
        connection.executescript(LIKE_A_RECORD)
    return place, key


def test_the_engine_stops_in_the_middle_of_the_pages(some):
    stop = Event()
    stop.set()
    with pytest.raises(Database.OperationalError, match="interrupted"):
        snapshot.sound(*some, None, stop)


@pytest.mark.parametrize("page", [0, 1, 2, 300, -2, -1])
def test_a_page_that_is_not_whole_is_not_copied_as_an_empty_one(some, tmp_path, page):
    """The cipher's own copying says nothing of it, and a text whose last page is empty looks whole to the engine."""
    place, key = some
    snapshot.copied(place, key, tmp_path / "whole.db", "cd" * 32)
    with open(place, "r+b") as file:
        file.seek(page * 4096 + 100, os.SEEK_END if page < 0 else os.SEEK_SET)
        file.write(b"not what was there")
    with pytest.raises((Problem, Database.DatabaseError)):
        snapshot.copied(place, key, tmp_path / "copy.db", "cd" * 32)

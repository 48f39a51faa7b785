"""The engine: the key, the gate, the steady view, and what goes in comes out."""

import datetime
import decimal
import sqlite3
import threading
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connections, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from sqlcipher3 import dbapi2 as sqlcipher

from alongside.site.engine.base import DatabaseWrapper
from alongside.site.engine.checks import verdict
from alongside.site.engine.creation import copy
from alongside.site.engine.gate import Gate, GateTimeout, gate_for
from alongside.site.engine.reading import reading

KEY = "0123456789abcdef" * 4
ALIAS = "engine-under-test"


def wrapper(path, key=KEY, alias=ALIAS, **options):
    settings = connections.configure_settings({"default": {}})["default"]
    settings |= {"ENGINE": "alongside.site.engine", "NAME": str(path)}
    settings["OPTIONS"] = {"key": key, **options}
    return DatabaseWrapper(settings, alias)


@contextmanager
def opened(path, **options):
    """A connection of this thread, known to Django as ALIAS while it lasts."""
    made = wrapper(path, **options)
    connections[ALIAS] = made
    try:
        yield made
    finally:
        made.close()
        del connections[ALIAS]


@pytest.fixture(autouse=True)
def _own_files(django_db_blocker):
    """These tests bring their own database files, so pytest-django's guard stands aside."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "engine.db"
    with opened(place) as db, db.cursor() as cursor:
        cursor.execute("CREATE TABLE note (id integer primary key, words text UNIQUE)")
    return place


@pytest.fixture
def db(path):
    with opened(path) as made:
        yield made


def say(db, words):
    with db.cursor() as cursor:
        cursor.execute("INSERT INTO note (words) VALUES (%s)", [words])


def said(db):
    with db.cursor() as cursor:
        cursor.execute("SELECT words FROM note ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def elsewhere(path, act):
    """Run `act(db)` in another thread with its own connection; returns what it returned or raised."""
    outcome = []

    def run():
        try:
            with opened(path, timeout=0.2) as db:
                outcome.append(act(db))
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    return outcome[0]


# The key


def test_the_file_is_no_plain_sqlite(path):
    assert not path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT * FROM note")


@pytest.mark.parametrize("key", ["f" * 64, "short", "", None, "x'; DROP", KEY.upper()])
def test_another_key_is_refused(path, key):
    with pytest.raises(OperationalError, match="key"):
        wrapper(path, key=key).ensure_connection()


def test_the_key_may_be_a_function(path):
    with opened(path, key=lambda: KEY) as db:
        assert said(db) == []


def test_a_key_is_asked_for_at_each_opening(path):
    asked = []
    db = wrapper(path, key=lambda: asked.append(1) or KEY)
    assert not asked
    db.ensure_connection()
    db.close()
    db.ensure_connection()
    db.close()
    assert len(asked) == 2


# How it is set up


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
        ("busy_timeout", 20_000),
        ("query_only", 0),
    ],
)
def test_settings_of_each_connection(db, pragma, value):
    with db.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_the_version_is_that_of_the_engine_in_use(db):
    assert db.get_database_version() == sqlcipher.sqlite_version_info
    assert db.get_database_version() >= (3, 51, 3)
    assert db.Database is sqlcipher


def test_the_check_names_the_engine_and_refuses_an_unsafe_one(db):
    assert [finding.id for finding in db.validation.check()] == ["engine.I001"]
    assert sqlcipher.sqlite_version in db.validation.check()[0].msg
    assert [finding.id for finding in verdict((3, 40, 1), "4.5")] == ["engine.I001", "engine.E001"]
    assert [finding.id for finding in verdict((3, 53, 0), "none")] == ["engine.I001", "engine.E002"]


def test_an_unsafe_engine_does_not_open(path, monkeypatch):
    monkeypatch.setattr("alongside.site.engine.base.OLDEST_SAFE", (99, 0, 0))
    with pytest.raises(DatabaseError, match="lose"):
        wrapper(path).ensure_connection()


def test_replace_fires_delete_triggers(db):
    with db.cursor() as cursor:
        cursor.execute("CREATE TRIGGER kept BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'written once'); END")
        cursor.execute("INSERT INTO note VALUES (1, 'first')")
        with pytest.raises(IntegrityError, match="written once"):
            cursor.execute("REPLACE INTO note VALUES (1, 'other')")
    assert said(db) == ["first"]


# Values


def test_values_come_back_as_they_went_in(db):
    moment = datetime.datetime(2026, 3, 14, 9, 26, 53, 589793)
    day = datetime.date(2026, 3, 14)
    hour = datetime.time(9, 26, 53)
    with db.cursor() as cursor:
        columns = "a datetime, b date, c bool, d bool, e decimal, f blob, g time, h timestamp"
        cursor.execute(f"CREATE TABLE v ({columns})")
        values = [moment, day, True, False, decimal.Decimal("3.50"), b"\x00\xff", "09:26:53", moment]
        cursor.execute("INSERT INTO v VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", values)
        row = cursor.execute("SELECT * FROM v").fetchone()
    assert row[:4] == (moment, day, True, False)
    assert decimal.Decimal(str(row[4])) == decimal.Decimal("3.5")
    assert row[5:] == (b"\x00\xff", hour, moment)


def test_both_kinds_of_placeholder(db):
    with db.cursor() as cursor:
        cursor.execute("INSERT INTO note (words) VALUES (%(w)s)", {"w": "100 %"})
        cursor.executemany("INSERT INTO note (words) VALUES (%s)", ((word,) for word in "ab"))
        cursor.executemany("INSERT INTO note (words) VALUES (%(w)s)", [{"w": "c"}])
        cursor.execute("SELECT words FROM note WHERE words LIKE '%%' || %s ESCAPE '!'", ["!%"])
        assert cursor.fetchall() == [("100 %",)]
    assert said(db) == ["100 %", "a", "b", "c"]


def test_rows_of_a_statement_speak_both_kinds_of_placeholder(db):
    say(db, "100 %")
    assert db.rows("SELECT words FROM note WHERE words LIKE '100 %%' AND id = %s", [1]) == [("100 %",)]
    assert db.rows("SELECT id FROM note WHERE words = %(w)s OR %(w)s = %(no)s", {"w": "100 %", "no": 0}) == [(1,)]
    assert db.rows("SELECT words FROM note WHERE id = %s", [2]) == []


def test_rows_are_counted_and_wrapped_as_other_queries_are(db):
    heard = []

    def listen(execute, sql, params, many, context):
        heard.append(params)
        return execute(sql, params, many, context)

    with CaptureQueriesContext(db) as asked:
        db.rows("SELECT %s", [1])
    with db.execute_wrapper(listen):
        db.rows("SELECT %s", [2])
    assert len(asked) == 1 and heard == [[2]]


def test_rows_of_a_write_wait_their_turn(path, db):
    insert = "INSERT INTO note (words) VALUES (%s) RETURNING id"
    assert db.rows(insert, ["first"]) == [(1,)]
    with transaction.atomic(using=ALIAS):
        say(db, "second")
        assert isinstance(elsewhere(path, lambda other: other.rows(insert, ["third"])), OperationalError)
    assert said(db) == ["first", "second"]


def test_rows_refuse_as_a_cursor_does(db):
    with pytest.raises(OperationalError):
        db.rows("SELECT * FROM nowhere", [])
    with pytest.raises(TransactionManagementError), transaction.atomic(using=ALIAS):
        transaction.set_rollback(True, using=ALIAS)
        db.rows("SELECT 1", [])
    met = []
    thread = threading.Thread(target=lambda: met.append(_refused(db)))
    thread.start(), thread.join()
    assert met == [True]


def _refused(db):
    try:
        db.rows("SELECT 1", [])
    except DatabaseError:
        return True


def test_rows_of_insert_returning(path, db):
    query = "INSERT INTO note (words) VALUES (%s), (%s), (%s), (%s) RETURNING words"
    with db.cursor() as cursor:
        cursor.execute(query, list("abcd"))
        # The write is over although no row has been fetched yet.
        assert elsewhere(path, lambda other: say(other, "e")) is None
        assert cursor.fetchone() == ("a",)
        assert cursor.fetchmany(2) == [("b",), ("c",)]
        assert list(cursor) == [("d",)]
        assert cursor.fetchone() is None
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchall() == [(5,)]


def test_django_functions_are_there(db):
    with db.cursor() as cursor:
        cursor.execute("SELECT REGEXP('a.c', 'abc'), django_date_extract('year', '2026-03-14')")
        assert cursor.fetchone() == (1, 2026)
        cursor.execute("SELECT STDDEV_POP(v) FROM (SELECT 1 AS v UNION ALL SELECT 3)")
        assert cursor.fetchone() == (1.0,)


def test_errors_are_djangos(db):
    say(db, "once")
    with pytest.raises(IntegrityError):
        say(db, "once")
    with pytest.raises(OperationalError):
        db.cursor().execute("SELECT * FROM nowhere")


# Transactions


def test_savepoints(db):
    with transaction.atomic(using=ALIAS):
        say(db, "kept")
        with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
            say(db, "dropped")
            say(db, "kept")
        with transaction.atomic(using=ALIAS):
            say(db, "kept too")
    assert said(db) == ["kept", "kept too"]


@pytest.mark.parametrize("ending", ["commit", "rollback", "close", "refused commit"])
def test_every_ending_opens_the_gate(path, db, ending):
    gate = gate_for(path)
    try:
        with transaction.atomic(using=ALIAS):
            say(db, "here")
            assert gate._holder == threading.get_ident()
            if ending == "rollback":
                raise RuntimeError
            if ending == "close":
                db.close()
            if ending == "refused commit":
                with db.cursor() as cursor:
                    cursor.execute("CREATE TABLE c (n REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)")
                    cursor.execute("INSERT INTO c VALUES (99)")
    except (RuntimeError, IntegrityError):
        pass
    assert gate._holder is None
    assert db._gate is None
    elsewhere(path, lambda other: say(other, "next"))
    assert "next" in elsewhere(path, said)


def test_a_failed_begin_opens_the_gate(path, db):
    """Another process holds SQLite's own lock: here a bare connection plays it."""
    stranger = sqlcipher.connect(str(path), isolation_level=None)
    stranger.execute(f"PRAGMA key = \"x'{KEY}'\"")
    stranger.execute("BEGIN IMMEDIATE")
    assert isinstance(elsewhere(path, lambda other: say(other, "shut out")), OperationalError)

    def begin(other):
        with pytest.raises(OperationalError), transaction.atomic(using=ALIAS):
            say(other, "shut out")
        return gate_for(path)._holder

    assert elsewhere(path, begin) is None
    stranger.execute("ROLLBACK")
    stranger.close()
    say(db, "let in")
    assert said(db) == ["let in"]


# The gate


def test_writers_pass_in_the_order_they_came(path, db):
    gate = gate_for(path)
    names = [f"writer {number}" for number in range(6)]
    threads = []
    with transaction.atomic(using=ALIAS):
        for number, name in enumerate(names):
            thread = threading.Thread(target=_write, args=(path, name, number % 2 == 0))
            thread.start()
            threads.append(thread)
            while gate.waiting <= number:
                thread.join(0.001)
                assert thread.is_alive()
        say(db, "first")
    for thread in threads:
        thread.join(20)
    assert said(db) == ["first", *names]


def _write(path, name, in_transaction):
    """One writer: in a transaction, or a single statement as sessions do."""
    with opened(path) as db:
        if in_transaction:
            with transaction.atomic(using=ALIAS):
                say(db, name)
        else:
            say(db, name)


def test_a_late_writer_gives_up_and_leaves_the_line(path, db):
    with transaction.atomic(using=ALIAS):
        refused = elsewhere(path, lambda other: say(other, "late"))
        assert isinstance(refused, OperationalError)
        assert gate_for(path).waiting == 0
    say(db, "after")
    assert said(db) == ["after"]


def test_a_thread_does_not_wait_for_itself():
    gate = Gate()
    gate.acquire(1)
    with pytest.raises(GateTimeout, match="this thread"):
        gate.acquire(1)


def test_one_file_has_one_gate(path, tmp_path):
    (tmp_path / "link.db").symlink_to(path)
    assert gate_for(str(path)) is gate_for(tmp_path / "link.db")
    assert gate_for(tmp_path / "other.db") is not gate_for(path)


# Reading


def test_reading_neither_blocks_a_writer_nor_sees_its_commit(path, db):
    say(db, "before")
    with db.reading():
        assert elsewhere(path, lambda other: say(other, "meanwhile")) is None
        assert said(db) == ["before"]
    assert said(db) == ["before", "meanwhile"]


def test_reading_is_not_blocked_by_a_writer(path, db):
    with transaction.atomic(using=ALIAS):
        say(db, "not yet")

        def look(other):
            with reading(ALIAS):
                return said(other)

        assert elsewhere(path, look) == []


@pytest.mark.parametrize("inside", [False, True])
def test_reading_refuses_writes(db, inside):
    with transaction.atomic(using=ALIAS) if inside else db.reading():
        with pytest.raises(OperationalError, match="readonly"), db.reading(), db.reading():
            say(db, "slipped in")
    say(db, "allowed again")
    assert said(db) == ["allowed again"]


def test_writing_is_possible_again_after_a_failure_inside_reading(db):
    with transaction.atomic(using=ALIAS):
        say(db, "one")
        with pytest.raises(OperationalError), db.reading():
            with transaction.atomic(using=ALIAS):
                say(db, "two")
        say(db, "three")
    assert said(db) == ["one", "three"]


# Copies


def test_a_copy_is_whole_and_keeps_the_key(path, db, tmp_path):
    say(db, "copied")
    copy(db, tmp_path / "copy.db")
    assert elsewhere(tmp_path / "copy.db", said) == ["copied"]
    assert said(db) == ["copied"]

"""What is planned once, and what travels together: the fast way to the second database (docs/decisions/0029).

What a plan made for one reader gives to the next is the question here; what the gate gives is asked elsewhere.
"""

import hashlib
import re
from collections import OrderedDict
from dataclasses import replace

import pytest
from django.db import DataError, ProgrammingError, connection, connections, transaction

from alongside import asking
from alongside.access.standing import reader_in
from alongside.dialogue.asked import asked as words_asked
from alongside.dialogue.finding import found
from alongside.record.appending import append
from alongside.record.gate import gate
from alongside.record.reading import everything, find, read, rows
from alongside.record.tests.test_asking import AT, Home, journeys, said
from alongside.site import stores

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="on the file nothing travels")


@pytest.fixture
def home(db):
    return Home()


def own_statements() -> set[str]:
    return {name for (name,) in rows("SELECT name FROM pg_prepared_statements", []) if name.startswith("alongside")}


# --- for whom, whoever it was planned for --------------------------------------------------------------------


def test_a_plan_that_was_made_for_one_reader_gives_the_next_only_theirs(home):
    """The same connection and the same statement: a worker, somebody of elsewhere who takes that family for theirs,
    nobody, and the worker again."""
    reader, shape = home.reader(home.worker), gate(home.reader(home.worker))[0]
    sql, values = everything(shape, False), {**gate(reader)[1], "moment": None}

    def given() -> int:
        return len(connection.rows(sql, values, one_plan=True))

    for _ in range(8):  # the server looks at values five times before it would settle by itself
        with asking.for_person(home.worker, now=AT):
            assert given() == 2
    with asking.for_person(home.elsewhere, now=AT):
        assert given() == 0
    with asking.for_nobody():
        assert given() == 0
    with asking.for_person(home.worker, now=AT):
        assert given() == 2
    assert len(own_statements()) >= 1


def test_nobody_reads_after_somebody_in_one_transaction(home):
    """What was told before in a transaction is told anew, not left."""
    with transaction.atomic():
        with asking.for_person(home.worker, now=AT):
            assert len(read(home.reader(home.worker))) == 2
            assert home.beside_the_gate() == 2
        with asking.for_nobody():
            assert read(home.reader(home.worker)) == []
            assert home.beside_the_gate() == 0


def test_two_questions_of_one_journey_are_each_asked_for_whom_they_were_said(home):
    """What waits was said by the house; the question that takes it along is a page's."""
    with connection.gathering(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_family SET last_at = last_at WHERE number IN "
                       "(SELECT e.pk >> 20 FROM record_entry e)")  # fmt: skip
        with asking.for_person(home.elsewhere, now=AT):
            assert home.beside_the_gate() == 0
        assert home.beside_the_gate() == 2


def test_one_family_narrows_and_never_widens(home):
    sql = "SELECT DISTINCT CAST(pk >> 20 AS integer) FROM record_entry WHERE pk >> 20 IN (%s, %s) ORDER BY 1"
    both = [home.number, home.other]

    def families(**how) -> list[int]:
        with asking.for_reader(home.worker, now=AT, **how):
            return [number for (number,) in rows(sql, both)]

    assert families() == [home.number]
    assert families(family=home.number) == [home.number]
    assert families(family=home.other) == []


# --- one plan ------------------------------------------------------------------------------------------------


def plans(home, by_mark: bool) -> dict[str, str]:
    """The one plan of each hot read of a reader of this sort, as the server has it for any value."""
    from alongside.site.engine.postgresql.journey import ONE_PLAN, TELL, numbered

    reader, heard = replace(home.reader(home.worker), by_mark=by_mark), {}
    go = connection._journeys.go

    def listening(statements):
        heard.update((one.query, one.values) for one in statements if one.one_plan)
        return go(statements)

    connection._journeys.go = listening
    try:
        read(reader), read(reader, at=AT + 1), read(reader, newest=5), find(reader, "0" * 32)
        found(reader, words_asked("morning")), reader_in(home.worker, "none", now=AT, strength=3)
    finally:
        del connection._journeys.go
    said = {}
    with connection.cursor() as cursor:
        for number, (query, values) in enumerate(heard.items()):
            text, names = numbered(query, True)
            kinds = ", ".join("bigint" if isinstance(values[name], int) else "text" for name in names)
            cursor.execute(f"PREPARE looked_{number} ({kinds}) AS {text.decode()}")
            cursor.execute(TELL, ["house", "", "", *ONE_PLAN])
            cursor.execute(f"EXPLAIN EXECUTE looked_{number} ({', '.join(['%s'] * len(names))})",
                           [values[name] for name in names])  # fmt: skip
            said[query] = "\n".join(row[0] for row in cursor.fetchall())
            cursor.execute(f"DEALLOCATE looked_{number}")
    return said


@pytest.mark.parametrize("by_mark", [True, False])
def test_the_one_plan_goes_along_the_indexes_in_their_order(home, by_mark):
    """Good for a family of a hundred and of five thousand: no table is gone through, nothing of a family is sorted or
    kept aside, and where twenty are wanted it can stop at twenty."""
    there = plans(home, by_mark)
    assert len(there) == 6
    for query, plan in there.items():
        assert re.search(r"\$\d", plan) and "Seq Scan on record_entry" not in plan, plan
        assert not re.search(r"(?<!Incremental )Sort  |Hash Join|Materialize", plan), (query, plan)
        # what a family said, or the stems of it, from one place to another; one place; one id or code
        assert re.search(r"Index Cond: \(\((pk|entry) >= \$|Index Cond: \(pk = ", plan) or re.search(
            r"\((id|code)\)", plan
        ), plan


def test_a_read_is_planned_once_and_asked_in_one_journey(home):
    reader = home.reader(home.worker)
    read(reader)
    there = own_statements()
    assert journeys(lambda: (read(reader), read(home.reader(home.elsewhere)), read(reader))) == 3
    assert own_statements() == there


def test_through_a_pool_the_same_is_read_and_nothing_prepared(home, monkeypatch):
    monkeypatch.setattr(connection._journeys, "preparing", False)
    monkeypatch.setattr(connection._journeys, "names", OrderedDict())
    there, reader = own_statements(), home.reader(home.worker)
    assert [len(read(reader)), len(read(reader, newest=1)), len(read(home.reader(home.elsewhere)))] == [2, 1, 0]
    append([said("pooled")], family=home.number, by=home.worker, once="pooled", at=AT)
    assert own_statements() == there
    assert journeys(lambda: read(reader)) == 1
    assert len(read(reader)) == 3


@pytest.mark.parametrize(("pooled", "planned"), [(False, 1), (True, 0)])
def test_the_setting_says_whether_there_is_a_pool(home, pooled, planned):
    assert stores.at_address("postgresql://north@host/north", pooled=pooled)["POOLED"] is pooled
    another = type(connections["default"])({**connection.settings_dict, "POOLED": pooled}, "default")
    try:
        another.ensure_connection()
        assert another.rows("SELECT %s", ["x"], one_plan=True) == [("x",)]
        assert another.rows("SELECT CAST(COUNT(*) AS integer) FROM pg_prepared_statements", []) == [(planned * 2,)]
    finally:
        another.close()


def test_a_connection_keeps_so_many_plans_and_no_more(home, monkeypatch):
    from alongside.site.engine.postgresql import journey

    there = own_statements()
    monkeypatch.setattr(journey, "KNOWN", 4)
    monkeypatch.setattr(connection._journeys, "names", OrderedDict())
    for n in range(9):
        assert connection.rows(f"SELECT {n}, %s", ["x"], one_plan=True) == [(n, "x")]
    assert len(own_statements() - there) == 4
    assert connection.rows("SELECT 0, %s", ["y"], one_plan=True) == [(0, "y")]


def test_a_name_means_one_statement_whoever_gave_it(home):
    """Behind a pool nobody told us of, what another process has prepared is there by its name."""
    read(home.reader(home.worker))
    there = rows("SELECT name, statement FROM pg_prepared_statements WHERE name LIKE %s", ["alongside%"])
    assert there
    for name, statement in there:
        assert name.split("_")[1] == hashlib.sha256(statement.encode()).hexdigest()[:24]


def test_a_plan_that_went_is_made_again(home):
    """As a server forgets it that was begun anew behind a pool nobody told us of."""
    assert connection.rows("SELECT %s", ["x"], one_plan=True) == [("x",)]
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    with pytest.raises(Exception, match="prepared statement"), transaction.atomic():
        connection.rows("SELECT %s", ["x"], one_plan=True)
    assert connection.rows("SELECT %s", ["x"], one_plan=True) == [("x",)]


# --- values --------------------------------------------------------------------------------------------------


def test_a_value_may_grow(home):
    """The first one decides how it was planned; a later one is as large as it is."""
    for value in (1, 70_000, 2**40, None, 3):
        assert connection.rows("SELECT CAST(%s AS bigint)", [value], one_plan=True) == [(value,)]
        assert rows("SELECT person FROM record_reader WHERE entry = %s", [value]) is not None


def test_values_come_back_as_they_are(home):
    kinds = "SELECT %s, CAST(%s AS bytea), CAST(%s AS text), %s = 1, CAST(NULL AS text), 1.5, '100 %%'"
    (found,) = rows(kinds, [2**40, b"\0\1", "å; %s --", 1])
    assert found == (2**40, b"\0\1", "å; %s --", True, None, found[5], "100 %") and float(found[5]) == 1.5


def test_what_cannot_be_spelt_leaves_the_connection_as_it_was(home):
    with pytest.raises(DataError):
        rows("SELECT %s", ["a\0b"])
    assert rows("SELECT %s", ["a"]) == [("a",)]


def test_what_the_server_refuses_is_raised_and_the_rest_not_done(home):
    with pytest.raises(ProgrammingError, match="nowhere"), transaction.atomic():
        connection.together([("SELECT 1", []), ("SELECT * FROM nowhere", []), ("SELECT 2", [])])
    assert connection.together([("SELECT 1", []), ("SELECT %s", ["2"])]) == [[(1,)], [("2",)]]


# --- an act --------------------------------------------------------------------------------------------------


def test_what_waits_in_a_part_that_failed_is_dropped_and_the_rest_goes(home):
    class Undo(Exception):
        pass

    def put(cursor, name: str) -> None:
        cursor.execute("INSERT INTO record_person (id) VALUES (%s)", [name])

    with connection.gathering(), connection.cursor() as cursor:
        put(cursor, "before")
        with pytest.raises(Undo), transaction.atomic():
            put(cursor, "inside")
            raise Undo
        with transaction.atomic():
            put(cursor, "beside")
        put(cursor, "after")
    sql = "SELECT id FROM record_person WHERE id IN ('before', 'inside', 'beside', 'after') ORDER BY id"
    assert rows(sql, []) == [("after",), ("before",), ("beside",)]

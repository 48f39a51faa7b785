"""The wall lets one change of an entry through, on both databases, whoever tries: here the owner of the tables does.

Every other change is refused: each that differs in one place, any that differs in several, and the same one without
the decision of two persons that holds the place. What the application's role can do on PostgreSQL stands below.
"""

from contextlib import nullcontext

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside import asking, ids
from alongside.record import erasing
from alongside.record.appending import append, open_family
from alongside.record.erased import CONFIRMED, DECLINED, ERASED, closed_key, left
from alongside.record.reading import rows
from alongside.record.statement import Statement
from alongside.record.tests.test_append import AT, Home
from alongside.record.tests.test_log import without_walls
from alongside.record.tests.test_verify import owner
from alongside.record.verify import verify
from alongside.record.walls import build, missing, standing_walls, walls_stand

POSTGRESQL = connection.vendor == "postgresql"
ON = "2026-11-24"
ANOTHER = [{"lang": "en", "text": "A lodger slept in the hall."}]
# A lawful change, column for column, in SQL; `body` and the rest of them are values.
SHAPE = {
    "kind": "'record.erased'", "body": "%(body)s", "salt": "CAST('' AS bytea)" if POSTGRESQL else "x''",
    "readers": "%(readers)s", "once": "%(once)s", "about": "'[]'", "via": "'[]'", "basis": "'act'", "saw": "NULL",
    "speaker": "NULL", "so": "NULL", "so_first": "NULL", "so_last": "NULL", "learnt_at": "NULL", "written_at": "NULL",
}  # fmt: skip
# What makes it unlawful: a column left as it is (None), or set to something else.
UNLAWFUL = {
    **{f"{name} stays": (name, None) for name in SHAPE if name != "readers"},
    **{
        f"{name} = {value}": (name, value)
        for name, value in [
            ("pk", "pk + 1000"), ("id", "'x'"), ("thing", "1"), ("within", "1"), ("answers", "1"), ("author", "77777"),
            ("mark", "'sealed'"), ("recorded_at", "1"), ("hash", "'x'"), ("kind", "'dialogue.answer'"),
            ("kind", "'record.erasure-confirmed'"), ("salt", "hash" if not POSTGRESQL else "CAST(hash AS bytea)"),
            ("about", "'[1]'"), ("via", "'[1]'"), ("basis", "'seen'"), ("saw", "1"), ("speaker", "77777"), ("so", "''"),
            ("so_first", "1"), ("so_last", "1"), ("learnt_at", "''"), ("written_at", "1"), ("body", "'{}'"),
            ("body", "replace(%(body)s, 'asked', 'order')"), ("body", "replace(%(body)s, '2026', '2025')"),
            ("body", "replace(%(body)s, '}', ',\"words\":1}')"), ("readers", "'[[77777,\"own\"]]'"),
            ("readers", "'[[9999,\"present\"]]'"), ("once", "'mine'"), ("once", "once || 'x'"),
            ("once", "replace(%(once)s, 'erased', 'again')"),
        ]
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory, django_db_setup, django_db_blocker):
    """A family in a database of its own, at which the owner of the tables is at work."""
    from stories.worlds import Worlds, inside

    with django_db_blocker.unblock(), inside(Worlds(tmp_path_factory.mktemp("wall")).empty), owner():
        open_family(0)
        yield Home()


def said(home, words="The zebra Quirinalius stood in the rhubarb."):
    """The place of an entry that holds something in each of its columns."""
    thing = Statement(
        "dialogue.passage", {"words": [{"lang": "en", "text": words}]}, basis="told", speaker=home.mother, so="2026-03",
        so_first=1, so_last=2, about=(home.mother,), via=(home.father,), saw=1, learnt_at="2026-04", written_at=AT,
        readers=((home.mother, "present"), (home.father, "addressed")),
    )  # fmt: skip
    [receipt] = home.say(thing)
    return rows("SELECT pk FROM record_entry WHERE id = %s", [receipt.id])[0][0]


def decision(home, place, *, first=None, second=None, last=CONFIRMED, family=0):
    """The id of a decision in the record about this place, by these two, without carrying it out."""
    first, second = first or home.worker, second or home.office
    [one] = append(
        [erasing.proposed([place], scope="entries", ground="asked", words="x", lang="en")],
        family=family, by=first, once=ids.new(), at=AT,
    )  # fmt: skip
    body = {"on": ON} if last == CONFIRMED else {"words": ANOTHER}
    [two] = append([Statement(last, body, thing=one.id)], family=family, by=second, once=ids.new(), at=AT)
    return two.id


def values(place, by):
    readers, once = rows("SELECT readers, once FROM record_entry WHERE pk = %s", [place])[0]
    return {"body": left(by=by, ground="asked", on=ON), "readers": readers, "once": closed_key(once)}


def change(place, by, *wrong, **more):
    sets = SHAPE | {name: value for name, value in wrong}
    sql = ", ".join(f"{name} = {value}" for name, value in sets.items() if value is not None)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE record_entry SET {sql} WHERE pk = {place}", values(place, by) | more)


def row(place):
    return rows("SELECT * FROM record_entry WHERE pk = %s", [place])


def refused(place, by, *wrong, **more):
    before = row(place)
    with pytest.raises(DatabaseError):
        change(place, by, *wrong, **more)
    assert row(place) == before and before


def test_the_lawful_change_goes_through_once(home):
    place = said(home)
    by = decision(home, place)
    change(place, by)
    assert rows("SELECT kind, body FROM record_entry WHERE pk = %s", [place]) == [
        (ERASED, left(by=by, ground="asked", on=ON))
    ]
    assert list(verify()) == []
    refused(place, by)


@pytest.mark.parametrize("kept", ["[]", "first", "last"])
def test_readers_may_become_fewer(home, kept):
    import json

    place = said(home)
    by = decision(home, place)
    there = json.loads(values(place, by)["readers"])
    some = {"[]": [], "first": there[:1], "last": there[-1:]}[kept]
    change(place, by, readers=json.dumps(some, separators=(",", ":")))
    assert rows("SELECT kind FROM record_entry WHERE pk = %s", [place]) == [(ERASED,)]


@pytest.fixture(scope="module")
def decided(home):
    """(place, decision) of an entry that is still there."""
    place = said(home)
    return place, decision(home, place)


@pytest.mark.parametrize("wrong", UNLAWFUL)
def test_a_change_that_differs_in_one_place_is_refused(decided, wrong):
    refused(*decided, UNLAWFUL[wrong])


@given(st.sets(st.sampled_from(sorted(UNLAWFUL)), min_size=2, max_size=12))
@settings(max_examples=60)
def test_and_one_that_differs_in_several(decided, wrong):
    refused(*decided, *map(UNLAWFUL.get, sorted(wrong)))


def test_after_all_of_that_the_lawful_one_still_goes_through(home, decided):
    """What was refused above was refused for what it changed."""
    place, by = decided
    with transaction.atomic():
        mark = transaction.savepoint()
        change(place, by)
        transaction.savepoint_rollback(mark)


def test_without_two_persons_it_is_refused(home):
    place, other = said(home), said(home, "other")
    refused(place, decision(home, place, first=home.worker, second=home.worker))
    refused(place, decision(home, other))
    refused(place, decision(home, place, last=DECLINED))
    refused(place, decision(home, place, family=home.family))
    refused(place, ids.new())


def test_what_the_office_says_itself_is_never_erased(home):
    own = decision(home, said(home))
    [(place,)] = rows("SELECT pk FROM record_entry WHERE id = %s", [own])
    refused(place, decision(home, place))


def test_a_wall_with_other_words_is_no_wall(home):
    weak = "CREATE TRIGGER record_entry_no_update BEFORE UPDATE ON record_entry BEGIN SELECT 1; END"
    if POSTGRESQL:
        weak = "CREATE OR REPLACE FUNCTION record_erased_only() RETURNS trigger LANGUAGE plpgsql AS "
        weak += "'BEGIN RETURN NEW; END'"
    with connection.cursor() as cursor:
        if not POSTGRESQL:
            cursor.execute("DROP TRIGGER record_entry_no_update")
        cursor.execute(weak)
    assert missing() == ["record_entry_no_update"]
    build()
    assert missing() == []


def test_tampering_with_what_is_left_is_found(home):
    place = said(home)
    change(place, decision(home, place))
    with transaction.atomic():
        mark = transaction.savepoint()
        other = left(by=ids.new(), ground="asked", on=ON)
        without_walls(f"UPDATE record_entry SET body = '{other}' WHERE pk = {place}")
        assert [one.place for one in verify()] == [place]
        transaction.savepoint_rollback(mark)
    build()
    assert list(verify()) == []


# --- the application's role on PostgreSQL ----------------------------------------------------------------------

roles = pytest.mark.skipif(not POSTGRESQL, reason="the file has no roles")
CALL = "SELECT record_entry_erase(%(place)s, %(body)s, %(readers)s, %(once)s)"


@pytest.fixture
def here(db):
    return Home()


def call(place, by, **more):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CALL, {"place": place, **values(place, by), **more})


def denied(place, by, asked=nullcontext, **more):
    before = row(place)
    told = values(place, by) if before else {"body": "{}", "readers": "[]", "once": "x"}
    with pytest.raises(DatabaseError) as found, asked(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CALL, {"place": place, **told, **more})
    assert row(place) == before
    return str(found.value).partition("\n")[0]


@roles
def test_the_application_may_call_and_may_not_change(here):
    place = said(here)
    by = decision(here, place)
    with pytest.raises(DatabaseError, match="permission denied for table record_entry"):
        change(place, by)
    call(place, by)
    assert rows("SELECT kind, body, salt FROM record_entry WHERE pk = %s", [place]) == [
        (ERASED, left(by=by, ground="asked", on=ON), b"")
    ]
    assert list(verify()) == []


@roles
def test_what_was_not_decided_by_two_is_denied_as_what_is_not_there(here):
    place, other = said(here), said(here, "other")
    absent = denied((here.family << 20) + 1000, "")
    assert absent == "an entry is never changed"
    assert denied(place, decision(here, place, first=here.worker, second=here.worker)) == absent
    assert denied(place, decision(here, other)) == absent
    assert denied(place, ids.new()) == absent
    by = decision(here, place)
    assert denied(place, by, body=left(by=by, ground="order", on=ON)) == absent
    assert denied(place, by, readers='[[9999,"present"]]') == absent
    assert denied(place, by, once="mine") == absent


@roles
def test_nobody_but_the_house_erases(here):
    place = said(here)
    by = decision(here, place)
    denied(place, by, lambda: asking.for_person(here.worker, now=AT))
    denied(place, by, asking.for_nobody)
    call(place, by)


@roles
def test_a_decision_in_a_table_of_the_sessions_own_is_none(here):
    """The application may make such tables; neither the function nor the wall looks there."""
    place = said(here)
    by = decision(here, place, first=here.worker, second=here.worker)
    told = values(place, by)
    with transaction.atomic():
        mark = transaction.savepoint()
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE record_entry AS SELECT * FROM public.record_entry")
            cursor.execute("UPDATE record_entry SET author = 1 WHERE id = %s", [by])  # now it is made by two
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(CALL, {"place": place, **told})
        transaction.savepoint_rollback(mark)
    assert rows("SELECT kind FROM record_entry WHERE pk = %s", [place]) == [("dialogue.passage",)]


@roles
def test_the_function_counts_among_the_walls(here):
    assert "record_entry_erase" in standing_walls() and missing() == []


# --- weaknesses, planted by the owner or by the server's own master --------------------------------------------

TAKES = "record_entry_erase(bigint, text, text, text)"
WEAK = {
    "the wall lets everything through": (
        "record_entry_no_update",
        "CREATE OR REPLACE FUNCTION record_erased_only() RETURNS trigger LANGUAGE plpgsql "
        "SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN NEW; END'",
    ),
    "the wall looks for names anywhere": ("record_entry_no_update", "ALTER FUNCTION record_erased_only() RESET ALL"),
    "the wall sleeps where a session says it copies": (
        "record_entry_no_update", "ALTER TABLE record_entry ENABLE TRIGGER record_entry_no_update"
    ),
    "the wall only refuses": (
        "record_entry_no_update",
        "CREATE OR REPLACE TRIGGER record_entry_no_update BEFORE UPDATE ON record_entry FOR EACH ROW "
        "EXECUTE FUNCTION record_refuse('an entry is never changed')",
    ),
    "the wall of another table lets lawful changes through": (
        "record_leaf_no_update",
        "CREATE OR REPLACE TRIGGER record_leaf_no_update BEFORE UPDATE ON record_leaf FOR EACH ROW "
        "EXECUTE FUNCTION record_erased_only('never')",
    ),
    "the function asks nothing": (
        "record_entry_erase",
        "CREATE OR REPLACE FUNCTION record_entry_erase(place bigint, told text, named text, key text) RETURNS void "
        "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'BEGIN ALTER TABLE "
        "public.record_entry DISABLE TRIGGER USER; UPDATE public.record_entry SET body = told WHERE pk = place; END'",
    ),
    "the function runs as whoever calls": ("record_entry_erase", f"ALTER FUNCTION {TAKES} SECURITY INVOKER"),
    "the function looks for names anywhere": ("record_entry_erase", f"ALTER FUNCTION {TAKES} RESET ALL"),
    "anybody may call the function": ("record_entry_erase", f"GRANT EXECUTE ON FUNCTION {TAKES} TO PUBLIC"),
    "another role may call it": ("record_entry_erase", f"GRANT EXECUTE ON FUNCTION {TAKES} TO pg_monitor"),
    "the application may not": ("record_entry_erase", f"REVOKE EXECUTE ON FUNCTION {TAKES} FROM alongside"),
    "there is none": ("record_entry_erase", f"DROP FUNCTION {TAKES}"),
}  # fmt: skip


@roles
@pytest.mark.parametrize("weak", WEAK)
def test_a_weakness_is_named_and_mended(home, weak):
    name, sql = WEAK[weak]
    assert missing() == []
    with transaction.atomic():
        mark = transaction.savepoint()
        with connection.cursor() as cursor:
            cursor.execute(sql)
        assert missing() == [name]
        build()
        assert missing() == []
        transaction.savepoint_rollback(mark)


@pytest.fixture
def master(home):
    """`master(sql)`: what the master of the server does in the database of `home`."""
    import psycopg

    there = connection.settings_dict

    def does(sql, *values):
        with psycopg.connect(host=there["HOST"], user="postgres", dbname=there["NAME"], autocommit=True) as one:
            return one.execute(sql, values or None)

    return does


@roles
@pytest.mark.parametrize(
    ("function", "name"), [(TAKES, "record_entry_erase"), ("record_erased_only()", "record_entry_no_update")]
)
def test_a_function_of_somebody_elses_is_none_of_ours(home, master, function, name):
    """They could give it other words at any time."""
    [[mine]] = rows("SELECT current_user", [])
    master(f"ALTER FUNCTION {function} OWNER TO alongside")
    try:
        assert missing() == [name]
    finally:
        master(f"ALTER FUNCTION {function} OWNER TO {mine}")
        build()
    assert missing() == []


@roles
def test_the_master_of_the_server_meets_the_wall_too(home, master):
    import psycopg

    place = said(home)
    for before in ("", "SET session_replication_role = replica; "):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="an entry is never changed"):
            master(f"{before}UPDATE record_entry SET body = '{{}}' WHERE pk = {place}")


@roles
@pytest.mark.parametrize(
    "sql",
    [
        "CREATE FUNCTION also() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.body = ''{}''; RETURN NEW; END'; "
        "CREATE TRIGGER zz BEFORE UPDATE ON record_entry FOR EACH ROW EXECUTE FUNCTION also()",
        "CREATE FUNCTION takes_down() RETURNS void LANGUAGE sql SECURITY DEFINER AS "
        "'ALTER TABLE public.record_entry DISABLE TRIGGER USER'",
    ],
)
def test_what_stands_beside_the_walls_is_named(home, sql):
    def named():
        return [one for one in walls_stand(None, ["default"]) if one.id == "record.E005"]

    assert not named()
    with transaction.atomic():
        mark = transaction.savepoint()
        with connection.cursor() as cursor:
            cursor.execute(sql)
        assert named()
        transaction.savepoint_rollback(mark)

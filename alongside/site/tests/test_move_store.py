"""The whole record from one database into another and back: nothing lost, nothing changed, nothing half.

And PostgreSQL's own walls, asked as the application and as somebody who owns the tables.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from alongside.site.engine.postgresql.cluster import Cluster, programs

HOUSE = Path(__file__).parents[3]
psycopg = pytest.importorskip("psycopg")
pytestmark = pytest.mark.skipif(programs() is None, reason="the programs of PostgreSQL are not here")
LEADER = ("--office", "The office", "--line", "000", "--unit", "North", "--leader", "Tone", "--login", "tone", "--json")
SET_UP = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'alongside.site.settings'\nimport django; django.setup()\n"
CAST = "from alongside.asking import for_the_house\nfrom alongside.cast.load import load\nwith for_the_house(): load()"
LOG = """
from alongside import clock
from alongside.access.models import Account, Begun, Passkey
from alongside.record.log import sequencer, witness
at = clock.micros(clock.now())
with for_the_house():
    signed = sequencer.run(at=at, every=0)
    witness.has(size=signed.size, by="A mailbox elsewhere", at=at)
    Passkey.objects.create(id="a" * 32, account=Account.objects.first(), found="b" * 64, key="c", called="Key", added=1)
    Begun.objects.create(key="d" * 64, body="{}", until=at)
"""
ONCE = ("record_entry", "record_leaf", "record_node", "record_taken", "record_checkpoint", "record_witness")


@pytest.fixture(scope="module")
def cluster():
    made = Cluster(durable=True)
    yield made
    made.stop()


def around(data, signers, environment):
    """The environment of a process with nothing of ours around it. `environment`: without ALONGSIDE_ in each name."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
    ours = {f"ALONGSIDE_{name.upper()}": value for name, value in environment.items()}
    ours |= {"PYTHONPATH": str(HOUSE), "ALONGSIDE_DATA": str(data), "ALONGSIDE_KEY": "2f" * 32,
             "ALONGSIDE_SIGNER": str(signers), "ALONGSIDE_SECRET": "words are sealed under it, and codes"}  # fmt: skip
    return kept | ours


def command(*words, data, signers, ok=True, **environment):
    """What a command says, in a process of its own: on standard output, or on the other one where it is not `ok`."""
    what = ["-m", "alongside", *words, "--data", str(data)] if words[0] != "-c" else list(words)
    done = subprocess.run(
        [sys.executable, *what], env=around(data, signers, environment), capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert (done.returncode == 0) is ok, done.stdout + done.stderr
    return done.stdout if ok else done.stderr


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """`run("serve", data=..., database=...)`: a command, with a folder for the signer."""
    return partial(command, signers=tmp_path_factory.mktemp("signers"))


@pytest.fixture(scope="module")
def walls(tmp_path_factory, moved, office):
    """(what the check before serving finds, what `alongside tables` does): each in one process that waits between."""
    owner, role, _said = moved
    signers = tmp_path_factory.mktemp("signers")
    checked = (
        "from django.core.checks import run_checks\ndef say():\n"
        "    print([one.id for one in run_checks(databases=['default']) if one.id.startswith('record')], flush=True)\n"
    )
    renewed = "from alongside.site import prepare\ndef say():\n    prepare.tables()\n    print('up', flush=True)\n"
    asked = "import sys\nfor _ in sys.stdin:\n    say()\n"
    with contextlib.ExitStack() as stack:
        say = []
        for script, more in ((checked, {}), (renewed, {"database_owner": owner})):
            there = around(office, signers, {"database": role} | more)
            one = subprocess.Popen(
                [sys.executable, "-c", f"{SET_UP}{script}{asked}"], env=there, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True, bufsize=1,
            )  # fmt: skip
            stack.callback(one.wait, 60)
            stack.enter_context(one.stdout)
            stack.enter_context(one.stdin)
            say.append(partial(_asked, one))
        yield tuple(say)


def _asked(one) -> str:
    one.stdin.write("\n")
    return one.stdout.readline().strip()


@pytest.fixture(scope="module")
def office(tmp_path_factory, run):
    """A data folder that holds the cast, a log that was signed and witnessed, and a way in by passkey."""
    data = tmp_path_factory.mktemp("office")
    run("-c", f"{SET_UP}from alongside.site import prepare\nprepare.tables()\n{CAST}\n{LOG}", data=data)
    return data


@pytest.fixture(scope="module")
def moved(cluster, office, run):
    """The same in PostgreSQL: (owner's address, application's address, what the command said)."""
    owner, role = cluster.database("moved")
    said = run("move-store", "--to", role, "--json", data=office, database_owner=owner)
    return owner, role, json.loads(said)


def entries(address: str, before: str = "") -> list:
    with psycopg.connect(address, autocommit=False) as one:
        if before:
            one.execute(before)
        return one.execute("SELECT pk, body FROM record_entry ORDER BY pk").fetchall()


def test_everything_is_there_and_verified(moved):
    owner, _role, said = moved
    assert said["entries"] == len(entries(owner)) > 400
    assert said["rows"] > said["entries"] and said["tables"] > 30


def test_it_is_not_moved_onto_something(moved, office, run):
    owner, role, _said = moved
    assert "not empty" in run("move-store", "--to", role, data=office, database_owner=owner, ok=False)


def test_no_password_on_the_command_line(office, run):
    said = run(
        "move-store", "--to", "postgresql://one:secret@/x", data=office, database_owner="postgresql://o@/x", ok=False
    )  # noqa: E501
    assert "password" in said and "secret" not in said


def test_back_again_is_the_same(moved, office, run, tmp_path):
    """The far side of the way back is compared with what came, row by row; and the registers are still right."""
    _owner, role, said = moved
    again = run("move-store", "--to", "sqlite:", "--json", data=tmp_path, database=role)
    assert json.loads(again) == said
    assert "not right" not in run("rebuild", "--check", data=tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["alongside.db", "folder.lock", "server.lock"]


@pytest.mark.parametrize("table", [*ONCE, "access_passkey", "access_begun"])
def test_nothing_of_the_log_and_of_the_ways_in_stays_behind(moved, table):
    with psycopg.connect(moved[0]) as one:
        assert one.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] > 0


def test_the_log_goes_on_over_there(moved, run, office):
    """Verified against the signer's memory; another checkpoint follows from what was moved."""
    _owner, role, _said = moved
    assert "Nothing was changed." in run("verify", data=office, database=role)
    before = json.loads(run("checkpoint", "--json", data=office, database=role))["size"]
    script = (
        f"{SET_UP}from alongside import clock\nfrom alongside.record.log import sequencer\n"
        "at = clock.micros(clock.now()) + 7_200_000_000\nprint(sequencer.run(at=at, every=3600).size)"
    )
    assert int(run("-c", script, data=office, database=role)) == before + 64
    assert "Nothing was changed." in run("verify", data=office, database=role)


@pytest.mark.parametrize("word", ["backup", "drill", "upgrade"])
def test_what_is_for_the_file_says_so(moved, run, office, tmp_path, word):
    more = ("--to", str(tmp_path), "--recipient", "age1x") if word == "backup" else ()
    said = run(word, *more, data=office, database=moved[1], ok=False)
    assert "embedded database" in said and "docs/running/postgresql.md" in said


def test_the_registers_are_right_over_there(moved, run, office):
    _owner, role, _said = moved
    assert "not right" not in run("rebuild", "--check", data=office, database=role)


def test_a_move_that_fails_leaves_nothing(cluster, office, run):
    """An entry that does not fit its commitment: the far side stays empty, and another move finds it so."""
    owner, role = cluster.database("broken")
    script = (
        "import sys; from alongside.site import moving; from alongside.record.verify import Broken\n"
        "moving.verify = lambda told: iter([Broken(1, 'edited')])\n"
        "from alongside.site.console.main import main\n"
        f"sys.exit(main(['move-store', '--to', {role!r}, '--data', {str(office)!r}]))"
    )
    assert "Nothing was moved" in run("-c", script, data=office, database_owner=owner, ok=False)
    assert entries(owner) == []
    run("move-store", "--to", role, data=office, database_owner=owner)


# --- the walls ----------------------------------------------------------------------------------------------

NOW = "SELECT set_config('alongside.now', '1795186800000000', true)"


def stands(person: int) -> str:
    return f"{NOW}; SELECT set_config('alongside.reader', '{person}', true)"


def families(rows: list) -> set[int]:
    return {pk >> 20 for pk, _body in rows}


def test_nobody_reads_nothing(moved):
    assert entries(moved[1]) == []
    assert entries(moved[1], "SELECT set_config('alongside.reader', 'x', true)") == []
    assert entries(moved[1], "SELECT set_config('alongside.reader', '0 OR true', true)") == []


def test_a_setting_ends_with_its_transaction(moved):
    with psycopg.connect(moved[1]) as one:
        one.execute("SELECT set_config('alongside.reader', 'house', true)")
        assert one.execute("SELECT COUNT(*) FROM record_entry").fetchone()[0] > 400
        one.commit()
        assert one.execute("SELECT COUNT(*) FROM record_entry").fetchone()[0] == 0


def test_one_person_reads_only_the_families_they_stand_in(moved):
    """As `standing` says it, for everybody of the cast."""
    from alongside import clock
    from alongside.cast.story import TODAY, numbers
    from alongside.record.readers import Relationship, standing

    owner, role, _said = moved
    fields = 'family, person, kind, state, "to", ended_seq, hazard_seq, until'
    with psycopg.connect(owner) as one:
        ties = one.execute(f"SELECT {fields} FROM record_relationship").fetchall()
    for person in numbers().values():
        known = {
            family
            for family in {1, 2, 3}
            if standing(person, [Relationship(*row[1:]) for row in ties if row[0] == family], clock.micros(TODAY), 3)
        }
        assert families(entries(role, stands(person))) - {0} == known, person


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE record_entry SET body = '{}'",
        "DELETE FROM record_entry",
        "TRUNCATE record_entry",
        "ALTER TABLE record_entry DISABLE TRIGGER ALL",
        "ALTER TABLE record_entry DISABLE ROW LEVEL SECURITY",
        "DROP POLICY record_entry_read ON record_entry",
        "DROP TABLE record_entry CASCADE",
    ],
)
@pytest.mark.parametrize("house", [False, True])
def test_the_application_takes_no_wall_down(moved, sql, house):
    with psycopg.connect(moved[1]) as one:
        if house:
            one.execute("SELECT set_config('alongside.reader', 'house', true)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one.execute(sql)


@pytest.mark.parametrize(
    "sql", ["UPDATE record_entry SET body = '{}'", "DELETE FROM record_entry", "TRUNCATE record_entry"]
)
def test_the_owner_meets_the_triggers(moved, sql):
    with psycopg.connect(moved[0]) as one:
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="never"):
            one.execute(sql)


@pytest.mark.parametrize("table", ONCE)
@pytest.mark.parametrize("act", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET {} = {}"])
def test_entries_and_the_log_have_walls(moved, table, act):
    """The application has no right to, and the owner meets a trigger."""
    column = {"record_entry": "pk", "record_leaf": "number", "record_node": "key"}.get(table, "size")
    for address, says in ((moved[1], "InsufficientPrivilege"), (moved[0], "IntegrityConstraintViolation")):
        with psycopg.connect(address) as one, pytest.raises(getattr(psycopg.errors, says)):
            one.execute(act.format(table, column, column))


def test_a_person_writes_no_entry_past_the_one_write(moved):
    copy = "INSERT INTO record_entry SELECT * FROM record_entry LIMIT 1"
    with psycopg.connect(moved[1]) as one:
        one.execute(stands(17))
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            one.execute(copy)


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TRIGGER record_entry_no_update ON record_entry",
        "ALTER TABLE record_entry DISABLE TRIGGER record_entry_no_delete",
        "DROP TRIGGER record_entry_no_truncate ON record_entry",
        "ALTER TABLE record_entry DISABLE ROW LEVEL SECURITY",
        "DROP POLICY record_entry_receive ON record_entry",
        "DROP POLICY record_entry_read ON record_entry",
        "ALTER POLICY record_entry_read ON record_entry USING (true)",
        "ALTER POLICY record_entry_read ON record_entry USING ((SELECT current_setting('alongside.reader', true)) "
        "= 'house' OR (pk >> 20) = ANY (CAST((SELECT record_families()) AS bigint[])) OR pk > 0)",
        "ALTER POLICY record_entry_receive ON record_entry WITH CHECK (true)",
        "CREATE POLICY broad ON record_entry FOR SELECT USING (true)",
        "CREATE OR REPLACE FUNCTION record_families() RETURNS integer[] LANGUAGE sql STABLE AS "
        "$$ SELECT array(SELECT number FROM record_family) $$",
        "GRANT UPDATE (body) ON record_entry TO alongside",
        "GRANT DELETE ON record_entry TO alongside",
        "GRANT UPDATE ON record_entry TO alongside",
        "DROP FUNCTION record_entry_erase(bigint, text, text, text)",
        "CREATE OR REPLACE FUNCTION record_erased_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
        "GRANT UPDATE ON record_leaf TO alongside",
        "DROP TRIGGER record_checkpoint_no_delete ON record_checkpoint",
        "CREATE OR REPLACE TRIGGER record_node_no_update BEFORE UPDATE ON record_node FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION record_refuse('never')",
        "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    ],
)
def test_nothing_is_served_while_a_wall_is_down(moved, walls, sql):
    """Whatever the owner takes down is named before the first page; putting it up again serves."""
    found, put_up = walls
    with psycopg.connect(moved[0], autocommit=True) as one:
        one.execute(sql)
    assert "record.E00" in found()
    assert put_up() == "up"
    assert found() == "[]"


def test_any_changed_column_is_found(moved, run, office):
    """The owner's own hand, past the triggers: every column is in the commitment."""
    owner, role, _said = moved
    script = (
        f"{SET_UP}from alongside.record.verify import verify\n"
        "from django.db import connection, transaction\n"
        "from django.apps import apps\n"
        "texts = {'mark': \"'sealed'\", 'salt': \"'x'::bytea\", 'so': \"'1'\", 'learnt_at': \"'1'\", 'id': 'reverse(id)',\n"  # noqa: E501
        "         'hash': 'reverse(hash)', 'basis': \"CASE basis WHEN 'act' THEN 'seen' ELSE 'act' END\"}\n"
        "missed = []\n"
        "with connection.as_owner():\n"
        "    for field in apps.get_model('record', 'Entry')._meta.fields:\n"
        "        with transaction.atomic(), connection.cursor() as cursor:\n"
        "            cursor.execute('ALTER TABLE record_entry DISABLE TRIGGER ALL')\n"
        "            number = 'Integer' in field.get_internal_type() or 'Place' in type(field).__name__\n"
        "            value = f'COALESCE({field.column}, 0) + 700000' if number else f\"{field.column} || ' '\"\n"
        '            where = f"WHERE pk = (SELECT MAX(pk) FROM record_entry WHERE pk >> 20 = 1)"\n'
        "            cursor.execute(f'UPDATE record_entry SET {field.column} = {texts.get(field.column, value)} {where}')\n"  # noqa: E501
        "            missed += [] if next(verify(), None) else [field.column]\n"
        "            transaction.set_rollback(True)\n"
        "    missed += ['after'] if next(verify(), None) else []\n"
        "print(missed)"
    )
    assert run("-c", script, data=office, database=role, database_owner=owner).strip() == "[]"


def test_whoever_owns_the_tables_does_not_serve(moved, run, office):
    """Refused for that and nothing else: the application's own role gets as far as serving."""
    owner, role, _said = moved
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = (
        "import sys; from alongside.site import server\n"
        "server.serve = lambda *there, **how: print('Here it would serve.')\n"
        "from alongside.site.console.main import main\n"
        f"sys.exit(main(['serve', '--port', '{port}', '--data', {str(office)!r}]))"
    )
    assert "stands above the walls of record_entry" in run("-c", serve, data=office, database=owner, ok=False)
    assert "Here it would serve." in run("-c", serve, data=office, database=role)

"""Erased and swept on a PostgreSQL of its own: no byte of the words is in the server's folder, nor in its log.

And what is not swept is found by the same look, so that it would be seen.
"""

import json

import pytest

from alongside.site.engine.postgresql.cluster import OWNER, Cluster, programs
from alongside.site.tests.test_move_store import CAST, SET_UP, command

psycopg = pytest.importorskip("psycopg")
pytestmark = pytest.mark.skipif(programs() is None, reason="the programs of PostgreSQL are not here")
SETTINGS = ("wal_recycle=off", "autovacuum=off")  # what is gone then went because it was swept
GRANTS = f"GRANT pg_checkpoint TO {OWNER}; GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {OWNER}"
HERE = f"{SET_UP}from alongside.asking import for_the_house\nfrom alongside import ids\nAT = 1_795_200_000_000_000\n"
PLANT = """
import json, sys
from alongside.cast.story import number
from alongside.dialogue import drafts
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.settling import save
from alongside.record.statement import Statement
def plant(word):
    home = "SELECT family FROM record_relationship WHERE person = %s AND kind = 'parent'"
    family = rows(home, [number("anne")])[0][0]
    kari, words = number("kari"), {"words": [{"lang": "en", "text": f"{word} Zebrowicz kept marmots here all summer."}]}
    said = [
        Statement("dialogue.passage", words, basis="told", about=(number("anne"),)),
        Statement("families.name", {"person": number("mia"), "name": f"{word} Hansen", "called": word}),
        Statement("dialogue.passage", words | {"terms": [f"{word}veien 17"]}, basis="told", mark="sealed"),
    ]
    found = append(said, family=family, by=kari, once=ids.new(), at=AT)
    for more in ("", "again: "):  # of two that differ the planner keeps samples
        drafts.keep(by=kari, id=None, form={"words": [more + words["words"][0]["text"]]}, family=family, at=AT)
    save([said[0]], family=family, by=number("lars"), once=ids.new(), at=AT, wait=600)
    return [one.id for one in found]
with for_the_house():
    print(json.dumps(plant(WORD)))
"""
ERASE = """
from alongside.access import erasure
from alongside.cast.story import number
with for_the_house():
    how = {"strength": 3, "at": AT}
    [one] = erasure.propose(by=number("odd"), ids=IDS, ground="asked", words="Asked.", lang="en", once=ids.new(), **how)
    erasure.confirm(by=number("tone"), proposal=one.id, once=ids.new(), **how)
"""
SOUND = """
from alongside.record.registers import rebuild
from alongside.record.verify import verify
with for_the_house():
    print(list(verify()), all(rebuild(check=True).values()))
"""
LEFT = """
from alongside.record.reading import rows
with for_the_house():
    for table, column in (("record_entry", "body"), ("dialogue_draft", "form"), ("record_pending", "act")):
        print(len(rows(f"SELECT 1 FROM {table} WHERE {column} LIKE '%Ferdinandus%'", None)))
"""
UNSWEPT = """
from alongside.record.erasing import unswept
with for_the_house():
    print(len(unswept()))
"""
BRIEFLY = """
from django.db import connection
from alongside.site.engine.postgresql.sweeping import sweep
with connection.as_owner():
    print(*sweep(connection, patience=1))
"""
REVOKED = GRANTS.replace("GRANT", "REVOKE").replace(f" TO {OWNER}", f" FROM {OWNER}")


class Office:
    """A database with the cast on a server of its own."""

    def __init__(self, cluster, folder, name="office", like=""):
        self.cluster, self.folder, self.name = cluster, folder, name
        self.owner, self.role = cluster.database(name, like=like)

    def run(self, *words, ok=True, owner=False, erasures="erasures.json"):
        more = {"database_owner": self.owner} if owner else {}
        place = self.folder / erasures
        return command(
            *words, data=self.folder, database=self.role, erasures=str(place), ok=ok, signers=self.folder, **more
        )

    def plant(self, word):
        """Words in the record, in what is made of it, and in the samples the planner keeps. Returns the ids."""
        found = json.loads(self.run("-c", f"{HERE}WORD = {word!r}\n{PLANT}"))
        with psycopg.connect(self.owner, autocommit=True) as one:
            one.execute("ANALYZE")
        self.cluster.ask(self.name, "CHECKPOINT")
        return found

    def erase(self, found):
        self.run("-c", f"{HERE}IDS = {found!r}\n{ERASE}")
        self.cluster.ask(self.name, "CHECKPOINT")

    def holding(self, word):
        """The first part of the path of each file of the server in which the word stands."""
        files = [one for one in self.cluster.data.rglob("*") if one.is_file()]
        return {
            one.relative_to(self.cluster.data).parts[0]
            for one in files
            if word.lower().encode() in one.read_bytes().lower()
        }

    def files_of_samples(self):
        """The number of the file in which the planner's samples are."""
        with psycopg.connect(self.owner) as one:
            return one.execute("SELECT pg_relation_filenode('pg_statistic')").fetchone()[0]

    def sampled(self, word):
        """The columns of which the planner's samples hold the word."""
        sql = "SELECT tablename, attname FROM pg_stats WHERE lower(concat(most_common_vals, histogram_bounds)) ~ %s"
        with psycopg.connect(self.owner) as one:
            return one.execute(sql, [word.lower()]).fetchall()


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    cluster = Cluster(durable=True, more=SETTINGS)
    try:
        made = Office(cluster, tmp_path_factory.mktemp("office"))
        made.run("-c", f"{SET_UP}from alongside.site import prepare\nprepare.tables()\n{CAST}", owner=True)
        yield made
    finally:
        cluster.stop()


def test_who_serves_erases_and_cannot_sweep(office):
    word = "Quirinalius"
    office.erase(office.plant(word))
    assert "ALONGSIDE_DATABASE_OWNER" in office.run("erasures", "--sweep", ok=False)
    assert office.holding(word) == {"base", "pg_wal"}  # the look finds what was not swept


def test_without_a_word_in_the_log_the_owner_sweeps_the_tables_and_says_what_is_left(office):
    word = "Bartholomeus"
    office.erase(office.plant(word))
    said = office.run("erasures", "--sweep", owner=True)
    assert "Written anew." in said and "pg_switch_wal()" in said and "pg_checkpoint" in said and "Backups" in said
    assert office.holding(word) == {"pg_wal"}
    assert office.run("-c", f"{HERE}{UNSWEPT}").strip() != "0"


@pytest.fixture
def granted(office):
    """The owner may let go of the log as well."""
    office.cluster.ask(office.name, GRANTS)
    yield
    office.cluster.ask(office.name, REVOKED)


def test_no_byte_is_left_where_the_owner_may_let_go_of_the_log(office, granted):
    word = "Wilhelmina"
    found = office.plant(word)
    assert office.holding(word) == {"base", "pg_wal"}
    assert ("dialogue_draft", "form") in office.sampled(word)  # a table that will be empty
    samples = office.files_of_samples()
    office.erase(found)
    said = office.run("erasures", "--sweep", owner=True)
    assert said.splitlines() == ["Written anew.", said.splitlines()[-1]] and "Backups" in said
    assert office.holding(word) == set() and not office.sampled(word)
    assert not office.holding("Zebrowicz") and office.files_of_samples() != samples
    assert "Nothing was erased since" in office.run("erasures", "--sweep", owner=True)
    assert office.run("-c", f"{HERE}{UNSWEPT}").split() == ["0"]
    assert office.run("-c", f"{HERE}{SOUND}").strip() == "[] True"
    assert word not in (office.folder / "erasures.json").read_text()


@pytest.mark.parametrize("look", ["SELECT 1 FROM record_entry", "SELECT 1 FROM pg_class"])
def test_who_reads_a_table_or_still_sees_what_went_is_waited_for(office, granted, look):
    word = "Theophilus"
    found = office.plant(word)
    with psycopg.connect(office.role) as one:
        one.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        one.execute(look)
        office.erase(found)
        assert office.run("-c", f"{HERE}{BRIEFLY}", owner=True).strip() == "reading"
        assert "base" in office.holding(word)
        one.rollback()
    assert office.run("-c", f"{HERE}{BRIEFLY}", owner=True).strip() == ""
    assert office.holding(word) == set()


def test_a_restored_backup_is_erased_again(office):
    found = office.plant("Ferdinandus")
    backup = Office(office.cluster, office.folder, "restored", like=office.name)
    office.erase(found)
    place = office.folder / "list.json"
    place.write_text(office.run("erasures"))
    assert json.loads(place.read_text()) == json.loads((office.folder / "erasures.json").read_text())
    left = f"{HERE}{LEFT}"
    assert backup.run("-c", left).split() == ["3", "2", "1"]
    assert "Erased again: " in backup.run("erasures", "--again", str(place), erasures="other.json")
    assert backup.run("-c", left).split() == ["0", "0", "0"]
    assert "Nothing of these erasures is here" in backup.run("erasures", "--again", str(place), erasures="other.json")
    assert backup.run("-c", f"{HERE}{SOUND}").strip() == "[] True"


def test_who_may_not_sweep_says_so(office, granted):
    office.erase(office.plant("Hildegardis"))
    own, office.owner = office.owner, office.role
    try:
        assert "Nothing was swept" in office.run("erasures", "--sweep", owner=True, ok=False)
    finally:
        office.owner = own
    office.cluster.ask("postgres", f'ALTER DATABASE "{office.name}" OWNER TO postgres')
    try:
        assert "the owner of the tables has to own the database" in office.run("erasures", "--sweep", owner=True)
    finally:
        office.cluster.ask("postgres", f'ALTER DATABASE "{office.name}" OWNER TO {OWNER}')
    assert "Written anew." in office.run("erasures", "--sweep", owner=True)
    assert office.holding("Hildegardis") == set()

"""After an erasure no file of the data folder and no page of the database holds the words, the name or a stem.

On PostgreSQL nothing that the database gives holds them; the server's files are looked at in test_swept.
"""

import json
import os
from pathlib import Path
from shutil import copyfile

import pytest
from django.db import connection, transaction

from alongside import ids
from alongside.access import erasure
from alongside.cast.story import World, number
from alongside.dialogue import drafts
from alongside.record import erasing
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.settling import save
from alongside.record.statement import Statement
from alongside.record.terms import SHORTEST, plain_term
from alongside.record.verify import verify
from stories.worlds import Worlds, inside

FILE = connection.vendor == "sqlite"
AT = 1_795_200_000_000_000
WORDS = "Quirinalius Zebrowicz kept ærlige marmots behind Xylofonveien 17 all summer."
PLANTED = ("Quirinalius", "quirinalius", "Zebrowicz", "zebrowicz", "marmot", "Xylofonveien", "xylofonveien17")


def plain_copy(folder: Path) -> bytes:
    """Every byte of the database as it would be without encryption, freed pages and all; on PostgreSQL all rows."""
    if not FILE:
        return b"".join(all_rows())
    place = folder / "plain.db"
    place.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute(f"ATTACH DATABASE '{place}' AS plain KEY ''")
        cursor.execute("SELECT sqlcipher_export('plain')")
        cursor.execute("DETACH DATABASE plain")
    return place.read_bytes()


def all_rows():
    """Every row of every table, in PostgreSQL's own binary form."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute("SELECT set_config('alongside.reader', 'house', true)")
            with cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT (FORMAT binary)') as found:
                yield from map(bytes, found)


def written_anew(place) -> bool:
    """No page of the file is free and its log is empty: what the copy shows is all there is."""
    return not FILE or rows("PRAGMA freelist_count", []) == [(0,)] and os.path.getsize(f"{place}-wal") == 0


def backup(worlds: Worlds, place: Path | str, folder: Path) -> Path | str:
    """The database as a backup would have it: where it is."""
    if not FILE:
        connection.close()
        return worlds.begin(f"backup-{folder.name}", place)
    erasing.sweep()
    copyfile(place, folder / "backup.db")
    return folder / "backup.db"


def planted(data: bytes) -> list[str]:
    return [one for one in PLANTED for spelt in (one.encode(), json.dumps(one)[1:-1].encode()) if spelt in data]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():
        yield Worlds(tmp_path_factory.mktemp("erased"))


@pytest.fixture(scope="module")
def world(worlds, django_db_blocker):
    with django_db_blocker.unblock():
        yield worlds.make("one", World())


@pytest.fixture
def office(world, tmp_path, settings, django_db_blocker):
    settings.ERASURES = str(tmp_path / "erasures.json")
    with django_db_blocker.unblock(), inside(world):
        yield world


def test_nothing_of_the_words_is_in_any_byte(office, tmp_path, settings):
    family = rows("SELECT family FROM record_relationship WHERE person = %s AND kind = 'parent'", [number("anne")])[0][
        0
    ]
    body = {"words": [{"lang": "en", "text": WORDS}], "terms": ["Xylofonveien 17"]}
    team = append(
        [Statement("dialogue.passage", {"words": body["words"]}, basis="told")],
        family=family,
        by=number("kari"),
        once="a",
        at=AT,
    )
    new = append(
        [
            Statement(
                "families.name", {"person": number("mia"), "name": "Quirinalius Zebrowicz", "called": "Quirinalius"}
            )
        ],
        family=family,
        by=number("kari"),
        once="b",
        at=AT,
    )
    sealed = append(
        [Statement("dialogue.passage", body, basis="told", mark="sealed")],
        family=family,
        by=number("kari"),
        once="c",
        at=AT,
    )
    answer = append(
        [
            Statement(
                "dialogue.answer",
                {"form": "add", "words": [{"lang": "en", "text": "Yes, that was so."}]},
                basis="own-words",
                answers=team[0].id,
            )
        ],
        family=family,
        by=number("lars"),
        once="d",
        at=AT,
    )
    drafts.keep(by=number("kari"), id=None, form={"words": [f"again: {WORDS}"]}, family=family, at=AT)
    save(
        [Statement("dialogue.passage", {"words": body["words"]}, basis="told")],
        family=family,
        by=number("lars"),
        once="e",
        at=AT,
        wait=600,
    )
    assert set(planted(plain_copy(tmp_path))) >= {"Quirinalius", "zebrowicz", "marmot"}
    term = rows(
        "SELECT digest FROM record_term WHERE entry IN (SELECT pk FROM record_entry WHERE id = %s)", [sealed[0].id]
    )
    salts = rows("SELECT salt FROM record_entry WHERE id IN (%s, %s, %s)", [team[0].id, new[0].id, sealed[0].id])
    assert term and len(salts) == 3 and SHORTEST and plain_term("x")

    (one,) = erasure.propose(
        by=number("odd"),
        strength=3,
        ids=[team[0].id, new[0].id, sealed[0].id],
        ground="asked",
        words="Asked.",
        lang="en",
        at=AT,
        once=ids.new(),
    )
    erasure.confirm(by=number("tone"), strength=3, proposal=one.id, at=AT, once=ids.new())

    assert written_anew(office)
    copy = plain_copy(tmp_path)
    assert planted(copy) == []
    assert not [value for (value,) in (*term, *salts) if bytes(value) in copy]
    for folder in (*([office.parent] if FILE else []), tmp_path, Path(settings.DATA)):
        for file in (
            path for path in folder.rglob("*") if path.is_file() and path.name not in ("test.db", "test.db-wal")
        ):
            assert planted(file.read_bytes()) == [], file
    assert list(verify()) == [] and all(rebuild(check=True).values())
    assert rows("SELECT kind FROM record_entry WHERE id = %s", [answer[0].id]) == [("dialogue.answer",)]
    journal = json.loads(Path(settings.ERASURES).read_text())
    assert len(journal) == 1 and set(journal[0]["entries"]) == {team[0].id, new[0].id, sealed[0].id}


def test_a_restored_backup_is_erased_again(tmp_path, worlds, world, settings, django_db_blocker):
    """The list from the day of the erasure, run over a copy from the day before."""
    settings.ERASURES = str(tmp_path / "erasures.json")
    with django_db_blocker.unblock():
        with inside(world):
            family = rows(
                "SELECT family FROM record_relationship WHERE person = %s AND kind = 'parent'", [number("anne")]
            )[0][0]
            words = {"words": [{"lang": "en", "text": "A second wombat called Ferdinandus lived there."}]}
            (said,) = append(
                [Statement("dialogue.passage", words, basis="told")], family=family, by=number("kari"), once="f", at=AT
            )
            before = backup(worlds, world, tmp_path)
            (one,) = erasure.propose(
                by=number("odd"),
                strength=3,
                ids=[said.id],
                ground="order",
                words="Asked.",
                lang="en",
                at=AT,
                once=ids.new(),
            )
            erasure.confirm(by=number("tone"), strength=3, proposal=one.id, at=AT, once=ids.new())
            journal = erasing.journal()
        with inside(before):
            assert rows("SELECT kind FROM record_entry WHERE id = %s", [said.id]) == [("dialogue.passage",)]
            again = erasing.reapply(journal, at=AT)
            assert again == [line["decision"] for line in journal if said.id in line["entries"]]
            assert rows("SELECT kind FROM record_entry WHERE id = %s", [said.id]) == [("record.erased",)]
            assert b"Ferdinandus" not in plain_copy(tmp_path)
            assert erasing.reapply(journal, at=AT) == []
            assert list(verify()) == [] and all(rebuild(check=True).values())

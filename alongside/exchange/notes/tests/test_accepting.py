"""Accepting: families, people, grants and notes, once; read by those who work there and by nobody else."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from alongside.access.grants import granted
from alongside.access.standing import readers_of
from alongside.cast.story import TODAY, number, numbers
from alongside.dialogue.showing import Showing
from alongside.dialogue.woven import weave
from alongside.exchange.notes import accepting, generate, holding
from alongside.exchange.notes.facts import Stopped
from alongside.exchange.notes.models import Held, Known
from alongside.families.person import people
from alongside.families.queries import workers
from alongside.record.appending import append
from alongside.record.reading import read, rows
from alongside.record.registers import rebuild
from alongside.record.statement import Refused
from alongside.record.verify import verify

from .test_holding import ALBERTA, MAP, NOW, Killed, files, kill_after, same, take_in

pytestmark = pytest.mark.django_db
NORTH = {"unit": "unit North", "importer": number("tone"), "at": NOW}
ENTRIES = """SELECT pk, thing, kind, author, basis, mark, so, so_first, so_last, recorded_at, body, about, readers
  FROM record_entry ORDER BY pk"""


def accept(batch, *, kari=("kari",), **more):
    return accepting.accept(batch, workers=[number(who) for who in kari], **NORTH | more)


def stands_in(who):
    """The families in which somebody of the cast stands, as readers, the strongest visit."""
    return {reader.family: reader for reader in readers_of(number(who), now=NOW, strength=3)}


def count(sql, *values):
    return rows(sql, values)[0][0]


def test_five_hundred_families(cast):
    """Kari reads them; nobody else of the cast does, and the same file adds nothing."""
    found = accept(take_in(ALBERTA).batch)
    assert (found.state, found.accepted, found.waiting) == ("accepted", 500, 0)
    assert not Held.objects.exists()
    assert count("SELECT COUNT(*) FROM record_family") == 4 + 500
    kari = stands_in("kari")
    assert len(kari) == 3 + 500
    for family in set(kari) - {1, 2, 3}:
        kinds = [entry.kind for entry in read(kari[family])]
        assert kinds == ["notes.imported-from", "access.granted", "families.met", "notes.imported"]
    for who in numbers():
        assert who == "kari" or not set(stands_in(who)) - {1, 2, 3}, who
    named = rows("SELECT DISTINCT person FROM record_reader WHERE entry >> 20 > 3", [])
    assert {person for (person,) in named} == {number("tone"), accepting.OFFICE}
    before = count("SELECT COUNT(*) FROM record_entry")
    assert take_in(ALBERTA).again and accept(found.batch).again
    assert count("SELECT COUNT(*) FROM record_entry") == before
    assert list(verify()) == [] and all(rebuild(check=True).values())


def test_a_family_reads_nothing_before_the_talk(cast, tmp_path):
    """Anne is granted in one of the families: still nothing of what was brought in is hers."""
    accept(take_in(files(tmp_path, "1,p,,Hei\n2,p,,Du\n")).batch)
    append([granted(number("anne"), "parent")], family=4, by=accepting.OFFICE, once="test", at=NOW)
    assert read(stands_in("anne")[4]) == []
    assert len(read(stands_in("kari")[4])) == 6


def test_a_longer_file_brings_only_what_is_new(cast, tmp_path):
    accept(take_in(files(tmp_path, "1,p,,Hei\n2,q,,Du\n")).batch)
    longer = take_in(files(tmp_path, "1,p,,Hei\n2,q,,Other words\n3,p,,New\n", name="longer.csv"))
    assert (longer.rows, longer.here, longer.families) == (1, 1, 1)
    assert [bad.reason for bad in longer.bad] == ["Same key, other words than a note that was brought in before."]
    accept(longer.batch)
    assert count("SELECT COUNT(*) FROM record_family") == 4 + 2
    assert count("SELECT COUNT(*) FROM record_entry WHERE kind = 'notes.imported'") == 3
    assert count("SELECT COUNT(*) FROM record_entry WHERE kind = 'notes.imported-from'") == 3
    assert count("SELECT COUNT(*) FROM record_entry WHERE kind = 'families.met' AND pk >> 20 > 3") == 2


def test_two_batches_held_at_once_bring_a_note_in_once(cast, tmp_path):
    one = take_in(files(tmp_path, "1,p,,Hei\n2,p,,Du\n"))
    two = take_in(files(tmp_path, "1,p,,Hei\n2,p,,Else\n3,p,,New\n", name="two.csv"))
    accept(one.batch)
    found = accept(two.batch)
    assert (found.accepted, found.here, [bad.code for bad in found.bad]) == (1, 1, ["words-before"])
    assert count("SELECT COUNT(*) FROM record_entry WHERE kind = 'notes.imported'") == 3


def test_two_people_of_one_name_stay_two(cast, tmp_path):
    text = MAP.replace('person = "p"', 'person = "p"\nfamily = "d"\nname = "n"').replace('when = "d"\n', "")
    (tmp_path / "notes.csv").write_text("id,p,d,n,t\n1,a,f,Liv Dal,Hei\n2,b,f,Liv Dal,Du\n3,a,g,Liv Dal,Og\n")
    (tmp_path / "MAP.toml").write_text(text)
    accept(take_in((tmp_path / "notes.csv", tmp_path / "MAP.toml")).batch, kari=("kari", "lars"))
    met = Known.objects.exclude(person=None).order_by("family_key", "person_key")
    assert [(one.family_key, one.person_key) for one in met] == [("f", "a"), ("f", "b"), ("g", "a")]
    assert met[0].person != met[1].person and met[0].person == met[2].person
    reader = stands_in("kari")[met[0].family]
    known = people(read(reader), workers())
    assert {known.persons[one.person].name for one in met} == {"Liv Dal"}
    assert (reader.role, stands_in("lars")[met[0].family].role) == ("allocated", "co-worker")


def test_a_note_on_the_page(cast, tmp_path):
    body = "id;p;d;w;a;h;t\n7;p1;våren 2019;14.3.2026;Berit Sæther;Hos familien;Blåbær og fløte\n"
    (tmp_path / "notes.csv").write_text(body)
    columns = {"when": "d", "written": "w", "author": "a", "title": "h"}
    more = "".join(f'{part} = "{column}"\n' for part, column in columns.items())
    (tmp_path / "MAP.toml").write_text(MAP.replace('when = "d"\n', more).replace("[col", 'language = "nb"\n[col'))
    accept(take_in((tmp_path / "notes.csv", tmp_path / "MAP.toml")).batch)
    reader = stands_in("kari")[4]
    entries = read(reader)
    note = entries[-1]
    assert note.body == {
        "v": 1, "words": [{"lang": "nb", "text": "Blåbær og fløte"}], "maker": "Its workers", "system": "Old",
        "author_there": "Berit Sæther", "title": "Hos familien", "when_there": "våren 2019",
        "written_there": "14.3.2026",
    }  # fmt: skip
    assert (note.basis, note.mark, note.author, note.given) == (
        "told", "team", number("tone"), ((number("tone"), "own"),),
    )  # fmt: skip
    assert (note.so, note.about) == ('2019-03/2019-05 "våren 2019"', (Known.objects.exclude(person=None)[0].person,))
    assert note.received - TODAY < dt.timedelta(seconds=1)
    known = people(entries, workers())
    woven = weave(entries, known, "en")
    shown = Showing(known, "en", TODAY.date(), ZoneInfo("Europe/Oslo")).statement(woven.find(note.id), label=True)
    assert shown["label"] == "Brought in from another system"
    assert shown["byline"][0].startswith("From Old, by Berit Sæther, ")
    assert shown["byline"][1] == "brought in 20 Nov"
    start = next(entry for entry in entries if entry.kind == "notes.imported-from")
    assert start.body == {
        "v": 1, "maker": "Its workers", "system": "Old", "file": "notes.csv", "map": "MAP.toml", "unit": "unit North",
    }  # fmt: skip


def test_a_birth_date_that_is_no_date_keeps_its_words(cast, tmp_path):
    text = MAP.replace('when = "d"', 'born = "d"')
    (tmp_path / "notes.csv").write_text("id,p,d,t\n1,a,x y,Hei\n2,b,1.2.2014,Du\n")
    (tmp_path / "MAP.toml").write_text(text)
    accept(take_in((tmp_path / "notes.csv", tmp_path / "MAP.toml")).batch)
    met = [e.body for family in (4, 5) for e in read(stands_in("kari")[family]) if e.kind == "families.met"]
    assert ("born" not in met[0], met[0]["born_there"], met[1]["born"]) == (True, '"x y"', "2014-02-01")


def the_record():
    """Everything the record holds but what is drawn by chance, and the importer's own counts."""
    known = Known.objects.order_by("system", "family_key", "person_key")
    return rows(ENTRIES, []), list(known.values_list("system", "family_key", "person_key", "family", "person"))


def run_whole(dirty):
    held = take_in(dirty)
    return accept(held.batch, kari=("kari", "lars"))


def run_broken(dirty, monkeypatch):
    """Cut after every transaction, and in the middle of some."""
    held, calls = take_in(dirty), 0

    def breaking(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls % 173 == 0:
            raise Killed
        return append(*args, **kwargs)

    monkeypatch.setattr(accepting, "append", breaking)
    for _ in range(500):
        try:
            return accept(held.batch, kari=("kari", "lars"), told=kill_after(1))
        except Killed:
            continue
    raise AssertionError("it never came to its end")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL draws numbers anew after what is rolled back")
def test_interrupted_and_resumed_is_the_same_record(cast, tmp_path, monkeypatch):
    generate.write(tmp_path, rows=700, seed=5)
    dirty = (tmp_path / "notes.csv", tmp_path / "MAP.toml")
    with transaction.atomic():
        whole, record = run_whole(dirty), the_record()
        transaction.set_rollback(True)
    broken = run_broken(dirty, monkeypatch)
    assert same(whole, broken) and broken.accepted == whole.accepted > 600
    assert the_record() == record


def test_what_the_record_does_not_take_is_said(cast, tmp_path, monkeypatch):
    def strict(statements, **more):
        if statements[0].kind == "notes.imported" and statements[0].body["words"][0]["text"] == "Bad":
            raise Refused("full")
        return append(statements, **more)

    monkeypatch.setattr(accepting, "append", strict)
    found = accept(take_in(files(tmp_path, "1,p,,Bad\n2,p,,Good\n3,q,,Bad\n")).batch)
    assert (found.accepted, [bad.reason for bad in found.bad]) == (1, ["The record does not take this: full."] * 2)
    assert count("SELECT COUNT(*) FROM record_family") == 4 + 1


def test_a_family_that_was_here_keeps_its_workers(cast, tmp_path):
    accept(take_in(files(tmp_path, "1,p,,Hei\n")).batch)
    accept(take_in(files(tmp_path, "2,p,,Du\n", name="two.csv")).batch, kari=("lars",))
    assert 4 in stands_in("kari") and 4 not in stands_in("lars")


def test_plain_refusals(cast, tmp_path):
    held = take_in(files(tmp_path, "1,p,,Hei\n")).batch
    for wrong, words in (
        ({"kari": ("rune",)}, 'Rune does not work in "unit North"'),
        ({"kari": ("anne",)}, "does not work here"),
        ({"kari": ()}, "Say who"),
    ):
        with pytest.raises(Stopped, match=words):
            accept(held, **wrong)
    with pytest.raises(Stopped, match="no batch"):
        accept("nothing")
    with pytest.raises(Killed):
        accept(held, told=kill_after(1))
    with pytest.raises(Stopped, match="half|already"):
        holding.discard(held, by=number("tone"), at=NOW)
    with pytest.raises(Stopped, match="same words"):
        accept(held, kari=("lars",))
    assert accept(held).accepted == 1


def test_slashes_in_a_key_are_no_places(cast, tmp_path):
    assert accept(take_in(files(tmp_path, "1,p,,Hei\n1/2,p,,Du\n1/2/3,p,,Vi\n")).batch).accepted == 3

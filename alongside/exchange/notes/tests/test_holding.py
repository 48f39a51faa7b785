"""Holding: what comes in is counted to the last line, once, and can be let go of."""

from collections import Counter
from pathlib import Path

import pytest

from alongside import clock
from alongside.cast.story import TODAY, number
from alongside.exchange.notes import generate, holding
from alongside.exchange.notes.facts import Stopped, batches, report
from alongside.exchange.notes.models import Bad, Batch, Held
from alongside.record.registers import dump

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
ALBERTA = (DATA / "alberta_like_notes.csv", DATA / "alberta_like_notes.map.toml")
NOW = clock.micros(TODAY)
MAP = 'system = "Old"\nmaker = "Its workers"\n[columns]\nkey = "id"\nperson = "p"\nwhen = "d"\ntext = "t"\n'
TABLES = ["notes_batch", "notes_held", "notes_bad", "notes_taken", "notes_known", "record_entry", "record_family"]


def take_in(files, **more):
    return holding.take_in(*files, **{"importer": number("tone"), "at": NOW} | more)


def files(folder, body, text=MAP, name="notes.csv"):
    (folder / name).write_text("id,p,d,t\n" + body, encoding="utf-8")
    (folder / "MAP.toml").write_text(text, encoding="utf-8")
    return folder / name, folder / "MAP.toml"


def same(one, other):
    names = "rows duplicates here families people first_day last_day bad lines left".split()
    return [getattr(one, n) for n in names] == [getattr(other, n) for n in names]


def test_a_dry_run_changes_nothing(cast):
    before = dump(TABLES)
    found = take_in(ALBERTA, dry=True)
    assert dump(TABLES) == before
    assert (found.state, found.rows, found.families, found.people, found.bad) == ("tried", 500, 500, 500, ())
    assert "location" in found.left


def test_the_facts_of_a_batch(cast):
    tried, found = take_in(ALBERTA, dry=True), take_in(ALBERTA)
    assert same(tried, found)
    assert (found.state, found.waiting, found.accepted, found.lines) == ("held", 500, 0, 501)
    assert report(found.batch) in batches()


def test_the_same_file_is_taken_once(cast):
    first = take_in(ALBERTA)
    again = take_in(ALBERTA)
    assert (again.batch, again.again, first.again) == (first.batch, True, False)
    assert Held.objects.count() == 500


def test_another_map_for_a_file_that_is_held_is_refused(cast, tmp_path):
    take_in(ALBERTA)
    other = tmp_path / "other.toml"
    other.write_text(ALBERTA[1].read_text() + "\n# another\n")
    with pytest.raises(Stopped, match="with another map"):
        take_in((ALBERTA[0], other))


@pytest.mark.parametrize("seed", [1, 2])
def test_no_line_of_a_dirty_file_is_lost(cast, tmp_path, seed):
    expected = generate.write(tmp_path, rows=2000, seed=seed)
    found = take_in((tmp_path / "notes.csv", tmp_path / "MAP.toml"))
    assert found.rows + found.duplicates + len(found.bad) == expected.lines == 2000
    assert (found.rows, found.duplicates) == (expected.rows, expected.duplicates)
    assert Counter(bad.code for bad in found.bad) == expected.bad
    assert all(bad.line and bad.reason for bad in found.bad)
    assert (found.families, found.people) == (len(expected.families), len(expected.persons))


class Killed(Exception):
    """The power is gone."""


def kill_after(count):
    def told(done, total):
        nonlocal count
        count -= 1
        if not count:
            raise Killed

    return told


def test_reading_that_was_cut_short_goes_on_and_ends_the_same(cast, tmp_path):
    generate.write(tmp_path, rows=1700, seed=3)
    dirty = (tmp_path / "notes.csv", tmp_path / "MAP.toml")
    tried = take_in(dirty, dry=True)
    tomorrow = NOW + 86_400_000_000
    for _ in range(3):
        with pytest.raises(Killed):
            take_in(dirty, told=kill_after(1), at=tomorrow)
    (batch,) = Batch.objects.values_list("state", "started_at")
    assert batch == ("reading", tomorrow)
    found = take_in(dirty)
    assert same(tried, found) and Batch.objects.count() == 1


def test_progress_counts_up_to_the_end(cast, tmp_path):
    generate.write(tmp_path, rows=1200, seed=3)
    seen = []
    take_in((tmp_path / "notes.csv", tmp_path / "MAP.toml"), told=lambda *told: seen.append(told))
    assert len(seen) == 3 and seen == sorted(seen) and seen[-1][0] <= seen[-1][1]


def test_what_is_too_long_is_said(cast, tmp_path):
    found = take_in(files(tmp_path, f"1,p,,{'a' * 1_000_001}\n2,p,,short\n"))
    assert found.rows == 1
    assert [bad.reason for bad in found.bad] == ["The text on this line is too long: 1000001 characters."]
    assert len(found.bad[0].raw) == holding.EXCERPT


def test_a_file_that_changes_while_it_is_read_is_not_kept(cast, tmp_path):
    notes, notes_map = files(tmp_path, "1,p,,Hei\n")

    def told(done, total):
        with notes.open("a") as file:
            file.write("2,p,,more\n")

    with pytest.raises(Stopped, match="changed while it was read"):
        take_in((notes, notes_map), told=told)
    assert not Held.objects.exists() and Batch.objects.get().state == "discarded"


def test_discarding_leaves_one_line(cast, tmp_path):
    held = take_in(files(tmp_path, "1,p,,Hei\n2,p,31.2.2020,Hallo\n"))
    gone = holding.discard(held.batch, by=number("tone"), at=NOW)
    assert (gone.state, gone.lines, gone.file, gone.system, gone.rows, gone.bad) == ("discarded", 3, "", "", 0, ())
    assert not Held.objects.exists() and not Bad.objects.exists()
    row = Batch.objects.get()
    assert (row.map_text, row.map_file, row.fingerprint) == ("", "", "")
    assert (row.closed_by, row.closed_at) == (number("tone"), NOW)
    assert take_in((tmp_path / "notes.csv", tmp_path / "MAP.toml")).batch != held.batch


@pytest.mark.parametrize("start", [b"PK\x03\x04 a zip", b"%PDF-1.7\n", bytes(range(32)) * 20])
def test_what_is_no_text_is_said(cast, tmp_path, start):
    notes, notes_map = files(tmp_path, "")
    notes.write_bytes(start)
    with pytest.raises(ValueError, match="This is not a text file"):
        take_in((notes, notes_map))

"""Rows: each line is a note, a line to look at, or the same note again."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from alongside.exchange.notes import generate, mapping, row
from alongside.exchange.notes.row import BadRow, Duplicate, Row

DATA = Path(__file__).parent / "data"
TODAY = dt.date(2026, 11, 20)
MAP = """
system = "Old"
maker = "Its workers"
kind = "note"
language = "nb"
[columns]
key = "id"
person = "p"
family = "f"
born = "born"
when = "when"
written = "saved"
text = "t"
"""
HEAD = "id,p,f,born,when,saved,t,room\n"


def _rows(tmp_path, body, text=MAP):
    path = tmp_path / "notes.csv"
    path.write_bytes((HEAD + body).encode())
    return list(row.rows(path, mapping.understood(text), today=TODAY))


def test_a_whole_row(tmp_path):
    (one,) = _rows(tmp_path, '7,p1,f1,1.2.2014,i går,14.3.2026,"Blåbær\r\nog fløte",Nord\n')
    assert (one.line, one.key, one.person_key, one.family_key) == (2, "7", "p1", "f1")
    assert one.text == "Blåbær\nog fløte"
    assert (one.born.text, one.when.text, one.written.text) == ("2014-02-01", "2026-03-13", "2026-03-14")
    assert (one.kind, one.extra, one.title, one.author) == ("note", {"room": "Nord"}, "", "")
    assert len(one.digest) == 64


def test_dates_as_people_write_them_are_kept(tmp_path):
    (one,) = _rows(tmp_path, "7,p,f,x y,våren 2019,,Hei,\n")
    assert one.when.text == '2019-03/2019-05 "våren 2019"'
    assert one.born.text == '"x y"'
    assert not one.written


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("7,p,f,,,, ,", "No text on this line."),
        ("7,,f,,,,Hei,", "No person on this line."),
        ("7,p,,,,,Hei,", "No family on this line."),
        ("7,p,f,,32.13.2020,,Hei,", "This date is not one we can read: '32.13.2020'."),
        ("7,p,f,,,31.2.2020,Hei,", "This date is not one we can read: '31.2.2020'."),
        ("7,p", "This line has another number of columns than the first line (2, 8)."),
    ],
)
def test_a_line_somebody_must_look_at(tmp_path, line, reason):
    (one,) = _rows(tmp_path, line + "\n")
    assert isinstance(one, BadRow)
    assert (one.reason, one.raw, one.line) == (reason, line, 2)


def test_with_formats_only_they_count(tmp_path):
    text = MAP + '[dates]\nformats = ["YYYY-MM-DD"]\n'
    good, bad = _rows(tmp_path, "1,p,f,,2026-03-14,,Hei,\n2,p,f,,våren 2019,,Hei,\n", text)
    assert good.when.text == "2026-03-14"
    assert bad.reason == "This date is not one we can read: 'våren 2019'."


def test_the_same_again_and_the_same_key_with_other_words(tmp_path):
    body = "1,p,f,,,,Hei,\n2,p,f,,,,Du,\n1,p,f,,,,Hei,\n1,p,f,,,,Hallo,\n"
    one, two, again, other = _rows(tmp_path, body)
    assert isinstance(one, Row) and isinstance(two, Row)
    assert again == Duplicate(line=4, of_line=2)
    assert other.reason == "Same key, other words: see line 2."


def test_without_keys_and_families(tmp_path):
    text = MAP.replace('key = "id"\n', "").replace('family = "f"\n', "")
    one, two, again = _rows(tmp_path, "1,p,f,,,,Hei,\n2,p,f,,,,Hei,\n1,p,f,,,,Hei,\n", text)
    assert one.key == one.digest != two.digest
    assert one.family_key == "p"
    assert again == Duplicate(line=4, of_line=2)


def test_a_map_for_another_file_is_refused_before_the_first_line(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(mapping.NotAMap):
        row.rows(path, mapping.understood(MAP), today=TODAY)


def _alberta(columns):
    text = (DATA / "alberta_like_notes.map.toml").read_text().split("[columns]")[0]
    notes_map = mapping.understood(f"{text}[columns]\n{columns}")
    return list(row.rows(DATA / "alberta_like_notes.csv", notes_map, today=TODAY))


def test_notes_somebody_else_made_up():
    """500 notes, one a person, no dates: licence beside the file."""
    notes_map = mapping.read(DATA / "alberta_like_notes.map.toml")
    found = list(row.rows(DATA / "alberta_like_notes.csv", notes_map, today=TODAY))
    assert Counter(type(one) for one in found) == {Row: 500}
    assert len({one.person_key for one in found}) == len({one.family_key for one in found}) == 500
    assert len({one.text for one in found}) == 54
    assert not any(one.when or one.written for one in found)
    assert (found[0].name, found[0].line, found[-1].line) == ("Christopher Williams", 2, 501)
    assert found[0].extra["location"] == "Rural"


def test_a_wrong_key_is_found_not_believed():
    """A map that takes the text as the key: 54 texts, the rest say the same key with other words."""
    found = _alberta('key = "case_note"\nperson = "person_oid"\ntext = "case_note"\n')
    assert Counter(type(one) for one in found) == {Row: 54, BadRow: 446}
    assert {one.code for one in found if isinstance(one, BadRow)} == {"other-words"}


def test_a_column_that_is_mostly_empty():
    found = _alberta('person = "person_oid"\ntext = "embedded_scenarios"\n')
    assert Counter(type(one) for one in found) == {Row: 175, BadRow: 325}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_dirty_export_is_sorted_out_to_the_last_line(tmp_path, seed):
    expected = generate.write(tmp_path, rows=4000, seed=seed)
    found = list(row.rows(tmp_path / "notes.csv", mapping.read(tmp_path / "MAP.toml"), today=TODAY))
    good = [one for one in found if isinstance(one, Row)]
    assert len(found) == expected.lines == 4000
    assert len(good) == expected.rows
    assert sum(isinstance(one, Duplicate) for one in found) == expected.duplicates
    assert Counter(one.code for one in found if isinstance(one, BadRow)) == expected.bad
    assert {one.family_key for one in good} == expected.families
    assert {one.person_key for one in good} == expected.persons
    assert {len(one.when.text) for one in good} == {10, 16}
    assert "Frøya" in {one.name.split()[0] for one in good}
    assert max(len(one.text) for one in good) > 60_000


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    first = generate.write(tmp_path / "a", rows=300, seed=3)
    again = generate.write(tmp_path / "b", rows=300, seed=3)
    other = generate.write(tmp_path / "c", rows=300, seed=4)
    assert first == again != other
    assert (tmp_path / "a/notes.csv").read_bytes() == (tmp_path / "b/notes.csv").read_bytes()

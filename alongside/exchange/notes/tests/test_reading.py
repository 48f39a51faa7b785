"""Reading: any letters, any delimiter, and no line lost."""

import csv
import io
import json
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.notes import generate, reading
from alongside.exchange.notes.reading import NotAFile, Shape

TABLE = [
    ["nr", "navn", "tekst"],
    ["1", "Sær Ås", "Blåbær; «fløte»\nog brød"],
    ["2", "Bo", 'Hun sa "hei", og gikk'],
]


def _written(table, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return out.getvalue()


def _lines(content: bytes, shape=None, name="notes.csv"):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return reading.columns(path, shape), list(reading.lines(path, shape))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_same_words_in_any_letters(encoding, delimiter):
    columns, lines = _lines(_written(TABLE, delimiter).encode(encoding))
    assert columns == TABLE[0]
    assert [list(line.cells.values()) for line in lines] == TABLE[1:]
    assert [line.number for line in lines] == [2, 4]


def test_the_map_may_say_how_it_is_written():
    content = _written(TABLE, "#").encode("utf-16")
    _, lines = _lines(content, Shape(encoding="utf-16", delimiter="#"))
    assert [list(line.cells.values()) for line in lines] == TABLE[1:]
    _, (line,) = _lines(b"a,b\n1,\xe6\n", Shape(encoding="utf-8"))
    assert (line.code, line.cells) == ("letters", {})


def test_pasted_letters_are_read_line_by_line():
    _, lines = _lines("a,b\n1,blåbær\n".encode() + "2,brød\n".encode("cp1252"))
    assert [line.cells["b"] for line in lines] == ["blåbær", "brød"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ('2,"Hun sa "hei" og gikk"', "stray-quote"),
        ('2,"aldri lukket', "stray-quote"),
        ("2,en,to", "other-columns"),
        ("2", "other-columns"),
        ("2,\x00", "letters"),
    ],
)
def test_a_line_gone_wrong_takes_no_other_with_it(bad, code):
    _, lines = _lines(f'a,b\n1,x\n{bad}\n3,"y, z"\n\n4,w\n'.encode())
    assert [(line.number, line.code) for line in lines] == [(2, ""), (3, code), (4, ""), (6, "")]
    assert lines[1].raw == bad.replace("\x00", "?")
    assert lines[2].cells == {"a": "3", "b": "y, z"}


def test_empty_lines_and_empty_columns_at_the_end_are_passed_over():
    columns, lines = _lines(b"\r\n" * 600 + b"a;b;;\r\n;;;\r\n1;2;;\r\n   \r\n3;4\r\n")
    assert columns == ["a", "b"]
    assert [line.cells["b"] for line in lines] == ["2", "4"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n1,2\n", b"a,a\n1,2\n", b'"a,b\n'])
def test_a_file_that_cannot_be_read_says_so(content):
    with pytest.raises(NotAFile) as wrong:
        _lines(content)
    assert str(wrong.value).endswith(".")


def test_json_lines():
    content = "\n".join(
        [
            json.dumps({"id": 1, "text": "Blåbær", "tags": ["a"]}),
            "",
            "{nonsense",
            "[1]",
            '{"id": 2, "text": null, "more": true}',
            '{"text": "\\ud800"}',
        ]
    )
    columns, lines = _lines(content.encode(), name="notes.jsonl")
    assert columns == ["id", "text", "tags", "more"]
    assert [(line.number, line.code) for line in lines] == [
        (1, ""),
        (3, "not-json"),
        (4, "not-json"),
        (5, ""),
        (6, "letters"),
    ]
    assert lines[0].cells == {"id": "1", "text": "Blåbær", "tags": '["a"]'}
    assert lines[3].cells == {"id": "2", "text": "", "more": "true"}


def test_little_is_held_however_long_the_file(tmp_path):
    generate.write(tmp_path, rows=6000)
    tracemalloc.start()
    count = sum(1 for _ in reading.lines(tmp_path / "notes.csv"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 6000
    assert peak < 1_500_000


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(" \n"), max_size=12)
tables = st.integers(2, 4).flatmap(
    lambda wide: st.lists(
        st.lists(cells, min_size=wide, max_size=wide).filter(lambda row: "".join(row).strip()), max_size=6
    )
)


@given(tables, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_written_is_read(table, delimiter, encoding):
    names = [f"c{place}" for place in range(len(table[0]) if table else 2)]
    _, lines = _lines(_written([names, *table], delimiter).encode(encoding))
    assert [list(line.cells.values()) for line in lines] == table
    assert not [line for line in lines if line.code]


pieces = st.lists(st.sampled_from([b"a", b",", b'"', b"\n", b"\r\n", b" ", b"\xe6", b"\xc3\xa6", b"1"]), max_size=40)


@given(pieces.map(b"".join) | st.binary(max_size=60))
def test_no_line_is_lost_in_any_bytes(content):
    try:
        _, lines = _lines(b"a,b\n" + content)
    except NotAFile:
        return
    numbers = [line.number for line in lines]
    assert numbers == sorted(set(numbers))
    if b"\x00" in content or content.startswith(b"\xfe"):
        return
    read = "".join(line.raw for line in lines)
    for letter in b"a1":
        assert read.count(chr(letter)) == content.count(letter)

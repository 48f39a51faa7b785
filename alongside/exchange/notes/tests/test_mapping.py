"""The map: understood, or answered with a plain sentence."""

import datetime as dt

import pytest

from alongside.dates import NotADate
from alongside.exchange.notes import generate, mapping
from alongside.exchange.notes.mapping import NotAMap

TODAY = dt.date(2026, 11, 20)
SMALL = """
system = "Old"
maker = "Its workers"
[columns]
person = "p"
text = "t"
"""


def test_the_smallest_map():
    found = mapping.understood(SMALL)
    assert (found.system, found.maker, found.language, found.kind) == ("Old", "Its workers", "", "")
    assert found.of("person", {"p": " 7 ", "t": "x"}) == "7"
    assert found.of("family", {"p": "7"}) == ""
    found.check(["t", "p", "more"])


def test_several_columns_make_one_name():
    found = mapping.understood(SMALL + 'name = ["first", "last"]\n')
    assert found.of("name", {"first": "Bo", "last": "Ås"}) == "Bo Ås"
    assert found.of("name", {"first": "Bo", "last": " "}) == "Bo"


def test_a_missing_column_lists_those_there_are():
    with pytest.raises(NotAMap) as wrong:
        mapping.understood(SMALL).check(["person", "t"])
    assert str(wrong.value) == 'The file has no column "p". It has: "person", "t".'


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("= =", "not TOML"),
        (SMALL.replace("maker", "makers"), '"makers"'),
        (SMALL.replace('maker = "Its workers"', ""), 'does not say "maker"'),
        (SMALL.replace("person", "persons"), 'does not know "persons". It knows: "key", "person"'),
        (SMALL.replace('text = "t"', ""), 'which column is "text"'),
        (SMALL.replace('"t"', '["t", "u"]'), '"text" in the map must be text'),
        (SMALL.replace('"Old"', "4"), '"system" in the map must be text'),
        ('columns = "p"\nsystem = "a"\nmaker = "b"', "[columns]"),
        (SMALL + '[dates]\nformats = ["DD/MMM/YYYY"]', '"DD/MMM/YYYY"'),
        (SMALL + '[dates]\nformats = ["DD.MM"]', '"DD.MM"'),
        (SMALL + '[dates]\nformats = ["day YYYY"]', '"day YYYY"'),
        (SMALL + '[dates]\nformats = "YYYY"', "must be a list"),
        (SMALL + '[file]\nformat = "xlsx"', '"csv" or "jsonl"'),
        (SMALL + '[file]\ndelimiter = ";;"', "one character"),
        (SMALL + '[file]\nencoding = "runes"', '"runes"'),
    ],
)
def test_what_is_wrong_is_said_plainly(text, part):
    with pytest.raises(NotAMap) as wrong:
        mapping.understood(text)
    assert part in str(wrong.value)
    assert str(wrong.value).endswith(".")


@pytest.mark.parametrize(
    ("form", "said", "text"),
    [
        ("DD.MM.YYYY", "14.03.2026", "2026-03-14"),
        ("D.M.YYYY", "4.3.2026", "2026-03-04"),
        ("DD.MM.YY", "14.03.26", "2026-03-14"),
        ("DD.MM.YY", "14.03.94", "1994-03-14"),
        ("MM/DD/YYYY", "03/14/2026", "2026-03-14"),
        ("YYYY-MM-DD hh:mm", "2026-03-14 16:30", "2026-03-14T16:30"),
        ("YYYY-MM-DDThh:mm:ssZ", "2026-03-14T16:30:59.123Z", "2026-03-14T16:30"),
        ("YYYY-MM-DD hh", "2026-03-14 16", "2026-03-14"),
        ("MM.YYYY", "03.2026", "2026-03"),
        ("YYYY", "2026", "2026"),
    ],
)
def test_formats_of_dates(form, said, text):
    found = mapping.understood(f'{SMALL}[dates]\nformats = ["YYYYMMDD", "{form}"]')
    assert found.date(said, today=TODAY).text == text
    assert found.date("soon", today=TODAY) is None
    with pytest.raises(NotADate):
        found.date("20260231", today=TODAY)


def test_the_generated_map_is_a_map():
    found = mapping.understood(generate.MAP)
    found.check(generate.COLUMNS)
    assert len(found.formats) == 3

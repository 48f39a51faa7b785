"""An entry is its row: never changed, opened when somebody asks, silent about its words."""

import datetime as dt

import pytest

from alongside.kept import kept
from alongside.record.entry import COLUMNS, Entry, Row, from_row
from alongside.record.kinds import KINDS, kind


def row(**other):
    values = {
        "pk": (3 << 20) | 7, "id": "a" * 32, "thing": (3 << 20) | 7, "within": None, "answers": None,
        "kind": "dialogue.passage", "author": 4, "speaker": None, "via": "[5,6]", "basis": "told", "mark": "team",
        "so": None, "learnt_at": None, "recorded_at": 1,
        "body": '{"v":1,"words":[]}', "about": "[8]", "readers": '[[4,"own"],[9,"present"]]',
    } | other  # fmt: skip
    return tuple(values[name] for name in COLUMNS)


def test_a_row_has_a_name_for_each_column():
    assert len(Row._fields) == len(COLUMNS)
    entry = from_row(row(so="2026-03"))
    assert type(entry) is Entry and tuple(entry) == row(so="2026-03")
    assert (entry.family, entry.starts, entry.via, entry.about) == (3, True, (5, 6), (8,))
    march = dt.date(2026, 3, 1).toordinal(), dt.date(2026, 3, 31).toordinal()
    assert (entry.so_first, entry.so_last) == march and from_row(row()).so_last is None
    assert entry.given == ((4, "own"), (9, "present")) and entry.body == {"v": 1, "words": []}


@pytest.mark.parametrize("speaker, whose", [(None, 4), (9, 9)])
def test_whose_words_they_are(speaker, whose):
    assert from_row(row(speaker=speaker)).speaker == whose


def test_an_entry_is_never_changed_and_says_nothing_by_itself():
    entry = from_row(row(body='{"secret":"kitchen","v":1}'))
    for name in ("pk", "body", "about", "anything"):
        with pytest.raises(AttributeError):
            setattr(entry, name, 1)
    assert entry.body["secret"] == "kitchen"
    assert "kitchen" not in repr(entry) and str(entry.pk) not in repr(entry)


def test_a_body_is_opened_once_and_brought_up_to_today(monkeypatch):
    opened = []

    def up(body):
        opened.append(body)
        return {**body, "more": True}

    kind("test.old", "Old", version=2, upcasts={1: up})
    try:
        entry = from_row(row(kind="test.old", body='{"v":1}'))
        assert opened == []
        assert entry.body == entry.body == {"v": 2, "more": True}
        assert len(opened) == 1
    finally:
        del KINDS["test.old"]


def test_kept_belongs_to_its_object():
    class Counted:
        def __init__(self, start):
            self.start = start

        @kept
        def next(self):
            """One more."""
            self.start += 1
            return self.start

    one, other = Counted(1), Counted(10)
    assert (one.next, one.next, other.next) == (2, 2, 11)
    assert Counted.next.__doc__ == "One more."

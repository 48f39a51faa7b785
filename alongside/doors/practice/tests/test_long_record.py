"""A record longer than a page reads: what counts however old stays, and every note stands whole."""

from alongside.doors.practice import family_page, page
from alongside.record.reading import rows


def _right_now(words: str) -> str:
    return words[words.index("Right now") : words.index("Lately")]


def test_what_was_pinned_long_ago_still_stands(be, code, main, monkeypatch):
    kari = be("kari")
    whole = _right_now(main(kari.get(f"/f/{code(1)}")))
    monkeypatch.setattr(page, "NEWEST", 20)
    words = main(kari.get(f"/f/{code(1)}"))
    assert _right_now(words) == whole and "“We want evenings without shouting.”" in words
    assert "Ella was born" not in words[words.index("Owed to the family") :]  # an old question, answered long ago


def test_every_note_is_the_same_however_much_was_read(be, code, main, monkeypatch):
    kari, found = be("kari"), rows("SELECT id FROM record_entry WHERE pk >> 20 = 1 ORDER BY pk", [])
    every = [f"/f/{code(1)}/n/{id}" for (id,) in found][::2]
    before = {path: kari.get(path, follow=True) for path in every}
    monkeypatch.setattr(page, "NEWEST", 20)
    for path, was in before.items():
        now = kari.get(path, follow=True)
        assert now.status_code == was.status_code, path
        if was.status_code == 200:
            assert main(now) == main(was), path


def test_of_many_open_promises_the_next_due_stand_and_the_way_to_all(be, code, main, monkeypatch):
    owed = _owed(main(be("kari").get(f"/f/{code(1)}")))
    assert "Lars: I ask for a weekend" in owed and "more promises are open" not in owed
    monkeypatch.setattr(family_page, "OWED", 1)
    shown = be("kari").get(f"/f/{code(1)}")
    first = _owed(main(shown))
    assert "by Friday 27 November 2026" in first and "Lars: I ask for a weekend" not in first
    assert "1 more promise is open" in first or "more promises are open" in first
    assert f'<a href="/f/{code(1)}/promises">' in shown.content.decode()


def _owed(words: str) -> str:
    return words[words.index("Owed to the family") : words.index("Not agreed")]

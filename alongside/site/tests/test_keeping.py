"""`alongside keeping` prints the list and the clocks, holds and all, and changes nothing."""

import argparse
import datetime as dt
import json

import pytest

from alongside import clock, ids
from alongside.access import ending, holds
from alongside.cast.story import number
from alongside.record.reading import rows
from alongside.site import prepare
from alongside.site.console import keeping
from alongside.site.problem import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(cast, monkeypatch, capsys):
    """What the command prints, as JSON or as lines."""
    monkeypatch.setattr(prepare, "begun", lambda: True)

    def run(**more):
        assert keeping.run(argparse.Namespace(**{"year": None, "clocks": False, "json": True, **more})) == 0
        out = capsys.readouterr().out
        return json.loads(out) if more.get("json", True) else out

    return run


def test_nothing_is_due_today_and_the_list_of_a_later_year_says_who(said):
    before = rows("SELECT count(*) FROM record_entry", [])
    assert said() == [] and "No family" in said(json=False)
    found = said(year=2031)
    assert {one["family"] for one in found} == {code for (code,) in rows("SELECT code FROM record_family "
                                                                         "WHERE number > 0", [])}  # fmt: skip
    assert all([clock["id"] for clock in one["clocks"]] == ["silent-look"] for one in found)
    assert rows("SELECT count(*) FROM record_entry", []) == before


def test_a_hold_stands_beside_the_clock(said):
    code, at = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0], clock.micros(clock.now())
    ending.close(by=number("kari"), family=1, why="Done", goodbye="x", lang="en", at=at, once=ids.new())
    holds.put_on(by=number("odd"), family=1, why="An inquiry", until=dt.date(2030, 1, 1), lang="en", at=at, once="h")
    (line,) = [one for one in said(json=False, year=2051).splitlines() if one.startswith(code)]
    assert "closed-archive (over 2051-11-20, then archive)" in line and "HELD: look at it again by 2030-01-01" in line
    assert "inquiry" not in line  # no words


def test_the_clocks_with_their_source(said):
    found = said(clocks=True)
    assert [one["id"] for one in found] == ["closed-archive", "closed-look", "silent-look"]
    assert all(one["source"] and one["checked"] is False for one in found)
    assert "clocks_norway.toml" in said(clocks=True, json=False)


def test_a_file_that_cannot_be_followed_is_said(said, settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "clocks.toml").write_text("[[clock]]\nid = 1", "utf-8")
    with pytest.raises(Problem, match="clocks.toml, clock 1: id is missing"):
        said()


def test_a_year_that_is_none_is_refused(said):
    with pytest.raises(Problem, match="2031"):
        said(year=31)

"""The whole cast taken along, on whichever database: the folder is what the record is, and nothing of a family shows
in what stands in the way."""

import datetime as dt

import pytest
from django.db import connection

from alongside import clock, ids
from alongside.access import closing
from alongside.cast.story import TODAY, number
from alongside.exchange.export import acts, check
from alongside.exchange.export.everything import grown
from alongside.record.appending import append
from alongside.record.statement import Statement
from alongside.site.closing.in_the_way import in_the_way, not_yet, settled
from alongside.site.closing.taking import taken
from alongside.site.console import close
from alongside.site.problem import Problem

pytestmark = pytest.mark.django_db
LATER = clock.micros(TODAY + dt.timedelta(days=90))


def quiet(_what):
    return lambda done, total: None


@pytest.fixture
def stopped(cast):
    """The office of the cast has stopped."""
    how = {"strength": 3, "lang": "en", "at": clock.micros(TODAY)}
    one = closing.propose(by=number("odd"), last=dt.date(2027, 1, 31), words="Nordby goes on.", once="p", **how)[0]
    closing.answer(by=number("tone"), proposal=one.id, yes=True, words="", once="y", **how)


def test_the_folder_is_the_record_until_something_is_said(stopped, tmp_path):
    assert "is not over" in not_yet(clock.micros(TODAY)) and not_yet(LATER) == ""
    settled(LATER)
    assert in_the_way(LATER) == []
    found = taken(
        tmp_path / "closed", by=acts.holders("tone", "odd"), why="We go.", at=LATER, lang="en", told=quiet
    )  # fmt: skip
    assert found.families == 3 and check.check(tmp_path / "closed")["statements"] == found.statements > 200
    sums = check.sums(tmp_path / "closed")
    assert grown(sums) == []
    said = Statement("export.made", {"what": "everything", "holders": [], "why": "x"})
    append([said], family=0, by=number("tone"), once=ids.new(), at=LATER)
    assert grown(sums) == ["statements.jsonl", "tables/record_family.jsonl"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="what is said of PostgreSQL alone")
def test_on_postgresql_the_owner_drops_it(stopped, tmp_path):
    args = close.add(_Parsers()).parse_args(["--destroy", str(tmp_path)])
    with pytest.raises(Problem, match="DROP DATABASE"):
        close.run(args)


class _Parsers:
    """What `add` asks of a parser of commands."""

    def add_parser(self, name, **_how):
        import argparse

        return argparse.ArgumentParser(name)

"""Everything of one family for an archive: to the byte, by two who answer for it, and said in the office's record."""

import hashlib
import json
import subprocess

import pytest

from alongside import clock
from alongside.access import kept_on
from alongside.cast.story import number
from alongside.exchange.export import acts
from alongside.exchange.export.archive import archive
from alongside.record.reading import rows
from alongside.record.statement import Refused, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(cast):
    return rows("SELECT code FROM record_family WHERE number = 3", [])[0][0]


def take(code, to, *, receiver="The town archive", why="Twenty-five years"):
    """An hour from now, as far as the office's record is told."""
    by, at = acts.Holders(number("tone"), number("odd")), clock.micros(clock.now()) + 3_600_000_000
    return archive(to, code, by=by, receiver=receiver, why=why, at=at, once="take", lang="en")


def test_it_holds_every_statement_of_this_family_and_of_no_other(code, tmp_path):
    found = take(code, tmp_path / "one")
    lines = [json.loads(line) for line in (tmp_path / "one/statements.jsonl").read_text("utf-8").splitlines()]
    kept = rows("SELECT id, hash FROM record_entry WHERE pk >> 20 = 3 ORDER BY pk", [])
    assert [(one["id"], one["hash"]) for one in lines] == [tuple(one) for one in kept]
    assert found.statements == len(kept) and any(one["mark"] == "sealed" for one in lines)
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "one", capture_output=True, text=True, check=True
    )
    assert done.stdout.count(": OK") == 4
    assert hashlib.sha256((tmp_path / "one/SHA256SUMS").read_bytes()).hexdigest() == found.sums


def test_the_office_knows_that_it_was_handed_and_with_what(code, tmp_path):
    assert not kept_on.archive_has(3)
    found = take(code, tmp_path / "one")
    (one,) = kept_on.handed()
    assert (one.family, one.to, one.sums) == (3, "The town archive", found.sums) and kept_on.archive_has(3)
    made = json.loads(rows("SELECT body FROM record_entry WHERE kind = 'export.made'", [])[0][0])
    assert made["what"] == "archive" and made["holders"] == [number("tone"), number("odd")]


def test_what_is_written_afterwards_the_archive_does_not_have(code, tmp_path):
    from alongside.record.appending import append

    take(code, tmp_path / "one")
    words = Statement("dialogue.passage", {"words": [{"lang": "en", "text": "One more."}]}, basis="told")
    append([words], family=3, by=number("kari"), once="more", at=clock.micros(clock.now()) + 1)
    assert not kept_on.archive_has(3)


@pytest.mark.parametrize(
    ("change", "why"),
    [({"code": "nosuchcode22"}, "not-found"), ({"receiver": " "}, "no-receiver"), ({"why": " "}, "no-words")],
)
def test_what_is_refused_leaves_no_folder_and_says_nothing(code, tmp_path, change, why):
    with pytest.raises(Refused, match=why):
        take(change.pop("code", code), tmp_path / "one", **change)
    assert not (tmp_path / "one").exists() and kept_on.handed() == ()


def test_the_office_itself_is_no_family(cast, tmp_path):
    office = rows("SELECT code FROM record_family WHERE number = 0", [])[0][0]
    with pytest.raises(Refused, match="not-found"):
        take(office, tmp_path / "one")

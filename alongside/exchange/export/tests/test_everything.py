"""Everything that was taken along, read again with the standard library alone, is the record."""

import csv
import hashlib
import json
import re

import pytest

from alongside.access.roles import appointed
from alongside.cast.story import numbers
from alongside.exchange.export import acts, tables
from alongside.exchange.export.everything import everything
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Refused

pytestmark = pytest.mark.django_db
AT = 1_800_000_000_000_000


def quiet(done, total):
    """Nobody watches."""


@pytest.fixture
def two(cast):
    """Ingrid leads, Tone looks after privacy: the two who answer for it."""
    by = numbers()["ingrid"]
    said = [appointed(numbers()["ingrid"], "leader", unit="unit North"), appointed(numbers()["lars"], "privacy")]
    append(said, family=0, by=by, once="two", at=AT)
    return acts.holders("ingrid", "lars")


@pytest.fixture
def taken(two, tmp_path):
    to = tmp_path / "all"
    everything(to, by=two, why="We go to another system.", at=AT + 1, once="x", lang="en", heard=quiet)
    return to


def spelt(value) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def as_text(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return [as_text(one) for one in value] if isinstance(value, list) else str(value)


def commitment(one: dict, previous: str) -> str:
    """The hash of a statement as README.txt in the folder tells it, with nothing of ours."""
    salts = hashlib.shake_256(b"alongside.salts.v1\0" + bytes.fromhex(one["salt"])).digest(96)
    said = "author speaker via basis so so_first so_last learnt_at written_at recorded_at".split()
    kept = "thing within answers saw about mark readers once".split()
    more = {"family": one["pk"] >> 20, "seq": one["pk"] % (1 << 20), "previous": previous}
    parts = {
        "body": spelt(one["body"]),
        "said": spelt({name: as_text(one[name]) for name in said}),
        "kept": spelt({name: as_text(value) for name, value in {**{n: one[n] for n in kept}, **more}.items()}),
    }
    closed = {
        name: hashlib.sha256(b"alongside.part.v1\0" + salts[32 * n : 32 * n + 32] + name.encode() + b"\0" + data)
        for n, (name, data) in enumerate(parts.items())
    }
    head = {
        "v": 1,
        "id": one["id"],
        "kind": one["kind"],
        "parts": {name: one.hexdigest() for name, one in closed.items()},
    }
    return hashlib.sha256(b"alongside.entry.v1\0" + spelt(head)).hexdigest()


def test_read_again_it_is_the_record(taken):
    lines = [json.loads(line) for line in (taken / "statements.jsonl").read_text("utf-8").splitlines()]
    stored = rows("SELECT pk, id, kind, author, mark, body, about, readers, hash FROM record_entry ORDER BY pk", [])
    assert len(lines) == len(stored)
    for one, row in zip(lines, stored, strict=True):
        assert tuple(one[name] for name in ("pk", "id", "kind", "author", "mark")) == row[:5]
        assert [spelt(one[name]).decode() for name in ("body", "about", "readers")] == list(row[5:8])
        assert one["hash"] == row[8]


def test_every_commitment_can_be_checked_without_us(taken):
    previous = {}
    for line in (taken / "statements.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        family = one["pk"] >> 20
        assert commitment(one, previous.get(family, "")) == one["hash"]
        previous[family] = one["hash"]
    one["body"]["why"] = "changed"
    assert commitment(one, "") != one["hash"]


def test_every_sum_is_right_and_every_file_has_one(taken):
    listed = dict(reversed(line.split("  ")) for line in (taken / "SHA256SUMS").read_text().splitlines())
    there = {str(file.relative_to(taken)) for file in taken.rglob("*") if file.is_file()} - {"SHA256SUMS"}
    assert set(listed) == there
    assert all(hashlib.sha256((taken / name).read_bytes()).hexdigest() == found for name, found in listed.items())


def test_every_table_is_taken_or_left_for_a_reason(taken):
    manifest = json.loads((taken / "manifest.json").read_text("utf-8"))
    there = {file.stem for file in (taken / "tables").iterdir()}
    assert there | set(manifest["left_out"]) == set(tables.here())
    assert "not known to this program" not in manifest["left_out"].values()
    people = [json.loads(line) for line in (taken / "tables/record_person.jsonl").read_text().splitlines()]
    assert len(people) == rows("SELECT count(*) FROM record_person", [])[0][0]


def test_nothing_that_opens_a_door_or_was_not_said_is_in_it(taken):
    content = b"".join(file.read_bytes() for file in taken.rglob("*") if file.is_file())
    for column, table in (("password", "access_account"), ("totp", "access_account"), ("card", "access_account")):
        for (value,) in rows(f"SELECT {column} FROM {table} WHERE length({column}) > 8", []):
            assert value.encode() not in content


def test_people_read_it_without_a_program_of_ours(taken):
    code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    page = (taken / f"families/{code}/index.html").read_text("utf-8")
    assert "flat" in page and "Anne" in page and "<script" not in page and "http" not in page
    with open(taken / f"families/{code}/statements.csv", encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert len(listed) == rows("SELECT last_seq FROM record_family WHERE number = 1", [])[0][0]
    assert not [cell for row in listed for cell in row.values() if re.match(r"[=+@]", cell)]


def test_the_record_says_who_took_it_along_and_why(taken, two):
    body = json.loads(rows("SELECT body FROM record_entry WHERE kind = 'export.made'", [])[0][0])
    assert (body["what"], body["holders"]) == ("everything", [two.first, two.second])
    assert body["why"] == "We go to another system."
    assert all(rebuild(check=True).values())
    assert '"export.made"' in (taken / "statements.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("ingrid", "ingrid", "the-same"), ("kari", "lars", "not-a-leader"), ("ingrid", "kari", "not-beside"),
        ("ingrid", "no-one", "nobody"), ("anne", "lars", "not-a-leader"),
    ],
)  # fmt: skip
def test_it_takes_two_who_may(two, first, second, code):
    with pytest.raises(Refused) as why:
        acts.holders(first, second)
    assert why.value.code == code


def test_a_folder_with_something_in_it_and_no_reason_are_refused(two, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("mine")
    for to, why, code in ((tmp_path / "mine", "why", "not-empty"), (tmp_path / "a" / "b", "why", "no-place"),
                          (tmp_path / "new", " ", "no-words")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            everything(to, by=two, why=why, at=AT, once="y", lang="en", heard=quiet)
        assert refused.value.code == code
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mine"]
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'export.made'", []) == [(0,)]

"""One family, for one person: the gate, the fence, and no number of ours."""

import json
import re

import pytest

from alongside import clock
from alongside.access import looking
from alongside.access.standing import reader_in
from alongside.cast.story import numbers
from alongside.exchange.export.family import family
from alongside.record.readers import FRESH
from alongside.record.reading import read, rows
from alongside.record.statement import Refused

pytestmark = pytest.mark.django_db
EVERYBODY = ("kari", "lars", "anne", "per", "mia", "jonas", "ingrid", "morten", "elin", "marit")


@pytest.fixture
def code(cast):
    return lambda number: rows("SELECT code FROM record_family WHERE number = %s", [number])[0][0]


def take(who, code, to):
    at = clock.micros(clock.now())
    return family(to, code, reader=numbers()[who], why="The court asked.", at=at, once=f"take/{who}/{code}", lang="en")


def content(folder) -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted(folder.iterdir()))


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_it_holds_what_this_person_reads_and_nothing_else(code, tmp_path, who, number):
    now = clock.micros(clock.now())
    reader = reader_in(numbers()[who], code(number), now=now, strength=FRESH)
    if reader is None:
        with pytest.raises(Refused, match="not-found"):
            take(who, code(number), tmp_path / "one")
        assert list(tmp_path.iterdir()) == []
        return
    reads = {entry.id for entry in read(reader)}
    found = take(who, code(number), tmp_path / "one")
    lines = [json.loads(line) for line in (tmp_path / "one/statements.jsonl").read_text("utf-8").splitlines()]
    assert {one["id"] for one in lines} == reads and found.statements == len(reads)
    everything = rows("SELECT id FROM record_entry", [])
    text = content(tmp_path / "one")
    assert [id for (id,) in everything if id in text and id not in reads] == []


def test_a_family_of_another_unit_and_none_are_refused_alike(code, tmp_path):
    for wanted in (code(1), "nothing"):
        with pytest.raises(Refused) as why:
            take("rune", wanted, tmp_path / "one")
        assert why.value.code == "not-found"


def test_where_elin_lives_is_in_nothing_that_morten_may_take(code, tmp_path):
    sealed = [json.loads(body) for (body,) in rows("SELECT body FROM record_entry WHERE mark = 'sealed'", [])]
    words = {term for body in sealed for term in body.get("terms", ())}
    assert words
    take("morten", code(3), tmp_path / "one")
    text = content(tmp_path / "one").casefold()
    assert [word for word in words if word.casefold() in text] == []


def test_no_number_of_a_person_or_place_is_in_it(code, tmp_path):
    take("kari", code(1), tmp_path / "one")
    for line in (tmp_path / "one/statements.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        assert {"pk", "author_number", "readers", "about", "salt", "hash"} & set(one) == set()
        assert not re.search(r'"(person|who|there|to|of)":\[?\d', line)


def test_the_office_and_the_family_can_see_that_it_was_taken(code, tmp_path):
    looking.queue.clear()
    take("kari", code(1), tmp_path / "one")
    body = json.loads(rows("SELECT body FROM record_entry WHERE kind = 'export.made'", [])[0][0])
    assert (body["what"], body["family"], body["reader"]) == ("family", code(1), numbers()["kari"])
    looked = rows("SELECT person, page FROM access_looked WHERE family = 1", [])
    assert (numbers()["kari"], "export") in looked

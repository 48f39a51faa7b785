"""The invented families: the same from the same seed, taken by the record as they are, read as they are meant."""

from random import Random

import pytest

from alongside.record.readers import FRESH
from alongside.record.reading import read, rows
from alongside.record.verify import verify
from alongside.site.bench import filling
from alongside.site.bench.files import inserted
from alongside.site.bench.invented import House, acts
from alongside.site.bench.store import reader_of

HOUSE = House(2, 22, 9001, 9002, 9003)
NOW = 1_800_000_000_000_000


def told(seed, entries=100, closed=False):
    return list(acts(HOUSE, entries, Random(seed), closed=closed))


def test_the_same_seed_tells_the_same():
    assert told("a") == told("a")
    assert told("a") != told("b")


@pytest.mark.parametrize("entries", [10, 100, 317])
def test_as_many_as_were_asked_for_in_order(entries):
    made = told("a", entries)
    assert sum(len(act.statements) for act in made) == entries
    assert [act.at for act in made] == sorted(act.at for act in made)


def test_many_kinds_are_told():
    kinds = {one.kind for act in told("a") for one in act.statements}
    assert {"access.granted", "families.met", "dialogue.passage", "dialogue.answer", "promises.made"} <= kinds


@pytest.mark.parametrize("size", [7_000, 10_000, 123_456, 2_000_000])
def test_the_plan_fills_the_size(size):
    order = filling.plan(size)
    held = {"small": filling.SMALL, "large": filling.LARGE}
    total = sum(held[what.strip("+")] for what in order)
    assert size - filling.SMALL < total <= size
    assert order.count("small") == filling.MEASURED and order.count("large") == 1
    assert order[:2] == ["large", "small"]
    places = [place for place, what in enumerate(order) if what == "small"]
    assert places[-1] > len(order) * 0.9


def test_too_small_a_plan():
    with pytest.raises(ValueError, match="7000"):
        filling.plan(6_999)


@pytest.fixture
def family(db):
    """One measured family in the record (the first is one the mother reads in part)."""
    return lambda number, which=1: filling.write(number, HOUSE, filling.SMALL, 1, which)


def test_the_mother_reads_everything_and_the_father_a_part(family):
    one = family(801)
    seen = {who: read(reader_of(one, getattr(HOUSE, who), NOW)) for who in ("worker", "mother", "father")}
    assert len(seen["worker"]) == len(seen["mother"]) == filling.SMALL
    assert 0 < len(seen["father"]) < filling.SMALL
    assert not one.closed


def test_with_notes_for_professionals_she_reads_a_part(family):
    one = family(802, which=2)
    assert one.closed
    assert len(read(reader_of(one, HOUSE.mother, NOW))) < len(read(reader_of(one, HOUSE.worker, NOW)))


def test_half_was_said_at_half(family):
    one = family(803)
    assert 30 < len(read(reader_of(one, HOUSE.worker, NOW), at=one.half)) < 70


def test_what_is_appended_verifies(family):
    family(804)
    assert not [broken for broken in verify() if broken.place >> 20 == 804]


def test_a_copy_reads_like_its_pattern(family):
    family(805)
    made = filling.pattern(805, HOUSE)
    house = House(3, 23, 9101, 9102, 9103)
    copies = list(filling.copied(made, 806, house, Random(1)))
    assert copies == list(filling.copied(made, 806, house, Random(1)))
    assert len({row[1] for row in copies} | {row[1] for row in made.entries}) == 2 * filling.SMALL
    filler = filling._Filler(_Nothing(), 1, inserted)
    filler._copy(made, 806, house)
    pattern, copy = ([_seen(family, kin) for kin in (who.mother, who.father)] for family, who in _both(house))
    assert pattern == copy
    assert rows("SELECT last_seq FROM record_family WHERE number = 806", []) == [(filling.SMALL,)]


def _both(house):
    return (805, HOUSE), (806, house)


def _seen(family, person):
    from alongside.access.standing import reader_in

    ((code,),) = rows("SELECT code FROM record_family WHERE number = %s", [family])
    return [entry.pk & 0xFFFFF for entry in read(reader_in(person, code, now=NOW, strength=FRESH))]


class _Nothing:
    """Stands for a store where none is needed."""

    entries = 0

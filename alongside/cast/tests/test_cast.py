"""Every statement of the cast, asked of everybody in it: the gate gives it to its readers and to nobody else."""

import pytest

from alongside import clock
from alongside.access.standing import readers_of
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, about, data, numbers, persons
from alongside.record.readers import FRESH
from alongside.record.reading import read
from alongside.record.registers import rebuild
from alongside.record.verify import verify

pytestmark = pytest.mark.django_db
NOW = clock.micros(TODAY)
# What each reads of the data on the last day (the cast's own table).
TABLE = {
    1: {"anne": 86, "per": 39, "mia": 39, "jonas": 20, "farhiya": 36, "ali": 12, "lea": 8, "berg": 14, "tone": 11},
    2: {"marte": 49, "oystein": 43, "birger": 3},
    3: {"elin": 44, "oda": 12, "morten": 18, "marit": 17, "aud": 1},
}


def reads(who: str, strength: int = FRESH) -> dict[int, set[int]]:
    """The numbers of the data's statements that this person reads, by family."""
    known = {id_of(e["family"], e["n"]): (e["family"], e["n"]) for e in data()["entry"]}
    found: dict[int, set[int]] = {1: set(), 2: set(), 3: set()}
    for reader in readers_of(numbers()[who], now=NOW, strength=strength):
        for entry in read(reader):
            if entry.id in known:
                family, n = known[entry.id]
                found[family].add(n)
    return found


@pytest.mark.parametrize("who", list(persons()))
def test_everybody_reads_what_is_theirs_and_nothing_else(who, cast):
    standing = {family for family in (1, 2, 3) if who in about()["relationships"][str(family)]}
    meant = {
        family: {
            e["n"] for e in data()["entry"] if e["family"] == family and who in e["readers"] and family in standing
        }
        for family in (1, 2, 3)
    }
    assert reads(who) == meant


def test_the_cast_s_own_table(cast):
    for family, counts in TABLE.items():
        for who, count in counts.items():
            assert len(reads(who)[family]) == count, who
    assert reads("rune") == {1: set(), 2: set(), 3: set()}


def test_a_card_alone_reads_nothing(cast):
    assert reads("anne", strength=0) == {1: set(), 2: set(), 3: set()}


def test_the_record_of_the_cast_is_whole(cast):
    assert list(verify()) == []
    assert all(rebuild(check=True).values())


def test_pins_stand_word_for_word_in_their_sentence():
    texts = {(e["family"], e["n"]): e.get("text_en", "") + e.get("text_nb", "") for e in data()["entry"]}
    for pin in about()["pin"]:
        assert pin.get("part", "") in texts[pin["family"], pin["n"]]

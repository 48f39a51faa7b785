"""A patch by its verbs: who writes it, who reads it, who knows whom; what is sealed is not written there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.access.standing import office_reader
from alongside.cast.story import numbers
from alongside.families.belonging import belonging, belongs_to, no_more
from alongside.families.telling import Told
from alongside.promises.tests.test_promise import NOW, reader, refused
from alongside.record.reading import read, rows
from alongside.record.registers import rebuild
from alongside.record.sealing import SealedWords
from alongside.teams import patch
from alongside.teams.patch import Asset

N = numbers()
HALL = {"name": "The hall", "where": "Lomvika", "good": "A dance on Fridays", "reach": "Open from six"}
SEALED = ("Bekkasinveien 17", "bekkasinveien17", "Rypestad", "000 00 337")


def office(who: str):
    return office_reader(N[who], now=NOW, strength=3)


def stands(who: str = "rune", at: int | None = None) -> dict[str, Asset]:
    return {one.name: one for one in patch.patches(office(who), at=at)}


def add(who: str = "marit", once: str = "a" * 32, words=None, what="place", knows=False, unit="unit North", at=NOW):
    how = {"lang": "en", "at": at, "once": once}
    return patch.add(by=office(who), unit=unit, what=what, words=words or HALL, knows=knows, **how)


def names(one: Asset) -> list[str]:
    by_number = {number: who for who, number in N.items()}
    return [by_number[person] for person in one.knows]


def test_those_of_the_unit_write_and_every_unit_reads(cast):
    for _time in range(10):
        add(knows=True)
    assert names(stands("rune")["The hall"]) == names(stands("odd")["The hall"]) == ["marit"]
    for who in ("rune", "odd", "geir"):
        assert refused(add, who=who) == "not-yours"
        how = {"by": office(who), "one": stands()["The hall"], "at": NOW, "once": "b" * 32}
        assert refused(patch.know, knows=True, **how) == refused(patch.gone, why="", **how) == "not-yours"
        assert refused(patch.change, what="place", words=HALL, lang="en", **how) == "not-yours"
    assert refused(add, unit="unit South") == "not-yours"
    add("rune", unit="unit South", words=HALL | {"name": "Bingo"})
    assert stands("kari")["Bingo"].unit == "unit South"
    assert all(rebuild(check=True).values())


def test_a_name_and_what_it_is_are_enough_and_a_line_is_a_line(cast):
    add(words={"name": "  The\nquay "})
    assert stands()["The quay"].where == ""
    assert refused(add, words={"name": " "}, once="b" * 32) == "no-name"
    assert refused(add, what="family", once="b" * 32) == "nothing-chosen"
    assert refused(add, words=HALL | {"good": "x" * 201}, once="b" * 32) == "line-too-long"
    assert refused(add, words=HALL) == "other-words"


def test_who_knows_them_says_so_for_themselves_and_may_say_otherwise(cast):
    add()
    for who, knows, once in (("kari", True, "b"), ("lars", True, "c"), ("kari", True, "d"), ("kari", False, "e")):
        patch.know(by=office(who), one=stands()["The hall"], knows=knows, at=NOW, once=once * 32)
    assert names(stands()["The hall"]) == ["lars"]
    patch.know(by=office("kari"), one=stands()["The hall"], knows=False, at=NOW, once="e" * 32)
    assert names(stands()["The hall"]) == ["lars"], "sent again it is one act"
    sql = "SELECT COUNT(*) FROM record_entry WHERE kind = 'teams.patch-known' AND recorded_at >= %s"
    assert rows(sql, [NOW]) == [(3,)], "said already, it is not said again"


def test_changed_and_gone_stand_as_known_then(cast):
    add()
    one, other = stands()["The hall"], HALL | {"name": "The old hall"}
    patch.change(by=office("kari"), one=one, what="group", words=other, lang="nb", at=NOW + 10, once="b" * 32)
    patch.gone(by=office("lars"), one=one, why="It is sold", at=NOW + 20, once="c" * 32)
    assert "The hall" in stands(at=NOW + 9) and "The old hall" not in stands(at=NOW + 9)
    assert stands(at=NOW + 19)["The old hall"].what == "group" and "The hall" not in stands(at=NOW + 19)
    assert not {"The hall", "The old hall"} & stands().keys()
    patch.know(by=office("kari"), one=one, knows=True, at=NOW + 30, once="d" * 32)
    assert "The hall" not in stands(), "what is gone does not come back by somebody knowing it"


@pytest.mark.parametrize("words", SEALED)
@pytest.mark.parametrize("line", patch.LINES)
def test_what_is_sealed_is_not_written_there_by_who_knows_it(cast, words, line):
    with pytest.raises(SealedWords):
        add("kari", words=HALL | {line: f"By {words}, on Fridays"})
    assert "The hall" not in stands()


def test_not_in_a_change_either_and_not_in_a_reason(cast):
    add()
    how = {"by": office("kari"), "one": stands()["The hall"], "at": NOW, "once": "b" * 32}
    with pytest.raises(SealedWords):
        patch.change(what="place", words=HALL | {"where": "Rypestad"}, lang="en", **how)
    with pytest.raises(SealedWords):
        patch.gone(why="Moved to Rypestad", **how)


def test_who_does_not_know_it_is_not_told_that_it_is_sealed(cast):
    add("marit", words=HALL | {"where": "Rypestad"})
    assert stands()["The hall"].where == "Rypestad", "to her it is a word like any other"


def test_every_word_begins_one_of_its_words(cast):
    add(words=HALL | {"good": "Dans på fredager"})
    hall = stands()["The hall"]
    assert hall.has("hall") and hall.has("DANS fred") and hall.has("lom") and not hall.has("dans lørdag")


@given(said=st.lists(st.tuples(st.sampled_from("abc"), st.booleans())))
def test_the_last_word_of_each_holds(said):
    """Who knows it is whoever said so last, in the order of saying; nobody speaks for anybody else."""
    people = dict(zip("abc", (N["kari"], N["lars"], N["tone"]), strict=True))
    entries = [_entry(1, "teams.patch-added", N["marit"], {"unit": "u", "what": "place", "name": "x", "lang": "en"})]
    entries += [_entry(n, "teams.patch-known", people[who], {"knows": knows}) for n, (who, knows) in enumerate(said, 2)]
    last = {who: knows for who, knows in said}
    (one,) = patch.assets(entries)
    assert set(one.knows) == {people[who] for who, knows in last.items() if knows}
    assert len(set(one.knows)) == len(one.knows)


def _entry(n: int, kind: str, author: int, body: dict):
    class Said:
        pk, thing, id = n, 1, f"{n:032x}"

    Said.kind, Said.author, Said.body = kind, author, body
    return Said


# where people of a family belong


def belongs(who: str = "kari", family: int = 1, once: str = "a" * 32, **told):
    one = stands()["The boatyard"]
    said = {"told": Told(reader(who, family), **told), "place": one.id, "name": one.name}
    return belongs_to(**said, who=(N["jonas"],), text="Fridays", lang="en", at=NOW, once=once)


def theirs(who: str, family: int = 1) -> list[str]:
    return [one.name for one in belonging(read(reader(who, family)))]


def test_where_they_belong_is_read_by_those_it_is_for(cast):
    before = theirs("per")
    belongs(speaker=N["jonas"], to=(N["jonas"],))
    assert theirs("kari")[-1] == theirs("jonas")[-1] == "The boatyard" and theirs("per") == before
    one = belonging(read(reader("jonas")))[-1]
    assert refused(no_more, by=reader("anne"), one=one, at=NOW, once="b" * 32) == "not-yours"
    no_more(by=reader("lars"), one=one, at=NOW, once="b" * 32)
    no_more(by=reader("lars"), one=one, at=NOW, once="b" * 32)
    assert "The boatyard" not in theirs("jonas") + theirs("kari")
    assert all(rebuild(check=True).values())


def test_what_is_for_a_few_and_sealed_is_for_a_few(cast):
    for once, how in (("a", {"only": True}), ("b", {"sealed": True})):
        belongs(family=3, once=once * 32, to=(N["elin"],), **how)
    assert theirs("elin", 3) == ["The boatyard"] * 2
    assert theirs("morten", 3) == theirs("aud", 3) == theirs("marit", 3) == []


def test_it_says_where(cast):
    how = {"told": Told(reader("kari")), "name": "", "who": (), "text": "x", "lang": "en", "at": NOW, "once": "c" * 32}
    assert refused(belongs_to, place="", **how) == "nothing-chosen"

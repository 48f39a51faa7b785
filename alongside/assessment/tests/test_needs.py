"""Needs apart from services, whose to change, and strengths that are used or not."""

import pytest

from alongside.assessment import need, strength
from alongside.cast.story import numbers
from alongside.promises.tests.test_promise import ACT, reader, refused, settled
from alongside.record.reading import read


def test_each_one_has_needs(cast):
    first = need.needs(read(reader("anne")))[0]
    assert dict(first.each)[numbers()["jonas"]] == "to be fourteen" and not first.elsewhere


def test_what_is_not_the_familys_is_told_apart(cast):
    how = {"of": numbers()["mia"], "change": ["municipality"], "once": "a" * 32, **ACT}
    need.say(by=reader("kari"), text="A bus that goes after seven.", **how)
    settled()
    newest = need.needs(read(reader("kari")))[-1]
    assert newest.elsewhere and newest.each == ((numbers()["mia"], "A bus that goes after seven."),)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A parenting course", "parenting"), ("Avlastning i helgene", "Avlastning"), ("Somebody to sleep for", ""),
        ("Et besøkshjem", "besøkshjem"), ("Ro om kvelden", ""), ("Of course, sleep", "course"),
    ],
)  # fmt: skip
def test_a_service_is_asked_about_once_and_then_allowed(text, word, cast):
    assert need.service_in(text) == word
    how = {"of": numbers()["anne"], "change": [], "text": text, "once": "b" * 32, **ACT}
    if word:
        assert refused(need.say, by=reader("kari"), **how) == "service-word"
    assert need.say(by=reader("kari"), sure=True, **how)


def test_what_a_need_refuses(cast):
    how = {"of": numbers()["anne"], "text": "Sleep", "once": "c" * 32, **ACT}
    assert refused(need.say, by=reader("kari"), change=["them"], **how) == "unknown-form"
    assert refused(need.say, by=reader("anne"), change=[], speaker=numbers()["per"], **how) == "not-yours"
    assert refused(need.say, by=reader("kari"), change=[], **{**how, "text": " "}) == "no-words"


def test_a_strength_is_unused_until_a_point_builds_on_it(cast):
    kari, jonas = reader("kari"), numbers()["jonas"]
    strength.say(by=kari, of=jonas, text="Keeps his word.", points=[], readers=[jonas], once="d" * 32, **ACT)
    settled()
    one = strength.strengths(read(reader("jonas")))[-1]
    assert one.of == jonas and one.points == ()
    strength.use(by=kari, strength=one.entry.id, points=[4, 2], once="e" * 32, **ACT)
    settled()
    assert strength.strengths(read(reader("jonas")))[-1].points == (2, 4)
    assert strength.strengths(read(reader("per"))) == []

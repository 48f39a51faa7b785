"""A new address is sealed on the form itself, and from then on it is written nowhere else (R95)."""

import pytest

SEALED = {"name": "At Oda’s", "place": "Hakkespettveien 4", "terms": "Hakkespettbyen, 000 00 344", "reads": "sealed"}


@pytest.fixture
def home(tell, person, main):
    """Kari seals where Elin lives, for Elin and Ingrid."""
    answer = tell("kari", 3, "elin", "home", **SEALED, to=person("elin"), helpers=person("ingrid"))
    assert answer.status_code == 303, main(answer)


def test_it_stands_where_its_readers_read_and_nowhere_else(home, be, code, main):
    assert "Hakkespettveien 4" in main(be("kari").get(f"/f/{code(3)}/people"))
    for path in ("/me", "/me/story", "/me/people"):
        assert b"Hakkespett" not in be("morten").get(path).content
    assert b"Hakkespett" not in be("aud").get("/me/people").content


def test_to_seal_it_somebody_must_be_named(tell, main, held):
    before = held()
    answer = tell("kari", 3, "elin", "home", **SEALED)
    assert answer.status_code == 422 and b"Hakkespettveien 4" in answer.content
    assert held() == before


@pytest.mark.parametrize("words", ["Called from hakkespettveien 4", "Number 000-00-344", "A bus to Hakkespett-Byen"])
def test_written_where_others_read_the_words_come_back(home, be, code, main, held, person, words):
    before = held()
    kari = be("kari")
    form = kari.get(f"/f/{code(3)}/write")
    once = form.content.split(b'name="once" value="')[1][:32].decode()
    answer = kari.post(f"/f/{code(3)}/write", {"words": words, "once": once, "who": "there", "there": person("aud")})
    assert answer.status_code == 422, main(answer)
    assert "These words are sealed" in main(answer) and words in answer.content.decode()
    assert held() == before
    assert "Nothing was sent" in main(answer)

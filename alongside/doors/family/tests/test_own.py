"""What somebody says of themselves: their name, the safe way, who belongs to them; and their journal."""

import pytest

from alongside.record.reading import rows
from alongside.record.registers import rebuild

TYPED = {
    "name": {"name": "Jonas Guled", "called": "Jonas"},
    "reach": {"how": "Text after 22.", "never": "at school"},
    "belongs": {"words": "Ali is my uncle, and more than that."},
}


@pytest.mark.parametrize("name", TYPED)
def test_it_is_kept_as_own_words(name, be, main, field):
    jonas = be("jonas")
    form = jonas.get(f"/me/people/{name}")
    sent = jonas.post(f"/me/people/{name}", {**TYPED[name], "once": field(form, "once")})
    assert sent.status_code == 303 and sent.headers["Location"] == "/me/people?done=kept"
    words = main(jonas.get("/me/people"))
    assert next(iter(TYPED[name].values())) in words
    code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    assert next(iter(TYPED[name].values())) in main(be("kari").get(f"/f/{code}/people"))
    assert "Jonas says so" not in words
    for other in ("per", "lea"):
        assert next(iter(TYPED[name].values())) not in main(be(other).get("/me/people"))
    newest = rows("SELECT basis, mark FROM record_entry ORDER BY recorded_at DESC LIMIT 1", [])
    assert newest == [("own-words", "team")] and all(rebuild(check=True).values())


@pytest.mark.parametrize("name", TYPED)
def test_refused_twice_and_others(name, be, field, client):
    anne, first = be("anne"), next(iter(TYPED[name]))
    typed = {**TYPED[name], first: " "}
    answer = anne.post(f"/me/people/{name}", typed)
    assert answer.status_code == 422
    assert all(value in answer.content.decode() for value in typed.values() if value.strip())
    before = rows("SELECT COUNT(*) FROM record_entry", [])
    for _time in range(2):
        assert anne.post(f"/me/people/{name}", {**TYPED[name], "once": "a" * 32}).status_code == 303
    assert rows("SELECT COUNT(*) FROM record_entry", [])[0][0] == before[0][0] + 1
    assert be("berg").get(f"/me/people/{name}").status_code == 303, "a partner says it in a note"
    assert be("kari").get(f"/me/people/{name}").status_code == 404
    assert anne.put(f"/me/people/{name}").status_code == 405
    assert client.get(f"/me/people/{name}", HTTP_HOST="127.0.0.1").status_code == 303


def test_the_journal_is_about_me_alone(be, main):
    jonas = main(be("jonas").get("/me/journal"))
    assert jonas.index("science test") < jonas.index("my being nice as a day")
    assert "My ears" not in jonas and "vaccine" not in jonas
    assert "Not everything that is held is shown here" in jonas
    then = main(be("jonas").get("/me/journal?at=2025-01-15"))
    assert "science test" in then and "my being nice as a day" not in then
    assert be("kari").get("/me/journal").status_code == 404


def test_morten_s_journal_holds_what_he_had(be, main):
    words = main(be("morten").get("/me/journal"))
    for bird in ("Rypestad", "Bekkasin", "Trost"):
        assert bird not in words


def test_under_hazard_what_one_says_reaches_helpers_only(be):
    morten = be("morten")
    assert morten.post("/me/people/reach", {"how": "Letters.", "once": "b" * 32}).status_code == 303
    readers = rows(
        "SELECT r.person FROM record_reader r JOIN record_entry e ON e.pk = r.entry WHERE e.body LIKE %s",
        ["%Letters.%"],
    )
    from alongside.cast.story import numbers

    assert {person for (person,) in readers} <= {numbers()["morten"], numbers()["marit"]}

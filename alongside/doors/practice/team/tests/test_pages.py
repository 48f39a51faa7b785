"""The two teams through the worker's door: naming on one screen, asking in, the letter, own words, and who may not."""

import re

import pytest

from alongside.cast.story import numbers
from alongside.doors.invited import one_stop
from alongside.families.queries import ids
from alongside.record.reading import rows
from alongside.record.registers import rebuild


def person(who: str) -> str:
    return ids([numbers()[who]])[numbers()[who]]


@pytest.fixture
def send(be, code, field):
    """`send("lars", 1, "/team/name", ...)`: open the form there, fill it in, send it."""

    def sent(who: str, family: int, path: str, **values):
        address = path if path.startswith("/f/") else f"/f/{code(family)}{path}"
        page = be(who).get(address)
        assert page.status_code == 200, (address, page.status_code)
        form = {"once": field(page, "once"), "whose": field(page, "whose"), "reads": "team", **values}
        return be(who).post(address, form)

    return sent


def link(page, words: str) -> str:
    """Where the first link with these words leads."""
    return re.search(rf'href="([^"]*)">(?:<svg.*?</svg>)?{words}<', page.content.decode())[1].replace("&amp;", "&")


def test_the_two_teams(be, code, main):
    words = main(be("lars").get(f"/f/{code(1)}/team"))
    assert "Farhiya Warsame Guled , grandmother, ayeeyo Anne says so, 25 Mar 2025." in words
    assert "For nobody is it their job. First met 372 days after the work began." in words
    assert "Kari Moen , social worker since 18 Nov 2024" in words and "The family has had 2 workers here." in words
    then = main(be("lars").get(f"/f/{code(1)}/team?at=2025-01-15"))
    assert "Nobody is named yet that you may read of" in then and "Ali" not in then and "Wenche" not in then


def test_six_names_on_one_screen_with_the_mother_at_the_table(be, code, main, send):
    six = {f"name-{n}": one for n, one in enumerate(("Nils", "Gunn", "Toril", "Vera", "Siv", "Ali"), 1)}
    sent = send("lars", 1, "/team/name", speaker=person("anne"), **six)
    assert sent.status_code == 303 and sent.headers["Location"].endswith("/team?done=people")
    words = main(be("lars").get(f"/f/{code(1)}/team"))
    assert all(f"{one} Anne says so, 20 Nov" in words for one in ("Nils", "Gunn", "Toril", "Vera", "Siv"))
    assert "Ali Anne says" in words, "Ali is in it already, so this is another Ali"
    assert all(rebuild(check=True).values())
    first = main(be("lars").get(f"/f/{code(1)}"))
    assert "Nils" in first and "Vera" in first


def test_who_is_offered_is_taken_by_name_and_a_tap_is_enough(be, code, main, send):
    before = rows("SELECT COUNT(*) FROM record_person", [])
    told = {"speaker": person("anne"), "known": person("truls"), "name-1": "jonas", "role-1": "Keeps the music down"}
    assert send("lars", 1, "/team/name", **told).status_code == 303
    words = main(be("lars").get(f"/f/{code(1)}/team"))
    assert "Jonas Yusuf Hansen , Keeps the music down Anne says so" in words
    assert "In it as a part of their work." in words and "4 of 5 come from the family’s own life." in words
    assert rows("SELECT COUNT(*) FROM record_person", []) == before


def test_refused_keeps_the_words(be, code, main, send):
    sent = send("kari", 1, "/team/name", speaker="", **{"name-2": "Vera", "role-2": "Sings"})
    assert sent.status_code == 422 and "Choose who of the family says so." in main(sent)
    assert 'value="Vera"' in sent.content.decode() and 'value="Sings"' in sent.content.decode()
    assert send("kari", 1, "/team/name", speaker=person("anne")).status_code == 422
    empty = send("kari", 1, "/team/mission", speaker=person("anne"), mission=" ", rules="No lists")
    assert empty.status_code == 422 and "No lists" in empty.content.decode()


def test_sent_twice_is_one_act(be, code):
    form = {"speaker": person("anne"), "name-1": "Vera", "reads": "team", "once": "a" * 32}
    before = rows("SELECT COUNT(*) FROM record_entry", [])[0][0]
    for _time in range(2):
        assert be("lars").post(f"/f/{code(1)}/team/name", form).status_code == 303
    assert rows("SELECT COUNT(*) FROM record_entry", [])[0][0] == before + 2


def test_a_role_an_invitation_an_answer_and_leaving(be, code, main, send):
    lars, team = be("lars"), f"/f/{code(1)}/team"
    one = link(lars.get(team), "Another role")
    assert send("lars", 1, one, role="Has Mia on Tuesdays", speaker=person("farhiya")).status_code == 303
    assert "Farhiya Warsame Guled , Has Mia on Tuesdays" in main(lars.get(team))
    told = {"way": "letter", "speaker": person("anne"), "text": "x", "caller": person("anne")}
    assert send("lars", 1, link(lars.get(team), "Ask them in"), **told).status_code == 303
    words = main(lars.get(team))
    assert "Asked with a letter, today, by Anne. No answer yet." in words or "Asked with a letter, 20 Nov" in words
    paper = main(lars.get(link(lars.get(team), "The letter")))
    assert "Dear Farhiya," in paper and "Warm wishes, Anne" in paper and "Ask me again" in paper
    for never in ("Skjelvika", "Kari", "Lars", "unit", "Hansen"):
        assert never not in paper.split("The page says")[0]
    asked = link(lars.get(team), "Write down the answer")
    assert send("lars", 1, asked, answer="not-now", words="After the boat").status_code == 303
    assert "Said: not now. After the boat" in main(lars.get(team))
    assert send("lars", 1, asked, answer="").status_code == 422
    gone = link(lars.get(team), "No longer in it")
    assert send("lars", 1, gone, why="", speaker=person("farhiya")).status_code == 303
    assert "No longer in it: Farhiya" in main(lars.get(team))
    assert be("lars").get(gone).status_code == 303, "and not twice"


def test_own_words_of_the_family_and_of_the_team(be, code, main, send):
    assert send("kari", 1, "/team/mine", words="I drive, and I listen.").status_code == 303
    for path, more in (("good-life", "Quiet mornings"), ("who-i-am", "Mamma’s Somali is better than mine")):
        assert send("kari", 1, f"/team/{path}", speaker=person("jonas"), words=more).status_code == 303
    told = {"mission": "That we all sleep.", "rules": "Anyone may stop us", "speaker": person("anne")}
    assert send("kari", 1, "/team/mission", **told).status_code == 303
    words = main(be("lars").get(f"/f/{code(1)}/team"))
    for one in ("I drive, and I listen.", "Quiet mornings", "That we all sleep.", "Anyone may stop us"):
        assert one in words
    assert "That we all sleep." not in main(be("per").get("/me/team"))


def test_who_works_with_one_person_only_names_nobody(be, code):
    for path in ("name", "good-life", "mission"):
        assert be("marit").get(f"/f/{code(3)}/team/{path}").status_code == 303
    once = {"once": "b" * 32, "reads": "team", "speaker": person("morten"), "name-1": "Vera"}
    assert be("marit").post(f"/f/{code(3)}/team/name", once).status_code == 303
    assert not rows("SELECT 1 FROM record_entry WHERE kind = 'teams.joined'", [])


def test_only_those_who_stand_here(be, code, client):
    for path in ("", "/name", "/mine", "/mission"):
        assert be("rune").get(f"/f/{code(1)}/team{path}").status_code == 404
        assert be("anne").get(f"/f/{code(1)}/team{path}").status_code == 404
        assert client.get(f"/f/{code(1)}/team{path}", HTTP_HOST="127.0.0.1").status_code == 303
        assert be("kari").put(f"/f/{code(1)}/team{path}").status_code == 405
    assert be("kari").get(f"/f/{code(1)}/team/name?at=2025-01-15").status_code == 404
    assert be("kari").post(f"/f/{code(1)}/team").status_code == 405


def test_ending_is_a_conversation_and_what_was_said_stays(be, code, main, send):
    """Both sides' words and the call that is promised: Anne reads them afterwards, Per what he was there for."""
    told = {
        "why": "You ring each other first.", "goodbye": "Thank you for the rolls.", "call": "2027-02-01",
        "promise": "I ring on 1 February.", "there": person("anne"), f"said-{person('jonas')}": "I made fish cakes.",
    }  # fmt: skip
    assert send("kari", 1, "/close", **{**told, "promise": " "}).status_code == 422
    assert send("kari", 1, "/close", **told).status_code == 303
    anne, jonas, per = (main(be(who).get("/me/story")) for who in ("anne", "jonas", "per"))
    assert "I made fish cakes." in anne and "I made fish cakes." in jonas and "I made fish cakes." not in per
    assert "Thank you for the rolls." in per and "I ring on 1 February." in main(be("anne").get("/me/promises"))
    assert "This room stays open for you to read" in main(be("anne").get("/me"))
    assert be("kari").get(f"/f/{code(1)}/team").status_code == 404 and be("anne").get("/me/team").status_code == 200
    assert "Name people" not in main(be("anne").get("/me/team"))


def test_a_day_with_a_full_stop_ends_a_sentence_once(be, code, main, send):
    """In bokmål a short day ends in a full stop of its own."""
    assert one_stop("Det sier Anne, 20. nov.. Til 1. des..") == "Det sier Anne, 20. nov. Til 1. des."
    assert ".." not in main(be("lars").get(f"/f/{code(1)}/team"))

"""The family's own team in its own door: naming, leaving, standing by somebody, coming back; and what nobody sees."""

import re
from datetime import timedelta

import pytest

from alongside import clock
from alongside.access import ending
from alongside.access.policy import ties
from alongside.access.standing import reader_at
from alongside.cast.story import TODAY, numbers
from alongside.doors.family.tests.test_ended import TOKEN
from alongside.record import settling
from alongside.record.reading import read, rows
from alongside.record.registers import rebuild

NOW = clock.micros(TODAY)


@pytest.fixture
def code(cast):
    return lambda family: rows("SELECT code FROM record_family WHERE number = %s", [family])[0][0]


@pytest.fixture
def send(be, field):
    def sent(who: str, path: str, **values):
        page = be(who).get(path)
        assert page.status_code == 200, (path, page.status_code)
        form = {name: field(page, name) for name in ("once", "whose", "room")}
        return be(who).post(path, {**form, **values})

    return sent


def link(page, words: str) -> str:
    return re.search(rf'href="([^"]*)">{words}<', page.content.decode())[1].replace("&amp;", "&")


def close(at: int = NOW, once: str = "c" * 32) -> None:
    ending.close(by=numbers()["kari"], family=1, why="It goes well", goodbye="Thank you", lang="en", at=at, once=once)


def test_the_team_each_one_reads(be, main):
    words = main(be("anne").get("/me/team"))
    assert "Lea Strand , neighbour, has a key You said so, 25 Mar 2025." in words
    assert "All of them are people from your own life." in words
    assert "Lea" not in main(be("per").get("/me/team")).split("Who works for you")[0].split("At your side")[0]
    lea = main(be("lea").get("/me/team"))
    assert "You , neighbour, has a key Anne said so" in lea and "Name people" not in lea
    then = main(be("anne").get("/me/team?at=2025-01-15"))
    assert "Farhiya" not in then.split("Who works")[0] and "Name people" not in then


def test_naming_by_name(be, main, send):
    sent = send("anne", "/me/team/name", **{"name-1": "Vera", "role-1": "Sings", "job-3": "yes"})
    assert sent.status_code == 303 and sent.headers["Location"] == "/me/team?done=kept"
    assert "Vera , Sings You said so" in main(be("anne").get("/me/team"))
    assert "Vera" not in main(be("per").get("/me/team")) + main(be("lea").get("/me/team"))
    assert send("anne", "/me/team/name").status_code == 422
    assert be("lea").get("/me/team/name").status_code == 303
    assert be("berg").get("/me/team/name").status_code == 303 and be("berg").get("/me/team/mine").status_code == 200
    assert be("kari").get("/me/team").status_code == 404 and be("anne").post("/me/team").status_code == 405
    assert all(rebuild(check=True).values())


def test_lea_leaves_and_anne_does_not_lose_who_she_was(be, main, send):
    assert send("lea", link(be("lea").get("/me/team"), "Leave it"), why="Too much now").status_code == 303
    words = main(be("anne").get("/me/team"))
    assert words.index("Before") < words.index("Lea Strand")
    other = be("jonas").get("/me/team").content.decode()
    assert "Take them out" not in other, "those Anne named are Anne's to take out"


def test_asked_in_by_letter_and_answered_by_oneself(be, main, send):
    way = link(be("anne").get("/me/team"), "Ask them in")
    assert send("anne", way, way="letter", text="x").status_code == 303
    assert "Dear Farhiya," in main(be("anne").get(link(be("anne").get("/me/team"), "The letter")))
    mine = link(be("farhiya").get("/me/team"), "Answer")
    assert "You are asked in" in main(be("farhiya").get(mine))
    assert send("farhiya", mine, answer="yes", words="Always").status_code == 303
    assert "Asked with a letter" in main(be("anne").get("/me/team")) and "Said yes." in main(be("anne").get("/me/team"))
    for other in ("per", "berg", "lea"):
        assert be(other).get(mine).status_code == 404


def test_somebody_at_my_side_is_given_and_ended_by_me_alone(be, main, send, code):
    until = (TODAY.date() + timedelta(days=10)).isoformat()
    for never in ("9999-12-31", "soon"):  # after the last day of the calendar there is none on which it could end
        assert send("anne", "/me/team/side", name="Advokat Lie", what="advocate", until=never).status_code == 422
    sent = send("anne", "/me/team/side", name="Advokat Lie", what="advocate", until=until)
    assert sent.status_code == 303
    words = main(be("anne").get("/me/team"))
    assert "Advokat Lie , An advocate or a lawyer Until " in words and "30 Nov" in words
    assert "Advokat Lie" not in main(be("per").get("/me/team"))
    assert "speaks for Anne" in main(be("kari").get(f"/f/{code(1)}/team"))
    lie = ties(1)[-1].person
    sql = (
        "SELECT id FROM record_entry WHERE (pk >> 20) = 1 AND author = %s AND answers IS NULL AND mark = 'team' "
        "AND basis = 'own-words' AND kind LIKE 'dialogue%%'"
    )
    (own,) = rows(sql, [numbers()["anne"]])[0]
    page = be("anne").get(f"/me/n/{own}/share").content.decode()
    to = re.findall(r'name="to" value="(\w+)"', page.split("</svg>Advokat<")[0])[-1]
    assert not _reads(lie, own)
    assert be("anne").post(f"/me/n/{own}/share", {"to": to, "once": "d" * 32}).status_code == 303
    settling.settle(NOW + 3_600_000_000)
    assert _reads(lie, own), "what Anne shares"
    assert len(read(reader_at(lie, 1, now=NOW, strength=3))) == 2, "the grant and that, and nothing more"
    assert reader_at(lie, 1, now=NOW + 12 * 24 * 3_600_000_000, strength=3) is None, "the day ends it by itself"
    assert send("anne", link(be("anne").get("/me/team"), "End it")).status_code == 303
    assert reader_at(lie, 1, now=NOW, strength=3) is None and "Advokat" not in main(be("anne").get("/me/team"))


def _reads(person: int, id: str) -> bool:
    return any(entry.id == id for entry in read(reader_at(person, 1, now=NOW, strength=3)))


def test_coming_back_without_a_worry(be, main, send, code):
    assert be("anne").get("/me/again").status_code == 303, "while the work goes on one writes"
    close()
    assert "I want to talk again" in main(be("anne").get("/me"))
    page = main(be("anne").get("/me/again"))
    assert "It goes to Ingrid Haug and Tone" in page
    assert send("anne", "/me/again", words="").status_code == 303
    assert "You said so" in main(be("anne").get("/me/again"))
    assert "wants to talk again" in main(be("tone").get("/unit"))
    assert be("lea").get("/me/again").status_code == 200 and "You said so" not in main(be("lea").get("/me/again"))
    assert be("berg").get("/me/again").status_code in (303, 200) and be("kari").get(f"/f/{code(1)}").status_code == 404
    ending.reopen(by=numbers()["tone"], family=1, worker=numbers()["kari"], why="They ask", at=NOW + 60, once="e" * 32)
    assert "wants to talk again" not in main(be("tone").get("/unit")) and not ending.wanting()
    kinds = [entry.kind for entry in read(reader_at(numbers()["kari"], 1, now=NOW + 120, strength=3))]
    assert "access.wants-to-talk" in kinds and all(rebuild(check=True).values())
    assert be("anne").get("/me/again").status_code == 303
    close(at=NOW + 180, once="f" * 32)
    assert not ending.wanting() and "You said so" not in main(be("anne").get("/me/again")), "that was the time before"


def test_morten_s_pages_stay_as_they_were(be):
    """Elin names a team, asks somebody in, chooses an advocate and says what a good life is; he sees none of it."""
    paths = ["/me", "/me/team", "/me/team/name", "/me/team/side", "/me/story", "/me/people", "/me/who-sees-what"]
    before = {path: TOKEN.sub(b"", be("morten").get(path).content) for path in paths}
    elin = be("elin")
    for n, (path, form) in enumerate((
        ("/me/team/name", {"name-1": "Vera", "role-1": "Rings at seven"}),
        ("/me/team/side", {"name": "Advokat Lie", "what": "advocate", "until": "2026-12-24"}),
        ("/me/team/good-life", {"words": "To stop counting."}), ("/me/team/for", {"mission": "Quiet", "rules": "None"}),
    )):  # fmt: skip
        assert elin.post(path, {**form, "once": f"{n:032x}"}).status_code == 303, path
    assert "Vera" in be("elin").get("/me/team").content.decode() and len(ties(3)) > 7
    assert {path: TOKEN.sub(b"", be("morten").get(path).content) for path in paths} == before

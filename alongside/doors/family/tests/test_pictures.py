"""My circle and my lines, drawn by taps in the family's door; and the family as each may know it."""

import re

import pytest

from alongside.cast.story import numbers
from alongside.record.reading import rows
from alongside.record.registers import rebuild


@pytest.fixture
def draw(be, field):
    """`draw("jonas", "circle", ring1="Mum")`: the form as a person sends it; the answer."""

    def send(who: str, form: str, **typed):
        page = be(who).get(f"/me/people/{form}")
        return be(who).post(f"/me/people/{form}", {"once": field(page, "once"), **typed})

    return send


@pytest.fixture
def pick(be):
    """`pick("jonas", "Ali")`: the id of a line of mine."""

    def found(who: str, name: str) -> str:
        html = be(who).get("/me/people/pictures").content.decode()
        return re.search(rf"pick=([0-9a-f]{{32}})[^>]*><bdi>{name}</bdi>", html)[1]

    return found


def test_my_circle_by_taps(draw, be, main, pick):
    empty = be("jonas").get("/me/people/pictures")
    assert "Your circle is empty. Who is near you?" in main(empty)
    answer = draw("jonas", "circle", ring1="Ali, the boat", ring2="Mia")
    assert answer.status_code == 303 and answer.headers["Location"] == "/me/people/pictures?done=kept"
    assert "Your circle, as you see it" in main(be("jonas").get("/me/people/pictures"))
    id = pick("jonas", "the boat")
    picked = be("jonas").get(f"/me/people/pictures?pick={id}").content.decode()
    assert "the boat is picked." in picked and ">Farther<" in picked and ">Nearer<" not in picked
    moved = be("jonas").post("/me/people/pictures/moved", {"line": id, "to": "3", "once": "a" * 32})
    assert moved.status_code == 303
    assert re.search(r"Groups and places the boat You", main(be("jonas").get("/me/people/pictures")))
    be("jonas").post("/me/people/pictures/moved", {"line": id, "act": "out", "once": "b" * 32})
    assert "the boat" not in main(be("jonas").get("/me/people/pictures"))
    basis = rows(
        "SELECT DISTINCT basis, mark FROM record_entry WHERE author = %s AND kind LIKE 'families.circle%%'",
        [numbers()["jonas"]],
    )
    assert basis == [("own-words", "team")] and all(rebuild(check=True).values())


def test_helpers_read_it_and_of_the_family_who_was_chosen(draw, be, main):
    code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    jonas = rows("SELECT id FROM record_person WHERE number = %s", [numbers()["jonas"]])[0][0]
    draw("jonas", "circle", ring1="the boat")
    assert "the boat" in main(be("kari").get(f"/f/{code}/people/{jonas}/pictures"))
    assert "as Jonas sees it" in main(be("kari").get(f"/f/{code}/people/{jonas}/pictures"))
    for other in ("anne", "per", "lea"):
        assert "the boat" not in be(other).get("/me/people/pictures").content.decode()
    form = be("jonas").get("/me/people/circle").content.decode()
    chips = dict(re.findall(r'name="also" value="([^"]*)".*?<span>(.*?)</span>', form, re.S))
    anne = next(value for value, words in chips.items() if "Anne" in words)
    draw("jonas", "circle", ring2="the bench", also=anne)
    assert "the bench" in main(be("anne").get("/me/people/pictures"))
    assert "the bench" not in main(be("per").get("/me/people/pictures"))


def test_what_i_drew_nobody_else_moves(draw, be, pick, person_id):
    draw("jonas", "circle", ring1="the boat")
    id = pick("jonas", "the boat")
    code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    address = f"/f/{code}/people/{person_id('jonas')}/pictures"
    assert f"pick={id}" not in be("kari").get(address).content.decode()
    assert be("kari").post(f"{address}/moved", {"line": id, "to": "2", "once": "a" * 32}).status_code == 404
    assert be("anne").post("/me/people/pictures/moved", {"line": id, "to": "2", "once": "a" * 32}).status_code == 404


def test_what_was_told_to_a_helper_is_mine_to_move(be, pick, main):
    id = pick("anne", "Lea")
    assert be("anne").post("/me/people/pictures/moved", {"line": id, "to": "1", "once": "a" * 32}).status_code == 303
    assert re.search(
        r"Closest.*Lea , in the team You, .*Friends and family", main(be("anne").get("/me/people/pictures"))
    )


def test_a_line(draw, be, main):
    assert draw("jonas", "lines", name="The boatyard", strength="strong", gives="in").status_code == 303
    assert "The boatyard : strong, gives Jonas something You" in main(be("jonas").get("/me/people/pictures"))


@pytest.mark.parametrize(
    ("form", "typed", "says"),
    [
        ("circle", {"ring1": " "}, "Write at least one name"),
        ("lines", {"name": "kept words"}, "Choose what kind of line"),
        ("lines", {"name": "kept words", "strength": "odd"}, "Choose what kind of line"),
    ],
)
def test_refused_and_kept(form, typed, says, draw):
    answer = draw("jonas", form, **typed)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert all(value in answer.content.decode() for value in typed.values() if value.strip() and value != "odd")


def test_others_and_other_ways(be, client):
    for form in ("pictures", "circle", "lines"):
        assert be("kari").get(f"/me/people/{form}").status_code == 404
        assert be("anne").put(f"/me/people/{form}").status_code == 405
        assert client.get(f"/me/people/{form}", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("berg").get("/me/people/circle").status_code == 303, "a partner draws no circle here"
    assert be("berg").get("/me/people/pictures").status_code == 200
    assert be("anne").get("/me/people/pictures/moved").status_code == 405


def test_each_sees_the_versions_they_were_told(be, main):
    anne, per = (main(be(who).get("/me/people/pictures")) for who in ("anne", "per"))
    assert "Mia’s circle, as Mia sees it" in anne and "as Per sees it" not in anne and "nothing against" not in anne
    assert "Mia’s circle, as Mia sees it" in per and "Mia’s circle, as you see it" in per


def test_as_known_then(be, main):
    then = be("anne").get("/me/people/pictures?at=2025-03-25")
    words = main(then)
    assert "Your circle, as you see it" in words and "Ternetun, nights" not in words and "Add somebody" not in words
    assert be("anne").get("/me/people/pictures?at=nonsense").status_code == 400


def test_hidden_people_leave_no_gap(be):
    """What Elin draws and what is told of her new life is not in Morten's pictures, and nothing stands for it."""
    morten = be("morten").get("/me/people/pictures").content.decode()
    for word in ("Lerkereiret", "Rypestad", "Bekkasin", "Trost", "Aud", "Gro<", "someone"):
        assert word not in morten, word
    per = be("per").get("/me/people/pictures").content.decode()
    for name in ("Roald", "Bodil", "Abdi"):
        assert name not in per, "what only Anne's side was told"
    assert be("rune").get("/me/people/pictures").status_code == 404

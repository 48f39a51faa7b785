"""Circles, lines and the family as pictures, for those who work with a family: what is drawn, moved, taken away, and
who is there for whom."""

import re
from xml.etree import ElementTree

import pytest

from alongside.cast.story import numbers
from alongside.record.reading import rows
from alongside.record.registers import rebuild

SVG = re.compile(r"<svg [^>]*graphics-document.*?</svg>", re.S)
SIX = {"ring1": "Sild the cat, Farhiya", "ring2": "Lea; Nora from swimming", "ring3": "the library", "ring4": "Ms Berg"}


def svgs(page) -> list[str]:
    """The pictures of a page, each well formed."""
    found = SVG.findall(page.content.decode())
    for one in found:
        ElementTree.fromstring(one)
    return found


def pictured(page) -> str:
    """What the pictures of a page say to a screen reader."""
    return " | ".join(name for one in svgs(page) for name in re.findall(r'aria-label="([^"]*)"', one))


def test_where_a_mouse_rests_one_line_is_shown_and_a_screen_reader_says_all_of_it(page):
    """A browser shows the title; names that stand apart for the fence stand in the description."""
    found = [one for about in ("mia", "anne") for one in svgs(page("kari", 1, about, "/pictures"))]
    titles = [re.search("<title[^>]*>(.*?)</title>", one, re.S)[1] for one in found]
    assert titles and not any("\n" in title for title in titles)
    (circle, *_others) = [one for one in found if "circle, as Anne sees it" in one]
    title, names = re.search(r'aria-labelledby="(\S+) (\S+)"', circle).groups()
    assert f'<title id="{title}">Anne’s circle, as Anne sees it.</title>' in circle
    assert re.search(rf'<desc id="{names}">closest: Mia,\s+Jonas,\s+Farhiya;.*?</desc>', circle, re.S)


@pytest.fixture
def line(page):
    """`line("kari", 1, "mia", "Farhiya")`: the id of a line of the first drawing that can be picked."""

    def found(who: str, family: int, about: str, name: str) -> str:
        html = page(who, family, about, "/pictures").content.decode()
        return re.search(rf"pick=([0-9a-f]{{32}})[^>]*><bdi>{name}</bdi>", html)[1]

    return found


@pytest.fixture
def tap(be, code, person):
    """`tap("kari", 1, "mia", id, to="2")`: one tap on somebody who is picked; the answer."""

    def send(who: str, family: int, about: str, id: str, *, once: str = "c" * 32, **values):
        typed = {"line": id, "once": once, **values}
        return be(who).post(f"/f/{code(family)}/people/{person(about)}/pictures/moved", typed)

    return send


def test_two_people_s_versions_stand_side_by_side(page, main):
    shown = page("kari", 1, "mia", "/pictures")
    words = main(shown)
    assert "Mia’s circle, as Mia sees it" in words and "Mia’s circle, as Per sees it" in words
    assert "She is my ayeeyo" in words and "I have nothing against her" in words
    assert "Farhiya , in the team Mia, 25 Mar 2025" in words and "Farhiya , in the team Per, 1 Apr 2025" in words
    assert len(svgs(shown)) == 3, "two circles and the family"


def test_a_team_of_six_stands_on_one_screen_with_a_name_each(tell, page, main):
    assert tell("kari", 1, "jonas", "circle", **SIX).status_code == 303
    words = main(page("kari", 1, "jonas", "/pictures"))
    assert "Jonas’s circle, as Jonas sees it" in words
    assert "Groups and places the library Jonas, 20 Nov" in words
    newest = rows("SELECT speaker, basis, mark FROM record_entry ORDER BY pk DESC LIMIT 6", [])
    drawn = rows(
        "SELECT COUNT(*) FROM record_entry WHERE kind = 'families.circle-placed' AND speaker = %s", [numbers()["jonas"]]
    )
    assert drawn == [(6,)] and newest and all(rebuild(check=True).values())
    assert "paid to help" in pictured(page("kari", 1, "jonas", "/pictures")), (
        "Ms Berg is met here and stands as herself"
    )


def test_nearer_farther_and_away_and_every_day_before_stays(tell, page, main, line, tap):
    tell("kari", 1, "jonas", "circle", **SIX)
    id = line("kari", 1, "jonas", "Lea")
    picked = page("kari", 1, "jonas", f"/pictures?pick={id}")
    assert "Lea is picked." in main(picked) and 'name="to" value="1"' in picked.content.decode()
    assert tap("kari", 1, "jonas", id, to="1").status_code == 303
    assert re.search(
        r"Closest.*Lea , in the team Jonas.*Friends and family", main(page("kari", 1, "jonas", "/pictures"))
    )
    tap("kari", 1, "jonas", id, once="d" * 32, act="words", words="She has a key.")
    assert "She has a key." in main(page("kari", 1, "jonas", "/pictures"))
    assert tap("kari", 1, "jonas", id, once="e" * 32, act="out").status_code == 303
    assert "Lea" not in pictured(page("kari", 1, "jonas", "/pictures")).replace("Lea’s", "")
    assert tap("kari", 1, "jonas", id, once="f" * 32, to="2").status_code == 404
    assert rows("SELECT COUNT(*) FROM record_entry WHERE kind = 'families.circle-out'", []) == [(1,)]


def test_as_known_then(page, main, tell):
    then = main(page("kari", 1, "mia", "/pictures?at=2025-03-30"))
    assert "as Mia sees it" in then and "as Per sees it" not in then
    assert "is picked" not in then and "Add somebody" not in then
    before = main(page("kari", 1, "mia", "/pictures?at=2025-01-01"))
    assert "Nobody has drawn this circle yet" in before
    tell("kari", 1, "mia", "circle", ring1="Wilma")
    assert "Wilma" not in main(page("kari", 1, "mia", "/pictures?at=2026-11-19"))
    assert page("kari", 1, "mia", "/pictures?at=nonsense").status_code == 400


def test_sent_twice_is_one_act_and_who_stands_there_is_moved(tell, held, page):
    tell("kari", 1, "jonas", "circle", once="a" * 32, **SIX)
    before = held()
    assert tell("kari", 1, "jonas", "circle", once="a" * 32, **SIX).status_code == 303 and held() == before
    tell("kari", 1, "jonas", "circle", ring1="Lea, sild the CAT")
    assert held() == before + 1, "Lea moves; the cat stood there"


def test_a_tap_sent_twice_is_one_act(tell, held, line, tap):
    tell("kari", 1, "jonas", "circle", **SIX)
    id = line("kari", 1, "jonas", "Lea")
    for _time in range(2):
        tap("kari", 1, "jonas", id, to="1")
    assert rows("SELECT COUNT(*) FROM record_entry WHERE kind = 'families.circle-moved'", []) == [(1,)]


@pytest.mark.parametrize(
    ("form", "typed", "says"),
    [
        ("circle", {"ring1": " , "}, "Write at least one name"),
        ("circle", {"ring1": "kept words", "ring2": "Jonas"}, "Write who else is there"),
        ("circle", {"ring1": "kept words, " + "x" * 300}, "too long"),
        ("lines", {"name": "kept words"}, "Choose what kind of line"),
        ("lines", {"name": " ", "strength": "thin"}, "Write at least one name"),
    ],
)
def test_what_is_refused_is_said_and_the_words_stay(form, typed, says, tell, held):
    before = held()
    answer = tell("kari", 1, "jonas", form, **typed)
    assert answer.status_code == 422 and says in answer.content.decode() and held() == before
    assert all(value in answer.content.decode() for value in typed.values() if value.strip(" ,"))


def test_a_line_is_drawn_and_changed(tell, page, main, line, tap):
    typed = {"name": "Ternesund school", "strength": "thin", "gives": "in", "words": "Truls is alright."}
    assert tell("kari", 1, "jonas", "lines", **typed).status_code == 303
    shown = page("kari", 1, "jonas", "/pictures")
    assert "Ternesund school : thin, gives Jonas something Jonas" in main(shown) and "Truls is alright." in main(shown)
    assert 'class="e e-thin"' in shown.content.decode()
    tap("kari", 1, "jonas", line("kari", 1, "jonas", "Ternesund school"), to="stressful")
    assert "Ternesund school : stressful, gives Jonas something" in main(page("kari", 1, "jonas", "/pictures"))
    assert all(rebuild(check=True).values())


def test_the_main_family_is_drawn_by_convention(page, main):
    shown = page("kari", 1, "mia", "/pictures")
    tree = svgs(shown)[-1]
    for name in "Mia Jonas Anne Per Silje Ella Yusuf Farhiya Abdi Ali Gerd Kåre Roald Bodil".split():
        assert f">{name}</text>" in tree, name
    assert "Known and not drawn here: Ifrah and Zakaria." in main(shown)
    assert tree.count('class="gl" d="M') and ">2016, divorced 2023<" in tree and ">since 2024<" in tree
    assert len(re.findall(r'class="hh ', tree)) == 3, "three homes"
    assert "3 generations" in tree
    words = main(shown)
    assert "Anne and Per: divorced, 18 Jun 2016 to 3 Nov 2023 Per, 1 Apr 2025" in words
    assert "Mia: child of Anne and Per, parental responsibility shared Anne, 26 Nov 2024" in words


def test_the_household_is_the_middle_of_what_surrounds_it(tell, page, main, person):
    typed = {"name": "Ternesund school", "strength": "thin"}
    tell("kari", 1, "jonas", "lines", **typed, speaker=person("anne"))
    tell("kari", 1, "anne", "lines", **typed | {"name": "The night shift", "strength": "stressful"})
    shown = page("kari", 1, "anne", "/pictures")
    middle = next(one for one in svgs(shown) if 'class="core"' in one).partition('class="system')[0]
    for name in ("Anne", "Mia", "Jonas"):
        assert f">{name}</text>" in middle, name
    assert ">Per</text>" not in middle, "he lives elsewhere"
    assert "The night shift : stressful Anne" in main(shown) and "Ternesund school : Jonas: thin Anne" in main(shown)
    listed = shown.content.decode().partition("<bdi>Ternesund school</bdi>")[0]
    assert not listed.endswith('">'), "it is moved on the page of the one it is to"
    alone = page("kari", 1, "per", "/pictures").content.decode()
    assert "night shift" not in alone


def test_who_is_not_born_yet_is_drawn_on_request_only(tell, page, code, be, person):
    be("kari").post(
        f"/f/{code(1)}/people/new",
        {"name": "Little one", "day": "2027-03", "unborn": "yes", "reads": "team", "once": "7" * 32},
    )
    number = rows("SELECT MAX(number) FROM record_person", [])[0][0]
    little = rows("SELECT id FROM record_person WHERE number = %s", [number])[0][0]
    tell("kari", 1, little, "tie", **{"with": person("per"), "tie": "child"})
    assert "Little" not in page("kari", 1, "mia", "/pictures").content.decode(), "neither drawn nor in the list"
    assert "Little" in " ".join(svgs(page("kari", 1, "mia", "/pictures?unborn=1")))
    tell("kari", 1, little, "died", day="2026-10")
    assert "Little" not in page("kari", 1, "mia", "/pictures").content.decode(), "a loss neither"
    asked = page("kari", 1, "mia", "/pictures?unborn=1").content.decode()
    assert "lost 2026" in asked and "with a cross: lost" in asked


def test_an_adopted_child_hangs_on_a_dashed_line_and_a_foster_child_on_a_dotted_one(tell, page, person):
    for who, tie in (("silje", "adopted-child"), ("ella", "foster-child")):
        tell("kari", 1, person(who), "tie", **{"with": person("lea"), "tie": tie})
    tell("kari", 1, person("mia"), "tie", **{"with": person("lea"), "tie": "friend"})
    shown = page("kari", 1, "silje", "/pictures")
    assert "Silje: adopted child of Lea" in shown.content.decode()
    tree = svgs(shown)[-1]
    assert re.search(r'class="gl gd" d="M[-\d.]+ [-\d.]+ V', tree) and 'class="gl gf"' in tree


def test_others_find_nothing(page, be, code, person, tap, line, client):
    for more in ("/pictures", "/circle", "/lines"):
        assert page("rune", 1, "mia", more).status_code == 404
        assert page("kari", 1, "elin", more).status_code == 404, "somebody of another family"
        assert be("kari").put(f"/f/{code(1)}/people/{person('mia')}{more}").status_code == 405
        assert be("anne").get(f"/f/{code(1)}/people/{person('mia')}{more}").status_code == 404
        signed_out = client.get(f"/f/{code(1)}/people/{person('mia')}{more}", HTTP_HOST="127.0.0.1")
        assert signed_out.status_code == 303
    assert page("kari", 1, "mia", "/circle?at=2026-03-14").status_code == 404
    assert tap("rune", 1, "mia", line("kari", 1, "mia", "Farhiya"), to="2").status_code == 404
    assert be("kari").get(f"/f/{code(1)}/people/{person('mia')}/pictures/moved").status_code == 405


def test_who_works_with_one_person_sees_no_more_than_they_read(page, tell):
    tell("kari", 3, "elin", "circle", ring1="Aud", ring2="Turid", reads="only")
    assert "Turid" not in page("marit", 3, "morten", "/pictures").content.decode()
    assert page("marit", 3, "morten", "/pictures").status_code == 200
    assert page("marit", 3, "morten", "/circle").status_code == 404


def test_where_somebody_is_protected_it_is_for_the_named_alone(page, tell, person):
    form = page("kari", 3, "elin", "/circle").content.decode()
    assert "Somebody here is protected" in form and person("morten") not in form.split('name="to"', 1)[-1]
    answer = tell("kari", 3, "elin", "circle", ring1="Aud", reads="only", to=person("elin"))
    assert answer.status_code == 303
    marks = rows("SELECT mark FROM record_entry WHERE kind = 'families.circle-placed' ORDER BY pk DESC LIMIT 1", [])
    assert marks == [("persons",)]
    assert "as Elin sees it" in page("kari", 3, "elin", "/pictures").content.decode()
    assert "as Elin sees it" not in page("marit", 3, "morten", "/pictures").content.decode()

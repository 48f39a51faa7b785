"""The patches through the doors: who reads and writes them; where a family belongs, and that no patch tells of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.access.models import Account
from alongside.access.roles import appointed
from alongside.cast.story import numbers
from alongside.families.belonging import belongs_to
from alongside.families.queries import ids
from alongside.families.telling import Told
from alongside.promises.tests.test_promise import NOW, reader
from alongside.record.appending import append
from alongside.record.registers import rebuild

HALL = {
    "name": "The dance floor", "what": "place", "where": "Lomvika", "good": "A dance on Fridays", "reach": "From six",
}  # fmt: skip


def person(who: str) -> str:
    return ids([numbers()[who]])[numbers()[who]]


def id_of(page, name: str) -> str:
    """The id of what stands on the patch by this name."""
    return re.search(rf'<li id="p-(\w+)"[^>]*><div[^>]*><p><b><bdi>{name}<', page.content.decode())[1]


@pytest.fixture
def send(be, field):
    """`send("kari", "/patch/new", ...)`: open the form there, fill it in, send it."""

    def sent(one: str, address: str, **values):
        page = be(one).get(address)
        assert page.status_code == 200, (address, page.status_code)
        return be(one).post(address, {"once": field(page, "once"), "whose": field(page, "whose"), **values})

    return sent


def know(be, who: str, name: str, knows: str = "yes"):
    page = be(who).get("/patch")
    one = id_of(page, name)
    form = re.search(rf'action="/patch/{one}/know".*?</form>', page.content.decode(), re.S)[0]
    hidden = dict(re.findall(r'name="(once|whose|knows)" value="([^"]*)"', form))
    assert hidden["knows"] == knows
    return be(who).post(f"/patch/{one}/know", hidden)


def test_a_patch_lists_what_there_is_and_who_knows_it(be, main):
    words = main(be("kari").get("/patch"))
    assert "Groups Handball in Skjelvika Where The hall beside Skjelvika school" in words
    assert "Kari Moen and Lars Eide know them" in words and "Marit" in words
    assert not re.search(r"\d+ (things|people|places|assets)", words)


def test_every_unit_reads_and_only_its_own_people_write(be, main, client):
    for who in ("rune", "odd", "geir"):
        page = be(who).get("/patch")
        assert "Handball in Skjelvika" in main(page) and "I know them" not in main(page)
        one = id_of(page, "The boatyard")
        for address in (f"/patch/{one}/change", f"/patch/{one}/gone"):
            assert be(who).get(address).status_code == be(who).post(address).status_code == 404
        assert be(who).post(f"/patch/{one}/know", {"knows": "yes"}).status_code == 404
    assert "Add to the patch" in main(be("rune").get("/patch")), "to the one of unit South"
    assert be("odd").get("/patch/new").status_code == 404
    assert "Nothing is here yet" in main(be("rune").get("/patch"))
    for who in ("anne", "berg", "morten"):
        assert be(who).get("/patch").status_code == be(who).get("/patch/new").status_code == 404
    assert client.get("/patch", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("kari").post("/patch").status_code == be("kari").get(f"/patch/{one}/know").status_code == 405


def test_adding_changing_and_taking_off(be, main, send):
    assert send("marit", "/patch/new", **HALL, knows="yes").headers["Location"] == "/patch?done=people"
    page = be("kari").get("/patch")
    assert "The dance floor Where Lomvika Good for A dance on Fridays Contact From six" in main(page)
    assert "Marit knows them" in main(page).split("From six")[1][:40]
    one = id_of(page, "The dance floor")
    form = be("lars").get(f"/patch/{one}/change").content.decode()
    assert 'value="A dance on Fridays"' in form
    send("lars", f"/patch/{one}/change", **HALL | {"what": "group", "good": "Dancing"})
    assert "Dancing" in main(be("rune").get("/patch")) and "A dance on" not in main(be("rune").get("/patch"))
    send("tone", f"/patch/{one}/gone", why="")
    assert "The dance floor" not in main(be("kari").get("/patch"))
    assert be("kari").get(f"/patch/{one}/change").status_code == 404
    assert all(rebuild(check=True).values())


def test_who_knows_them_says_so_by_one_press_and_takes_it_back_by_another(be, main):
    assert know(be, "kari", "The boatyard").status_code == 303
    assert "Kari Moen and Lars Eide know them" in main(be("rune").get("/patch")).split("The boatyard")[1][:220]
    know(be, "kari", "The boatyard", "no")
    assert "Lars Eide knows them" in main(be("rune").get("/patch")).split("The boatyard")[1][:220]


def test_words_are_kept_when_refused_and_sent_twice_is_one_act(be, main, send, field):
    wrong = send("kari", "/patch/new", **HALL | {"name": " "})
    assert wrong.status_code == 422 and b'value="A dance on Fridays"' in wrong.content
    assert "Write what it is called. One word is enough." in main(wrong)
    page = be("kari").get("/patch/new")
    form = {"once": field(page, "once"), "whose": field(page, "whose"), **HALL}
    for _time in range(3):
        assert be("kari").post("/patch/new", form).status_code == 303
    assert main(be("kari").get("/patch")).count("The dance floor Where Lomvika") == 1
    other = be("kari").post("/patch/new", form | {"good": "Chess"})
    assert other.status_code == 422 and b'value="Chess"' in other.content
    theirs = be("marit").post("/patch/new", form | {"once": "f" * 32})
    assert theirs.status_code == 403, "a page that was Kari's"


def test_a_sealed_street_is_not_written_there(be, main, send):
    answer = send("kari", "/patch/new", **HALL | {"where": "Beside Bekkasinveien 17"})
    assert answer.status_code not in (200, 303) and "Bekkasinveien 17" in main(answer)
    assert b"Bekkasin" not in be("kari").get("/patch").content


def test_a_word_and_a_colleague_are_found(be, main):
    found = main(be("kari").get("/patch", {"q": "loud"}))
    assert "Handball" in found and "Kveldsro" not in found
    assert "health centre" in main(be("kari").get("/patch", {"q": "marit"}))
    assert "Nothing here with that word" in main(be("kari").get("/patch", {"q": "zzqx"}))


def test_as_known_then(be, main):
    then = be("kari").get("/patch?at=2025-01-13")
    assert "Handball" in main(then) and "Kveldsro" not in main(then) and "I know them" not in main(then)
    assert "Nothing stood here then" in main(be("kari").get("/patch?at=2024-12-01"))
    assert be("kari").get("/patch?at=then").status_code == 404


def test_it_is_in_the_way_of_those_who_want_it(be):
    assert b'href="/patch"' in be("kari").get("/families").content
    assert b'href="/patch"' in be("tone").get("/unit").content


# where a family belongs


def test_a_family_s_community_of_interest_leads_to_the_patch(be, main, code, send):
    page = be("kari").get(f"/f/{code(1)}/people")
    words = main(page)
    assert "Mia: Handball in Skjelvika" in words and "She is the goalkeeper." in words and "Anne says so" in words
    there = re.search(r'href="(/patch#p-\w+)"><bdi>Handball', page.content.decode())[1]
    assert there.split("#")[1] in be("kari").get("/patch").content.decode()
    for who in ("anne", "per"):
        assert "Handball in Skjelvika : Mia" in main(be(who).get("/me/people"))
    for who in ("jonas", "farhiya", "berg"):
        assert "Handball in Skjelvika" not in main(be(who).get("/me/people")), who


def test_they_belong_here_too(be, main, code, send):
    yard = id_of(be("lars").get("/patch"), "The boatyard")
    sent = send(
        "lars", f"/f/{code(1)}/belonging/new", place=yard, who=person("jonas"), speaker=person("jonas"),
        words="There I am fifteen.", reads="team", to=person("jonas"),
    )  # fmt: skip
    assert sent.status_code == 303 and sent.headers["Location"].endswith("/people?done=people")
    assert "Jonas: The boatyard" in main(be("kari").get(f"/f/{code(1)}/people"))
    assert "The boatyard : you “There I am fifteen.”" in main(be("jonas").get("/me/people")).replace("Jonas", "you")
    assert "The boatyard" not in main(be("anne").get("/me/people")) + main(be("per").get("/me/people"))
    assert be("rune").get(f"/f/{code(1)}/people").status_code == 404
    assert be("rune").get(f"/f/{code(1)}/belonging/new").status_code == 404


def test_nothing_chosen_is_said_and_the_words_stay(be, main, code, send):
    wrong = send("lars", f"/f/{code(1)}/belonging/new", words="Loud there.", reads="team")
    assert wrong.status_code == 422 and b'value="Loud there."' in wrong.content


def test_not_any_more(be, main, code):
    page = be("lars").get(f"/f/{code(1)}/people").content.decode()
    form = re.search(r'action="(/f/\w+/belonging/\w+/over)".*?</form>', page, re.S)
    hidden = dict(re.findall(r'name="(once|whose)" value="([^"]*)"', form[0]))
    for who in ("rune", "anne", "marit"):
        assert be(who).post(form[1], {"once": "a" * 32}).status_code == 404
    for _time in range(2):
        answer = be("lars").post(form[1], hidden)
    assert "Handball" not in main(be("kari").get(f"/f/{code(1)}/people")) + main(be("anne").get("/me/people"))
    assert "Handball" in main(be("kari").get(f"/f/{code(1)}/people?at=2026-01-01"))
    assert answer.status_code in (303, 404)


@pytest.mark.parametrize("how", [{}, {"only": True}, {"sealed": True}])
def test_no_patch_tells_that_a_family_belongs_there(be, plain, how):
    """The twin worlds of this page: with and without, it is the same to the byte, to those who work with the family and
    to those who do not."""
    who = ("kari", "marit", "rune", "odd", "ingrid")
    before = [_still(plain(be(one).get(address))) for one in who for address in ("/patch", "/patch?q=hand")]
    one = id_of(be("kari").get("/patch"), "Handball in Skjelvika")
    told = Told(reader("kari", 3), to=(numbers()["elin"],), **how)
    belongs_to(
        told=told, place=one, name="Handball in Skjelvika", who=(numbers()["oda"],), text="On Tuesdays", lang="en",
        at=NOW, once="a" * 32,
    )  # fmt: skip
    assert [_still(plain(be(one).get(address))) for one in who for address in ("/patch", "/patch?q=hand")] == before
    assert b"Handball" in be("elin").get("/me/people").content
    assert b"Handball" not in be("morten").get("/me/people").content


def _still(page: bytes) -> bytes:
    """Without what is new in every answer: the keys of its forms and of its page."""
    page = re.sub(rb'name="(once|whose)" value="[^"]*"', b"", page)
    return re.sub(rb"nonce[-=][^ ;>]*", b"", page)


def test_the_page_asks_little_of_the_record(be):
    kari = be("kari")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        kari.get("/patch")
    assert len(asked) <= 8, [one["sql"][:80] for one in asked]


def test_it_reads_in_norwegian(be, main):
    Account.objects.filter(login="kari").update(language="nb")
    words = main(be("kari").get("/patch"))
    for said in ("Nærmiljøet", "Legg til i nærmiljøet", "Skriv ut", "Grupper", "kjenner dem"):
        assert said in words, said
    for unsaid in ("The patch", "Add to", "Print", "Groups", "know them", "Where"):
        assert unsaid not in words, unsaid
    form = main(be("kari").get("/patch/new"))
    assert "Jeg kjenner dem" in form and "I know them" not in form and "Keep" not in form


def test_two_units_side_by_side_each_with_its_own_first(be, main, send):
    send("rune", "/patch/new", **HALL | {"name": "Bingo at the dock"})
    north, south = main(be("kari").get("/patch")), main(be("rune").get("/patch"))
    assert north.index("Unit North") < north.index("Handball in Skjelvika") < north.index("Unit South")
    assert south.index("Unit South") < south.index("Bingo at the dock") < south.index("Unit North")
    one = id_of(be("kari").get("/patch"), "Bingo at the dock")
    for address in ("change", "gone", "know"):
        assert be("kari").post(f"/patch/{one}/{address}", {"knows": "yes", "why": "x"}).status_code == 404
    assert "Bingo at the dock" in main(be("odd").get("/patch"))


def test_who_works_in_two_units_chooses_whose_patch_and_writes_both(be, main, send):
    said = appointed(numbers()["lars"], "coordinator", unit="unit South")
    append([said], family=0, by=numbers()["tone"], once="9" * 32, at=NOW)
    form = main(be("lars").get("/patch/new"))
    assert "Whose patch" in form and "Whose patch" not in main(be("kari").get("/patch/new"))
    for unit, name in (("unit South", "Bingo at the dock"), ("unit North", "The dance floor")):
        assert send("lars", "/patch/new", **HALL | {"name": name, "unit": unit}).status_code == 303
    assert send("lars", "/patch/new", **HALL | {"name": "Nowhere", "unit": "unit East"}).status_code == 422
    words = main(be("rune").get("/patch"))
    assert words.index("Unit South") < words.index("Bingo at the dock") < words.index("Unit North")
    assert words.index("Unit North") < words.index("The dance floor") and "Nowhere" not in words
    for name in ("Bingo at the dock", "The dance floor"):
        know(be, "lars", name)
    assert main(be("rune").get("/patch")).count("Lars Eide knows them") >= 2
    assert all(rebuild(check=True).values())

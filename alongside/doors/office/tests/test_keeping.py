"""The yearly list, holds and whole families on the pages: Odd and Tone decide; for everybody else nothing is there."""

import datetime as dt
import re

import pytest

from alongside import clock, ids
from alongside.access import ending, erasure, holds
from alongside.access.erasure import listed
from alongside.cast.story import number
from alongside.doors.entrance.tests.test_families import words
from alongside.record.reading import rows
from stories.worlds import plain_tokens

pytestmark = pytest.mark.django_db
PAGES = ("/office/keeping", "/office/holds", "/office/holds/new", "/office/erasing/family")


@pytest.fixture
def home(cast):
    """(number, code) of the Hansens, whose work has ended; the clock stands in 2052."""
    family, code = rows(
        "SELECT f.number, f.code FROM record_relationship r JOIN record_family f ON f.number = r.family "
        "WHERE r.person = %s AND r.kind = 'parent'", [number("anne")],
    )[0]  # fmt: skip
    moment = clock.micros(clock.now()) + 1
    ending.close(by=number("kari"), family=family, why="Done", goodbye="x", lang="en", at=moment, once=ids.new())
    clock.install(lambda: dt.datetime(2052, 3, 4, 12, tzinfo=dt.UTC))
    return family, code


def send(browser, address, **form):
    return browser.post(address, {"once": ids.new(), **form})


def plain(browser, address):
    """A page without what is random on it."""
    with plain_tokens(), ids.seeded("page"):
        return browser.get(address)


def hold(browser, code, **change):
    form = {"family": code, "words": "An inquiry asks.", "source": "Letter of 3 May", "until": "2053-01-01"}
    return send(browser, "/office/holds/new", **{**form, **change})


def test_a_line_of_the_list_from_the_clock_to_an_empty_family(be, home):
    family, code = home
    odd, tone = be("odd"), be("tone")
    page = words(odd.get("/office/keeping"))
    assert code in page and "hand it to the archive" in page and "The office must." in page
    one = words(odd.get(f"/office/keeping/{code}"))
    assert "when the work ended" in one and "Erase everything of it" in one and "The whole story" not in one
    address = f"/office/keeping/{code}"
    assert send(odd, address, what="erase", words="Its time is over.").status_code == 303
    assert "It waits for a second person" in words(tone.get("/office/keeping"))
    proposal = listed(number("tone"))[0].id
    assert send(odd, f"/office/erasing/{proposal}", says="yes").status_code == 422
    assert erasure.places_of_family(family)
    assert send(tone, f"/office/erasing/{proposal}", says="yes").status_code == 303
    assert erasure.places_of_family(family) == []
    assert code not in words(odd.get("/office/keeping"))
    assert odd.get(address).status_code == 404


def test_kept_on_by_two_with_a_reason_and_a_day(be, home):
    code = home[1]
    odd, tone, address = be("odd"), be("tone"), f"/office/keeping/{home[1]}"
    wrong = send(odd, address, what="keep", words="An appeal runs.", until="")
    assert wrong.status_code == 422 and "Choose a day" in words(wrong) and "An appeal runs." in wrong.content.decode()
    assert send(odd, address, what="keep", words="An appeal runs.", until="2060-01-01").status_code == 303
    mine = odd.get(address)
    assert "Somebody else has to say yes" in words(mine)
    (answer,) = set(re.findall(r'action="(/office/keeping/[^"]+/[0-9a-f]{32})"', mine.content.decode()))
    assert send(odd, answer, says="yes").status_code == 422
    assert "Yes, keep it on" in words(tone.get(address))
    assert send(tone, answer, says="yes").status_code == 303
    page = words(tone.get("/office/keeping"))
    assert "Kept on" in page and code in page.split("Kept on", 1)[1] and "An appeal runs." in page
    assert "It is kept on until another day" in words(odd.get(address))


def test_a_second_person_says_no_to_keeping_on_with_a_reason(be, home):
    odd, tone, address = be("odd"), be("tone"), f"/office/keeping/{home[1]}"
    send(odd, address, what="keep", words="x", until="2060-01-01")
    (answer,) = set(re.findall(r'action="(/office/keeping/[^"]+/[0-9a-f]{32})"', tone.get(address).content.decode()))
    assert send(tone, answer, words="").status_code == 422
    assert send(tone, answer, words="There is none.").status_code == 303
    assert "Erase everything of it" in words(odd.get(address))
    other = rows("SELECT code FROM record_family WHERE number = 2", [])[0][0]
    assert send(tone, answer.replace(home[1], other), words="x").status_code == 404  # an answer about another family


def test_a_hold_is_put_on_looked_at_again_and_lifted(be, home):
    family, code = home
    odd, tone = be("odd"), be("tone")
    assert hold(odd, f"https://here/f/{code}/story").status_code == 303
    page = words(tone.get("/office/holds"))
    assert code in page and "An inquiry asks." in page and "Letter of 3 May" in page and "Odd" in page
    one = words(tone.get(f"/office/keeping/{code}"))
    assert "Held: nothing is erased" in one and "Erase everything of it" not in one
    assert send(tone, f"/office/keeping/{code}", what="erase", words="x").status_code == 422
    (address,) = set(re.findall(r'href="(/office/holds/[0-9a-f]{32})"', tone.get("/office/holds").content.decode()))
    assert send(tone, address, what="", words="x").status_code == 422
    assert send(tone, address, what="lasts", words="Still.", until="2054-01-01").status_code == 303
    assert "It lasts." in words(odd.get(address))
    assert send(tone, address, what="lift", words="").status_code == 422
    assert send(tone, address, what="lift", words="It is over.").status_code == 303
    assert holds.lasting(family) == () and "It is over." in words(odd.get("/office/holds"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"family": "nosuchcode22"}, "no such family"), ({"words": " "}, "Say why"), ({"until": ""}, "Choose a day"),
        ({"until": "2020-01-01"}, "Choose a day after today"),
    ],
)  # fmt: skip
def test_what_is_to_be_mended_keeps_the_words(be, home, change, says):
    page = hold(be("odd"), home[1], **{"source": "Kept source.", **change})
    assert page.status_code == 422 and says in words(page) and "Kept source." in page.content.decode()
    assert holds.holds() == ()


def test_a_whole_family_on_another_ground(be, home):
    family, code = home
    odd, tone = be("odd"), be("tone")
    form = {"family": code, "ground": "order", "words": "The court said so on 3 May."}
    assert send(odd, "/office/erasing/family", **{**form, "ground": "clock"}).status_code == 422
    assert send(odd, "/office/erasing/family", **{**form, "family": "nosuchcode22"}).status_code == 422
    assert send(odd, "/office/erasing/family", **form).status_code == 303
    assert "Everything about one family" in words(tone.get("/office/erasing"))
    proposal = listed(number("tone"))[0].id
    assert send(tone, f"/office/erasing/{proposal}", says="yes").status_code == 303
    assert erasure.places_of_family(family) == []


@pytest.mark.parametrize("who", ["kari", "ingrid", "rune", "anne", "berg"])
def test_for_everybody_else_there_is_no_page(be, home, who):
    hold(be("odd"), home[1])
    browser, one = be(who), holds.holds()[0].id
    nothing = plain(browser, "/office/nothing-here")
    for address in (*PAGES, f"/office/keeping/{home[1]}", f"/office/holds/{one}"):
        page = plain(browser, address)
        assert page.status_code == 404 and page.content == nothing.content, address
    assert hold(browser, home[1]).status_code == 404
    assert send(browser, f"/office/holds/{one}", what="lift", words="x").status_code == 404
    assert send(browser, f"/office/keeping/{home[1]}", what="keep", words="x", until="2060-01-01").status_code == 404
    assert len(holds.lasting(home[0])) == 1


def test_a_family_that_is_not_there_and_one_of_ones_own_are_the_same_nothing(be, home):
    from alongside.access.relationship import place
    from alongside.record.appending import append

    family, code = home
    tie = place(family, number("odd"), "network", to=None, why="x", state="active", until=None)
    append([tie], family=family, by=number("kari"), once="kin", at=clock.micros(clock.now()))
    odd = be("odd")
    mine, absent = plain(odd, f"/office/keeping/{code}"), plain(odd, "/office/keeping/nosuchcode22")
    assert mine.status_code == absent.status_code == 404 and mine.content == absent.content
    assert hold(odd, code).status_code == 422 and code not in words(odd.get("/office/keeping"))


def test_signed_out_wrong_method_and_a_weak_visit(be, client, home):
    for address in (*PAGES, f"/office/keeping/{home[1]}"):
        assert client.get(address, HTTP_HOST="127.0.0.1").status_code == 303
    assert be("odd").get(f"/office/keeping/{home[1]}/{'0' * 32}").status_code == 405
    weak = be("odd", strength=1)
    assert hold(weak, home[1]).status_code == 422 and holds.holds() == ()
    assert send(weak, f"/office/keeping/{home[1]}", what="keep", words="x", until="2060-01-01").status_code == 422


def test_the_pages_have_one_heading_and_say_no_day_of_a_birth_or_of_writing(be, home):
    for address in (*PAGES, f"/office/keeping/{home[1]}"):
        page = be("tone").get(address).content.decode()
        assert len(re.findall("<h1", page)) == 1, address
    one = words(be("tone").get(f"/office/keeping/{home[1]}"))
    assert "Its time ran out in 2031." in one and "when somebody last wrote" in one
    assert "Mia" not in one and "Hansen" not in one


def test_a_file_that_cannot_be_read_is_said_and_nothing_goes(be, home, settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "clocks.toml").write_text("years = 1", "utf-8")
    page = words(be("odd").get("/office/keeping"))
    assert "The file of clocks cannot be read" in page and home[1] not in page
    assert be("odd").get(f"/office/keeping/{home[1]}").status_code == 404

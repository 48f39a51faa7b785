"""Odd proposes a last day, Tone says yes: everybody reads it, nothing is taken after it, and reading goes on."""

import datetime as dt
import re

import pytest
from django.conf import settings

from alongside import clock, ids
from alongside.access import closing, relationship
from alongside.access.erasure import listed as erasings
from alongside.access.policy import MOVES
from alongside.cast.story import TODAY, number
from alongside.doors.entrance.tests.test_families import words
from alongside.record.closing import in_force
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.settling import settle, waiting

pytestmark = pytest.mark.django_db
LAST = "2027-01-31"
TELLS = "Nordby takes over on 1 February. Ring 12 34 56 78, ask for Berit."
STOPS = "stops using Alongside"
FIRST = {"anne": "/me", "kari": "/today", "berg": "/me/part", "tone": "/today", "odd": "/today"}


def at(day: str, hour: int = 12, minute: int = 0) -> None:
    """From now on it is this moment in the office."""
    moment = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour, minute), tzinfo=settings.OFFICE_ZONE)
    clock.install(lambda: moment)


def propose(browser, **change):
    form = {"last": LAST, "words": TELLS, "once": ids.new()}
    return browser.post("/office/closing/new", {**form, **change})


def yes(browser, **change):
    one = closing.waiting().id
    return browser.post(f"/office/closing/{one}", {"says": "yes", "once": ids.new(), **change})


@pytest.fixture
def decided(be):
    """The last day is decided: 31 January 2027."""
    assert propose(be("odd")).status_code == 303
    assert yes(be("tone")).status_code == 303


def code_of(who: str) -> str:
    sql = "SELECT f.code FROM record_relationship r JOIN record_family f ON f.number = r.family WHERE r.person = %s"
    return rows(sql, [number(who)])[0][0]


def test_from_proposal_to_the_first_page_of_every_door(be, client):
    odd, tone = be("odd"), be("tone")
    before = {who: words(be(who).get(page)) for who, page in FIRST.items()}
    assert propose(odd).status_code == 303
    assert "Somebody else has to say yes" in words(odd.get("/office/closing"))
    assert yes(odd).status_code == 422 and {who: words(be(who).get(page)) for who, page in FIRST.items()} == before
    once = ids.new()
    one = closing.waiting().id
    for _twice in range(2):  # sent twice is one act
        assert tone.post(f"/office/closing/{one}", {"says": "yes", "once": once}).status_code == 303
    for who, page in FIRST.items():
        said = words(be(who).get(page))
        assert STOPS in said and "31 January 2027" in said and TELLS in said, who
        assert ("/office/closing" in be(who).get(page).content.decode()) == (who in ("tone", "odd"))
    anne = be("anne").get("/me").content.decode()
    assert 'href="/me/everything"' in anne and 'href="/me/words"' in anne
    stranger = words(client.get("/", HTTP_HOST="127.0.0.1"))
    assert STOPS in stranger and "31 January 2027" in stranger and TELLS not in stranger
    assert rows("SELECT count(*) FROM record_closing", []) == [(1,)] and all(rebuild(check=True).values())


def test_until_its_end_the_last_day_is_a_day_like_others(be, decided):
    at(LAST, 23, 55)
    kari, code = be("kari"), code_of("anne")
    composer = words(kari.get(f"/f/{code}/write"))
    assert "Today is the last day to write here" in composer and "nothing new can be written here" not in composer
    note = {"p-1": "Soup for Jonas at last.", "once": ids.new(), "act": "send", "words": "Soup for Jonas at last."}
    assert kari.post(f"/f/{code}/write", note).status_code in (200, 303, 422)
    anne = be("anne")
    said = anne.post("/me/write", {"words": "Written five to twelve.", "once": ids.new()})
    assert said.status_code == 303
    at("2027-02-01", 0, 10)
    assert [one.statements[0].body["words"][0]["text"] for one in waiting(number("anne"))] == [
        "Written five to twelve."
    ]
    assert settle(clock.micros(clock.now())) >= 1 and not waiting(number("anne"))
    assert "Written five to twelve." in words(be("anne").get("/me/story"))


def test_after_it_nothing_is_taken_and_reading_goes_on(be, decided):
    at("2027-02-01", 0, 1)
    code = code_of("anne")
    anne, kari = be("anne"), be("kari")
    pages = [
        (anne, "/me"),
        (anne, "/me/story"),
        (anne, "/me/everything"),
        (anne, "/me/words"),
        (be("berg"), "/me/part"),
    ]
    pages += [(kari, "/today"), (kari, f"/f/{code}"), (kari, f"/f/{code}/story")]
    for browser, page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert "nothing new can be written here" in words(answer), page
    assert 'href="/me/write"' not in anne.get("/me").content.decode().split("<main")[1]
    assert "/write" not in kari.get(f"/f/{code}").content.decode()
    assert 'name="about"' not in anne.get("/me/everything").content.decode()
    assert "No family is yours" not in words(kari.get("/write"))
    assert "Ask those who have the records now" in words(anne.get("/me/everything"))
    assert 'href="/me/write"' not in anne.get("/me/story").content.decode()
    before = rows("SELECT count(*) FROM record_entry", []), rows("SELECT count(*) FROM record_pending", [])
    said = anne.post("/me/write", {"words": "Nobody must lose this sentence.", "once": ids.new()})
    assert said.status_code in (409, 422) and "Nobody must lose this sentence." in words(said)
    asked = anne.post("/me/everything", {"words": "What did Kari write in May?", "once": ids.new()})
    assert asked.status_code == 409 and "What did Kari write in May?" in words(asked)
    assert "31 January 2027" in words(asked)
    draft = anne.post("/drafts", {"words": "Half a sentence.", "kind": "words"})
    assert draft.status_code == 409
    assert (rows("SELECT count(*) FROM record_entry", []), rows("SELECT count(*) FROM record_pending", [])) == before


def test_a_form_that_was_open_over_midnight_gives_the_words_back(be, decided):
    at("2027-02-01", 0, 5)
    sent = {"what": "place", "name": "The choir at Skjelvika", "words": "They sing on Tuesdays.", "once": ids.new()}
    for who, page in (("kari", "/patch/new"), ("kari", f"/f/{code_of('anne')}/write"), ("anne", "/me/write")):
        said = be(who).post(page, sent | {"p-1": "They sing on Tuesdays."})
        assert said.status_code in (409, 422) and "They sing on Tuesdays." in words(said), page
    short = be("anne").post("/me/everything", {"words": "No", "about": "", "once": ids.new()})
    assert "No</textarea>" in short.content.decode() and sent["once"] not in short.content.decode()


def test_what_was_begun_can_be_ended(be, decided):
    """Erasing that waits is decided, a way in is given to read, somebody who leaves is shut out, and it is taken
    back: all of it after the last day."""
    at("2027-02-01")
    tone, odd = be("tone"), be("odd")
    erased = {"where": rows("SELECT id FROM record_entry WHERE kind = 'dialogue.passage' LIMIT 1", [])[0][0],
              "ground": "asked", "words": "Asked on 3 May.", "once": ids.new()}  # fmt: skip
    answer = odd.post("/office/erasing/new", erased)
    if answer.status_code == 303:  # not on every database
        one = erasings(number("tone"))[0].id
        assert tone.post(f"/office/erasing/{one}", {"says": "no", "words": "No.", "once": ids.new()}).status_code == 303
    assert propose(tone, what="go-on", words="Nordby does not take it.", last="").status_code == 303
    assert yes(odd).status_code == 303
    assert closing.announced() is None and rows("SELECT * FROM record_closing", []) == []
    assert STOPS not in words(be("anne").get("/me"))
    assert be("anne").post("/me/write", {"words": "We are here again.", "once": ids.new()}).status_code == 303
    assert all(rebuild(check=True).values())


def test_somebody_can_still_be_protected(be, decided):
    """Pages are read after the last day, so protection goes on: put on, confirmed, and struck out, through the door."""
    at("2027-02-01")
    kari, code = be("kari"), code_of("anne")
    ties = rows("SELECT entry FROM record_relationship WHERE family = 1 AND person = %s", [number("per")])
    ((grant,),) = rows("SELECT id FROM record_entry WHERE pk = %s", [ties[0][0]])
    here = f"/f/{code}/who/{grant}/change?act=protect"
    assert here in kari.get(f"/f/{code}/who/{grant}").content.decode() and kari.get(here).status_code == 200
    assert kari.post(here, {"why": "He came to the door.", "once": ids.new()}).status_code == 303
    ((hazard,),) = rows("SELECT id FROM record_entry WHERE kind = 'access.hazard-on' AND pk >> 20 = 1", [])
    page, lars = f"/f/{code}/protection/{hazard}", be("lars")
    say = f"{page}/say?act=confirmed"
    assert say in lars.get(page).content.decode() and "act=lift-asked" not in lars.get(page).content.decode()
    assert lars.post(say, {"why": "I rang the school.", "once": ids.new()}).status_code == 303
    (strike, *_more) = re.findall(r"/strike\?entry=[0-9a-f]{32}", lars.get(page).content.decode())
    assert lars.post(page + strike, {"why": "It names the street.", "once": ids.new()}).status_code == 303
    kinds = rows("SELECT kind FROM record_entry WHERE pk >> 20 = 1 ORDER BY pk DESC LIMIT 3", [])
    assert kinds == [("record.struck-out",), ("access.hazard-confirmed",), ("access.hazard-on",)]
    assert be("kari").post(f"/f/{code}/talk", {"words": "x"}).status_code == 409


def places(family: int) -> dict[str, list[str]]:
    """Every place of a family: whose, and the ids of what gave them."""
    sql = "SELECT r.person, e.id FROM record_relationship r JOIN record_entry e ON e.pk = r.entry WHERE r.family = %s"
    found: dict[int, list[str]] = {}
    for person, id in rows(sql, [family]):
        found.setdefault(person, []).append(id)
    return found


def test_an_order_of_a_court_is_still_carried_out(be, decided):
    at("2027-02-01")
    code, per = code_of("anne"), be("per")
    (grant,) = places(1)[number("per")]
    here = f"/f/{code}/who/{grant}/change?act=bar"
    order = {"why": "The court of Fjordbyen, 1 February 2027.", "once": ids.new()}
    assert per.get("/me/story").status_code == 200
    for who in ("rune", "tone", "anne"):
        assert be(who).post(here, order).status_code in (404, 409, 422), who
    kari = be("kari")
    offered = re.findall(r"change\?act=([a-z-]+)", kari.get(f"/f/{code}/who/{grant}").content.decode())
    assert sorted(offered) == ["bar", "protect"] and kari.get(here).status_code == 200
    empty = kari.post(here, {"why": " ", "once": ids.new()})
    assert empty.status_code == 422 and per.get("/me/story").status_code == 200
    for _twice in range(2):  # sent twice is one act
        assert kari.post(here, order).status_code == 303
    assert order["why"] in words(kari.get(f"/f/{code}/who/{grant}"))
    assert "There is no room for you here now" in words(per.get("/me/story"))
    assert all(rebuild(check=True).values())


@pytest.mark.parametrize("act", [one for one in MOVES if one != "bar"])
def test_and_nothing_else_of_who_stands_where(act, be, decided):
    """For nobody's place, by nobody: not even that the order is over, which would open a door."""
    code, everybody = code_of("anne"), places(1)
    (grant,) = everybody[number("ali")]
    relationship.move(by=number("kari"), family=1, grant=grant, act="bar", why="x", at=clock.micros(TODAY), once="bar")
    at("2027-02-01")
    before = rows("SELECT person, state, until FROM record_relationship ORDER BY entry", [])
    sent = {"why": "Because it is so.", "until": "2027-06-01", "not_yet": "It cannot wait.", "once": ids.new()}
    for who in ("kari", "ingrid", "tone"):
        for id in (id for ids_ in everybody.values() for id in ids_):
            answer = be(who).post(f"/f/{code}/who/{id}/change?act={act}", sent)
            assert answer.status_code == 409 and "Because it is so." in words(answer), (who, id)
            assert f"act={act}" not in re.findall(r"act=[a-z-]+", be(who).get(f"/f/{code}/who/{id}").content.decode())
    assert rows("SELECT person, state, until FROM record_relationship ORDER BY entry", []) == before


def test_another_day_takes_the_place_of_the_first(be, decided):
    assert propose(be("tone"), last="2027-03-31").status_code == 303
    assert "31 January 2027" in words(be("anne").get("/me"))
    assert yes(be("odd")).status_code == 303
    assert "31 March 2027" in words(be("anne").get("/me"))
    at("2027-02-01")
    assert be("anne").post("/me/write", {"words": "Still here.", "once": ids.new()}).status_code == 303


def test_a_second_person_says_no_and_the_first_takes_it_back(be):
    odd, tone = be("odd"), be("tone")
    propose(odd)
    assert propose(tone).status_code == 422  # one proposal at a time
    one = closing.waiting().id
    assert tone.post(f"/office/closing/{one}", {"says": "no", "words": "", "once": ids.new()}).status_code == 422
    assert (
        tone.post(f"/office/closing/{one}", {"says": "no", "words": "Not yet.", "once": ids.new()}).status_code == 303
    )
    assert tone.post(f"/office/closing/{one}", {"says": "yes", "once": ids.new()}).status_code == 422
    assert "Not yet." in words(odd.get("/office/closing")) and closing.announced() is None
    propose(tone)
    one = closing.waiting().id
    alone = yes(tone)  # she leads, and still is not two
    assert alone.status_code == 422 and "Somebody else has to say yes" in words(alone)
    assert tone.post(f"/office/closing/{one}", {"says": "no", "words": "A slip.", "once": ids.new()}).status_code == 303
    assert closing.waiting() is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"last": ""}, "Choose a day."), ({"last": "2026-11-20"}, "after today"),
        ({"words": " "}, "Everybody reads it"),
        ({"last": "9999-12-31"}, "Choose a day."), ({"what": "go-on"}, "Nothing is decided yet"),
    ],
)  # fmt: skip
def test_what_is_to_be_mended_keeps_the_words(be, change, says):
    page = propose(be("odd"), **{"words": "Kept words.", **change})
    assert page.status_code == 422 and says in words(page)
    assert "Kept words." in page.content.decode() or not change.get("words", "x").strip()
    assert closing.listed(number("odd")) == ()


def test_one_of_the_two_leads(be, decided):
    """Two privacy officers are not enough: the fold would take it, so the verb asks."""
    from alongside.access.roles import appointed
    from alongside.record.appending import append

    append([appointed(number("lars"), "privacy")], family=0, by=number("tone"), once="p", at=clock.micros(TODAY))
    propose(be("odd"), last="2027-03-31")
    assert yes(be("lars")).status_code == 422
    assert in_force(closing.closings()).last == LAST


@pytest.mark.parametrize("who", ["kari", "ingrid", "rune", "anne", "berg"])
def test_for_everybody_else_there_is_no_page(be, who):
    browser = be(who)
    for address in ("/office/closing", "/office/closing/new"):
        assert browser.get(address).status_code == 404
    assert propose(browser).status_code == 404 and closing.waiting() is None


def test_signed_out_wrong_method_and_a_weak_visit(be, client):
    assert client.get("/office/closing", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("odd").get(f"/office/closing/{'0' * 32}").status_code == 405
    assert be("odd").post(f"/office/closing/{'0' * 32}", {"says": "yes", "once": ids.new()}).status_code == 404
    assert propose(be("odd", strength=1)).status_code == 422 and closing.waiting() is None

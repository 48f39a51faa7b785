"""Who stands where, through the door a worker uses, and what the family sees of it."""

import re
from unittest import mock

import pytest

from alongside import clock
from alongside.access.ending import asked, take_over
from alongside.access.hazards import awaiting
from alongside.access.policy import ties
from alongside.access.standing import reader_at
from alongside.cast.story import TODAY, numbers
from alongside.families.queries import ids
from alongside.record.reading import read, rows
from alongside.record.registers import rebuild

DAY = 24 * 3600 * 1_000_000
NOW = clock.micros(TODAY)


def person(who: str) -> str:
    """The random id of somebody, as a form names them."""
    return ids([numbers()[who]])[numbers()[who]]


def grant_of(family: int, who: str) -> str:
    return next(tie.id for tie in ties(family) if tie.person == numbers()[who])


def state(family: int, who: str) -> str:
    return [tie.state for tie in ties(family) if tie.person == numbers()[who]][-1]


@pytest.fixture
def send(field):
    """`send(browser, path, why="x")`: open the form there, fill it in, send it."""

    def sent(browser, path, **values):
        page = browser.get(path)
        assert page.status_code == 200, (path, page.status_code)
        form = {"once": field(page, "once"), "whose": field(page, "whose"), **values}
        return browser.post(path, form)

    return sent


def later(days: float) -> None:
    clock.install(lambda: clock.moment(NOW + int(days * DAY)))


def test_everybody_who_belongs_here_since_when_and_by_whom(be, code, main):
    words = main(be("kari").get(f"/f/{code(1)}/who"))
    assert "Anne Hansen, born Vik , parent Since 18 Nov 2024." in words and "Lars Eide , coordinator" in words


def test_on_another_day_it_stands_as_it_was_known_then(be, code, main):
    words = main(be("kari").get(f"/f/{code(1)}/who?at=2025-01-15"))
    assert "Farhiya" in words and "Truls" not in words and "Somebody new" not in words
    assert be("kari").get(f"/f/{code(1)}/who/new?at=2025-01-15").status_code == 404


def test_only_those_who_stand_here(be, code, client):
    for path in ("who", "who/new", "talk", "hand-over", "close"):
        assert be("rune").get(f"/f/{code(1)}/{path}").status_code == 404
        assert client.get(f"/f/{code(1)}/{path}", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("kari").post(f"/f/{code(1)}/who").status_code == 405
    assert be("rune").get(f"/f/{code(1)}/who/{grant_of(1, 'kari')}").status_code == 404


def test_somebody_new_is_asked_says_yes_is_verified_and_begins(be, code, send):
    kari, path = be("kari"), f"/f/{code(1)}/who/new"
    near = re.search(r'name="who" value="(\w{32})"', kari.get(path).content.decode())[1]
    form = {"who": near, "kind": "network", "why": "Mia asks for them", "first": "asked"}
    assert send(kari, path, **form).status_code == 303
    new = ties(1)[-1]
    assert new.state == "invited" and len(asked(new.person)) == 1
    one = f"/f/{code(1)}/who/{new.id}"
    assert kari.get(f"{one}/change?act=verify").status_code == 404  # they have not answered yet
    take_over(by=new.person, family=1, grant=new.id, at=NOW, once="b" * 32)
    for act, becomes in (("verify", "verified"), ("begin", "active")):
        assert send(kari, f"{one}/change?act={act}", why="I know them").status_code == 303
        assert ties(1)[-1].state == becomes
    grants = read(reader_at(new.person, 1, now=NOW, strength=3), kinds=["access.granted"])
    assert numbers()["kari"] in [entry.body["person"] for entry in grants]  # they know who works there


def test_who_has_died_is_not_offered_a_place(be, code, main):
    words = main(be("kari").get(f"/f/{code(1)}/who/new"))
    assert "Yusuf" in main(be("kari").get(f"/f/{code(1)}/people")) and "Yusuf" not in words and "Ella" in words


def test_before_the_talk_no_door_of_the_family_opens(be, code, send):
    with mock.patch("alongside.access.talk.held", lambda family: False):
        near = re.search(r'name="who" value="(\w{32})"', be("kari").get(f"/f/{code(1)}/who/new").content.decode())[1]
        form = {"who": near, "kind": "network", "why": "x", "first": "now"}
        assert "has not been held" in send(be("kari"), f"/f/{code(1)}/who/new", **form).content.decode()
        assert send(be("kari"), f"/f/{code(1)}/who/new", **form, not_yet="She is ill").status_code == 303


def test_nobody_new_without_a_reason_and_the_words_stay(be, code, send):
    near = re.search(r'name="who" value="(\w{32})"', be("kari").get(f"/f/{code(2)}/who/new").content.decode())[1]
    answer = send(be("kari"), f"/f/{code(2)}/who/new", who=near, kind="network", why="  ")
    assert answer.status_code == 422 and f'value="{near}" checked' in answer.content.decode()


def test_pausing_keeps_what_she_had_and_beginning_gives_it_back(be, code, send):
    grant, kari = grant_of(1, "lea"), be("kari")
    path = f"/f/{code(1)}/who/{grant}"
    assert send(kari, f"{path}/change?act=pause", why="she asked for a rest").status_code == 303
    assert state(1, "lea") == "paused" and "ring us" in be("lea").get("/me").content.decode()
    assert "she asked for a rest" in kari.get(path).content.decode()
    assert send(kari, f"{path}/change?act=begin").status_code == 303
    assert state(1, "lea") == "active"


def test_sent_twice_it_is_one_act(be, code, field):
    kari, path = be("kari"), f"/f/{code(1)}/who/{grant_of(1, 'lea')}/change?act=end"
    page = kari.get(path)
    form = {"once": field(page, "once"), "whose": field(page, "whose"), "why": "she moved"}
    assert [kari.post(path, form).status_code for _ in range(2)] == [303, 303]
    found = rows("SELECT COUNT(*) FROM record_entry WHERE kind = 'access.changed'", [])
    assert found == [(1,)]


def test_a_cousin_is_found_she_closes_it_to_herself(be, code, send):
    path = f"/f/{code(1)}/who/{grant_of(1, 'kari')}/change?act=exclude"
    kari = be("kari")
    answer = send(kari, path, why="Per is my cousin")
    assert answer.status_code == 303 and answer["Location"] == "/families?done=closed-to-me"
    assert kari.get(f"/f/{code(1)}").status_code == 404
    page = f"/f/{code(1)}/who/{grant_of(1, 'kari')}"
    assert "Per is my cousin" in be("ingrid").get(page).content.decode()  # her supervisor
    for other in ("lars", "anne"):
        assert "cousin" not in be(other).get(page).content.decode()
    assert "cousin" not in be("anne").get("/me/who-sees-what").content.decode()


def test_an_order_closes_at_once_and_only_workers_read_why(be, code, send):
    grant = grant_of(1, "per")
    assert send(be("kari"), f"/f/{code(1)}/who/{grant}/change?act=bar", why="Court, 19 Nov 2026").status_code == 303
    assert "no room for you" in be("per").get("/me").content.decode()
    assert "Court, 19 Nov" in be("lars").get(f"/f/{code(1)}/who/{grant}").content.decode()
    assert "Court, 19 Nov" not in be("anne").get("/me/story").content.decode()


def test_the_talk_stands_on_both_doors(be, code, send):
    form = {f"said-{person('marte')}": "Ask me about money.", "there": person("marte"), "day": "2026-11-20"}
    assert send(be("kari"), f"/f/{code(2)}/talk", **form).status_code == 303
    assert "Ask me about money" in be("marte").get("/me/who-sees-what").content.decode()
    assert "Ask me about money" in be("kari").get(f"/f/{code(2)}/story").content.decode()


def test_nobody_talks_in_one_room_with_somebody_under_hazard(be, code, send):
    form = {f"said-{person('elin')}": "x", f"said-{person('morten')}": "y", "day": "2026-11-20"}
    assert send(be("kari"), f"/f/{code(3)}/talk", **form).status_code == 422


# --- away ---------------------------------------------------------------------------------------------------


def _away(be, code, send, *, stand_in="lars"):
    form = {f"for-{code(n)}": person(stand_in) for n in (1, 2, 3)}
    return send(be("kari"), "/away", first="2026-11-23", last="2026-12-04", words="On leave.", **form)


def test_the_family_sees_it_beforehand_and_who_stands_in(be, code, send):
    assert _away(be, code, send).status_code == 303
    for page in ("/me", "/me/who-sees-what"):
        words = be("anne").get(page).content.decode()
        assert "Kari is away from 23 Nov to 4 Dec. Lars stands in." in words and "On leave." in words
    assert (
        "is away"
        not in be("morten").get("/me").content.decode() + be("morten").get("/me/who-sees-what").content.decode()
    )


def test_who_stands_in_reads_what_was_for_her_on_those_days_and_nothing_sealed(be, code, send):
    _away(be, code, send)
    lars, kari = numbers()["lars"], numbers()["kari"]
    named = {pk for (pk,) in rows("SELECT entry FROM record_reader WHERE person = %s", [kari])}

    def has(moment):
        return {e.pk: e.mark for e in read(reader_at(lars, 1, now=moment, strength=3))}

    hers = {pk for pk, mark in rows("SELECT pk, mark FROM record_entry", []) if mark == "persons" and pk in named}
    hers = {pk for pk in hers if pk >> 20 == 1}
    assert hers and not hers <= has(NOW).keys()
    assert hers <= has(NOW + 3 * DAY).keys()
    assert not hers <= has(NOW + 15 * DAY).keys()
    assert reader_at(lars, 3, now=NOW + 15 * DAY, strength=3) is None  # the place he had for it has ended by itself


def test_back_before_it_ends_standing_in_ends(be, code, send, field):
    _away(be, code, send)
    later(4)
    kari = be("kari")
    page = kari.get(f"/f/{code(3)}/who").content.decode()
    path = re.search(r'action="(/f/\w+/back/\w+)"', page)[1]
    assert kari.post(path, {}).status_code == 303
    assert reader_at(numbers()["lars"], 3, now=NOW + 4 * DAY + 1, strength=3) is None


# --- hazard ---------------------------------------------------------------------------------------------------


def test_two_taps_and_it_holds_on_the_next_request(be, code, send, main):
    kari = be("kari")
    path = f"/f/{code(1)}/who/{grant_of(1, 'per')}"
    assert f"{path}/change?act=protect" in kari.get(f"/f/{code(1)}/who").content.decode()
    before = [be("per").get(page).content for page in ("/me/story",)]
    assert (
        send(kari, f"{path}/change?act=protect", why="He has found the road.", told=person("anne")).status_code == 303
    )
    reader = reader_at(numbers()["per"], 1, now=NOW + 1, strength=3)
    assert reader.hazard is not None
    strip = [re.sub(rb'value="[^"]{60,}"', b"", page) for page in (before[0], be("per").get("/me/story").content)]
    assert strip[0] == strip[1]
    assert "found the road" in be("lars").get(f"/f/{code(1)}/story").content.decode()


def test_a_second_person_and_two_to_end_it(be, code, send):
    kari, ingrid, path = be("kari"), be("ingrid"), f"/f/{code(1)}/who/{grant_of(1, 'per')}"
    send(kari, f"{path}/change?act=protect", why="He has found the road.")
    hazard = rows("SELECT e.id FROM access_hazard h JOIN record_entry e ON e.pk = h.entry WHERE h.family = 1", [])[0][0]
    page = f"/f/{code(1)}/protection/{hazard}"
    owed = awaiting(reader_at(numbers()["ingrid"], 1, now=NOW, strength=3))
    assert [(one.what, one.due.isoformat()) for one in owed] == [("second", "2026-11-25")]
    assert awaiting(reader_at(numbers()["kari"], 1, now=NOW, strength=3)) == []
    assert kari.get(f"{page}/say?act=confirmed").status_code == 404
    assert send(ingrid, f"{page}/say?act=confirmed", why="I agree").status_code == 303
    assert awaiting(reader_at(numbers()["kari"], 1, now=NOW, strength=3))[0].due.isoformat() == "2026-12-20"
    assert send(ingrid, f"{page}/say?act=lift-asked", why="It was another road").status_code == 303
    assert ingrid.get(f"{page}/say?act=lifted").status_code == 404
    assert ingrid.post(f"{page}/say?act=lifted", {"why": "Me again"}).status_code == 422
    assert reader_at(numbers()["per"], 1, now=NOW, strength=3).hazard is not None
    assert send(kari, f"{page}/say?act=lifted", why="Yes").status_code == 303
    assert reader_at(numbers()["per"], 1, now=NOW, strength=3).hazard is None


def test_who_works_with_him_does_not_stand_in_with_the_others(be, code):
    assert person("marit") not in re.search(rf"for-{code(3)}.*", be("kari").get("/away").content.decode(), re.S)[0]
    assert person("marit") in be("kari").get("/away").content.decode()


def test_overdue_it_stays_on(be, code, send):
    send(be("kari"), f"/f/{code(1)}/who/{grant_of(1, 'per')}/change?act=protect", why="x")
    later(40)
    assert reader_at(numbers()["per"], 1, now=NOW + 40 * DAY, strength=3).hazard is not None
    assert "a second person confirms it or ends it" in be("ingrid").get(f"/f/{code(1)}/who").content.decode()


def test_striking_out_one_thing(be, code, send):
    kari, morten = be("kari"), be("morten")
    page = re.search(r'"(/f/\w+/protection/\w+)"', kari.get(f"/f/{code(3)}/who").content.decode())[1]
    words = "The inquiry ends without help."
    assert words in morten.get("/me/story").content.decode()
    path = re.search(r'href="(/f/[^"]+strike[^"]+)"', kari.get(page).content.decode())[1]
    assert send(kari, path.replace("&amp;", "&"), why="It names the day").status_code == 303
    assert words not in morten.get("/me/story").content.decode()
    elin = reader_at(numbers()["elin"], 3, now=NOW, strength=3)
    assert any(words in str(entry.body) for entry in read(elin))
    assert all(rebuild(check=True).values())


def test_the_page_of_a_protection_is_for_those_who_read_by_mark(be, code):
    page = re.search(r'"(/f/\w+/protection/\w+)"', be("kari").get(f"/f/{code(3)}/who").content.decode())[1]
    assert be("marit").get(page).status_code == 404 and be("rune").get(page).status_code == 404


# --- handing over, ending, beginning again --------------------------------------------------------------------


def _hand_over(be, code, send, to="marit"):
    form = {"to": person(to), "last": "2026-11-27", "why": "I change units.", "goodbye": "Thank you for the soup."}
    page = be("kari").get(f"/f/{code(1)}/hand-over").content.decode()
    form["promise"] = re.findall(r'name="promise" value="(\w+)"', page)
    return send(be("kari"), f"/f/{code(1)}/hand-over", **form)


def test_handing_over_the_old_one_stays_until_the_new_one_says_yes(be, code, send):
    assert _hand_over(be, code, send).status_code == 303
    assert "Thank you for the soup." in be("anne").get("/me/story").content.decode()
    marit = be("marit")
    assert marit.get(f"/f/{code(1)}").status_code == 404 and len(asked(numbers()["marit"])) == 1
    later(10)
    assert be("kari").get(f"/f/{code(1)}").status_code == 200
    marit = be("marit")  # a visit does not last ten days
    page = marit.get("/asked").content.decode()
    place = re.search(r'name="place" value="(\w+)"', page)[1]
    assert marit.post("/asked", {"place": place, "once": "a" * 32}).status_code == 303
    later(11)
    assert be("marit").get(f"/f/{code(1)}").status_code == 200 and be("kari").get(f"/f/{code(1)}").status_code == 404
    assert "You have had 3 workers here." in be("anne").get("/me/who-sees-what").content.decode()


def test_promises_go_over_one_by_one(be, code, send, field):
    from alongside.promises.promise import promises

    _hand_over(be, code, send)
    marit = be("marit")
    place = re.search(r'name="place" value="(\w+)"', marit.get("/asked").content.decode())[1]
    marit.post("/asked", {"place": place, "once": "a" * 32})
    page = marit.get(f"/f/{code(1)}/hand-over")
    waits = re.findall(r'action="(/f/\w+/hand-over/\w+)"', page.content.decode())
    assert waits

    def owners():
        found = promises(read(reader_at(numbers()["ingrid"], 1, now=NOW, strength=3)))
        return {one.made.id: one.owner for one in found if one.open}

    first = waits[0].rsplit("/", 1)[1]
    assert owners()[first] == numbers()["kari"]
    once = field(page, "once")
    assert marit.post(waits[0], {"takes": "no", "why": "", "once": once}).status_code == 422
    assert marit.post(waits[0], {"takes": "yes", "once": once}).status_code == 303
    assert owners()[first] == numbers()["marit"]
    assert be("lars").post(waits[-1], {"takes": "yes", "once": once}).status_code == 404


def test_ended_work_closes_to_workers_and_not_to_the_family_and_begins_again(be, code, send):
    form = {"why": "It goes well.", "goodbye": "Ring when you like.", "call": "2027-02-01", "promise": "I ring you."}
    before = be("anne").get("/me/story").content.decode()
    assert "evenings without shouting" in before
    assert send(be("kari"), f"/f/{code(1)}/close", **form).status_code == 303
    for worker in ("kari", "lars", "ingrid"):
        assert be(worker).get(f"/f/{code(1)}").status_code == 404
    anne = be("anne")
    assert "evenings without shouting" in anne.get("/me/story").content.decode()
    assert "I ring you." in anne.get("/me").content.decode()
    unit = be("tone").get("/unit").content.decode()
    assert "The work has ended. Worked here last: Kari Moen" in unit and "Hansen" not in unit
    again = {"who": person("marit"), "why": "Anne rang."}
    assert send(be("tone"), f"/unit/family?family={code(1)}", **again).status_code == 303
    assert be("marit").get(f"/f/{code(1)}").status_code == 200 and be("kari").get(f"/f/{code(1)}").status_code == 404
    assert "Write or say something" in anne.get("/me").content.decode()
    assert all(rebuild(check=True).values())


def test_a_leader_gives_a_family_to_her_own_unit_only(be, code, send):
    assert person("rune") not in be("tone").get(f"/unit/family?family={code(2)}").content.decode()
    assert be("rune").get(f"/unit/family?family={code(2)}").status_code == 303
    form = {"who": person("marit"), "kind": "co-worker", "why": "Two are better."}
    assert send(be("tone"), f"/unit/family?family={code(2)}", **form).status_code == 303
    assert be("marit").get(f"/f/{code(2)}").status_code == 200


def test_protecting_is_offered_once_with_the_names(be, code):
    page = be("kari").get(f"/f/{code(1)}/who").content.decode()
    assert page.count("Protect the others") == 1
    part = page.split("Protect the others from")[1].split("</section>")[0]
    assert f"/f/{code(1)}/who/{grant_of(1, 'per')}/change?act=protect" in part and "Mia" not in part

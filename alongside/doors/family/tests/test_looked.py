"""Who has looked, as those of the family may know it; asking why; and what Morten must not learn from it."""

import datetime as dt
import re

import pytest
from django.db import connection

from alongside import clock
from alongside.access import looking
from alongside.access.looking import Look
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, number
from alongside.dialogue.asking import asked_why
from alongside.record import settling
from alongside.record.reading import rows
from alongside.record.registers import rebuild

NOW = clock.micros(TODAY)
DAY = 24 * 3600 * 1_000_000
ADDRESS = re.compile(r'href="(/me/looked/[^"]+)"')


@pytest.fixture(autouse=True)
def empty_queue():
    looking.queue.clear()
    yield
    looking.queue.clear()


def look(who: str, family: int, page: str, n: int = 0, *, role: str = "allocated", days: int = 0, entry: str = ""):
    """Somebody looked, so many days ago."""
    entry = entry or (id_of(family, n) if n else "")
    looking.queue.add(Look(number(who), role, family, page, entry), NOW - days * DAY)
    looking.write()


def words(page) -> str:
    main = page.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def same(page) -> bytes:
    return re.sub(rb'(csrfmiddlewaretoken" value=)"[^"]*"', rb"\1", page.content)


def visible_to(who: str, family: int, mark: str = "team") -> str:
    """A passage with this mark that names this person."""
    sql = (
        "SELECT e.id FROM record_entry e JOIN record_reader r ON r.entry = e.pk AND r.person = %s "
        "WHERE e.pk >> 20 = %s AND e.mark = %s AND e.kind IN ('dialogue.passage', 'dialogue.letter') "
        "ORDER BY e.pk LIMIT 1"
    )
    return rows(sql, [number(who), family, mark])[0][0]


def hidden_from(who: str, family: int) -> str:
    sql = (
        "SELECT e.id FROM record_entry e WHERE e.pk >> 20 = %s AND e.kind = 'dialogue.passage' AND NOT EXISTS "
        "(SELECT 1 FROM record_reader r WHERE r.entry = e.pk AND r.person = %s) ORDER BY e.pk LIMIT 1"
    )
    return rows(sql, [family, number(who)])[0][0]


def test_it_says_who_looked_at_what_and_through_what(be):
    look("kari", 1, "family")
    look("kari", 1, "note", entry=visible_to("anne", 1))
    page = words(be("anne").get("/me/looked"))
    assert "Friday 20 November" in page
    assert "Kari Moen, social worker" in page
    assert "the first page about your family" in page
    assert "Works here since 18 Nov 2024." in page


def test_real_looks_arrive(be, code):
    be("kari").get(f"/f/{code}")
    looking.write()
    assert "the first page about your family" in words(be("anne").get("/me/looked"))


@pytest.fixture
def code(cast):
    return rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]


def test_a_look_at_what_one_may_not_read_does_not_exist(be):
    for who in ("anne", "jonas", "per"):
        before = same(be(who).get("/me/looked"))
        look("kari", 1, "note", entry=hidden_from(who, 1))
        look("kari", 1, "answer-n", entry=hidden_from(who, 1), days=1)
        assert same(be(who).get("/me/looked")) == before


def test_no_time_of_day_for_nobody(be):
    look("kari", 1, "family")
    assert not re.search(r"\d\d:\d\d", words(be("anne").get("/me/looked")))


def test_relatives_see_looks_at_their_own_alone(be):
    look("kari", 1, "family")
    assert "Nothing is listed for this month." in words(be("farhiya").get("/me/looked"))
    look("kari", 1, "note", entry=visible_to("farhiya", 1))
    assert "Kari Moen" in words(be("farhiya").get("/me/looked"))


def test_partners_see_nothing_of_it(be):
    look("kari", 1, "family")
    look("kari", 1, "note", entry=visible_to("berg", 1))
    assert "Nothing is listed for this month." in words(be("berg").get("/me/looked"))


@pytest.mark.parametrize("state", ["ended", "paused"])
def test_whose_help_ended_sees_nothing_of_it(state, be):
    look("kari", 1, "family")
    sql = "UPDATE record_relationship SET state = %s, ended_seq = 90 WHERE person = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [state, number("anne")])
    page = be("anne").get("/me/looked")
    assert page.status_code == 200 and "Nothing is listed for this month." in words(page)


def test_by_month(be):
    look("kari", 1, "family", days=0)
    look("ingrid", 1, "story", role="supervisor", days=45)
    anne = be("anne")
    now = anne.get("/me/looked")
    assert "Ingrid" not in words(now) and "month=2026-10" in now.content.decode()
    then = anne.get("/me/looked?month=2026-10")
    assert "Ingrid" in words(then) and "Kari" not in words(then)
    assert anne.get("/me/looked?month=soon").status_code == 404
    assert words(anne.get("/me/looked?month=2999-01")) == words(now)


# --- an emergency --------------------------------------------------------------------------------------------


def opened(be, code: str) -> None:
    sent = {"family": code, "reason": "alone", "why": "The ambulance rang about Mia.", "once": "1" * 32}
    assert be("geir").post("/urgent", sent).status_code == 303


def test_an_emergency_is_listed_from_the_next_day(be, code):
    opened(be, code)
    be("geir").get(f"/f/{code}/story")
    assert "Geir" not in words(be("anne").get("/me/looked"))
    clock.install(lambda: TODAY + dt.timedelta(days=1))
    page = words(be("anne").get("/me/looked"))
    assert "Opened the record in an emergency, for an hour, to read." in page
    assert "Why: a child is alone or without care." in page
    assert "The ambulance rang" not in page  # the words are the record's: for those they are opened to


def test_who_was_named_reads_the_words(be):
    """The night of 8 January: Anne was told, Per was not."""
    assert "The ambulance rang" not in words(be("per").get("/me/looked?month=2026-01"))
    page = words(be("anne").get("/me/looked?month=2026-01"))
    assert "the ambulance service rang" in page


# --- asking why ----------------------------------------------------------------------------------------------


def asks(be, who: str = "anne", text: str = ""):
    browser = be(who)
    address = ADDRESS.search(browser.get("/me/looked").content.decode())[1]
    form = browser.get(address).content.decode()
    room = re.search(r'name="room" value="([^"]*)"', form)[1]
    return browser, address, {"words": text, "once": "a" * 32, "room": room}


def test_one_tap_is_a_question_and_an_answer_owed(be, code):
    look("kari", 1, "family")
    anne, address, form = asks(be)
    assert re.search(r"You get an answer by Friday 27 November( 2026)?\.", words(anne.get(address)))
    done = anne.post(address, form)
    assert done.status_code == 303
    assert "Asked." in words(anne.get(done.headers["Location"]))
    settling.settle(NOW + 3600 * 1_000_000)
    home = words(anne.get("/me"))
    assert "Why was something about me read on 20 Nov?" in home
    assert "An answer is owed by Friday 27 November" in home
    family = words(be("kari").get(f"/f/{code}"))
    assert "Why was something about me read on 20 Nov?" in family and "by Friday 27 November" in family


def test_the_officer_sees_that_it_was_asked_and_answered_and_no_word(be, code):
    look("kari", 1, "family")
    anne, address, form = asks(be, text="My sister works with you.")
    anne.post(address, form)
    settling.settle(NOW + 3600 * 1_000_000)
    log = words(be("odd").get("/log"))
    assert "Somebody of the family asks why Kari Moen, social worker looked on 20 Nov" in log
    assert "not answered; owed by Friday 27 November" in log and "sister" not in log and "Anne" not in log
    asked = rows("SELECT id FROM record_entry WHERE kind = 'dialogue.question' ORDER BY recorded_at DESC LIMIT 1", [])[
        0
    ][0]
    be("kari").post(
        f"/f/{code}/n/{asked}/answer", {"words": "I got ready for our visit.", "form": "", "once": "b" * 32}
    )
    settling.settle(NOW + 7200 * 1_000_000)
    assert asked_why()[0].answered
    assert "answered" in words(be("odd").get("/log"))
    assert all(rebuild(check=True).values())
    assert "I got ready for our visit." in words(anne.get("/me/story"))


def test_sent_twice_is_one_question(be):
    look("kari", 1, "family")
    anne, address, form = asks(be)
    anne.post(address, form)
    anne.post(address, form)
    assert len(settling.waiting(number("anne"))) == 1


def test_words_are_kept_when_refused(be):
    look("kari", 1, "family")
    anne, address, form = asks(be, text="x" * 1_000_001)
    page = anne.post(address, form)
    assert page.status_code == 422 and "xxxx" in page.content.decode()


def test_nobody_asks_about_what_is_not_listed_to_them(be):
    look("kari", 1, "family")
    _anne, address, form = asks(be)
    for who in ("per", "jonas", "farhiya", "berg"):
        assert be(who).get(address).status_code == 404
        assert be(who).post(address, {"once": "c" * 32}).status_code == 404
    assert be("anne").get("/me/looked/2026-11-20/" + "0" * 24).status_code == 404
    assert be("anne").get("/me/looked/never/" + "0" * 24).status_code == 404


def test_who_left_is_answered_for_by_the_family_s_worker(be, code):
    opened(be, code)
    be("geir").get(f"/f/{code}/story")
    clock.install(lambda: TODAY + dt.timedelta(days=1))
    anne, address, form = asks(be)
    assert anne.post(address, form).status_code == 303
    settling.settle(NOW + 2 * DAY)
    body = rows("SELECT body FROM record_entry WHERE kind = 'dialogue.question' ORDER BY recorded_at DESC LIMIT 1", [])[
        0
    ][0]
    assert f'"to":{number("kari")}' in body and f'"of":{number("geir")}' in body


# --- Morten ---------------------------------------------------------------------------------------------------


def months(browser) -> list[bytes]:
    asked = ("/me/looked", "/me/looked?month=2026-02", "/me/looked?month=2025-04", "/me/looked?month=2025-03")
    return [same(browser.get(one)) for one in asked]


def hazard_at() -> int:
    """When the hazard was put on Morten, in days before the cast's Friday."""
    sql = "SELECT recorded_at FROM record_entry WHERE kind = 'access.hazard-on' AND pk >> 20 = 3"
    return (NOW - rows(sql, [])[0][0]) // DAY


def test_morten_learns_nothing_from_when_others_look(be, cast):
    """What happens to Elin makes them look, at all hours, also at his old letters. His page does not move a byte."""
    before = months(be("morten"))
    his = visible_to("morten", 3)
    for who, role in (("kari", "allocated"), ("ingrid", "supervisor"), ("geir", "emergency"), ("odd", "privacy")):
        for days in (0, 1, 286, hazard_at() - 1):
            for page, entry in (("family", ""), ("story", ""), ("note", his), ("note", hidden_from("morten", 3))):
                look(who, 3, page, role=role, days=days, entry=entry)
    assert months(be("morten")) == before


def test_an_emergency_of_hers_does_not_reach_him(be, cast):
    before = months(be("morten"))
    code = rows("SELECT code FROM record_family WHERE number = 3", [])[0][0]
    opened(be, code)
    be("geir").get(f"/f/{code}/story")
    clock.install(lambda: TODAY + dt.timedelta(days=1))
    assert months(be("morten")) == before
    assert "Opened the record in an emergency" in words(be("elin").get("/me/looked"))


def test_what_stood_there_before_the_hazard_stays(be, cast):
    days = hazard_at() + 3
    look("kari", 3, "family", days=days)
    month = f"{(TODAY - dt.timedelta(days=days)):%Y-%m}"
    assert "the first page about your family" in words(be("morten").get(f"/me/looked?month={month}"))


def test_his_own_worker_s_looks_at_his_own_words_are_listed(be, cast):
    sql = (
        "SELECT e.id FROM record_entry e JOIN record_reader r ON r.entry = e.pk AND r.person = %s "
        "AND r.because = 'own' "
        "JOIN record_entry h ON h.kind = 'access.hazard-on' AND h.pk >> 20 = 3 "
        "WHERE e.pk >> 20 = 3 AND e.pk > h.pk AND e.mark = 'team' LIMIT 1"
    )
    own = rows(sql, [number("morten")])
    if own:
        look("marit", 3, "note", entry=own[0][0])
        assert "Marit" in words(be("morten").get("/me/looked"))
    look("marit", 3, "family", days=1)
    assert "the first page" not in words(be("morten").get("/me/looked"))


def test_signed_out_by_card_and_the_wrong_way(be, client):
    assert client.get("/me/looked", HTTP_HOST="127.0.0.1").status_code == 303
    look("kari", 1, "family")
    page = be("anne", 0).get("/me/looked")
    assert page.status_code == 200 and "Kari" not in words(page).replace("Kari Moen rings", "")
    assert be("anne").post("/me/looked").status_code == 405
    assert be("kari").get("/me/looked").status_code == 404

"""Appointments through the worker's door, and what the note's page guesses from one."""

import re

from alongside import clock
from alongside.cast.story import TODAY
from alongside.doors.practice.promising.tests.test_pages import chips, newest, settled
from alongside.record import settling

FORM = {"day": "2026-11-23", "from": "15:00", "to": "16:00", "place": "The library", "words": "About the trip."}


def fix(kari, code, **more) -> str:
    path = f"/f/{code(1)}/appointments/new"
    page = kari.get(path)
    once = re.search(r'name="once" value="([^"]*)"', page.content.decode())[1]
    form = {**FORM, "there": chips(page, "there"), "once": once, **more}
    assert kari.post(path, form).status_code == 303
    settled()
    return newest("teams.appointment-set")


def test_fixed_it_stands_on_both_sides(be, code, main):
    fix(be("kari"), code)
    mine = main(be("kari").get(f"/f/{code(1)}/appointments"))
    assert "Monday 23 November 2026, 15:00 to 16:00 The library, with Anne" in mine
    assert "The library" in main(be("anne").get("/me")) and "The library" not in main(be("per").get("/me/appointments"))
    assert "The library" not in main(be("jonas").get("/me/appointments"))
    assert "Monday" in main(be("kari").get("/today")) and "The library" not in main(be("ingrid").get("/today"))


def test_moved_and_cancelled_say_why_and_by_whom(be, code, main, field):
    kari, id = be("kari"), fix(be("kari"), code)
    path = f"/f/{code(1)}/appointments/{id}/move"
    form = {"day": "2026-11-25", "from": "09:30", "once": field(kari.get(path), "once")}
    refused = kari.post(path, {**form, "why": ""})
    assert refused.status_code == 422 and 'value="09:30"' in refused.content.decode()
    assert kari.post(path, {**form, "why": "The car."}).status_code == 303
    settled()
    assert "Wednesday 25 November 2026, 09:30" in main(be("anne").get("/me/appointments"))
    assert "Kari moved it, 20 Nov. The car." in main(be("anne").get("/me/appointments"))
    path = f"/f/{code(1)}/appointments/{id}/cancel"
    kari.post(path, {"why": "I am ill.", "once": field(kari.get(path), "once")})
    settled()
    assert "Cancelled by us (Kari), 20 Nov. I am ill." in main(kari.get(f"/f/{code(1)}/appointments"))
    assert "Cancelled by Kari, 20 Nov. I am ill." in main(be("anne").get("/me/appointments"))
    assert kari.get(path).status_code == 404


def test_cancellings_of_both_sides_stand_side_by_side_in_words(be, code, main):
    words = main(be("kari").get(f"/f/{code(2)}/appointments"))
    assert "Cancelled by us (Randi), 11 Mar 2025." in words and "Cancelled by Marte, 25 Mar 2025." in words


def test_annes_wish_for_another_time_is_met(be, code, main, field, said):
    anne, kari, id = be("anne"), be("kari"), said(1, 105)
    path = f"/me/appointments/{id}/time"
    anne.post(path, {"words": "I work that night.", "once": field(anne.get(path), "once")})
    settled()
    words = main(kari.get(f"/f/{code(1)}/appointments"))
    assert "I work that night." in words and "Asked to meet: Anne" in words
    assert "work that night" not in main(be("jonas").get("/me/story"))


def test_somebody_who_asked_to_meet_gets_a_time(be, code, main, field):
    anne, kari = be("anne"), be("kari")
    anne.post("/me/appointments/ask", {"words": "About Christmas.", "once": "1" * 32})
    settled()
    page = kari.get(f"/f/{code(1)}/appointments").content.decode()
    way = re.search(r'href="([^"]*\?asked=[0-9a-f]{32})"', page)[1]
    form = {**FORM, "once": field(kari.get(way), "once")}
    assert "About Christmas." in main(kari.get(way)) and kari.post(way, form).status_code == 303
    settled()
    assert "The library" in main(anne.get("/me/appointments"))
    assert "Find a time" not in main(kari.get(f"/f/{code(1)}/appointments")) and kari.get(way).status_code == 404


def test_a_visit_fixed_for_today_gives_the_note_its_place_time_and_people(be, code):
    fix(be("kari"), code, day="2026-11-20", **{"from": "17:00", "to": ""}, place="At the boatyard")
    clock.install(lambda: TODAY.replace(hour=18))
    page = be("kari").get(f"/f/{code(1)}/write").content.decode()
    assert "At the boatyard, Fri 20 Nov, 17:00" in page
    assert "<b>Anne and the helpers</b> can read this." in page


def test_the_litany(be, code, said, client):
    base = f"/f/{code(1)}/appointments"
    for path in (base, f"{base}/new", f"{base}/{said(1, 105)}/move", f"{base}/{said(1, 105)}/cancel"):
        assert be("kari").get(path).status_code == 200 and be("kari").put(path).status_code == 405
        assert be("rune").get(path).status_code == 404 and be("anne").get(path).status_code == 404
        assert client.get(path, HTTP_HOST="127.0.0.1").status_code == 303
    assert be("tone").get(f"{base}/{said(1, 105)}/move").status_code == 404
    assert be("kari").get(f"{base}/new?at=2026-11-01").status_code == 404
    then = be("kari").get(f"{base}?at=2026-11-01")
    assert then.status_code == 200 and "/appointments/new" not in then.content.decode()
    assert settling.waiting(1) == []

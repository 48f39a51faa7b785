"""Today: one's own visits, promises, questions and answers, over all families; nobody else's; nothing counted."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside import clock
from alongside.access.grants import granted
from alongside.access.standing import readers_of
from alongside.cast.story import TODAY, numbers
from alongside.promises.queries import owed_by
from alongside.record import settling
from alongside.record.appending import append, open_family
from alongside.record.reading import read_listed
from alongside.record.statement import Statement

NOW = clock.micros(TODAY)


def settled() -> None:
    settling.settle(NOW + 3_600_000_000)


def test_karis_day(be, main):
    words = main(be("kari").get("/today"))
    assert "Friday 20 November Write" in words
    assert "Tuesday Anne, Per, Mia and Jonas Hansen 16:30, At home, with Anne" in words
    assert "You answer Anne: If I go down to two nights from January" in words
    assert "mountain cabin" not in words  # Lars owes that
    assert "library" not in words  # sealed, and without a day


def test_a_supervisor_sees_what_is_asked_of_her_and_not_what_others_owe(be, main):
    words = main(be("ingrid").get("/today"))
    assert "If I go down" not in words and "mountain" not in words and "At home" not in words


def test_who_has_no_family_gets_a_kind_page(be, main):
    words = main(be("rune").get("/today"))
    assert "No family is yours yet." in words and "Hansen" not in words


def test_who_is_on_duty_or_watches_over_looks_finds_their_work_first(be, main):
    duty, privacy = main(be("geir").get("/today")), main(be("odd").get("/today"))
    assert "Open a family in an emergency" in duty and "Ask the leader" not in duty
    assert "Who has looked" in privacy and "emergency" not in privacy
    assert "emergency" not in main(be("rune").get("/today"))


def test_a_question_waits_until_somebody_says_how_they_heard_it(be, said, code, field, main):
    anne, kari = be("anne"), be("kari")
    path = f"/me/n/{said(1, 105)}/answer"
    anne.post(path, {"form": "ask", "words": "May Per come?", "once": field(anne.get(path), "once")})
    settled()
    assert "Questions that wait Anne asks: May Per come?" in main(kari.get("/today"))
    assert "May Per come?" not in main(be("lars").get("/today"))  # it is to Kari
    id = re.search(r"/n/([0-9a-f]{32})#s-([0-9a-f]{32})|/n/([0-9a-f]{32})\"", kari.get("/today").content.decode())
    id = id[2] or id[3]
    heard = f"/f/{code(1)}/n/{id}/heard"
    kari.post(heard, {"words": "About Per.", "due": "2026-11-24", "once": field(kari.get(heard), "once")})
    words = main(kari.get("/today"))
    assert "Questions that wait" not in words and "You answer Anne: May Per come? by Tuesday 24 November 2026" in words
    kari.post(f"/f/{code(1)}/n/{id}/answer", {"words": "Yes.", "once": "5" * 32})
    settled()
    assert "May Per come?" not in main(kari.get("/today"))


def test_an_answer_stands_with_its_sentence(be, said, field, main):
    anne = be("anne")
    path = f"/me/n/{said(1, 62)}/answer"
    anne.post(path, {"form": "differ", "words": "Two piles.", "once": field(anne.get(path), "once")})
    settled()
    words = main(be("kari").get("/today"))
    assert "Anne sees it differently Two piles." in words and "About:" in words
    assert "Two piles." not in main(be("lars").get("/today"))


def test_what_was_not_sent_is_one_line(be, code, field, main):
    kari, path = be("kari"), f"/f/{code(1)}/promises/new"
    kari.post(path, {"words": "I ring the school.", "once": field(kari.get(path), "once")})
    words = main(kari.get("/today"))
    assert "Not sent yet I ring the school." in words
    settled()
    assert "You: I ring the school." in main(kari.get("/today"))


def test_the_litany(be, client):
    assert client.get("/today", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("anne").get("/today").status_code == 404 and be("kari").post("/today").status_code == 405
    assert be("kari", 0).get("/today").status_code == 200 and be("kari", 1).get("/today").status_code == 200


def test_ended_work_is_not_there(be, main):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE record_relationship SET state = 'ended', ended_seq = 1000 WHERE family = 1 AND person = %s",
            [numbers()["kari"]],
        )
    words = main(be("kari").get("/today"))
    assert "If I go down" not in words and "Hansen" not in words


def _thirty_families() -> None:
    kari = numbers()["kari"]
    for number in range(100, 130):
        open_family(number)
        said = [
            granted(kari, "allocated"),
            Statement("promises.made", {"words": [{"lang": "en", "text": f"I come, {number}."}], "owner": kari}),
            Statement(
                "teams.appointment-set",
                {"on": "2026-11-23T10:00", "there": [kari], "words": [{"lang": "en", "text": "We meet."}]},
            ),
        ]
        append(said, family=number, by=kari, once=f"thirty-{number}", at=NOW)


def test_thirty_families_cost_no_more_questions_than_three(be, main):
    """Fourteen at most: a fixed number and one for every forty families."""
    browser = be("kari")
    browser.get("/today")
    with CaptureQueriesContext(connection) as few:
        browser.get("/today")
    _thirty_families()
    with CaptureQueriesContext(connection) as many:
        words = main(browser.get("/today"))
    assert len(many) == len(few) <= 14, [one["sql"][:90] for one in many]
    assert all(f"I come, {number}." in words for number in range(100, 130)) and words.count("We meet.") == 30


def test_a_register_shows_nothing_its_reader_may_not_read(cast):
    """The register holds a promise for two named people; for another reader of the same family it lists nothing."""
    kari, elin = numbers()["kari"], numbers()["elin"]
    secret = Statement(
        "promises.made", {"words": [{"lang": "en", "text": "the tern sings"}], "owner": kari}, mark="sealed",
        readers=((elin, "addressed"),),
    )  # fmt: skip
    append([secret], family=3, by=kari, once="tern", at=NOW)
    place = next(place for family, place, *_more in owed_by(kari) if family == 3)
    for who, strength, sees in (("kari", 3, True), ("kari", 2, False), ("ingrid", 3, False), ("marit", 3, False)):
        reader = next(one for one in readers_of(numbers()[who], now=NOW, strength=strength) if one.family == 3)
        found = read_listed([(reader, [place])])[3]
        assert bool(found) is sees, (who, strength)


def test_what_waits_for_a_supervisor_stands_on_top_of_her_day(be, main, said):
    words = main(be("ingrid").get("/today"))
    top = words.split("Next visits")[0]
    assert "Waits for you in the unit" in top and "Elin, Oda and Theo" in top and "A protection is looked at" in top
    for who in ("kari", "lars", "rune", "tone"):
        assert "in the unit" not in main(be(who).get("/today")), who


def test_a_supervisors_day_costs_few_questions(be):
    browser = be("ingrid")
    browser.get("/today")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/today")
    assert len(asked) <= 22, [one["sql"][:90] for one in asked]

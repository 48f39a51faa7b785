"""Opening in an emergency: for an hour, to read, told to those who must know, and never an oracle."""

import pytest

from alongside import clock
from alongside.access import openings, urgent
from alongside.cast.said import id_of
from alongside.cast.story import number
from alongside.doors.practice.looking.tests.conftest import MINUTE, NOW
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Refused

MIA = {"name": "Mia Hansen", "born": "2017", "reason": "alone", "why": "The ambulance rang.", "once": "2" * 32}


def of_mark(mark: str, family: int = 1) -> str:
    """The id of a statement of the data with this mark that Geir is not named on."""
    sql = (
        "SELECT e.id FROM record_entry e WHERE e.pk >> 20 = %s AND e.mark = %s AND e.kind = 'dialogue.passage' "
        "AND NOT EXISTS (SELECT 1 FROM record_reader r WHERE r.entry = e.pk AND r.person = %s) LIMIT 1"
    )
    return rows(sql, [family, mark, number("geir")])[0][0]


def test_by_name_and_year_it_opens(be, code, text):
    geir = be("geir")
    assert geir.get(f"/f/{code(1)}").status_code == 404
    done = geir.post("/urgent", MIA)
    assert (done.status_code, done.headers["Location"]) == (303, f"/f/{code(1)}")
    page = geir.get(f"/f/{code(1)}")
    assert page.status_code == 200
    assert "Opened in an emergency, until 17:00" in text(page)


def test_before_anything_is_shown_it_is_written_and_told(opens, told):
    opens()
    assert told() == {"ingrid", "odd", "kari"}
    assert [one.why for one in openings.told_of(number("kari"), since=NOW)] == ["The ambulance rang about a child."]


@pytest.mark.parametrize("who", ["kari", "ingrid", "odd"])
def test_they_see_it_at_once_on_their_page(who, opens, be, text):
    """Within a minute: the next page they open says it. The officer is told on his page and in the log."""
    opens()
    for path in ("/families", "/urgent/notices"):
        assert "The ambulance rang about a child." in text(be(who).get(path))
    assert "The ambulance rang about a child." not in text(be("rune").get("/urgent/notices"))
    assert "The ambulance rang about a child." not in text(be("marit").get("/families"))


def test_the_looks_of_an_emergency_are_written_before_the_page_is_shown(opens, code):
    opens().get(f"/f/{code(1)}/story")
    sql = "SELECT page FROM access_looked WHERE person = %s AND role = 'emergency'"
    assert ("story",) in rows(sql, [number("geir")])


@pytest.mark.parametrize(
    "sought",
    [
        {"name": "Mia Hansen", "born": "2016"},  # the wrong year
        {"name": "Mia", "born": "2017"},  # half a name
        {"name": "Nobody Atall", "born": "2017"},
        {"family": "nosuchcode22"},
        {"name": "Morten", "born": ""},
    ],
)
def test_what_matches_nothing_says_one_sentence_and_is_logged(sought, be, text):
    geir = be("geir")
    page = geir.post("/urgent", {"reason": "harm", "why": "Somebody rang.", **sought})
    assert page.status_code == 422
    if sought.get("born") == "":
        return
    assert "No family was opened." in text(page)
    found = openings.every(before=NOW + MINUTE)
    assert found[0].family is None and found[0].why == "Somebody rang."
    assert "Somebody rang." in text(be("odd").get("/log"))


def test_hidden_and_absent_are_the_same_page(be, text):
    """A relative, one who was kept out, and a name that never was: one page to the byte."""
    import re

    kari = be("kari")  # Kari stands in this family: it is not opened in an emergency
    one = kari.post("/urgent", {**MIA, "once": "3" * 32})
    other = kari.post("/urgent", {**MIA, "name": "Nobody Atall", "once": "4" * 32})
    assert one.status_code == other.status_code == 422

    def same(page):
        without = re.sub(r'value="[^"]*"', "", page.content.decode())
        return without

    assert same(one) == same(other)


@pytest.mark.django_db
def test_a_name_only_few_may_know_finds_nobody(cast):
    """In no family is somebody found whose name is sealed or for a few."""
    sql = (
        "SELECT COUNT(*) FROM access_findable f JOIN record_entry e ON e.pk = f.entry "
        "LEFT JOIN record_held h ON h.entry = e.pk WHERE COALESCE(h.mark, e.mark) <> 'team'"
    )
    assert rows(sql, []) == [(0,)]


def test_after_an_hour_it_is_gone_by_itself(opens, code, later):
    geir = opens()
    later(59)
    assert geir.get(f"/f/{code(1)}").status_code == 200
    later(60)
    for path in ("", "/story", "/people", f"/n/{id_of(1, 62)}"):
        assert geir.get(f"/f/{code(1)}{path}").status_code == 404


def test_it_cannot_be_made_longer(opens, code, later):
    geir = opens()
    later(30)
    opens(once="9" * 32)
    later(61)
    assert geir.get(f"/f/{code(1)}").status_code == 404


def test_a_visit_that_has_grown_weak_reads_nothing(opens, code, be):
    opens()
    assert be("geir", 1).get(f"/f/{code(1)}").status_code == 404
    assert be("geir", 2).get(f"/f/{code(1)}").status_code == 200


def test_nobody_opens_without_a_fresh_second_factor(be, code, text):
    page = be("geir", 2).post("/urgent", {"family": code(1), "reason": "harm", "why": "x"})
    assert page.status_code == 422 and "second factor" in text(page)
    assert not openings.running(number("geir"), now=NOW)


def test_what_was_typed_stays_when_it_is_refused(be, code, text):
    page = be("geir").post("/urgent", {"family": code(1), "reason": "harm", "why": "", "name": "Mia Hansen"})
    assert page.status_code == 422
    assert 'value="Mia Hansen"' in page.content.decode() and code(1) in page.content.decode()


def test_sent_twice_is_one_opening(opens):
    opens()
    opens()
    assert len(openings.running(number("geir"), now=NOW)) == 1


@pytest.mark.parametrize("who", ["odd", "marte"])
def test_others_do_not_find_the_page(who, be):
    assert be(who).get("/urgent").status_code == 404


def test_three_a_month_then_a_supervisor_says_yes_beforehand(be, text):
    kari = be("kari")
    for n in range(3):
        kari.post("/urgent", {**MIA, "name": f"Nobody {n}", "once": f"{n}" * 32})
    refused = kari.post("/urgent", {**MIA, "name": "Nobody 4", "once": "5" * 32})
    assert "three times this month" in text(refused)
    ingrid = be("ingrid")
    page = ingrid.get("/urgent/beforehand").content.decode()
    handle = page.split("Kari Moen")[0].rsplit('value="', 1)[1].split('"')[0]
    done = ingrid.post("/urgent/beforehand", {"person": handle, "why": "I know of it.", "once": "6" * 32})
    assert done.status_code == 303
    page = kari.post("/urgent", {**MIA, "name": "Nobody 4", "once": "7" * 32})
    assert "No family was opened." in text(page)
    again = kari.post("/urgent", {**MIA, "name": "Nobody 5", "once": "8" * 32})
    assert "three times this month" in text(again)


def test_duty_is_never_locked_out(be):
    geir = be("geir")
    for n in range(4):
        geir.post("/urgent", {**MIA, "name": f"Nobody {n}", "once": f"{n}" * 32})
    assert geir.post("/urgent", {**MIA, "once": "9" * 32}).status_code == 303


WRITES = ("write", "praise", "n/{id}/answer", "n/{id}/correct", "n/{id}/open-to", "n/{id}/pin", "n/{id}/take-back",
          "n/{id}/heard")  # fmt: skip


@pytest.mark.parametrize("where", WRITES)
def test_nothing_is_written_in_an_emergency(where, opens, code):
    geir = opens()
    before = rows("SELECT MAX(pk) FROM record_entry", []) + rows("SELECT COUNT(*) FROM record_pending", [])
    address = f"/f/{code(1)}/" + where.format(id=id_of(1, 62))
    sent = {"text": "x", "words": "x", "form": "add", "once": "a" * 32, "body": "x", "reason": "x", "p": "x"}
    assert geir.post(address, sent).status_code in (404, 422)
    assert rows("SELECT MAX(pk) FROM record_entry", []) + rows("SELECT COUNT(*) FROM record_pending", []) == before


def test_no_page_offers_to_write(opens, code, text):
    page = text(opens().get(f"/f/{code(1)}/n/{id_of(1, 62)}"))
    assert "Correct it" not in page and "Open it to more" not in page


def test_the_opening_itself_is_never_taken_back(opens, code):
    geir = opens()
    mine = rows("SELECT id FROM access_opening WHERE person = %s ORDER BY entry DESC", [number("geir")])[0][0]
    assert geir.post(f"/f/{code(1)}/n/{mine}/take-back", {"once": "b" * 32}).status_code == 404


def _opening() -> str:
    return openings.running(number("geir"), now=NOW)[0].id


def test_what_is_for_a_few_opens_only_when_asked_for_in_words(opens, code):
    geir = opens()
    closed = f"/f/{code(1)}/n/{of_mark('persons')}"
    assert geir.get(closed).status_code == 404
    more = f"/urgent/{_opening()}/more"
    assert geir.post(more, {"what": "persons", "why": " ", "once": "c" * 32}).status_code == 422
    assert geir.get(closed).status_code == 404
    assert geir.post(more, {"what": "persons", "why": "Whom does she trust?", "once": "d" * 32}).status_code == 303
    assert geir.get(closed, follow=True).status_code == 200


def test_sealed_needs_two(opens, code, be, later):
    geir = opens(family=3)
    closed = f"/f/{code(3)}/n/{of_mark('sealed', 3)}"
    sql = "SELECT id FROM record_person WHERE number = %s"
    ingrid = rows(sql, [number("ingrid")])[0][0]
    more = f"/urgent/{_opening()}/more"
    geir.post(more, {"what": "persons", "why": "The alarm.", "once": "c" * 32})
    assert geir.get(closed).status_code == 404
    assert geir.post(more, {"what": "sealed", "why": "The alarm.", "once": "d" * 32}).status_code == 422
    asked = geir.post(more, {"what": "sealed", "why": "The alarm.", "second": ingrid, "once": "e" * 32})
    assert asked.status_code == 303
    assert geir.get(closed).status_code == 404
    one = openings.waiting_for(number("ingrid"), now=NOW)[0]
    for who in ("geir", "kari", "odd"):
        assert be(who).post(f"/urgent/{one.id}/agree", {"once": "f" * 32}).status_code == 404
    assert be("ingrid").post(f"/urgent/{one.id}/agree", {"once": "f" * 32}).status_code == 303
    assert geir.get(closed, follow=True).status_code == 200
    later(61)
    assert geir.get(closed).status_code == 404


def test_a_yes_after_the_hour_opens_nothing(opens, be, later):
    geir = opens(family=3)
    ingrid = rows("SELECT id FROM record_person WHERE number = %s", [number("ingrid")])[0][0]
    sent = {"what": "sealed", "why": "The alarm.", "second": ingrid, "once": "e" * 32}
    geir.post(f"/urgent/{_opening()}/more", sent)
    one = openings.waiting_for(number("ingrid"), now=NOW)[0]
    later(60)
    assert be("ingrid").post(f"/urgent/{one.id}/agree", {"once": "f" * 32}).status_code == 404


def test_a_supervisor_says_whether_it_was_right(opens, be, text):
    opens()
    one = _opening()
    ingrid, odd = be("ingrid"), be("odd")
    assert "by Tuesday 24 November" in text(ingrid.get("/urgent/notices"))
    for who in ("odd", "kari", "rune", "geir"):
        assert be(who).get(f"/urgent/{one}/judge").status_code == 404
    judge = f"/urgent/{one}/judge"
    assert ingrid.post(judge, {"right": "no", "words": "", "once": "1" * 32}).status_code == 422
    assert ingrid.post(judge, {"right": "", "once": "1" * 32}).status_code == 422
    sent = {"right": "yes", "words": "I would have done the same.", "once": "1" * 32}
    assert ingrid.post(judge, sent).status_code == 303
    assert ingrid.post(judge, sent).status_code == 303  # one act
    assert ingrid.post(judge, {**sent, "once": "2" * 32}).status_code == 422
    assert "found right: I would have done the same." in text(odd.get("/log"))


def test_registers_hold_what_the_record_says(opens, be):
    opens()
    be("ingrid").post(f"/urgent/{_opening()}/judge", {"right": "yes", "once": "1" * 32})
    same = rebuild(check=True)
    assert all(same.values()), same


@pytest.mark.django_db
def test_verbs_refuse_whoever_calls(cast):
    sought = urgent.Sought(name="Mia Hansen", born="2017")
    known = {"sought": sought, "reason": "harm", "why": "x", "lang": "en", "at": NOW, "once": "1" * 32}
    for who, strength, refused in (("odd", 3, "not-yours"), ("anne", 3, "not-yours"), ("geir", 1, "too-weak")):
        with pytest.raises(Refused, match=refused):
            urgent.open_urgently(by=number(who), strength=strength, **known)
    assert clock.micros(clock.now()) == NOW


def test_signed_out_and_wrong_methods(client, be):
    assert client.get("/urgent", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("geir").post("/urgent/notices").status_code == 405
    assert be("odd").post("/log").status_code == 405
    assert be("anne").get("/urgent").status_code == 404

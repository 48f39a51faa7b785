"""A meeting through both doors: begun, what falls in it, the shared screen, private time; and the litany."""

import datetime as dt
import re

import pytest

from alongside import clock
from alongside.cast.story import TODAY, numbers
from alongside.doors.practice.promising.tests.test_pages import chips, settled
from alongside.doors.practice.writing.tests.test_turned import ended
from alongside.record import settling
from alongside.record.reading import rows

N = numbers()


def chip(page, called: str) -> str:
    """The value of the chip with this name on it."""
    found = re.findall(r'value="([0-9a-f]{32})"[^>]*><span>.*?</svg>([^<]*)</span>', page.content.decode())
    return next(value for value, words in found if words == called)


@pytest.fixture
def begun(be, code, field):
    """`begun("anne", "mia", form=...)`: Lars begins a meeting with these; returns its address."""

    def begin(*come: str, who: str = "lars", **more) -> str:
        path = f"/f/{code(1)}/meetings/new"
        page = be(who).get(path)
        there = [chip(page, who.title())] + [chip(page, one) for one in come]
        form = {"there": there, "place": "At school", "interpreter": "Hodan", "once": field(page, "once"), **more}
        answer = be(who).post(path, form)
        assert answer.status_code == 303, answer.content.decode()
        return answer["Location"]

    return begin


def write(browser, path: str, field, act: str, **form):
    """One thing that falls, from the form of the page."""
    return browser.post(path, {"act": act, "once": field(browser.get(path), "once"), **form})


def test_five_promises_in_a_row_without_leaving_the_screen(begun, be, code, field, main):
    path, lars = begun("Anne", "Mia", "Kari"), be("lars")
    anne = chip(lars.get(path), "Anne")
    for number in range(5):
        answer = write(lars, path, field, "promise", words=f"The thing {number}.", owner=anne, due="2026-11-27", day="")
        assert answer.status_code == 303 and answer["Location"].startswith(path)
    shown = main(lars.get(path))
    assert all(f"The thing {number}." in shown for number in range(5)) and "Anne: The thing 0." in shown
    assert "The thing 4." in main(be("anne").get("/me")) and settling.waiting(N["lars"]) == []
    assert "The thing 4." not in main(be("per").get("/me")) + main(be("per").get("/me/meetings"))


def test_a_decision_and_words_are_there_for_those_who_came(begun, be, field, main):
    path, lars = begun("Anne", "Mia"), be("lars")
    assert write(lars, path, field, "decide", decision="We start at nine.").status_code == 303
    assert (
        write(lars, path, field, "say", said="The bus is late.", speaker=chip(lars.get(path), "Anne")).status_code
        == 303
    )
    theirs = be("anne").get(path.replace(path.split("/meetings")[0], "/me"))
    words = main(theirs)
    assert "We start at nine." in words and "The bus is late." in words and "Interpreter: Hodan" in words
    assert "Lars, you and Mia" in words.replace("Lars, You", "Lars, you")
    assert be("per").get(f"/me/meetings/{path.rsplit('/', 1)[1]}").status_code == 404


def test_nothing_is_decided_without_the_family_unless_it_is_said_why(begun, be, field, main):
    path, lars = begun("Kari"), be("lars")
    refused = write(lars, path, field, "decide", decision="We ring the school.", without="")
    assert refused.status_code == 422 and "We ring the school." in refused.content.decode()
    assert "Say why it is decided without them" in main(refused)
    assert write(lars, path, field, "decide", decision="We ring the school.", without="Anne works.").status_code == 303
    assert "Nobody of the family, because: Anne works." in main(lars.get(path))


def test_the_agenda_is_what_is_open_and_what_both_sides_put_there(begun, be, code, field, main):
    be("anne").post("/me/meetings/point", {"words": "The bus card.", "once": "1" * 32})
    path = f"/f/{code(1)}/meetings/point"
    be("kari").post(path, {"words": "The long list.", "meeting": "", "once": field(be("kari").get(path), "once")})
    settled()
    assert "The bus card." in main(be("kari").get(f"/f/{code(1)}/meetings"))
    assert "The bus card." in main(be("anne").get("/me/meetings"))
    assert "bus card" not in main(be("per").get("/me/meetings"))
    shown = main(be("lars").get(begun("Anne", "Mia")))
    assert "The bus card." in shown and "The long list." in shown
    left = main(be("kari").get(f"/f/{code(1)}/meetings"))
    assert "For the agenda Points of the plan" in left


def test_an_appointment_is_held_as_a_meeting_once(be, code, said, field, main):
    path = f"/f/{code(1)}/meetings/new?for={said(1, 105)}"
    kari = be("kari")
    page = kari.get(path)
    assert len(chips(page, "there")) == 2 and 'value="At home"' in page.content.decode()
    form = {"there": chips(page, "there"), "place": "At home", "once": field(page, "once")}
    meeting = kari.post(path, form)["Location"]
    assert kari.get(path)["Location"] == meeting and kari.post(path, form).status_code == 303
    assert "Go on with the meeting" in main(kari.get(f"/f/{code(1)}/meetings"))


def test_cancellings_stand_from_both_sides_in_words_and_are_not_counted(be, code, main):
    words = main(be("kari").get(f"/f/{code(2)}/meetings"))
    ours, theirs = words.split("By us")[1].split("By the family")
    assert "Cancelled by us (Randi)" in ours and "Cancelled by Marte" in theirs
    assert "%" not in words and not re.search(r"\b\d+ (of|cancelled|times)\b", words)


def test_the_familys_page_says_when_one_meets_next(be, code, main):
    words = main(be("kari").get(f"/f/{code(1)}"))
    assert "Next: Tuesday 24 November 2026, 16:30. At home, with Anne" in words
    then = main(be("kari").get(f"/f/{code(1)}?at=2026-11-01"))
    assert "Next:" not in then.split("Right now")[0]


def test_an_appointment_that_is_over_and_was_not_cancelled_stands_there_too(be, code, main):
    clock.install(lambda: TODAY + dt.timedelta(days=5))
    words = main(be("kari").get(f"/f/{code(1)}/meetings"))
    assert "Over, and not cancelled" in words and "Tuesday 24 November 2026, 16:30" in words


def test_what_was_told_of_a_meeting_reads_as_one(be, code, said, main):
    for who, path in (("lars", f"/f/{code(1)}/meetings/{said(1, 86)}"), ("anne", f"/me/meetings/{said(1, 86)}")):
        shown = main(be(who).get(path))
        assert "Private time 11:15 to 13:30" in shown and "A promise" not in shown
    assert "Our plan, written by us." in main(be("anne").get(f"/me/meetings/{said(1, 86)}"))


# --- the screen everybody sees


def test_the_shared_screen_shows_only_what_all_who_are_here_may_read(begun, be, field, main):
    path, lars = begun("Anne", "Mia"), be("lars")
    write(lars, path, field, "decide", decision="Before Per came.")
    page = lars.get(path)
    there = [*chips(page, "there"), chip(page, "Per")]
    write(lars, path, field, "came", there=there, interpreter="")
    write(lars, path, field, "decide", decision="After Per came.")
    shown = lars.get(f"{path}/show")
    words = shown.content.decode()
    assert "After Per came." in words and "Before Per came." not in words
    assert "/f/" not in re.sub(r'href="[^"]*/given-back"', "", words) and "<nav" not in words


def test_there_is_no_way_from_the_shared_screen_into_the_rest(begun, be, code):
    path, lars = begun("Anne"), be("lars")
    assert lars.get(f"{path}/show").status_code == 200
    for other in ("/today", f"/f/{code(1)}", path, "/families"):
        assert lars.get(other)["Location"].endswith("/given-back")
    elsewhere = begun("Anne", "Mia", place="Elsewhere")
    assert (
        lars.get(f"{elsewhere}/show")["Location"].endswith("/given-back")
        and lars.get(f"{path}/show").status_code == 200
    )
    back = f"/f/{code(1)}/given-back"
    answer = lars.post(back)
    assert answer["Location"] in (path, f"/again?to={back.replace('/', '%2F')}")


def test_where_her_place_ended_while_the_screen_was_everybodys_it_goes_back_all_the_same(begun, be, code):
    path, lars, back = begun("Anne"), be("lars"), f"/f/{code(1)}/given-back"
    assert lars.get(f"{path}/show").status_code == 200
    ended("lars")
    assert lars.get(f"{path}/show")["Location"] == back and lars.get("/today")["Location"] == back
    assert "This goes back to Lars" in lars.get(back).content.decode()
    assert lars.post(back)["Location"] == "/today" and lars.get("/today").status_code == 200


# --- private time


def test_private_time_from_the_familys_own_door(begun, be, code, field, main):
    path, lars, anne = begun("Anne", "Jonas", "Per", form="family-group"), be("lars"), be("anne")
    mine = f"/me/meetings/{path.rsplit('/', 1)[1]}"
    assert write(anne, mine, field, "private-begin").status_code == 303
    words = main(lars.get(path))
    assert "Private time since" in words and "A decision" not in words and "Private time is over" in words
    refused = lars.post(path, {"act": "decide", "decision": "Behind their back.", "once": "9" * 32})
    assert refused.status_code == 422 and "private time" in main(refused)
    assert "Private time is over" not in main(be("kari").get(path))
    before = {who: main(be(who).get(path)) for who in ("lars", "kari", "ingrid")}
    form = {"words": "We want the village hall.", "to": [chip_of(anne.get(mine), "Jonas")]}
    assert write(anne, mine, field, "private-words", **form).status_code == 303
    settled()
    assert {who: main(be(who).get(path)) for who in before} == before
    assert "village hall." in main(be("jonas").get(mine)) and "village hall." in main(anne.get(mine))
    assert "village hall." not in main(be("per").get(mine))
    for who in ("lars", "kari", "ingrid"):
        pages = (f"/f/{code(1)}", f"/f/{code(1)}/story", "/today", f"/find?q=village+hall&in={code(1)}")
        assert all("want the village hall" not in be(who).get(one).content.decode() for one in pages)
    assert write(be("jonas"), mine, field, "private-end").status_code == 303
    assert "A decision" in main(lars.get(path))


def chip_of(page, called: str) -> str:
    found = re.findall(r'value="([0-9a-f]{20})"[^>]*><span>.*?</svg>([^<]*)</span>', page.content.decode())
    return next(value for value, words in found if words == called)


def test_what_was_written_is_shared_with_the_helpers_by_its_writer_alone(begun, be, field, main):
    path, anne = begun("Anne", "Jonas", form="family-group"), be("anne")
    mine = f"/me/meetings/{path.rsplit('/', 1)[1]}"
    write(anne, mine, field, "private-begin")
    write(anne, mine, field, "private-words", words="Now you may know.", to=[chip_of(anne.get(mine), "Jonas")])
    settled()
    entry = rows("SELECT id FROM record_entry WHERE kind = 'teams.private-words' ORDER BY pk DESC LIMIT 1", [])[0][0]
    assert "Let the helpers read it" in main(anne.get(mine)) and "Let the helpers" not in main(be("jonas").get(mine))
    assert write(be("jonas"), mine, field, "share", entry=entry).status_code == 422
    assert write(anne, mine, field, "share", entry=entry).status_code == 303
    settled()
    note = f"{path.rsplit('/meetings', 1)[0]}/n/{entry}"
    assert (
        "Now you may know." in main(be("lars").get(note, follow=True))
        and be("berg").get(f"/me/n/{entry}").status_code == 404
    )


# --- the litany


def test_the_litany(begun, be, code, said, client):
    path, mine = begun("Anne"), None
    base, mine = f"/f/{code(1)}/meetings", f"/me/meetings/{path.rsplit('/', 1)[1]}"
    for one in (base, f"{base}/new", f"{base}/point", path, f"{base}/{said(1, 69)}"):
        assert be("kari").get(one).status_code == 200 and be("kari").put(one).status_code == 405
        assert be("rune").get(one).status_code == 404 and be("anne").get(one).status_code == 404
        assert client.get(one, HTTP_HOST="127.0.0.1").status_code == 303
    for one in ("/me/meetings", "/me/meetings/point", mine):
        assert be("anne").get(one).status_code == 200 and be("anne").put(one).status_code == 405
        assert be("kari").get(one).status_code == 404
        assert client.get(one, HTTP_HOST="127.0.0.1").status_code == 303
    assert be("jonas").get(mine).status_code == 404
    assert be("kari").get(f"{base}/new?at=2026-11-01").status_code == 404
    assert be("tone").get(f"{base}/new").status_code == 404 and be("tone").get(base).status_code == 200
    assert be("kari").get(f"{path}?at=2026-11-01").status_code == 404
    then = be("kari").get(f"{base}?at=2026-03-20")
    assert then.status_code == 200 and "/meetings/new" not in then.content.decode()
    assert be("anne").get(f"/me/meetings/{said(1, 69)}?at=2026-03-20").status_code == 200


def test_ended_work_and_ended_help(begun, be, code, db):
    from django.db import connection

    path = begun("Anne", "Kari")
    with connection.cursor() as cursor:
        for who in ("anne", "kari"):
            cursor.execute(
                "UPDATE record_relationship SET state = 'ended', ended_seq = 100000 WHERE person = %s", [N[who]]
            )
    mine = f"/me/meetings/{path.rsplit('/', 1)[1]}"
    assert be("kari").get(path).status_code == 404 and be("anne").get(mine).status_code == 200
    assert be("anne").post(mine, {"act": "private-begin", "once": "a" * 32}).status_code == 422


def test_nobody_who_is_protected_against_can_be_ticked_or_read(be, code, field):
    kari = be("kari")
    page = kari.get(f"/f/{code(3)}/meetings/new")
    assert page.status_code == 200 and "Morten" not in page.content.decode()
    before = {path: be("morten").get(path).content for path in ("/me/meetings", "/me/account", "/me/appointments")}
    form = {"there": [chip(page, "Kari"), chip(page, "Elin")], "once": field(page, "once"), "place": "Upstairs"}
    path = kari.post(f"/f/{code(3)}/meetings/new", form)["Location"]
    assert write(kari, path, field, "decide", decision="The tern sings.").status_code == 303
    strip = re.compile(rb'value="[^"]{20,}"')
    after = {one: be("morten").get(one).content for one in before}
    assert {one: strip.sub(b"", found) for one, found in after.items()} == {
        one: strip.sub(b"", found) for one, found in before.items()
    }
    assert be("morten").get(f"/me/meetings/{path.rsplit('/', 1)[1]}").status_code == 404

"""What somebody reads in their own room: their share and nothing else, now and as known then."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside import words

PAGES = ("/me", "/me/story", "/me/people", "/me/write", "/me/who-sees-what", "/me/ask", "/me/settings")
ADULTS_AND_YOUTH = ("anne", "jonas", "per", "farhiya", "lea", "berg", "elin", "morten", "aud", "marte")


@pytest.mark.parametrize("who", ADULTS_AND_YOUTH)
def test_every_page_opens_with_one_heading_and_an_exit(be, who):
    browser = be(who)
    for path in PAGES:
        page = browser.get(path, follow=True)  # a partner's first page is their own part
        html = page.content.decode()
        assert page.status_code == 200, path
        assert html.count("<h1") == 1
        assert "Exit page" in html or "data-leave" in html


def test_titles_are_unique_and_name_nobody(be, said):
    browser = be("anne")
    paths = [*PAGES, *(f"/me/n/{said(1, 62)}{end}" for end in ("", "/answer")), f"/me/n/{said(1, 63)}/take-back"]
    titles = [re.search(r"<title>(.*?)</title>", browser.get(path).content.decode())[1] for path in paths]
    assert len(set(titles)) == len(titles)
    for name in ("Anne", "Mia", "Kari", "Per", "Hansen"):
        assert not any(name in title for title in titles)


def test_home_says_what_is_new_next_and_owed(be, main, settings):
    settings.HELP_LINES = [("000 00 113", "Duty line")]
    text = main(be("anne").get("/me"))
    assert "Hello Anne." in text
    assert "Kari has answered you" in text
    assert "Tuesday 24 November at 16:30" in text
    assert "by Friday 27 November 2026" in text
    assert "Kari reads on weekdays" in text
    assert "000 00 113" in text


def test_few_questions_to_the_database(be, said):
    browser = be("anne")
    for path, most in (("/me", 6), ("/me/story", 6), (f"/me/n/{said(1, 62)}", 7)):
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        assert len(asked) <= most, [one["sql"] for one in asked]


def test_a_statement_never_stands_without_its_answer(be, said, main):
    browser = be("anne")
    story = main(browser.get("/me/story?at=2025-11-30"))
    note = main(browser.get(f"/me/n/{said(1, 62)}"))
    for text in (story, note):
        assert "Anne was flat today" in text
        assert "That is a night shift." in text
        assert "You see it differently" in text


def test_the_page_speaks_to_its_reader(be, said, main):
    text = main(be("anne").get(f"/me/n/{said(1, 62)}"))
    assert "Kari saw this" in text
    assert "You and your helpers can read this." in text


def test_a_correction_stands_first(be, main):
    browser = be("anne")
    page = browser.get("/me/story?at=2025-01-31").content.decode()
    assert "Per did not fetch Mia" not in page
    id = re.findall(r'/me/n/(\w+)[^>]*>[^<]*<span class="vh">[^<]*I wrote that wrongly', page)[-1]
    text = main(browser.get(f"/me/n/{id}"))
    assert text.index("I wrote that wrongly") < text.index("Per did not fetch Mia")


def test_what_is_not_for_me_is_as_absent(be, said, main):
    """Mia's words to Kari alone, and an id that never was: the same bytes."""
    browser = be("anne")
    hidden = browser.get(f"/me/n/{said(1, 9)}")
    absent = browser.get("/me/n/" + "0" * 32)
    assert hidden.status_code == absent.status_code == 404
    assert main(hidden) == main(absent)
    assert len(hidden.content) == len(absent.content)
    assert b"my ears do not" not in browser.get("/me/story").content + browser.get("/me").content


def test_the_youth_reads_his_own_share(be, said):
    anne, jonas = be("anne"), be("jonas")
    assert jonas.get(f"/me/n/{said(1, 64)}").status_code == 404  # what Anne said to Kari alone
    assert b"two glasses" in anne.get("/me/story?at=2025-11-30").content
    assert b"two glasses" not in jonas.get("/me/story").content
    assert b"science test" in jonas.get("/me/story").content
    assert b"science test" not in anne.get("/me/story?at=2024-12-31").content


def test_as_known_then(be, said):
    browser = be("anne")
    then = browser.get("/me/story?at=2025-11-03")
    assert b"Anne was flat today" in then.content
    assert b"That is a night shift." not in then.content
    assert b"then-bar" in then.content
    for name in ("/me/write", "/answer", "/share", "/take-back"):
        assert name not in then.content.decode().replace("/me/ask", "")
    inner = re.findall(r'href="(/me/(?:n|story)[^"]*)"', then.content.decode())
    assert inner and all("at=2025-11-03" in link or link == "/me/story" for link in inner)
    note = browser.get(f"/me/n/{said(1, 62)}?at=2025-11-03")
    assert b"That is a night shift." not in note.content
    assert b"/answer" not in note.content


def test_a_later_thing_was_not_there_then(be, said):
    assert be("anne").get(f"/me/n/{said(1, 63)}?at=2025-11-03").status_code == 404


@pytest.mark.parametrize("at", ["yesterday", "2025-02-30", "2025-11-03T99:00", "'", "🐟"])
def test_no_day_is_told_and_kept(be, at):
    page = be("anne").get("/me/story", {"at": at})
    assert page.status_code == 400
    assert "cannot read this as a day" in page.content.decode()


def test_odd_ends_of_addresses(be):
    browser = be("anne")
    assert browser.get("/me/story?before=nothing").status_code == 404
    assert browser.get("/me/n/a%27b").status_code == 404
    assert browser.get("/me?done=nonsense").status_code == 200
    assert browser.get("/me/story?at=9999-12-31").status_code == 200


def test_the_whole_story_can_be_paged(be):
    browser, seen, path = be("anne"), [], "/me/story"
    while path:
        page = browser.get(path).content.decode()
        seen += re.findall(r"/me/n/(\w{32})", page)
        more = re.search(r"before=(\w+)", page)
        path = f"/me/story?before={more[1]}" if more else ""
    assert len(set(seen)) > 45


def test_how_to_ask_is_the_same_for_everybody(be, main):
    assert len({main(be(who).get("/me/ask")) for who in ADULTS_AND_YOUTH if who != "marte"}) == 1


def test_other_doors_and_strangers(be, client):
    for path in PAGES:
        assert be("kari").get(path).status_code == 404
        assert be("rune").get(path).status_code == 404
        out = client.get(path, HTTP_HOST="127.0.0.1")
        assert out.status_code == 303


def test_wrong_methods(be, said):
    browser = be("anne")
    for path in ("/me", "/me/story", "/me/people", "/me/ask", f"/me/n/{said(1, 62)}"):
        assert browser.post(path).status_code == 405
    assert browser.get(f"/me/waiting/{'0' * 32}/undo").status_code == 405
    assert browser.put("/me/write").status_code == 405


def test_a_card_alone_reads_nothing_and_writes(be):
    browser = be("anne", 0)
    home = browser.get("/me")
    assert "You came in with a card" in home.content.decode()
    assert b"Mia" not in home.content + browser.get("/me/story").content + browser.get("/me/people").content
    assert browser.get("/me/write").status_code == 200


def test_praise_has_a_page_of_its_own(be, said):
    page = be("anne").get(f"/me/n/{said(1, 72)}").content.decode()
    assert 'class="a4' in page and "This went well" in page


def test_two_rooms(be):
    turid = be("turid")
    assert turid.get("/me").headers["Location"] == "/me/rooms"
    page = turid.get("/me/rooms").content.decode()
    codes = re.findall(r'name="room" value="(\w+)"', page)
    assert len(codes) == 2
    assert turid.post("/me/rooms", {"room": "nothere"}).status_code == 404
    assert turid.post("/me/rooms", {"room": codes[0]}).status_code == 303
    assert turid.get("/me", follow=True).redirect_chain == [("/me/part", 303)]
    assert 'href="/me/rooms"' in turid.get("/me/part").content.decode()


def test_nobody_standing_anywhere(be):
    from django.db import connection as db

    browser = be("lea")
    with db.cursor() as cursor:
        cursor.execute("DELETE FROM record_relationship WHERE person = 8")
    assert "There is no room for you here now" in browser.get("/me").content.decode()
    assert browser.post("/me/write", {"words": "x"}).status_code == 404


@pytest.mark.parametrize("path", ["/me/ask", "/me/who-sees-what", "/me/write", "/me/settings", "/me/people"])
def test_our_own_words_are_easy(be, main, path):
    """LIX at most 35 in a room where nobody has said much."""
    text = re.sub(r"(?<=[a-zé]) (?=[A-Z])", ". ", main(be("aud").get(path)))
    assert words.lix(text) <= 35

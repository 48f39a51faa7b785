"""Ms Berg sees what she wrote, what is shared about school, and her promises; nothing else, and nobody else does."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside import clock
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, data, numbers
from alongside.record import settling
from alongside.record.reading import rows

NOW = clock.micros(TODAY)
HERS = [e["n"] for e in data()["entry"] if e["family"] == 1 and "berg" in e["readers"]]


def later(minutes: int = 30) -> None:
    """So much time has passed, and what waited has gone."""
    settling.settle(NOW + minutes * 60_000_000)


def test_her_home_is_her_part(be, main):
    berg = be("berg")
    assert berg.get("/me?done=sent").headers["Location"] == "/me/part?done=sent"
    text = main(berg.get("/me/part"))
    assert "Hello Ms Berg." in text and "about Mia" in text
    for words in ("Mia fell asleep", "we have opened an inquiry", "I want my ears to sleep too", "Kari Moen"):
        assert words in text, words
    assert text.index("You said you would") < text.index("What you wrote") < text.index("Shared with you")
    assert "Anne was flat" not in text and "ears do not" not in text


def test_exactly_her_statements_are_open_to_her(be):
    """The cast's own table: fourteen statements, and not one more."""
    berg, open_to_her = be("berg"), []
    for entry in data()["entry"]:
        if entry["family"] == 1 and berg.get(f"/me/n/{id_of(1, entry['n'])}").status_code == 200:
            open_to_her.append(entry["n"])
    assert open_to_her == HERS and len(HERS) == 14


def test_what_is_on_the_page_is_hers(be):
    page = be("berg").get("/me/part").content.decode()
    shown = set(re.findall(r"/me/n/(\w{32})", page))
    assert shown and shown <= {id_of(1, n) for n in HERS}


def promised(be, field, words="I put a note in the bag on Fridays."):
    berg = be("berg")
    form = berg.get("/me/promises/new")
    sent = {"words": words, "once": field(form, "once"), "whose": field(form, "whose"), "room": field(form, "room")}
    assert berg.post("/me/promises/new", sent).status_code == 303
    return berg


def test_her_promise_stands_with_what_she_may_say_of_it(be, main, field):
    berg = promised(be, field)
    assert "Not sent yet" in main(berg.get("/me/part"))
    later()
    page = berg.get("/me/part")
    text = main(page)
    assert "I put a note in the bag on Fridays." in text
    for act in ("I did it", "It must wait", "I did not manage it"):
        assert act in text
    address = re.search(r'href="(/me/p/\w+)#act-broken"', page.content.decode())[1]
    form = berg.get(address)
    assert 'id="act-broken"' in form.content.decode()
    said = {"act": "broken", "reason": "I was ill.", "once": field(form, "once"), "whose": field(form, "whose")}
    assert berg.post(address, said).status_code == 303
    later(60)
    text = main(berg.get("/me/part"))
    assert "I was ill." in text[text.index("Promises that are settled") :]
    assert "Nothing that you said you would do is open." in text


def test_what_is_promised_and_asked_is_there(be, main, field):
    from alongside.access.standing import reader_at
    from alongside.promises import writing

    kari, berg = numbers()["kari"], numbers()["berg"]
    by = reader_at(kari, 1, now=NOW, strength=3)
    said = {"by": by, "lang": "en", "at": NOW, "wait": 0, "readers": [berg]}
    writing.make(text="I ring you before the meeting.", due="2026-11-24", once="a" * 32, **said)
    writing.ask(of=berg, text="Will you keep the corner for Mia?", due="", once="b" * 32, **said)
    later()
    text = main(be("berg").get("/me/part"))
    asked, owed = text.index("Asked, and not answered yet"), text.index("Promised to you")
    assert "Will you keep the corner" in text[asked:owed] and "I ring you before the meeting." in text[owed:]
    for who in ("anne", "truls"):
        assert "I ring you before" not in main(be(who).get("/me/promises")), who


def test_the_family_has_a_home_and_no_part(be):
    for who in ("anne", "jonas", "farhiya"):
        browser = be(who)
        assert browser.get("/me/part").headers["Location"] == "/me"
        assert "Your part" not in browser.get("/me").content.decode()


def test_other_doors_strangers_and_methods(be, client):
    for who in ("kari", "rune", "tone"):
        assert be(who).get("/me/part").status_code == 404
    assert client.get("/me/part", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("berg").post("/me/part").status_code == 405


def test_ended_nothing_of_it_stays(be):
    """A partner whose place has ended finds the page that everybody finds who stands nowhere."""
    ended = "UPDATE record_relationship SET state = 'ended', ended_seq = 60 WHERE person = %s"
    with connection.cursor() as cursor:
        cursor.execute(ended, [numbers()["berg"]])
    page = be("berg").get("/me/part").content.decode()
    assert "There is no room for you here now" in page and "Mia" not in page


def test_a_card_alone_writes_and_reads_nothing(be):
    page = be("berg", 0).get("/me/part").content.decode()
    assert "You came in with a card" in page and "/me/write" in page
    assert "Mia" not in page and "Kari" not in page


def test_two_families_are_two_rooms(be, main):
    turid = be("turid")
    assert turid.get("/me/part").headers["Location"] == "/me/rooms"
    seen = []
    for code in re.findall(r'name="room" value="(\w+)"', turid.get("/me/rooms").content.decode()):
        turid.post("/me/rooms", {"room": code})
        seen.append(main(turid.get("/me/part")))
    assert len(seen) == 2
    assert ["Elin" in text for text in seen].count(True) == 1
    assert ["Marte" in text for text in seen].count(True) == 1


def test_every_page_of_hers_has_her_ways_and_a_neutral_title(be):
    berg = be("berg")
    for path in ("/me/part", "/me/story", "/me/write", "/me/ask", "/me/promises", "/me/settings"):
        html = berg.get(path).content.decode()
        assert 'href="/me/part"' in html and 'class="fnav"' in html, path
        assert not re.search(r'<nav class="fnav".*href="/me/people".*</nav>', html, re.S), path
        assert not re.search("Mia|Anne|Kari|Hansen|Berg", re.search(r"<title>(.*?)</title>", html)[1])


def test_few_questions_to_the_database(be):
    berg = be("berg")
    with CaptureQueriesContext(connection) as asked:
        berg.get("/me/part")
    assert len(asked) <= 6, [one["sql"] for one in asked]


def test_her_look_is_in_the_log_as_a_partners(be):
    from alongside.access.looking import queue

    queue.clear()
    be("berg").get("/me/part")
    queue.write()
    found = rows("SELECT person, role, family, page FROM access_looked ORDER BY id DESC LIMIT 1", [])
    assert found == [(numbers()["berg"], "partner", 1, "part")]

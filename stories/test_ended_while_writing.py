"""Nobody loses what they typed because their place ended while they wrote: the words come back to them alone, and the
page is the same for whoever never had a place, and for an address that never was."""

import datetime as dt
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside import clock, ids
from alongside.access import absence, codes, ending, openings, own_side
from alongside.access.models import Account
from alongside.access.policy import ties
from alongside.access.relationship import as_its_grant
from alongside.access.sealed import whose
from alongside.access.standing import reader_in
from alongside.cast.accounts import PASSWORD
from alongside.cast.story import TODAY, number
from alongside.dialogue import drafts
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.reading import rows
from stories.test_closing import BEGUN, OF_KARI
from stories.worlds import browser, plain_tokens

pytestmark = pytest.mark.django_db
WORDS = "The soup was warm and Jonas laughed."
BOXES = {"words": WORDS, "mission": WORDS, "point-1": "Sleep.", "what-1": "ring", "name-1": "Aud"}
BOX = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)
TITLE = re.compile("<h1>(Nothing was sent|Ingenting ble sendt)</h1>")
NOW = clock.micros(TODAY)
LAST = NOW + 60_000_000  # what runs out does so in a minute


@pytest.fixture(autouse=True)
def same_tokens():
    with plain_tokens():
        yield


def code() -> str:
    return rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]


def assert_given_back(answer) -> None:
    assert answer.status_code == 404 and given_back(answer) == [WORDS]
    assert TITLE.search(answer.content.decode())


def given_back(answer) -> list[str]:
    texts = [html.unescape(text).strip() for text in BOX.findall(answer.content.decode())]
    return [part for text in texts for part in text.split("\n\n")]


def moved(state: str, until: int | None = None):
    """Every place of this person in family 1 comes into this state, or gets a last moment."""

    def end(who: str) -> None:
        said = [as_its_grant(tie, state, why="So it is.", until=until) for tie in ties(1) if tie.person == number(who)]
        append(said, family=1, by=number("ingrid"), once=f"{state}-{until}", at=NOW)
        if until:
            clock.install(lambda: clock.moment(until))

    return end


def work_ends(who: str) -> None:
    """The work with the family ends for everybody, by the one who holds it."""
    ending.close(by=number("kari"), family=1, why="It is done.", goodbye="Goodbye.", lang="en", at=NOW, once="close")


ENDINGS = {
    "ended": moved("ended"), "paused": moved("paused"), "excluded": moved("excluded"), "barred": moved("barred"),
    "the family is closed": work_ends, "the last day": moved("active", LAST),
}  # fmt: skip


def where(who: str) -> str:
    return f"/f/{code()}/write" if who in ("kari", "lars") else "/me/write"


def form(who: str, **more) -> dict:
    mine = {"whose": whose(Account.objects.get(login=who)), "once": ids.new(), "words": WORDS}
    return (mine | {"room": code()} if where(who) == "/me/write" else mine) | more


@pytest.mark.parametrize("how", ENDINGS)
@pytest.mark.parametrize("who", ["kari", "lars", "anne", "ali", "berg"])
def test_the_words_come_back_however_the_place_ended(who, how, cast):
    client, address, sent = browser(who), where(who), form(who)
    assert client.get(address).status_code == 200
    ENDINGS[how](who)
    answer = client.post(address, sent)
    assert answer.status_code in (404, 422) and given_back(answer)[:1] == [WORDS]
    assert settling.waiting(number(who)) == []
    if answer.status_code == 404:
        assert "Hansen" not in answer.content.decode() and "Mia" not in answer.content.decode()


def test_when_the_hour_of_an_emergency_runs_out(cast):
    """They were saying why they need more."""
    geir = browser("geir")
    asked = {"family": code(), "reason": "alone", "why": "The ambulance rang.", "once": ids.new()}
    assert geir.post("/urgent", asked).status_code == 303
    (opened,) = openings.running(number("geir"), now=NOW)
    assert geir.get(f"/urgent/{opened.id}/more").status_code == 200
    clock.install(lambda: TODAY + dt.timedelta(minutes=61))
    assert_given_back(geir.post(f"/urgent/{opened.id}/more", {"why": WORDS, "what": "persons", "once": ids.new()}))


def test_when_the_days_of_a_stand_in_end(cast):
    last = TODAY.date()
    absence.say(by=number("kari"), stand_ins={1: number("marit")}, first=last, last=last, words="", lang="en", at=NOW,
                once="away")  # fmt: skip
    assert browser("marit").get(where("kari")).status_code == 200
    clock.install(lambda: TODAY + dt.timedelta(days=1))
    assert_given_back(browser("marit").post(where("kari"), form("marit")))


def test_when_the_last_day_of_somebody_at_ones_own_side_passes(cast):
    reader = reader_in(number("anne"), code(), now=NOW, strength=3)
    own_side.give(by=reader, what="advocate", person=number("aud"), name="", until=TODAY.date(), lang="en", at=NOW,
                  once="side")  # fmt: skip
    aud = browser("aud")
    assert aud.post("/me/write", form("aud") | {"room": code(), "words": ""}).status_code == 422
    clock.install(lambda: TODAY + dt.timedelta(days=1))
    assert_given_back(browser("aud").post("/me/write", form("aud") | {"room": code()}))


# --- it tells nothing ----------------------------------------------------------------------------------------


def said(answer) -> tuple:
    return answer.status_code, sorted(answer.headers.items()), answer.content


@pytest.mark.parametrize("files", [False, True], ids=["words", "and a file"])
def test_whoever_had_a_place_and_whoever_never_had_one_get_the_same_as_nowhere(files, cast):
    """To the byte, from every address, for both: rune never had a place here, kari had one a moment ago."""
    moved("excluded")("kari")
    more = {"once": "1" * 32} | ({"file": SimpleUploadedFile("a.txt", b"A page.")} if files else {})
    nowhere = ["/nothing/there", "/f/nosuchcode22/write", "/f/nosuchcode22/n/" + "0" * 32 + "/answer", "/me/write"]
    (entry,) = rows("SELECT id FROM record_entry WHERE pk >> 20 = 1 AND kind = 'dialogue.passage' LIMIT 1", [])[0]
    there = [f"/f/{code()}/write", f"/f/{code()}/praise", f"/f/{code()}/n/{entry}/answer", f"/f/{code()}/people/new"]
    found = set()
    for who in ("kari", "rune"):
        for address in (*nowhere, *there):
            answer = browser(who).post(address, {"words": WORDS, **more})
            if files:
                more["file"].seek(0)
                assert "cannot be given back" in answer.content.decode()
            found.add(re.sub(r"[0-9a-f]{32}", "", str(said(answer))))
            assert_given_back(answer)
    assert len(found) == 1


@pytest.mark.parametrize("who", ["anne", "berg"])
def test_so_it_is_in_the_familys_door(who, cast):
    moved("barred")(who)
    found = {
        str(said(browser(who).post(address, {"words": WORDS, "once": "1" * 32, "room": room})))
        for address in ("/me/write", "/me/promises/new", "/me/nothing", "/f/nosuchcode22/write")
        for room in (code(), "nosuchcode22")
    }
    assert len(found) == 1 and WORDS in found.pop()


def test_a_file_alone_cannot_be_given_back_and_the_page_says_so(cast):
    answer = browser("kari").post("/nothing/there", {"file": SimpleUploadedFile("a.txt", b"A page.")})
    assert answer.status_code == 404 and "cannot be given back" in answer.content.decode() and given_back(answer) == []


def test_a_form_without_words_gets_the_page_that_is_not_there(cast):
    moved("excluded")("kari")
    kari = browser("kari")
    answers = [kari.post(where("kari"), {"once": ids.new(), "to": "all"}), kari.get(where("kari"))]
    assert [one.status_code for one in answers] == [404, 404] and answers[0].content == answers[1].content


# --- only to them --------------------------------------------------------------------------------------------


def test_nobody_else_in_this_browser_gets_them(cast):
    """Rune signed in meanwhile, in another tab of the same browser."""
    sent = form("kari")
    moved("excluded")("kari")
    for address in (where("kari"), "/nothing/there"):
        answer = browser("rune").post(address, sent)
        assert answer.status_code == 403 and WORDS not in answer.content.decode()


@pytest.mark.parametrize(("who", "way"), [("kari", "/sign-in"), ("anne", "/card")])
def test_a_place_that_ended_before_one_had_signed_in_again(who, way, cast):
    """The visit ran out as well: the words travel through signing in, and come back there."""
    sent, stranger = form(who), Client(HTTP_HOST="127.0.0.1")
    asked = stranger.post(where(who), sent)
    kept = asked.content.decode().split('name="kept" value="')[1].split('"')[0]
    moved("barred")(who)
    account = Account.objects.get(login=who)
    known = {"login": who, "password": PASSWORD} if who == "kari" else {"code": codes.give(account, at=NOW)}
    stranger.post(way, {**known, "kept": kept})
    answer = stranger.get(where(who))
    assert_given_back(answer)
    assert given_back(stranger.get(where(who))) == []


def test_another_sites_form_puts_no_words_on_our_page(cast):
    """At an address that never was nothing else asks for a form's token."""
    client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    answer = client.post("/nothing/there", {"words": WORDS}, HTTP_ORIGIN="https://elsewhere.example")
    assert answer.status_code == 404 and WORDS not in answer.content.decode()


def test_too_much_is_no_error_of_ours(cast):
    answer = browser("kari").post("/nothing/there", {f"field-{n}": "x" for n in range(2_001)})
    assert answer.status_code < 500


# --- what the house had kept already -------------------------------------------------------------------------


def test_the_draft_holds_what_was_sent_and_its_writer_reads_all_of_it(cast):
    kari, long = browser("kari"), WORDS * 9
    id = kari.post("/drafts", {"words": "The soup", "kind": "note", "family": code()})["X-Draft"]
    moved("excluded")("kari")
    answer = kari.post(where("kari"), form("kari", words=long, draft=id))
    assert given_back(answer) == [long] and 'href="/waiting"' in answer.content.decode()
    assert [one.texts for one in drafts.mine(number("kari")) if one.id == id] == [[long]]
    page = kari.get("/waiting").content.decode()
    assert long in page and "Hansen" not in page
    other = browser("rune").post(where("kari"), {"words": long, "draft": id})
    assert 'href="/waiting"' not in other.content.decode()
    assert [one.texts for one in drafts.mine(number("kari")) if one.id == id] == [[long]]


@pytest.mark.parametrize(("state", "address"), [("barred", "/me/story"), ("ended", "/me")])
def test_what_was_begun_in_the_familys_door_is_shown_to_its_writer(state, address, cast):
    anne = browser("anne")
    own = {"words": WORDS, "kind": "own", "path": "/me/write", "family": code()}
    assert anne.post("/drafts", own).status_code == 200
    assert WORDS not in anne.get("/me").content.decode()
    moved(state)("anne")
    assert WORDS in given_back(anne.get(address)) and WORDS not in browser("jonas").get("/me").content.decode()


@pytest.mark.parametrize("state", ["ended", "barred"])
@pytest.mark.parametrize("address", BEGUN)
def test_every_form_of_the_familys_door_gives_its_words_back(address, state, cast):
    moved(state)("anne")
    answer = browser("anne").post(f"/me/{address}", {**form("anne"), **BOXES, "kind": "own", "path": f"/me/{address}"})
    shown = set(given_back(answer))
    assert answer.status_code in (404, 422) or address == "again", answer.status_code
    assert shown >= ({WORDS} if answer.status_code == 422 else set(BOXES.values())), (answer.status_code, shown)


@pytest.mark.parametrize("state", ["ended", "barred"])
def test_what_was_said_of_a_promise_comes_back(state, cast):
    sql = "SELECT id FROM record_entry WHERE pk >> 20 = 1 AND kind = 'promises.made' AND author = %s"
    browser("anne").post("/me/promises/new", form("anne", due="2027-03-01", words="I ring."))
    settling.send_now(number("anne"), at=NOW)
    pages = [f"/me/p/{id}" for (id,) in rows(sql, [number("anne")])]
    page = next(page for page in pages if 'value="kept"' in browser("anne").get(page).content.decode())
    moved(state)("anne")
    assert_given_back(browser("anne").post(page, form("anne", act="kept")))


@pytest.mark.parametrize("address", OF_KARI)
def test_every_form_of_the_practices_door_gives_its_words_back(address, cast):
    moved("excluded")("kari")
    answer = browser("kari").post(f"/f/{code()}/{address}", {**form("kari"), **BOXES})
    assert answer.status_code == 404 and set(given_back(answer)) == set(BOXES.values())


@pytest.mark.parametrize("state", ["ended", "barred"])
@pytest.mark.parametrize("address", ["write", *BEGUN])
def test_so_does_each_when_the_visit_ran_out_as_well(address, state, cast):
    moved(state)("anne")
    anne, fields = browser("anne"), {**form("anne"), **BOXES}
    session = anne.session
    session["kept"] = {"path": f"/me/{address}", "form": {name: [value] for name, value in fields.items()}}
    session.save()
    assert WORDS in given_back(anne.get(f"/me/{address}"))


def test_a_form_that_does_not_say_its_room(cast):
    """Such as a search, or words taken out of what was settling."""
    moved("barred")("anne")
    anne = browser("anne")
    session = anne.session
    session["kept"] = {"path": "/me/write", "form": {"words": [WORDS]}}
    session.save()
    assert_given_back(anne.get("/me/write"))


def test_in_the_room_they_came_from(cast):
    """Turid helps two families: what she wrote for one comes back, and never stands in the form of the other."""
    codes_of = [one for (one,) in rows("SELECT code FROM record_family WHERE number IN (2, 3) ORDER BY number", [])]
    turid = browser("turid")
    session = turid.session
    session["room"] = codes_of[1]
    session["kept"] = {"path": "/me/write", "form": {"words": [WORDS], "room": [codes_of[0]]}}
    session.save()
    shown = turid.get("/me/write")
    assert given_back(shown) == [WORDS] and f'name="room" value="{codes_of[0]}"' in shown.content.decode()
    session["kept"] = {"path": "/me/write", "form": {"words": [WORDS], "room": ["nosuchcode22"]}}
    session.save()
    assert_given_back(turid.get("/me/write"))
    assert given_back(turid.get("/me/write")) == [""]

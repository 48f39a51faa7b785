"""Whatever form of the house is sent after an office's last day, nothing new is kept of it: no entry, no act that
waits, no draft. The same forms, sent before, are taken: so this can fail."""

import datetime as dt
import html
import re

import pytest

from alongside import clock, ids
from alongside.access import closing
from alongside.cast.story import TODAY, number, numbers
from alongside.record import settling
from alongside.record.kinds import KINDS
from alongside.record.reading import rows
from stories.worlds import EVERY, addresses, browser, plain_tokens

pytestmark = pytest.mark.django_db
WORDS = "The soup was warm and Jonas laughed."
LAST = dt.date(2027, 1, 31)
PEOPLE = ("kari", "anne", "berg", "tone", "odd", "geir")
ENDS_OR_TURNS = ("/sign-in", "/card", "/leave", "/look-around", "/visits", "/me/visits", "/language", "/invited")
FORM = {
    "words": WORDS, "text": WORDS, "why": WORDS, "p-1": WORDS, "name": "Aud Berg", "called": "Aud", "what": "place",
    "form": "add", "says": "yes", "act": "send", "to": "all", "mark": "team", "on": "2027-03-01", "until": "2027-03-01",
    "day": "2027-03-01", "due": "2027-03-01", "goodbye": WORDS, "login": "aud.berg", "unit": "unit North",
    "roles": "worker", "group": "family", "kind": "note", "ground": "asked", "born": "1990",
}  # fmt: skip


def kept() -> dict[str, list[tuple]]:
    """What is there of everything somebody may have written, but for what an office still takes."""
    goes_on = [name for name, one in KINDS.items() if one.goes_on is True]
    marks = ", ".join(["%s"] * len(goes_on))
    return {
        "entries": rows(f"SELECT kind, count(*) FROM record_entry WHERE kind NOT IN ({marks}) GROUP BY kind", goes_on),
        "waiting": rows("SELECT count(*) FROM record_pending", []),
        "drafts": rows("SELECT count(*) FROM dialogue_draft WHERE thrown_at IS NULL", []),
    }


def send_everything() -> list[tuple[str, str, int, bool]]:
    """Every form, by each of these people: (who, address, status, whether the words stand on the answer)."""
    codes = [code for (code,) in rows("SELECT code FROM record_family WHERE number = 1", [])]
    some = [id for (id,) in rows("SELECT MIN(id) FROM record_entry WHERE pk >> 20 = 1 GROUP BY kind", [])]
    some = some[:: 6 if EVERY else 12]  # more of them where a release is proven
    people = [id for (id,) in rows("SELECT id FROM record_person WHERE number = %s", [numbers()["mia"]])]
    found = []
    with plain_tokens():
        for who in PEOPLE:
            client = browser(who)
            for address in addresses(codes, some, method="POST", persons=people, door=client.door):
                if address.startswith(ENDS_OR_TURNS):
                    continue
                answer = client.post(address, {**FORM, "once": ids.new()})
                shown = WORDS in answer.content.decode(errors="replace") if not answer.streaming else False
                found.append((who, address, answer.status_code, shown))
                if answer.status_code == 303 and "/leave" in address:
                    client = browser(who)
    return found


def decide() -> None:
    how = {"strength": 3, "lang": "en", "at": clock.micros(TODAY)}
    one = closing.propose(by=number("odd"), last=LAST, words="Nordby goes on.", once="p", **how)[0]
    closing.answer(by=number("tone"), proposal=one.id, yes=True, words="", once="y", **how)


def test_nothing_is_taken_whatever_is_sent(cast, proven):
    decide()
    clock.install(lambda: TODAY + dt.timedelta(days=90))
    before = kept()
    answers = send_everything()
    assert kept() == before
    assert [one for one in answers if one[2] >= 500] == []
    refused = [one for one in answers if one[2] == 409]  # where a form has a sentence of its own it is 422
    lost = [one for one in refused if not one[3] and one[1] != "/drafts"]  # a draft is kept by a script, on its page
    proven("forms sent after an office's last day whose words were kept, or not given back", len(lost), of=len(refused))
    assert lost == [] and len(refused) > 5 and len(answers) > 500


def test_the_same_forms_are_taken_while_it_goes_on(cast):
    decide()
    before = kept()
    send_everything()
    after = kept()
    assert all(before[what] != after[what] for what in before)


BOX = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)
BEGUN = (
    "promises/new", "promises/ask", "appointments/ask", "meetings/point", "plan/write", "plan/child/write",
    "plan/needs/new", "plan/strengths/new", "plan/celebrate", "plan/say", "plan/hard-hours/write",
    "plan/hard-hours/review", "team/name", "team/for", "team/good-life", "team/who-i-am", "team/side", "again",
)  # fmt: skip
OF_KARI = (
    "plan/answer", "plan/celebrate", "plan/hard-hours/write", "praise", "promises/new", "appointments/new", "talk",
    "meetings/new", "team/name", "hand-over", "people/new", "account",
)  # fmt: skip


def after() -> None:
    clock.install(lambda: TODAY + dt.timedelta(days=90))


def test_a_form_that_was_open_over_midnight_gives_its_words_back(cast, proven):
    decide()
    after()
    (code,) = (code for (code,) in rows("SELECT code FROM record_family WHERE number = 1", []))
    boxes = {"words": WORDS, "mission": WORDS, "point-1": "Sleep.", "what-1": "ring", "name-1": "Aud"}
    forms = [("anne", f"/me/{one}") for one in BEGUN] + [("kari", f"/f/{code}/{one}") for one in OF_KARI]
    lost = []
    with plain_tokens():
        for who, address in forms:
            answer = browser(who).post(address, {**boxes, "kind": "own", "path": address, "once": ids.new()})
            shown = {html.unescape(text).strip() for text in BOX.findall(answer.content.decode())}
            if answer.status_code != 409 or shown != set(boxes.values()):
                lost.append((address, answer.status_code))
    proven("forms open over the end of an office's last day that lost their words", len(lost), of=len(forms))
    assert lost == []


def test_what_is_taken_out_after_the_end_comes_back(cast):
    decide()
    last = dt.datetime.combine(LAST, dt.time(23, 59, 40), TODAY.tzinfo)
    clock.install(lambda: last)
    with plain_tokens():
        anne = browser("anne")
        anne.post("/me/write", {"words": WORDS, "once": ids.new()})
        (waiting,) = settling.waiting(number("anne"))
        clock.install(lambda: last + dt.timedelta(minutes=61))
        answer = browser("anne").post(f"/me/waiting/{waiting.id}/undo", {"once": ids.new()})
    assert answer.status_code == 409 and WORDS in answer.content.decode() and settling.waiting(number("anne")) == []


def test_what_was_begun_can_still_be_read_by_its_writer(cast):
    decide()
    (code,) = (code for (code,) in rows("SELECT code FROM record_family WHERE number = 1", []))
    long = WORDS * 5
    with plain_tokens():
        own = {"words": long, "kind": "own", "path": "/me/write", "family": code}
        praise = {"words": long, "kind": "dialogue.praise", "path": f"/f/{code}/praise", "family": code}
        assert browser("anne").post("/drafts", own).status_code == 200
        draft = browser("kari").post("/drafts", praise)["X-Draft"]
        assert long not in browser("anne").get("/me").content.decode()
        after()
        assert long in browser("anne").get("/me").content.decode()
        assert long not in browser("jonas").get("/me").content.decode()
        answer = browser("kari").post(f"/drafts/{draft}/open")
        assert answer.status_code == 409 and long in answer.content.decode()

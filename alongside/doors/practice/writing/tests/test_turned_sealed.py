"""A phone in other hands tells nobody what is sealed: not by what is refused in a paragraph they do not see, and not by
what they type themselves."""

import pytest

from alongside import clock, ids
from alongside.cast.story import numbers
from alongside.dialogue import drafts
from alongside.doors.practice.writing.tests.page import chips, fields
from alongside.doors.practice.writing.tests.test_turned import heads, shown
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.statement import Statement

N = numbers()
STREET = "Spettvika 12"


def sealed() -> None:
    """Kari and Anne alone know of it."""
    body = {"words": [{"lang": "en", "text": f"She is in {STREET}."}], "terms": [STREET]}
    said = Statement("dialogue.passage", body, mark="sealed", about=(N["anne"],)).to(N["kari"], N["anne"])
    append([said], family=1, by=N["kari"], once=ids.new(), at=clock.micros(clock.now()))


def for_fewer(kari, write, code):
    """What is sent to show a note of which Jonas is not to read the second paragraph."""
    page = write(kari, f"Good day.\n\nAbout {STREET}.", there=("Jonas", "Anne"), act="look")
    form = fields(page)
    others = [one for one in form["reads-1"] if one != chips(page, "reads-1")["Jonas"]]
    return kari.post(f"/f/{code(1)}/write", {**form, "reads-1": others, "act": ["show"]})


def test_what_is_sealed_in_a_paragraph_they_do_not_see_is_told_to_its_writer_before(kari, write, code):
    sealed()
    answer = for_fewer(kari, write, code)
    assert answer.status_code == 422 and "These words are sealed" in answer.content.decode()
    assert kari.get("/today").status_code == 200  # it was not handed over


def test_nor_by_the_address_of_a_draft_that_was_kept_otherwise(kari, write, code):
    way = for_fewer(kari, write, code)["Location"]
    sealed()
    assert kari.get(way)["Location"] == f"/f/{code(1)}/write?draft={way.rsplit('/', 1)[1]}"
    assert kari.get("/today").status_code == 200


@pytest.mark.parametrize("answer", ["right", "not-quite"])
def test_what_was_sealed_since_the_page_was_turned_is_not_said_to_whoever_holds_it(kari, write, code, answer):
    way = for_fewer(kari, write, code)["Location"]
    form = fields(kari.get(way))
    sealed()
    before = rows("SELECT count(*) FROM record_entry", [])
    told = kari.post(way, {**form, "answer": answer, "words": "It was two nights."})
    page = told.content.decode()
    assert told.status_code == 404 and "Nothing was sent" in page and "Spettvika" not in page
    assert rows("SELECT count(*) FROM record_entry", []) == before
    assert kari.get(way, follow=True).redirect_chain[-1] == (f"/f/{code(1)}/given-back", 303)
    back = kari.post(f"/f/{code(1)}/given-back")["Location"]
    assert STREET in kari.get(back).content.decode()  # her own words, and saving tells her why


def test_a_guess_is_kept_as_any_other_words_are(kari, be, write):
    """And whoever it was finds it in their room as they typed it, and a colleague who may not know it finds a gap."""
    sealed()
    answers = []
    for guess in (STREET, "Ospeveien 17"):
        way = shown(kari, write, there=("Jonas", "Anne"))
        asks = kari.post(way, {**fields(kari.get(way)), "answer": "not-quite"})
        answers.append(kari.post(way, {**fields(asks), "words": f"Is it {guess}?"}))
        assert f"Is it {guess}?" in heads()
        assert kari.get(answers[-1]["Location"]).status_code == 200
        kari.post(answers[-1]["Location"].replace("shown", "given-back"))
    assert {answer.status_code for answer in answers} == {303} and len({one["Location"] for one in answers}) == 1
    (id,) = rows("SELECT id FROM record_entry WHERE body LIKE %s AND kind = 'dialogue.conversation'", [f"%{STREET}%"])[
        0
    ]
    assert f"Is it {STREET}?" in be("jonas").get(f"/me/n/{id}").content.decode()
    (code,) = rows("SELECT code FROM record_family WHERE number = 1", [])[0]
    lars = be("lars").get(f"/f/{code}/n/{id}").content.decode()
    assert "Is it" in lars and "Spettvika" not in lars


def test_whoever_holds_the_phone_asks_with_no_page_of_their_own(kari, write, code):
    """By what their browser can be made to send: other words under what is shown, or in a new draft to be shown."""
    sealed()
    way = shown(kari, write, words="Good day.", there=("Jonas", "Anne"))
    page = kari.get(way).content.decode()
    base, draft = way.rsplit("/", 1)
    form = {name: list(values) for name, values in drafts.open_one(N["kari"], draft).form.items()}
    told = []
    for guess in (STREET, "Ospeveien 17"):
        typed = {name: [one.replace("Good day.", f"It is {guess}.") for one in form[name]] for name in form}
        assert typed != form
        for under in (draft, ""):
            kept = kari.post("/drafts", {**typed, "draft": under, "family": code(1), "kind": "note"})
            new = kari.get(f"{base}/{kept['X-Draft']}")
            told.append((kept.status_code, kept["X-Draft"] != draft, new.status_code, new.get("Location")))
            assert "Good day." in kari.get(way).content.decode() and guess not in kari.get(way).content.decode()
    assert set(told) == {(200, True, 303, f"/f/{code(1)}/given-back")} and "Good day." in page

"""Show it now: only what everybody there may read, three answers, in the record at once."""

import pytest

from alongside import clock, ids
from alongside.access.policy import ties
from alongside.access.relationship import as_its_grant
from alongside.cast.story import numbers
from alongside.dialogue import drafts
from alongside.doors.practice.writing.tests.page import chips, fields
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.reading import rows


def heads():
    sql = (
        "SELECT body FROM record_entry WHERE kind = 'dialogue.conversation' ORDER BY recorded_at DESC, pk DESC LIMIT 1"
    )
    return rows(sql, [])[0][0]


def shown(kari, write, words="Mia, you ran.\n\nAnne, you laughed.", there=("Mia", "Anne"), **more):
    return write(kari, words, there=there, act="show", **more)["Location"]


def test_what_everybody_may_read_is_shown_large(kari, write):
    page = kari.get(shown(kari, write)).content.decode()
    assert "Mia and Anne, is this right?" in page and "Mia, you ran." in page
    assert "All of you, Kari and the other helpers can read this." in page
    assert all(words in page for words in ("That’s right", "Not quite", "Add something", "Turn the page round"))


def test_what_one_of_them_may_not_read_is_not_there(kari, write, code):
    page = write(kari, "Good day.\n\nAbout the gift.", there=("Mia", "Anne"), act="look")
    form = fields(page)
    form = {
        **form,
        "reads-1": [one for one in form["reads-1"] if one != chips(page, "reads-1")["Mia"]],
        "act": ["show"],
    }
    page = kari.get(kari.post(f"/f/{code(1)}/write", form)["Location"]).content.decode()
    assert "Good day." in page and "gift" not in page


def test_with_nothing_to_show_there_is_no_such_page(kari, write):
    assert write(kari, "Words.", there=(), act="show").status_code == 422
    answer = write(kari, "Words.", there=("Elin", "Morten"), act="show", family=3)
    assert answer.status_code == 422 and "everybody who was there may read" in answer.content.decode()


def test_right_goes_into_the_record_at_once(kari, write, reads):
    way = shown(kari, write)
    assert not settling.waiting(numbers()["kari"]) and "Mia, you ran." not in reads("anne")
    form = {**fields(kari.get(way)), "answer": "right"}
    done = kari.post(way, form)
    assert done.status_code == 303 and "Thank you" in kari.get(done["Location"]).content.decode()
    assert "Mia, you ran." in reads("anne") + reads("mia") and '"answer":"right"' in heads()
    assert not drafts.mine(numbers()["kari"]) and not settling.waiting(numbers()["kari"])
    assert kari.post(way, form)["Location"] == done["Location"]  # tapped twice
    assert reads("anne").count("Mia, you ran.") == 1


def test_not_quite_asks_for_words_and_keeps_them(kari, write):
    way = shown(kari, write)
    asks = kari.post(way, {**fields(kari.get(way)), "answer": "not-quite"})
    assert asks.status_code == 200 and "What is not quite right?" in asks.content.decode()
    done = kari.post(way, {**fields(asks), "words": "It was two nights."})
    assert done.status_code == 303
    assert '"shown":{"answer":"not-quite","words":"It was two nights."}' in heads()


def test_adding_nothing_is_asked_again(kari, write):
    way = shown(kari, write)
    asks = kari.post(way, {**fields(kari.get(way)), "answer": "added", "words": " "})
    assert asks.status_code == 422 and "no words yet" in asks.content.decode()


def test_going_back_leads_to_the_composer_with_everything(kari, write, code, settings):
    way = shown(kari, write)
    draft = way.rsplit("/", 1)[1]
    page = kari.get(way).content.decode()
    assert "/given-back" in page and "Back to Kari" in page
    back = f"/f/{code(1)}/given-back"
    settings.DEMO = True
    done = kari.post(back)
    assert done["Location"] == f"/f/{code(1)}/write?draft={draft}"
    form = fields(kari.get(done["Location"]))
    assert form["p-0"] == ["Mia, you ran."] and len(form["there"]) == 2


def test_others_and_odd_answers_find_nothing(kari, be, write, code):
    way = shown(kari, write)
    assert be("lars").get(way).status_code == 404 and be("anne").get(way).status_code == 404
    assert kari.post(way, {"answer": "perhaps"}).status_code == 404
    assert kari.get(f"/f/{code(2)}/show/{way.rsplit('/', 1)[1]}").status_code == 404
    assert be("anne").get(f"/f/{code(1)}/given-back").status_code == 404
    assert kari.post(f"/f/{code(1)}/show/nothere", {"answer": "right", "once": "never"}).status_code == 404


def test_not_quite_is_seen_by_those_who_read_the_note(kari, be, write, code):
    way = shown(kari, write)
    form = {**fields(kari.get(way)), "answer": "not-quite", "words": "It was two nights."}
    kari.post(way, form)
    (id,) = rows(
        "SELECT id FROM record_entry WHERE kind = 'dialogue.conversation' ORDER BY recorded_at DESC, pk DESC LIMIT 1",
        [],
    )[0]
    for browser, pages in ((be("kari"), (f"/f/{code(1)}", f"/f/{code(1)}/n/{id}", f"/f/{code(1)}/story")),
                           (be("anne"), (f"/me/n/{id}", "/me/story"))):  # fmt: skip
        for path in pages:
            page = browser.get(path).content.decode()
            assert "not quite" in page and "“It was two nights.”" in page and "Said when it was shown, 20 Nov" in page
    assert "Shown to Mia and you: not quite" in be("anne").get(f"/me/n/{id}").content.decode()
    page = be("kari").get(f"/f/{code(1)}").content.decode()
    assert "Visit, at home" in page
    apart = page[page.index("Not agreed") : page.index("Two teams")]
    assert "Shown to Mia and Anne: not quite" in apart and "Mia, you ran." in apart


def test_right_is_not_among_what_is_not_agreed(kari, be, write, code):
    way = shown(kari, write)
    kari.post(way, {**fields(kari.get(way)), "answer": "right"})
    page = be("kari").get(f"/f/{code(1)}").content.decode()
    assert "that is right" in page and "Shown to" not in page[page.index("Not agreed") : page.index("Two teams")]


def test_in_other_hands_every_page_leads_to_giving_it_back(kari, write, code):
    way, back = shown(kari, write), f"/f/{code(1)}/given-back"
    kari.get(way)
    draft = way.rsplit("/", 1)[1]
    for path in ("/families", "/waiting", f"/f/{code(1)}", f"/f/{code(1)}/write", f"/f/{code(1)}/write?draft={draft}"):
        answer = kari.get(path)
        assert answer.status_code == 303 and answer["Location"] == back
    again = write(kari, "Mia, you ran.", there=(), act="look")  # sent once more by going back
    assert again.status_code == 303 and not settling.waiting(numbers()["kari"])
    kari.post(way, {**fields(kari.get(way)), "answer": "right"})
    assert kari.get(way)["Location"] == f"/f/{code(1)}/shown"
    page = kari.get(back).content.decode()
    assert "This goes back to Kari" in page and "Kari, go on" in page and "Mia, you" not in page


def test_in_other_hands_no_form_is_sent(kari, write, code):
    """One that stood open before, in a page that the browser kept."""
    form = kari.get(f"/f/{code(1)}/promises/new")
    kept = {**fields(form), "words": "I ring on Sundays."}
    kari.get(shown(kari, write))
    before = rows("SELECT count(*) FROM record_entry", [])
    answer = kari.post(f"/f/{code(1)}/promises/new", kept)
    assert answer.status_code == 303 and answer["Location"] == f"/f/{code(1)}/given-back"
    assert not settling.waiting(numbers()["kari"]) and rows("SELECT count(*) FROM record_entry", []) == before


def ended(who="kari", state="excluded"):
    """Her place in the family, from this moment on."""
    mine = [as_its_grant(tie, state, why="So it is.") for tie in ties(1) if tie.person == numbers()[who]]
    append(mine, family=1, by=numbers()["ingrid"], once=ids.new(), at=clock.micros(clock.now()))


@pytest.mark.parametrize("state", ["excluded", "ended"])
def test_where_her_place_ended_meanwhile_the_phone_goes_back_all_the_same(kari, write, code, state):
    """Whoever holds it said something to a page that is not there any more: it comes back, and is not kept."""
    way, back = shown(kari, write), f"/f/{code(1)}/given-back"
    asks = kari.post(way, {**fields(kari.get(way)), "answer": "not-quite"})
    before = rows("SELECT count(*) FROM record_entry", [])[0][0]
    ended(state=state)
    answer = kari.post(way, {**fields(asks), "words": "It was two nights."})
    page = answer.content.decode()
    assert answer.status_code == 404 and "Nothing was sent" in page and "It was two nights.</textarea>" in page
    assert f'href="{back}"' in page and "You can tell Kari yourself" in page
    tapped = kari.post(way, {**fields(asks), "answer": "right", "words": ""}).content.decode()
    assert "Nothing was sent" in tapped and "<textarea" not in tapped
    assert rows("SELECT count(*) FROM record_entry", [])[0][0] == before + 1  # that her place ended, and nothing more
    for path in (way, "/today", f"/f/{code(1)}/shown", f"/f/{code(1)}/write", "/waiting", "/nothing/there"):
        assert kari.get(path)["Location"] == back, path
    asked = kari.get(back).content.decode()
    assert "This goes back to Kari" in asked and "Hansen" not in page + asked and "Mia" not in page + asked
    done = kari.post(back)
    assert done["Location"] == "/waiting"  # her own words are there
    waiting = kari.get("/waiting").content.decode()
    assert "Mia, you ran." in waiting and "Hansen" not in waiting
    assert kari.get("/today").status_code == 200 and kari.get(f"/f/{code(1)}").status_code == 404


def test_where_her_place_ended_after_the_answer_they_are_thanked(kari, write, code):
    way = shown(kari, write)
    done = kari.post(way, {**fields(kari.get(way)), "answer": "right"})
    ended()
    assert "Thank you" in kari.get(done["Location"]).content.decode()
    assert kari.get(way)["Location"] == f"/f/{code(1)}/given-back"
    assert kari.post(f"/f/{code(1)}/given-back")["Location"] == "/today"
    assert kari.get(f"/f/{code(1)}/shown").status_code == 404


def test_where_her_words_went_another_way_meanwhile_nobody_is_told_that_their_answer_is_kept(kari, be, write, code):
    """She threw them away on another device, or sent them from there."""
    way, back = shown(kari, write), f"/f/{code(1)}/given-back"
    form = fields(kari.get(way))
    drafts.drop(numbers()["kari"], way.rsplit("/", 1)[1])
    page = kari.post(way, {**form, "answer": "not-quite", "words": "It was two nights."}).content.decode()
    assert "Nothing was sent" in page and "It was two nights.</textarea>" in page
    assert kari.get(way)["Location"] == back
    assert kari.post(back)["Location"] == f"/f/{code(1)}"


def test_its_owner_goes_on_with_a_second_factor(kari, write, code):
    from alongside.access import visits
    from alongside.access.models import Account, VisitOpen

    Account.objects.filter(login="kari").update(totp="set")
    way, back = shown(kari, write), f"/f/{code(1)}/given-back"
    kari.post(way, {**fields(kari.get(way)), "answer": "right"})
    answer = kari.post(back)
    assert answer["Location"].startswith("/again?to=")
    assert kari.get(back).status_code == 200  # not yet
    row = VisitOpen.objects.get(pk=kari.session["visit"])
    assert not row.proved
    visits.prove(row, at=row.last)
    assert kari.get(back)["Location"] == f"/f/{code(1)}"
    assert kari.get(f"/f/{code(1)}").status_code == 200


def test_without_a_second_factor_one_tap_goes_on(kari, write, code):
    way, back = shown(kari, write), f"/f/{code(1)}/given-back"
    kari.post(way, {**fields(kari.get(way)), "answer": "right"})
    assert kari.post(back)["Location"] == f"/f/{code(1)}"
    assert kari.get(back)["Location"] == f"/f/{code(1)}"  # given back long ago


def test_two_notes_of_one_visit_are_told_apart_among_what_is_new(kari, be, write):
    for words in ("Mia, you ran.", "Mia, you sang."):
        way = shown(kari, write, words)
        kari.post(way, {**fields(kari.get(way)), "answer": "right"})
        kari.post(way.split("/show/")[0] + "/given-back")
    page = be("anne").get("/me").content.decode()
    assert page.count("<b>Kari: our visit on Friday, in the afternoon</b><span>20 Nov, 16:00.") == 2
    assert "Everything new" in page

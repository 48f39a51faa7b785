"""One note: sentence by sentence, answers beside; and what a worker may do with a sentence."""

import pytest

from alongside import clock
from alongside.cast.story import TODAY, numbers
from alongside.record.reading import rows
from alongside.record.settling import send_now, waiting


@pytest.fixture
def note(be, code, said):
    """`note("kari", 1, 62, "/answer")`: a page about a statement, followed to where it stands."""
    return lambda who, family, n, more="": be(who).get(f"/f/{code(family)}/n/{said(family, n)}{more}", follow=True)


@pytest.fixture
def send(be, code, said, field):
    """Fill in a form of a sentence and send it."""

    def act(who, family, n, name, **words):
        browser, path = be(who), f"/f/{code(family)}/n/{said(family, n)}/{name}"
        shown = browser.get(path)
        return browser, browser.post(path, {"once": field(shown, "once"), **words})

    return act


def _settle():
    for number in numbers().values():
        send_now(number, at=clock.micros(TODAY))


def test_a_sentence_and_its_answer(note, main):
    page = note("kari", 1, 62)
    words = main(page)
    assert "What Kari saw, 3 Nov 2025" in words and "I had been awake 22 hours" in words
    assert "Anne, and those who work with the family, can read this" in words


def test_a_passage_leads_to_its_conversation(be, code, said, main):
    browser = be("kari")
    away = browser.get(f"/f/{code(1)}/n/{said(1, 6)}")
    assert away.status_code == 302 and away["Location"].endswith(f"#s-{said(1, 6)}") or away.status_code == 200
    words = main(browser.get(away["Location"], follow=True))
    assert "First visit at home" in words and "three nights a week at Ternetun" in words


def test_a_correction_stands_first_the_old_words_beside(note, main):
    words = main(note("kari", 1, 20))
    assert words.index("I wrote that wrongly") < words.index("Per did not fetch Mia")
    assert "Before it was corrected" in words


def test_what_became_of_a_goal_stands_on_its_page(note, main):
    words = main(note("kari", 1, 47))
    assert words.index("Mia's goal") < words.index("Wenche hums") < words.index("I hear her snore")


def test_hidden_and_absent_are_the_same(be, code, said, plain):
    tone = be("tone")
    hidden = tone.get(f"/f/{code(1)}/n/{said(1, 64)}")
    absent = tone.get(f"/f/{code(1)}/n/{'0' * 32}")
    other = tone.get(f"/f/{code(1)}/n/{said(2, 7)}")
    assert {page.status_code for page in (hidden, absent, other)} == {404}
    assert plain(hidden) == plain(absent) == plain(other)


def test_what_was_written_later_is_not_there_then(be, code, said, main):
    ingrid, place = be("ingrid"), f"/f/{code(1)}/n/{said(1, 62)}"
    then = ingrid.get(f"{place}?at=2025-11-03T23:00")
    assert "22 hours" not in main(then) and "Answer" not in main(then) and "can read this" not in main(then)
    assert ingrid.get(f"{place}?at=2025-11-01").status_code == 404
    assert ingrid.get(f"{place}/answer?at=2025-11-03").status_code == 404


def test_answering_waits_then_stands_beside(send, code, said, main):
    browser, done = send("kari", 1, 63, "answer", words="You are right. I did not ask.")
    assert done.status_code == 303
    words = main(browser.get(done["Location"].split("#")[0]))
    assert "You, not sent yet You are right. I did not ask." in words
    assert len(waiting(numbers()["kari"])) == 1
    _settle()
    assert "Kari answered You are right. I did not ask." in main(browser.get(f"/f/{code(1)}/n/{said(1, 62)}"))


def test_sent_twice_is_kept_once_and_other_words_are_told(be, code, said, field, main):
    browser, path = be("kari"), f"/f/{code(1)}/n/{said(1, 62)}/answer"
    once = field(browser.get(path), "once")
    for _twice in range(2):
        assert browser.post(path, {"once": once, "words": "One."}).status_code == 303
    assert len(waiting(numbers()["kari"])) == 1
    other = browser.post(path, {"once": once, "words": "Two."})
    assert other.status_code == 422 and "Two." in main(other) and field(other, "once") != once


@pytest.mark.parametrize("words", ["", "   ", "\n\r\n", "x" * 1_000_001], ids=["none", "blank", "lines", "long"])
def test_words_that_cannot_be_kept_are_told_and_stay(send, words):
    _browser, page = send("kari", 1, 62, "answer", words=words)
    assert page.status_code == 422 and words.encode() in page.content.replace(b"\n", b"\r\n") + page.content
    assert waiting(numbers()["kari"]) == []


@pytest.mark.parametrize("words", ["a\0b", "\u202eback", "\U0001f60a", "<b>&amp;", "سلام", "%s {{ 1 }}"])
def test_odd_characters_are_kept_as_they_are_or_refused(send, words):
    _browser, page = send("kari", 1, 62, "answer", words=words)
    assert page.status_code in (303, 422)


def test_correcting_is_for_the_author(send, be, code, said, main):
    browser, done = send("kari", 1, 62, "correct", words="Anne was tired after a night shift.")
    assert done.status_code == 303
    words = main(browser.get(done["Location"].split("#")[0]))
    assert words.index("Anne was tired after") < words.index("Before it was corrected") < words.index("Anne was flat")
    assert be("lars").get(f"/f/{code(1)}/n/{said(1, 62)}/correct").status_code == 404


def test_taking_back_stands_first(send, be, code, main):
    browser, done = send("kari", 1, 105, "take-back", why="said too early")
    assert done.status_code == 303
    words = main(browser.get(done["Location"].split("#")[0]))
    assert words.index("Kari took these words back on 20 Nov") < words.index("said too early")
    assert words.index("said too early") < words.index("The words that were taken back")
    assert "It is about the rent and nothing else" not in main(browser.get(f"/f/{code(1)}"))


def test_opening_needs_a_person_and_a_reason(send, be, code, said, main):
    per = numbers()["per"]
    from alongside.families.queries import ids

    per_id = ids([per])[per]
    _browser, page = send("kari", 1, 62, "open-to", reason="It is about both.")
    assert page.status_code == 422 and "Choose at least one person." in main(page)
    _browser, page = send("kari", 1, 62, "open-to", to=per_id, reason=" ")
    assert page.status_code == 422 and "Say why" in main(page)
    browser, done = send("kari", 1, 62, "open-to", to=per_id, reason="It is about both.")
    assert done.status_code == 303
    note = done["Location"].split("#")[0]
    assert "You open it to Per, not sent yet" in main(browser.get(note))
    (act,) = waiting(numbers()["kari"])
    assert "Per: It is about both." in main(browser.get("/waiting"))
    send_now(numbers()["kari"], at=act.due_at)
    assert "Anne and Per, and those who work" in main(browser.get(note))
    assert be("per").get(f"/me/n/{said(1, 62)}", follow=True).status_code == 200


def test_a_childs_words_are_opened_only_when_the_child_was_asked(send, main):
    anne = numbers()["anne"]
    from alongside.families.queries import ids

    sent = {"to": ids([anne])[anne], "reason": "It would help."}
    _browser, page = send("kari", 1, 10, "open-to", **sent)
    assert page.status_code == 422 and "Ask the person first" in main(page)


def test_nobody_in_danger_is_offered(be, code, main):
    chips = main(be("kari").get(f"/f/{code(3)}/praise"))
    assert "Elin" in chips[chips.index("To whom") :] and "Morten" not in chips


def test_pinning_and_taking_off(send, be, code, said, main):
    _browser, page = send("kari", 1, 62, "pin", on="worry", part="words that are not there")
    assert page.status_code == 422 and "word for word" in main(page)
    _browser, page = send("kari", 1, 62, "pin", on="nowhere")
    assert page.status_code == 422
    browser, done = send("kari", 1, 62, "pin", on="worry", part="answered in single words")
    assert done.status_code == 303
    now = main(browser.get(f"/f/{code(1)}"))
    now = now[now.index("Right now") : now.index("Lately")]
    assert "answered in single words" in now and "22 hours" in now  # the answer comes with it
    send("kari", 1, 62, "pin", on="off-worry")
    now = main(browser.get(f"/f/{code(1)}"))
    assert "answered in single words" not in now[now.index("Right now") : now.index("Lately")]


def test_saying_how_a_question_was_heard(send, be, code, said, field, main):
    kari, answer = send("kari", 1, 101, "heard")  # said already, with a promise
    assert answer.status_code == 422 and "Meanwhile you answered it." in main(answer)
    assert kari.get(f"/f/{code(1)}/n/{said(1, 101)}/heard").status_code == 404
    anne, path = be("anne"), f"/me/n/{said(1, 105)}/answer"
    anne.post(
        path, {"once": field(anne.get(path), "once"), "form": "ask", "text": "May Per come?", "words": "May Per come?"}
    )
    _settle()
    id = rows("SELECT id FROM record_entry ORDER BY recorded_at DESC, pk DESC LIMIT 1", [])[0][0]
    kari, path = be("kari"), f"/f/{code(1)}/n/{id}/heard"
    assert path in kari.get(f"/f/{code(1)}/n/{said(1, 105)}").content.decode()  # beside its sentence
    assert "Anne asks: May Per come?" in main(kari.get(f"/f/{code(1)}"))
    once = field(kari.get(path), "once")
    for due in ("", "soon", "2026-11-19"):
        assert "by which day" in main(kari.post(path, {"once": once, "words": "About Per.", "due": due}))
    assert kari.post(path, {"once": once, "words": "About Per.", "due": "2026-11-24"}).status_code == 303
    assert path not in kari.get(f"/f/{code(1)}/n/{said(1, 105)}").content.decode()
    words = main(kari.get(f"/f/{code(1)}"))
    assert "Kari answers Anne: May Per come? by Tuesday 24 November 2026" in words


def test_praise_goes_to_those_it_is_for(be, code, field, main):
    browser, path = be("kari"), f"/f/{code(1)}/praise"
    shown = browser.get(path)
    anne = numbers()["anne"]
    from alongside.families.queries import ids

    assert "Write what went well, and choose at least one person." in main(browser.post(path, {"words": " "}))
    none = browser.post(path, {"once": field(shown, "once"), "words": "You came."})
    assert none.status_code == 422 and "You came." in main(none)
    done = browser.post(path, {"once": field(shown, "once"), "words": "You came.", "to": ids([anne])[anne]})
    assert done.status_code == 303
    _settle()
    assert "You came." in main(browser.get(f"/f/{code(1)}"))


def test_every_form_is_closed_to_others(be, code, said, client):
    for name in ("answer", "heard", "correct", "take-back", "open-to", "pin"):
        path = f"/f/{code(1)}/n/{said(1, 62)}/{name}"
        assert be("rune").get(path).status_code == be("rune").post(path).status_code == 404
        assert be("kari").put(path).status_code == 405
        assert client.get(path, HTTP_HOST="127.0.0.1").status_code == 303
    assert be("tone").get(f"/f/{code(1)}/n/{said(1, 62)}/answer").status_code == 404


def test_words_come_back_after_a_visit_ran_out(be, code, said, main):
    browser, path = be("kari"), f"/f/{code(1)}/n/{said(1, 62)}/answer"
    session = browser.session
    session["kept"] = {"path": path, "form": {"words": ["Half a sentence"], "once": ["ab" * 16]}}
    session.save()
    assert "Half a sentence" in main(browser.get(path)) and "Half a sentence" not in main(browser.get(path))


def test_correcting_begins_with_the_words_and_the_same_words_are_no_correction(be, code, said, field):
    kari, path = be("kari"), f"/f/{code(1)}/n/{said(1, 62)}/correct"
    page = kari.get(path)
    assert "answered in single words.</textarea>" in page.content.decode()
    same = kari.post(path, {"once": field(page, "once"), "words": "Anne was flat today and answered in single words."})
    assert same.status_code == 422 and "The words are the same as before" in same.content.decode()
    kari.post(path, {"once": field(page, "once"), "words": "Anne was tired."})
    assert "Anne was tired.</textarea>" in kari.get(path).content.decode()


def test_answers_to_the_old_words_stand_under_them_on_both_doors(send, be, code, said, main):
    send("kari", 1, 62, "correct", words="Anne was tired after a night shift.")
    for browser, way in ((be("kari"), f"/f/{code(1)}/n/{said(1, 62)}"), (be("anne"), f"/me/n/{said(1, 62)}")):
        words = main(browser.get(way, follow=True))
        places = [words.index(part) for part in ("Anne was tired after", "Before it was corrected", "22 hours")]
        assert places == sorted(places)
    assert "22 hours" in main(be("anne").get("/me/story")) and "22 hours" in main(be("kari").get(f"/f/{code(1)}/story"))


def test_who_opened_it_sees_to_whom_and_when(send, be, code, said, main):
    from alongside.families.queries import ids

    per = numbers()["per"]
    send("kari", 1, 62, "open-to", to=ids([per])[per], reason="It is about both.")
    send_now(numbers()["kari"], at=waiting(numbers()["kari"])[0].due_at)
    way = f"/f/{code(1)}/n/{said(1, 62)}"
    assert "you opened it to Per, 20 Nov" in main(be("kari").get(way, follow=True))
    assert "you opened it" not in main(be("lars").get(way, follow=True))

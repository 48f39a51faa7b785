"""Saying something: before it what will happen to it, after it the way back."""

import re
from dataclasses import replace

import pytest

from alongside import clock
from alongside.access.grants import changed
from alongside.cast.story import TODAY, numbers
from alongside.doors.family.circle import Circle
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.reading import rows

NOW = clock.micros(TODAY)


def later(seconds: int = 120) -> int:
    """Let what waits go in."""
    return settling.settle(NOW + seconds * 1_000_000)


def test_what_happens_to_my_words_comes_before_the_first_field(be, said):
    page = be("anne").get(f"/me/n/{said(1, 62)}/answer").content.decode()
    start = page.index("What will happen to what I write")
    assert start < page.index('type="radio"') < page.index("<textarea")
    assert "You, Kari, Lars and Ingrid can read your answer." in page
    assert "in court" in page and "take it back" in page


@pytest.mark.parametrize("form", ["agree", "no", "must", "time", "advocate"])
def test_a_grade_alone_is_enough(be, said, form):
    browser = be("anne")
    sent = browser.post(f"/me/n/{said(1, 7)}/answer", {"form": form, "words": "", "once": "a" * 32})
    assert sent.status_code == 303
    assert sent.headers["Location"].startswith(f"/me/n/{said(1, 7)}?done=sent")
    assert "Not sent yet" in browser.get(f"/me/n/{said(1, 7)}").content.decode()


def test_an_answer_goes_and_stands_beside(be, said, main):
    browser = be("anne")
    browser.post(f"/me/n/{said(1, 7)}/answer", {"form": "differ", "words": "Two piles.", "once": "b" * 32})
    assert b"Two piles." not in be("per").get("/me/story").content
    later()
    assert "You see it differently Two piles." in main(browser.get(f"/me/n/{said(1, 7)}"))


def test_nothing_said_is_told_and_nothing_lost(be, said):
    browser = be("anne")
    empty = browser.post(f"/me/n/{said(1, 7)}/answer", {"form": "", "words": "  "})
    assert empty.status_code == 422
    assert "Write a few words first" in empty.content.decode()
    odd = browser.post(f"/me/n/{said(1, 7)}/answer", {"form": "<b>", "words": "My <i>words</i>"})
    assert odd.status_code == 422
    assert "My &lt;i&gt;words" in odd.content.decode()


def test_twice_is_once(be, said):
    browser = be("anne")
    form = {"form": "agree", "words": "Yes.", "once": "c" * 32}
    for _ in range(2):
        assert browser.post(f"/me/n/{said(1, 7)}/answer", form).status_code == 303
    assert len(settling.waiting(numbers()["anne"])) == 1
    other = browser.post(f"/me/n/{said(1, 7)}/answer", form | {"words": "Other words."})
    assert other.status_code == 422 and "Other words." in other.content.decode()
    assert 'name="once" value="' + "c" * 32 not in other.content.decode()


def test_what_is_not_there_cannot_be_answered(be, said):
    for id in (said(1, 9), "0" * 32):
        assert be("anne").post(f"/me/n/{id}/answer", {"form": "agree"}).status_code == 404


def test_taken_out_again_the_words_are_in_the_box(be, said):
    browser = be("anne")
    browser.post(f"/me/n/{said(1, 7)}/answer", {"form": "no", "words": "Not so."})
    (one,) = settling.waiting(numbers()["anne"])
    gone = browser.post(f"/me/waiting/{one.id}/undo")
    page = browser.get(gone.headers["Location"]).content.decode()
    assert "Nobody has read it" in page and "Not so." in page
    assert not settling.waiting(numbers()["anne"])
    assert browser.post(f"/me/waiting/{one.id}/undo").headers["Location"] == "/me?done=gone"


def test_nobody_takes_out_or_sends_the_words_of_another(be, said):
    be("anne").post(f"/me/n/{said(1, 7)}/answer", {"form": "no", "words": "Not so."})
    (one,) = settling.waiting(numbers()["anne"])
    for act in ("undo", "send"):
        be("per").post(f"/me/waiting/{one.id}/{act}")
    assert [w.id for w in settling.waiting(numbers()["anne"])] == [one.id]


def test_send_now(be, said):
    browser = be("anne")
    browser.post(f"/me/n/{said(1, 7)}/answer", {"form": "no", "words": "Not so."})
    (one,) = settling.waiting(numbers()["anne"])
    browser.post(f"/me/waiting/{one.id}/send")
    page = browser.get(f"/me/n/{said(1, 7)}").content.decode()
    assert "Not so." in page and "Not sent yet" not in page


def test_own_words_for_the_helpers(be, main):
    browser = be("anne")
    assert browser.post("/me/write", {"words": "We slept.", "who": "team"}).headers["Location"] == "/me?done=sent"
    assert "Not sent yet" in browser.get("/me").content.decode()
    later()
    assert "We slept." in main(browser.get("/me/story"))
    assert b"We slept." not in be("jonas").get("/me/story").content


def test_only_kari(be):
    be("anne").post("/me/write", {"words": "Between us.", "who": "one"})
    later()
    found = rows("SELECT mark, pk FROM record_entry WHERE body LIKE %s", ["%Between us.%"])
    assert [one[0] for one in found] == ["persons"]
    named = {p for (p,) in rows("SELECT person FROM record_reader WHERE entry = %s", [found[0][1]])}
    assert named == {numbers()["anne"], numbers()["kari"]}


def _chips(page: str, name: str) -> dict[str, str]:
    """The people a form offers: {name: what the form calls them}."""
    return {
        chunk.split("</span>")[0].rsplit("</svg>", 1)[-1]: chunk.split('"')[0]
        for chunk in page.split(f'name="{name}" value="')[1:]
    }


def test_named_beside(be):
    browser = be("anne")
    chips = _chips(browser.get("/me/write").content.decode(), "also")
    browser.post("/me/write", {"words": "For you too.", "who": "team", "also": [chips["Jonas"], "nobody", "4"]})
    later()
    assert b"For you too." in be("jonas").get("/me/story").content
    assert b"For you too." not in be("per").get("/me/story").content


def test_nobody_is_offered_across_a_hazard(be):
    assert "Morten" not in _chips(be("elin").get("/me/write").content.decode(), "also")
    assert "Elin" not in _chips(be("morten").get("/me/write").content.decode(), "also")


def test_nothing_goes_across_a_hazard(be, monkeypatch):
    """Were they ever offered to each other, by a grant both read. Elin knows, and is told that she cannot send to
    Morten by a slip of the finger; the words stay in the box. He does not know, so he is refused nothing; what he
    says never reaches her."""
    for who, other in (("elin", "Morten"), ("morten", "Elin")):
        browser = be(who)
        whom = (numbers()[other.lower()],)
        monkeypatch.setattr(Circle, "family", property(lambda _self, whom=whom: whom))
        chip = _chips(browser.get("/me/write").content.decode(), "also")[other]
        for kind in ("team", "one"):
            sent = browser.post("/me/write", {"words": f"Where are you, {other}?", "who": kind, "also": chip})
            if (who, kind) == ("morten", "team"):
                assert sent.status_code == 303
                continue
            assert sent.status_code == 422
            why = {"team": "This cannot be shared with them here.", "one": "and other people too."}
            assert why[kind] in sent.content.decode()
            assert f"Where are you, {other}?" in sent.content.decode()
    later()
    named = rows(
        "SELECT r.person FROM record_reader r JOIN record_entry e ON e.pk = r.entry WHERE e.body LIKE %s",
        ["%Where are you, Elin?%"],
    )
    assert (numbers()["morten"],) in named and (numbers()["elin"],) not in named
    assert "Where are you" not in be("elin").get("/me/story").content.decode()


def test_his_own_worker_reads_what_he_writes(be):
    be("morten").post("/me/write", {"words": "I came on Tuesday.", "who": "team"})
    later()
    entry = rows("SELECT pk FROM record_entry WHERE body LIKE %s", ["%I came on Tuesday.%"])[0][0]
    named = {p for (p,) in rows("SELECT person FROM record_reader WHERE entry = %s", [entry])}
    assert named == {numbers()["morten"], numbers()["marit"]}


def test_under_a_hazard_nobody_is_listed_on_what_came_since(be, said, main):
    """And the sentence is the one everybody reads: words of its own would tell of the hazard."""
    browser = be("morten")
    for id in (said(3, 50), said(3, 51), said(3, 57), said(3, 63)):
        words = main(browser.get(f"/me/n/{id}"))
        own = "You wrote this" in words
        assert ("For your helpers." if own else "You and your helpers can read this.") in words


def test_sharing_own_words(be, said):
    browser = be("anne")
    page = browser.get(f"/me/n/{said(1, 98)}/share").content.decode()
    assert "Who may read it?" in page
    assert browser.post(f"/me/n/{said(1, 98)}/share", {}).status_code == 422
    chip = _chips(page, "to")["Per"]
    assert browser.post(f"/me/n/{said(1, 98)}/share", {"to": chip, "once": "7" * 32}).status_code == 303
    assert b"You share this with Per" in browser.get(f"/me/n/{said(1, 98)}").content
    (act,) = settling.waiting(numbers()["anne"])
    settling.send_now(numbers()["anne"], at=act.due_at)
    assert b"We did not need you." in be("per").get("/me/story").content
    assert b"Shared with Per, 20 Nov." in browser.get(f"/me/n/{said(1, 98)}").content
    assert b"Shared with" not in be("per").get(f"/me/n/{said(1, 98)}").content


def test_a_mistaken_share_is_taken_out_before_anybody_has_it(be, said):
    browser = be("anne")
    words = b"We did not need you."
    assert words not in be("per").get("/me/story").content
    page = browser.get(f"/me/n/{said(1, 98)}/share").content.decode()
    chip = _chips(page, "to")["Per"]
    browser.post(f"/me/n/{said(1, 98)}/share", {"to": chip, "once": "8" * 32})
    (act,) = settling.waiting(numbers()["anne"])
    back = browser.post(f"/me/waiting/{act.id}/undo", follow=True)
    assert "It was opened to nobody." in back.content.decode()
    assert f'value="{chip}" checked' in back.content.decode()
    settling.settle(act.due_at + 1)
    assert words not in be("per").get("/me/story").content


def test_only_own_words_are_shared_or_taken_back(be, said):
    browser = be("anne")
    for id in (said(1, 62), said(1, 9), "0" * 32):
        assert browser.get(f"/me/n/{id}/share").status_code == 404
        assert browser.post(f"/me/n/{id}/take-back").status_code == 404
    assert browser.get(f"/me/n/{said(1, 63)}/share").status_code == 404  # an answer is opened with a helper


def test_taking_back(be, said, main):
    browser = be("anne")
    assert "not wiped out" in browser.get(f"/me/n/{said(1, 98)}/take-back").content.decode()
    done = browser.post(f"/me/n/{said(1, 98)}/take-back", {"why": "Too soon."})
    assert done.status_code == 303
    text = main(browser.get(f"/me/n/{said(1, 98)}"))
    assert text.index("You took this back") < text.index("It got loud")
    assert "Too soon." in text
    assert b"It got loud" not in browser.get("/me/story").content
    assert b"It got loud" in browser.get("/me/story?at=2026-11-01").content
    again = browser.post(f"/me/n/{said(1, 98)}/take-back", {"why": "Again."})
    assert (
        again.status_code == 422 and "Meanwhile you took these words back." in main(again) and "Again." in main(again)
    )


def test_words_of_a_page_somebody_else_opened_are_not_sent(be, field):
    anne, per = be("anne"), be("per")
    theirs = field(anne.get("/me/write"), "whose")
    sent = per.post("/me/write", {"words": "Mine, not his.", "whose": theirs})
    assert sent.status_code == 403
    assert b"Mine, not his." not in sent.content
    assert not rows("SELECT 1 FROM record_pending", [])


def _end(person: int) -> None:
    """Their relationship to the family ends, for everybody who was told of it."""
    sql = "SELECT e.id, e.pk FROM record_entry e JOIN record_relationship r ON r.entry = e.pk WHERE r.person = %s"
    ((grant, place),) = rows(sql, [person])
    named = {p for (p,) in rows("SELECT person FROM record_reader WHERE entry = %s", [place])} - {1}
    act = replace(changed(grant, "ended", why="We are done."), readers=tuple((p, "addressed") for p in named))
    append([act], family=1, by=1, once="end", at=NOW)


def test_after_the_end_reading_stays_and_writing_is_closed(be, said):
    _end(numbers()["anne"])
    browser = be("anne")
    home = browser.get("/me").content.decode()
    assert "This room stays open for you to read." in home
    assert "/me/write" not in home.split("<main")[1]
    note = browser.get(f"/me/n/{said(1, 62)}").content.decode()
    assert "Anne was flat" in note and "/answer" not in note
    assert browser.get("/me/write").status_code == 303
    refused = browser.post("/me/write", {"words": "One more thing."})
    assert refused.status_code == 422 and "One more thing." in refused.content.decode()


def test_settings_are_kept(be):
    browser = be("anne")
    assert browser.post("/me/settings", {"light": "night", "size": "125"}).status_code == 303
    page = browser.get("/me").content.decode()
    assert 'data-light="night"' in page and 'data-size="125"' in page
    assert browser.post("/me/settings", {"light": "pink", "size": "9"}).status_code == 404
    assert "say &#39;Kari&#39; and nothing more" in browser.get("/me/settings").content.decode()


def test_only_one_and_others_is_asked_about_and_sent_to_nobody(be):
    browser = be("anne")
    jonas = _chips(browser.get("/me/write").content.decode(), "also")["Jonas"]
    page = browser.post("/me/write", {"words": "Between us.", "who": "one", "also": [jonas]})
    words = page.content.decode()
    assert page.status_code == 422 and "You chose only Kari, and other people too." in words and "Between us." in words
    assert re.search(rf'value="{jonas}" checked', words) and re.search(r'value="one" checked', words)
    assert not settling.waiting(numbers()["anne"])


@pytest.mark.parametrize("who", ["team", "one"])
def test_a_question_of_ones_own_is_owed_an_answer(be, main, who):
    browser = be("anne")
    browser.post("/me/write", {"words": "Who pays for the bed?", "who": who, "question": "yes"})
    (act,) = settling.waiting(numbers()["anne"])
    again = browser.post(f"/me/waiting/{act.id}/undo", follow=True).content.decode()
    assert re.search(r'name="question" value="yes" checked', again)
    browser.post("/me/write", {"words": "Who pays for the bed?", "who": who, "question": "yes", "once": "6" * 32})
    later()
    assert "You asked: Who pays for the bed? No answer yet" in main(browser.get("/me"))
    code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    owed = be("kari").get(f"/f/{code}").content.decode()
    owed = owed[owed.index("Owed to the family") : owed.index("Not agreed")]
    assert "asks: Who pays for the bed?" in owed and "Nobody has said yet how they heard it." in owed
    assert ("Who pays for the bed?" in be("lars").get(f"/f/{code}").content.decode()) == (who == "team")

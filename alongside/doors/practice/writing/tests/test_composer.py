"""Writing a note: one box, everything else guessed and corrected."""

import re

import pytest
from django.db import OperationalError

from alongside.cast.story import numbers
from alongside.dialogue import drafts, noting
from alongside.doors.practice.writing.tests.page import chips, fields
from alongside.record import settling

NOTE = "Mia, you showed me your new bed.\n\nYou said: “I slept all night.”\n\nI think it is the hours."


def pending():
    return settling.waiting(numbers()["kari"])


def test_one_box_is_enough(kari, write, reads):
    answer = write(kari, NOTE, there=("Mia", "Anne"))
    assert (answer.status_code, answer["Location"].startswith("/waiting?kept=")) == (303, True)
    head, *passages = pending()[0].statements
    assert [(p.basis, p.speaker) for p in passages] == [
        ("seen", None), ("own-words", numbers()["mia"]), ("professional-view", None),
    ]  # fmt: skip
    assert head.body["there"] == [numbers()["mia"], numbers()["anne"]]
    assert head.so == "2026-11-20T16:00"
    settling.send_now(numbers()["kari"], at=pending()[0].saved_at)
    assert "Mia, you showed me your new bed." in reads("anne")
    assert "Mia, you showed me your new bed." not in reads("per")
    assert "Mia, you showed me your new bed." in reads("lars")


def test_the_page_guesses_who_where_and_when(kari, code):
    page = kari.get(f"/f/{code(1)}/write").content.decode()
    assert "At home, Fri 20 Nov, 16:00" in page
    assert "<b>Mia, Jonas, Anne and the helpers</b> can read this." in page


def test_without_a_script_the_paragraphs_are_looked_over_first(kari, write):
    page = write(kari, NOTE, act="look", there=("Mia",))
    assert page.status_code == 200 and not pending()
    form = fields(page)
    assert [form[f"basis-{n}"] for n in range(3)] == [["seen"], ["own-words"], ["professional-view"]]
    assert "".join(form["words"]) == ""


def test_a_child_talked_to_alone_reads_it_with_the_writer_only(kari, write, reads):
    page = write(kari, "You said: “Shh.”", there=("Mia",), act="look").content.decode()
    assert "<b>Only Mia and you</b> can read this." in page
    write(kari, "You said: “Shh.”", there=("Mia",))
    settling.send_now(numbers()["kari"], at=pending()[0].saved_at)
    assert "You said: “Shh.”" in reads("mia")
    assert "You said: “Shh.”" not in reads("anne") + reads("ingrid") + reads("lars")


def test_one_paragraph_can_be_kept_from_one_reader(kari, write, code, reads):
    page = write(kari, "Good day.\n\nAbout the gift.", there=("Mia", "Anne"), act="look")
    form = without(page, 1, "Mia")
    looked = kari.post(f"/f/{code(1)}/write", {**form, "act": ["look"]})
    assert "can read this, except paragraph 2: not Mia." in looked.content.decode()
    assert re.search(r"<b data-left>not Mia</b>", looked.content.decode())
    form = {**fields(looked), "act": ["save"]}
    assert kari.post(f"/f/{code(1)}/write", form).status_code == 303
    settling.send_now(numbers()["kari"], at=pending()[0].saved_at)
    assert "Good day." in reads("mia") and "About the gift." not in reads("mia")
    assert "About the gift." in reads("anne")


def without(page, place, *names):
    """The page's form with these taken off as readers of a paragraph."""
    form, off = fields(page), {chips(page, f"reads-{place}")[name] for name in names}
    return {**form, f"reads-{place}": [one for one in form[f"reads-{place}"] if one not in off]}


def test_a_paragraph_can_be_kept_from_the_other_helpers(kari, write, code):
    page = write(kari, "Good day.\n\nAbout the gift.", there=("Mia", "Anne"), act="look")
    assert kari.post(f"/f/{code(1)}/write", {**without(page, 1, "the helpers"), "act": ["save"]}).status_code == 303
    assert [one.mark for one in pending()[0].statements] == ["team", "team", "persons"]


def test_a_draft_of_the_old_shape_is_read(kari, write, code):
    page = write(kari, "Good day.\n\nAbout the gift.", there=("Mia", "Anne"), act="look")
    form = {name: values for name, values in fields(page).items() if not name.startswith(("asked-", "reads-"))}
    old = {**form, "not-1": [chips(page, "reads-1")["Mia"]], "close-0": ["yes"], "act": ["look"]}
    looked = kari.post(f"/f/{code(1)}/write", old).content.decode()
    assert "except paragraph 1: not the other helpers; paragraph 2: not Mia." in looked


def test_who_is_dangerous_is_no_reader_by_being_there(kari, write, reads):
    page = write(kari, "He came to the door.", there=("Morten",), act="look", family=3)
    words = page.content.decode()
    assert "Morten does not get this automatically." in words
    assert "Morten" not in chips(page, "reader") and "Morten" not in chips(page, "reads-0")
    assert not re.search(r"value=\"show\" data-show>", words)
    write(kari, "He came to the door.", there=("Morten", "Elin"), family=3)
    settling.send_now(numbers()["kari"], at=pending()[0].saved_at)
    assert "He came to the door." in reads("elin", 3)
    assert "He came to the door." not in reads("morten", 3)


def test_a_forged_reader_under_hazard_is_left_out(kari, write, code, reads):
    ids = chips(kari.get(f"/f/{code(3)}/write"), "there")
    write(kari, "Forged.", there=(), family=3, who="choose", reader=[ids["Morten"], ids["Elin"], "7" * 32])
    settling.send_now(numbers()["kari"], at=pending()[0].saved_at)
    assert "Forged." in reads("elin", 3) and "Forged." not in reads("morten", 3)


def test_a_worker_who_reads_by_name_learns_of_no_danger(be, code):
    page = be("marit").get(f"/f/{code(3)}/write")
    assert page.status_code == 200 and "automatically" not in page.content.decode()
    assert chips(page, "reader") == {}


def test_only_the_helpers_needs_a_reason_and_a_day(kari, write):
    page = write(kari, "My view.", there=(), who="professionals")
    assert page.status_code == 422 and "Say why the family does not read this yet." in page.content.decode()
    far = write(kari, "My view.", there=(), who="professionals", why="Anne first", until="2027-12-01")
    assert far.status_code == 422 and "within 90 days" in far.content.decode()
    assert (
        write(kari, "My view.", there=(), who="professionals", why="Anne first", until="2026-12-01").status_code == 303
    )
    head = pending()[0].statements[0]
    assert (head.mark, head.body["why"], head.body["review"]) == ("professionals", "Anne first", "2026-12-01")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("yesterday at 4", "2026-11-19T16:00"),
        ("yesterday at 4 in the night", "2026-11-19T04:00"),
        ("14 March", "2026-03-14"),
        ("", "None"),
    ],
)
def test_when_is_said_in_words(kari, write, typed, stored):
    assert write(kari, "Words.", when=typed).status_code == 303
    assert stored in str(pending()[0].statements[0].so)


def test_an_hour_taken_as_afternoon_is_said_back(kari, write):
    page = write(kari, "Words.", when="yesterday at 4", act="look").content.decode()
    assert "Thu 19 Nov, 16:00 (in the afternoon)" in page


@pytest.mark.parametrize(
    ("typed", "stored"), [("spring 2019", "2019-03/2019-05"), ("when the boat sank", "boat"), ("next year", "next")]
)
def test_what_is_not_one_day_is_asked_once(kari, write, typed, stored):
    page = write(kari, "Words.", when=typed)
    assert page.status_code == 422 and "Yes, this is right" in page.content.decode() and not pending()
    assert write(kari, "Words.", when=typed, sure="yes").status_code == 303
    assert stored in str(pending()[0].statements[0].so)


def test_a_day_that_cannot_be_is_said_and_the_words_stay(kari, write):
    page = write(kari, "My words stay.", when="31.2.2026")
    assert page.status_code == 422 and "There is no such day" in page.content.decode()
    assert fields(page)["p-0"] == ["My words stay."] and fields(page)["when"] == ["31.2.2026"]


def test_1897_is_asked_once(kari, write):
    page = write(kari, "Long ago.", when="1897")
    assert page.status_code == 422 and "Yes, this is right" in page.content.decode()
    assert write(kari, "Long ago.", when="1897", sure="yes").status_code == 303


@pytest.mark.parametrize("words", ["", "   \n\n  ", "�"])
def test_no_words_and_broken_characters_are_said(kari, write, words):
    page = write(kari, words)
    assert page.status_code == 422 and not pending()
    assert "Something to mend first" in page.content.decode()


def test_half_a_character_never_reaches_the_record(kari, code):
    body = b"words=half%ED%A0%80&act=save"
    page = kari.generic("POST", f"/f/{code(1)}/write", body, "application/x-www-form-urlencoded")
    assert page.status_code == 422 and "did not arrive whole" in page.content.decode()


@pytest.mark.parametrize("words", ["O’Brien’s cat 😀", "שלום, مرحبا", "<script>alert(1)</script>", "x" * 1_000_000])
def test_any_words_are_kept_as_they_are(kari, write, words):
    assert write(kari, words).status_code == 303
    assert pending()[0].statements[1].body["words"][0]["text"] == words


def test_a_text_too_long_is_kept_and_told(kari, write):
    page = write(kari, "x" * 1_000_001)
    assert page.status_code == 422 and "longer than the record takes" in page.content.decode()
    assert fields(page)["p-0"] == ["x" * 1_000_001]


def test_the_same_form_twice_is_one_act(kari, code):
    way = f"/f/{code(1)}/write"
    form = {**fields(kari.get(way)), "words": ["Once."], "act": ["save"]}
    assert [kari.post(way, form).status_code for _ in range(3)] == [303] * 3
    assert len(pending()) == 1
    settling.send_now(numbers()["kari"], at=pending()[0].saved_at)
    again = kari.post(way, form)
    assert again["Location"] == "/waiting?kept=already" and not pending()


def test_the_same_form_with_other_words_keeps_both(kari, code):
    way = f"/f/{code(1)}/write"
    form = {**fields(kari.get(way)), "act": ["save"]}
    kari.post(way, {**form, "words": ["First."]})
    page = kari.post(way, {**form, "words": ["Second."]})
    assert page.status_code == 409 and "You sent other words from this page before" in page.content.decode()
    assert len(pending()) == 1 and drafts.mine(numbers()["kari"])[0].texts == ["Second."]
    assert kari.post(way, {**fields(page), "act": ["save"]}).status_code == 303
    assert len(pending()) == 2 and not drafts.mine(numbers()["kari"])


def test_after_undo_the_back_button_loses_nothing(kari, code):
    way = f"/f/{code(1)}/write"
    form = {**fields(kari.get(way)), "words": ["Undone."], "act": ["save"]}
    kari.post(way, form)
    kari.post(f"/waiting/{pending()[0].id}/undo")
    page = kari.post(way, form)
    assert page.status_code == 409 and "Undone." in page.content.decode()


def test_when_nothing_can_be_saved_the_words_stay_in_the_box(kari, write, monkeypatch):
    def full(*_, **__):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(noting, "note", full)
    page = write(kari, "Still here.")
    assert page.status_code == 503 and "Nothing was saved" in page.content.decode()
    assert fields(page)["p-0"] == ["Still here."]


def test_words_travel_sealed_through_signing_in(kari, code):
    way = f"/f/{code(1)}/write"
    form = {**fields(kari.get(way)), "words": ["Written on the bus."], "act": ["save"]}
    kari.cookies.clear()
    gate = kari.post(way, form)
    assert gate.status_code == 403 and b"bus" not in gate.content
    back = kari.post("/sign-in", {**fields(gate), "login": "kari", "password": "demo"})
    assert back["Location"] == way
    page = kari.get(way)
    assert fields(page)["p-0"] == ["Written on the bus."] and "Here are your words again." in page.content.decode()


def test_a_page_of_somebody_else_is_not_saved_under_my_name(kari, be, code):
    way = f"/f/{code(1)}/write"
    form = {**fields(be("lars").get(way)), "words": ["Lars’s words."], "act": ["save"]}
    assert kari.post(way, form).status_code == 403 and not pending()


def test_strangers_and_pages_of_then_have_no_way_to_write(kari, be, client, code):
    way = f"/f/{code(1)}/write"
    assert be("rune").get(way).status_code == be("rune").get("/f/nosuchfamily/write").status_code == 404
    assert be("anne").get(way).status_code == 404
    assert kari.get(way + "?at=2026-03-01").status_code == 404
    assert client.get(way, headers={"host": "127.0.0.1"}).status_code == 303
    assert kari.put(way).status_code == 405
    assert kari.get(way + "?answer=nothere").status_code == 404
    assert kari.get(way + "?draft=nothere").status_code == 404


def test_with_one_family_there_is_nothing_to_choose(kari, be):
    assert be("lars").get("/write").status_code in (200, 303)
    page = kari.get("/write").content.decode()
    assert "Anne, Per, Mia and Jonas Hansen" in page and "Which family is it about?" in page
    assert "No family is yours yet" in be("rune").get("/write").content.decode()


def test_no_number_of_a_person_leaves_the_server(kari, code):
    page = kari.get(f"/f/{code(1)}/write")
    assert all(len(value) == 32 for value in chips(page, "there").values())


def test_weighing_tells_sources_readers_and_hints(kari, code):
    way = f"/f/{code(1)}/write"
    form = {**fields(kari.get(way)), "words": ["Lars says he will ask about respite."]}
    told = kari.post(way + "/weigh", form).json()
    assert told["sources"][0]["basis"] == "told" and told["hints"][0][0]["word"] == "respite"
    assert told["show"] is True and told["names"] == "Mia, Jonas, Anne and the helpers"
    assert not pending() and not drafts.mine(numbers()["kari"])


def test_the_page_asks_the_record_once(kari, code, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):  # two for the record, one for a draft that was begun
        kari.get(f"/f/{code(1)}/write")

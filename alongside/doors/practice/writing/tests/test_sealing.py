"""A paragraph is sealed while it is written: named workers read it, and what gives it away leaves no screen (R95)."""

import pytest

from alongside import clock, dates
from alongside.access.standing import reader_at
from alongside.cast.story import numbers
from alongside.dialogue.noting import Note, Paragraph, note
from alongside.doors.practice.writing.tests.page import chips, fields
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.registers import rebuild
from alongside.record.statement import Refused, Statement

NOTE = "Good day.\n\nThey sleep in Spettvika 12, at Skjelvika school."


def pending():
    return settling.waiting(numbers()["kari"])


@pytest.fixture
def sealed(kari, write, code):
    """Kari's form with the second paragraph sealed for Lars; `sealed(**more)` sends it."""

    def send(act="save", **more):
        page = write(kari, NOTE, there=("Anne",), act="look")
        to = chips(page, "sealedto-1")
        form = {**fields(page), "sealed-1": ["yes"], "sealedto-1": [to["Lars"]], "terms-1": ["Spettvika 12"]}
        return kari.post(f"/f/{code(1)}/write", {**form, "act": [act], **more})

    return send


def test_a_sealed_paragraph_is_read_by_the_workers_named_and_its_words_leave_no_screen(be, code, sealed, reads):
    assert sealed().status_code == 303
    settling.send_now(numbers()["kari"], at=pending()[0].saved_at)
    inside = "They sleep in Spettvika 12, at Skjelvika school."
    assert inside in reads("lars") and inside in reads("kari")
    assert inside not in reads("anne") + reads("mia") + reads("ingrid")
    words = [{"lang": "en", "text": "I drove by SPETTVIKA-12 today."}]
    append([Statement("dialogue.passage", {"words": words}, readers=((numbers()["anne"], "addressed"),))],
           family=1, by=numbers()["ingrid"], once="slip", at=clock.micros(clock.now()))  # fmt: skip
    anne, lars = be("anne").get("/me/story").content, be("lars").get(f"/f/{code(1)}/story").content
    assert b"I drove by" in anne and b"SPETTVIKA" not in anne
    assert b"I drove by SPETTVIKA-12" in lars
    assert all(rebuild(check=True).values())


def test_it_is_looked_at_again_within_thirty_days(sealed):
    sealed()
    passage = pending()[0].statements[2]
    assert (passage.mark, passage.body["review"], passage.body["terms"]) == ("sealed", "2026-12-20", ["Spettvika 12"])


def test_what_stands_in_it_and_is_known_as_a_place_is_offered_and_chosen_by_her(kari, write, code, sealed):
    say = Statement("families.place", {"person": numbers()["mia"], "what": "school", "name": "Skjelvika school"})
    append([say], family=1, by=numbers()["kari"], once="school", at=clock.micros(clock.now()))
    page = write(kari, NOTE, there=("Anne",), act="look")
    offered = chips(page, "gives-1")
    assert offered == {"Skjelvika school": "Skjelvika school"} and "gives-1" not in fields(page)
    assert not chips(page, "gives-0")
    sealed(**{"gives-1": ["Skjelvika school"]})
    assert pending()[0].statements[2].body["terms"] == ["Skjelvika school", "Spettvika 12"]
    told = kari.post(f"/f/{code(1)}/write/weigh", {**fields(page), "act": ["save"]}).json()
    assert told["gives"] == [[], ["Skjelvika school"]]


def test_nobody_named_is_told_and_the_words_stay(sealed):
    page = sealed(**{"sealedto-1": []})
    assert page.status_code == 422 and not pending()
    assert "Choose who else can read what is sealed." in page.content.decode()
    form = fields(page)
    assert form["sealed-1"] == ["yes"] and form["terms-1"] == ["Spettvika 12"]


def test_in_a_note_for_some_people_only_nothing_is_sealed_for_others(kari, code, sealed):
    ids = chips(kari.get(f"/f/{code(1)}/write"), "there")
    page = sealed(who="persons", reader=[ids["Anne"]])
    assert page.status_code == 422 and "Seal it in a note of its own." in page.content.decode()


def test_a_forged_reader_is_none(kari, code, sealed):
    ids = chips(kari.get(f"/f/{code(1)}/write"), "there")
    page = sealed(**{"sealedto-1": [ids["Anne"], "7" * 32]})
    assert page.status_code == 422 and not pending()


def test_sealed_words_do_not_stand_in_the_paragraph_beside(kari, write, code):
    page = write(kari, "They are in Spettvika 12.\n\nIt is called Spettvika 12.", there=("Anne",), act="look")
    form = {**fields(page), "sealed-1": ["yes"], "sealedto-1": [chips(page, "sealedto-1")["Lars"]],
            "terms-1": ["Spettvika 12"], "act": ["save"]}  # fmt: skip
    answer = kari.post(f"/f/{code(1)}/write", form)
    assert answer.status_code == 422 and "Spettvika 12" in answer.content.decode() and not pending()


def test_it_is_not_on_the_screen_that_is_turned_round(kari, write, sealed):
    answer = sealed(act="show")
    shown = kari.get(answer["Location"]).content.decode()
    assert "Good day." in shown and "Spettvika" not in shown


def test_undone_it_comes_back_as_it_was(kari, sealed):
    sealed()
    answer = kari.post(f"/waiting/{pending()[0].id}/undo")
    form = fields(kari.get(answer["Location"]))
    assert form["sealed-1"] == ["yes"] and form["terms-1"] == ["Spettvika 12"] and len(form["sealedto-1"]) == 1
    assert "sealed-0" not in form


def test_who_works_with_one_person_only_seals_nothing(be, code, cast):
    page = be("marit").get(f"/f/{code(3)}/write")
    assert page.status_code == 200 and b"Seal this paragraph" not in page.content
    now = clock.micros(clock.now())
    marit = reader_at(numbers()["marit"], 3, now=now, strength=3)
    one = Paragraph("x", mark="sealed", only=(numbers()["kari"],), terms=("x",))
    how = {"there": [], "readers": [], "mark": "team", "so": dates.UNSAID, "place": "", "how": "visit", "lang": "en"}
    with pytest.raises(Refused, match="not-yours-to-mark"):
        note(Note(by=marit, paragraphs=[one], **how, written_at=None, saw=None, at=now), once="m", wait=0)

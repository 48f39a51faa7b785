"""Not sent yet: undo, wrong family, send now; drafts kept, thrown away, picked up."""

import re

from django.db import DatabaseError, connection

from alongside import clock, ids
from alongside.access.standing import reader_in
from alongside.cast.story import numbers
from alongside.dialogue import drafts, writing
from alongside.doors.practice.writing.tests.page import fields
from alongside.record import settling
from alongside.record.reading import rows


def pending(who="kari"):
    return settling.waiting(numbers()[who])


def mine(who="kari", door="practice"):
    return drafts.mine(numbers()[who], door=door)


def test_a_kept_act_stands_on_top_and_says_when_it_goes(kari, write):
    place = write(kari, "First.")["Location"]
    page = kari.get(place).content.decode()
    assert "Kept. It goes into the record at 16:10." in page
    assert "First." in page and "Hansen" in page and "Wrong family" in page


def test_undo_makes_a_draft_of_the_same_note(kari, write):
    write(kari, "Mia, you ran.\n\nYou said: “Far!”", there=("Mia", "Anne"), place="Harbour")
    back = kari.post(f"/waiting/{pending()[0].id}/undo")
    assert back.status_code == 303 and "/write?draft=" in back["Location"] and not pending()
    form = fields(kari.get(back["Location"]))
    assert (form["p-0"], form["p-1"], form["place"]) == (["Mia, you ran."], ["You said: “Far!”"], ["Harbour"])
    assert form["basis-1"] == ["own-words"] and len(form["there"]) == 2
    assert kari.post(back["Location"].split("?")[0], {**form, "act": ["save"]}).status_code == 303
    assert len(pending()) == 1 and not mine()
    assert pending()[0].statements[2].speaker == numbers()["mia"]


def test_wrong_family_takes_only_the_words_along(kari, write, code):
    write(kari, "Marte, you sang.", there=("Mia",), place="Harbour")
    back = kari.post(f"/waiting/{pending()[0].id}/wrong-family", {"family": code(2)})
    assert back["Location"].startswith(f"/f/{code(2)}/write?draft=") and not pending()
    form = fields(kari.get(back["Location"]))
    assert form["p-0"] == ["Marte, you sang."] and form["place"] != ["Harbour"]
    assert mine()[0].form == {"words": ["Marte, you sang."]}


def test_send_now_puts_it_into_the_record(kari, write, reads):
    write(kari, "Now.", there=("Anne",))
    act = pending()[0]
    assert kari.post(f"/waiting/{act.id}/send")["Location"] == "/waiting?sent=1"
    assert "Now." in reads("anne") and not pending()
    assert kari.post(f"/waiting/{act.id}/send")["Location"] == "/waiting?gone=1"
    assert "It is in the record already" in kari.get("/waiting?gone=1").content.decode()


def test_nobody_touches_the_acts_and_drafts_of_others(kari, be, write, code):
    write(kari, "Mine.")
    act = pending()[0].id
    lars = be("lars")
    for way in ("undo", "send"):
        lars.post(f"/waiting/{act}/{way}")
    assert lars.post(f"/waiting/{act}/wrong-family", {"family": code(3)}).status_code == 404
    assert len(pending()) == 1 and "Mine." not in lars.get("/waiting").content.decode()
    kari.post("/drafts", {"words": "Half", "family": code(1), "kind": "note"})
    draft = mine()[0].id
    assert lars.get(f"/f/{code(1)}/write?draft={draft}").status_code == 404
    for way in ("throw", "pick-up", "open", "family"):
        assert lars.post(f"/drafts/{draft}/{way}").status_code == 404
    lars.post("/drafts", {"words": "Other", "draft": draft})
    assert mine()[0].texts == ["Half"]


def test_what_cannot_go_in_stays_with_a_reason(kari, write):
    write(kari, "Stuck.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_pending SET stuck = 'wider-than-parent'")
    page = kari.get("/waiting").content.decode()
    assert "fewer people read" in page and "Try again" in page


def test_a_draft_is_kept_and_the_same_one_grows(kari, code):
    kept = kari.post("/drafts", {"words": "Ha", "family": code(1), "kind": "note", "draft": ""})
    assert (kept.status_code, kept.content.decode()) == (200, "Kept 16:00")
    again = kari.post("/drafts", {"words": "Half", "family": code(1), "kind": "note", "draft": kept["X-Draft"]})
    assert again["X-Draft"] == kept["X-Draft"]
    assert [one.texts for one in mine()] == [["Half"]]
    page = kari.get("/waiting").content.decode()
    assert "Half" in page and "Go on writing" in page


def test_a_draft_of_the_family_door_is_kept_there(be, code):
    anne = be("anne")
    assert anne.post("/drafts", {"text": "I want", "kind": "own"}).status_code == 200
    assert [one.texts for one in mine("anne", "family")] == [["I want"]] and not mine("anne")


def test_a_draft_too_long_is_kept_and_told(kari, code):
    kept = kari.post("/drafts", {"words": "x" * 1_000_001, "family": code(1)})
    assert kept.status_code == 200 and "It is kept here; split it" in kept.content.decode()
    assert len(mine()[0].texts[0]) == 1_000_001


def test_a_draft_that_cannot_be_kept_says_so(kari, monkeypatch):
    def full(**_):
        raise DatabaseError("full")

    monkeypatch.setattr(drafts, "keep", full)
    assert kari.post("/drafts", {"words": "Half"}).status_code == 503


def test_a_draft_of_another_sign_in_is_refused(kari, be, code):
    whose = fields(be("lars").get(f"/f/{code(1)}/write"))["whose"]
    assert kari.post("/drafts", {"words": "Half", "whose": whose}).status_code == 409
    assert not mine()


def test_a_draft_with_a_foreign_family_belongs_to_none(kari, be, code):
    rune = be("rune")
    rune.post("/drafts", {"words": "Half", "family": code(1)})
    assert mine("rune")[0].family is None
    assert rune.get("/waiting").status_code == 200


def test_thrown_away_can_be_picked_up_again(kari, code):
    id = kari.post("/drafts", {"words": "Half", "family": code(1)})["X-Draft"]
    place = kari.post(f"/drafts/{id}/throw")["Location"]
    page = kari.get(place).content.decode()
    assert "Get it back" in page and not mine()
    assert kari.get(f"/f/{code(1)}/write?draft={id}").status_code == 404
    kari.post(f"/drafts/{id}/pick-up")
    assert mine()[0].texts == ["Half"]


def test_a_thrown_draft_is_gone_for_good_after_a_day(kari, code):
    id = kari.post("/drafts", {"words": "Half", "family": code(1)})["X-Draft"]
    now = clock.micros(clock.now())
    drafts.throw(numbers()["kari"], id, at=now)
    drafts.throw(numbers()["kari"], "other", at=now + drafts.DAY + 1)
    assert not rows("SELECT 1 FROM dialogue_draft", [])


def test_a_draft_without_a_family_finds_one(kari, code):
    id = kari.post("/drafts", {"words": "Half", "family": "nowhere"})["X-Draft"]
    assert "Choose a family" in kari.get("/waiting").content.decode()
    place = kari.post(f"/drafts/{id}/family", {"family": code(2)})["Location"]
    assert fields(kari.get(place))["p-0"] == ["Half"]


def test_an_answer_taken_out_goes_on_where_it_was_written(kari, code):
    now = clock.micros(clock.now())
    by = reader_in(numbers()["kari"], code(1), now=now, strength=3)
    to = rows("SELECT id FROM record_entry WHERE kind = 'dialogue.question' AND pk >> 20 = 1 ORDER BY pk DESC", [])[0][
        0
    ]
    writing.answer(by=by, to=to, form="", text="I ask.", lang="en", at=now, once=ids.new(), wait=600)
    kari.post(f"/waiting/{pending()[0].id}/undo")
    draft = mine()[0]
    assert draft.kind == "dialogue.answer" and draft.texts
    place = kari.post(f"/drafts/{draft.id}/open")
    assert place["Location"] == f"/f/{code(1)}/n/{to}/answer"
    assert kari.session["kept"]["form"]["words"] == ["I ask."]


def test_signed_out_and_wrong_ways(client, kari, be):
    browser = {"headers": {"host": "127.0.0.1"}}
    assert client.get("/waiting", **browser).status_code == 303
    assert client.post("/drafts", {"words": "Half"}, **browser).status_code == 403
    assert kari.get("/drafts").status_code == 405 and kari.post("/waiting").status_code == 405
    assert be("anne").get("/waiting").status_code == 404
    assert "Nothing waits here" in kari.get("/waiting").content.decode()


def test_ticking_people_alone_makes_no_draft(kari, code):
    form = fields(kari.get(f"/f/{code(1)}/write"))
    answer = kari.post("/drafts", form)
    assert answer.status_code == 200 and "X-Draft" not in answer.headers and not drafts.mine(numbers()["kari"])


def test_a_draft_is_offered_where_one_writes(kari, code):
    form = fields(kari.get(f"/f/{code(1)}/write"))
    id = kari.post("/drafts", {**form, "words": "Begun."}).headers["X-Draft"]
    for path in (f"/f/{code(1)}/write", "/write"):
        page = kari.get(path).content.decode()
        assert "You have a draft from 16:00" in page and f"/f/{code(1)}/write?draft={id}" in page
    assert "You have a draft" not in kari.get(f"/f/{code(1)}/write?draft={id}").content.decode()
    assert "You have a draft" not in kari.get(f"/f/{code(2)}/write").content.decode()


def test_families_are_called_as_on_their_page(kari, write):
    names = re.findall(r"<h2><a[^>]*>([^<]+)", kari.get("/families").content.decode())
    write(kari, "Words.")
    waits, ways = kari.get("/waiting").content.decode(), kari.get("/write").content.decode()
    assert len(names) == 3 and [ways.index(f"<b>{name}</b>") for name in names] == sorted(
        ways.index(f"<b>{name}</b>") for name in names
    )
    assert all(name in waits for name in names) and "· Visit" in waits

"""Fewer may read a sentence from now on: its writer says so, and who had it is said."""

import pytest

from alongside import clock
from alongside.access.looking import write
from alongside.access.standing import reader_at
from alongside.cast.story import TODAY, numbers
from alongside.dialogue import narrowing, writing
from alongside.families.queries import ids
from alongside.record.reading import find, read, rows
from alongside.record.registers import rebuild
from alongside.record.settling import send_now, waiting
from alongside.record.statement import Refused

NOW = clock.micros(TODAY)


def reader(who, family=1):
    return reader_at(numbers()[who], family, now=NOW, strength=3)


@pytest.fixture
def send(be, code, said, field):
    def act(who, family, n, name="fewer", **words):
        browser, path = be(who), f"/f/{code(family)}/n/{said(family, n)}/{name}"
        return browser, browser.post(path, {"once": field(browser.get(path), "once"), **words})

    return act


def public(who):
    return ids([numbers()[who]])[numbers()[who]]


def reads(who, id):
    return find(reader(who), id) is not None


def test_colleagues_not_named_read_it_no_more_and_the_family_keeps_it(send, said, be, code, main, plain):
    id = said(1, 62)
    assert reads("lars", id) and reads("ingrid", id) and reads("anne", id)
    answers = [e.id for e in read(reader("lars")) if e.answers == find(reader("kari"), id).pk]
    _browser, done = send("kari", 1, 62, keeps=public("ingrid"), reason="It says where she sleeps.")
    assert done.status_code == 303
    assert reads("ingrid", id) and reads("anne", id) and reads("kari", id) and not reads("lars", id)
    assert answers and not any(reads("lars", one) for one in answers) and all(reads("anne", one) for one in answers)
    page = main(be("kari").get(f"/f/{code(1)}/n/{id}", follow=True))
    assert "Only" in page and "Ingrid" in page and "can read this" in page
    absent = be("lars").get(f"/f/{code(1)}/n/{'0' * 32}")
    assert plain(be("lars").get(f"/f/{code(1)}/n/{id}")) == plain(absent)
    assert be("anne").get(f"/me/n/{id}", follow=True).status_code == 200
    assert all(rebuild(check=True).values())


def test_what_is_beside_it_goes_on(send, said, be, code):
    """An answer, a correction and a pin hold to the mark of today."""
    id, how = said(1, 62), {"lang": "en", "at": NOW}
    send("kari", 1, 62, keeps=public("ingrid"), reason="x")
    writing.answer(by=reader("anne"), to=id, form="differ", text="Not so.", once="a", wait=0, **how)
    send_now(numbers()["anne"], at=NOW)
    assert not waiting(numbers()["anne"])
    writing.correct(by=reader("kari"), entry_id=id, text="The right words.", once="c", **how)
    writing.pin(by=reader("kari"), entry_id=id, on="worry", part="", at=NOW, once="p")
    writing.share(by=reader("kari"), entry_id=id, to=[numbers()["per"]], reason="x", at=NOW, once="s", wait=0)
    mine = next(e for e in read(reader("anne")) if "Not so." in e.body_text)
    writing.take_back(by=reader("anne"), entry_id=mine.id, why="", at=NOW, once="t")
    send_now(numbers()["kari"], at=NOW)
    assert not waiting(numbers()["kari"]) and reads("per", id)
    texts = [one["text"] for e in read(reader("lars")) for one in e.body.get("words", ()) if isinstance(one, dict)]
    assert "Not so." not in texts and "The right words." not in texts


def test_who_has_read_it_is_said_before(send, said, be, code, main):
    be("lars").get(f"/f/{code(1)}/n/{said(1, 62)}", follow=True)
    write()
    page = main(be("kari").get(f"/f/{code(1)}/n/{said(1, 62)}/fewer"))
    assert "Anne: named on it, and keeps it." in page and "Lars: opened it already." in page
    assert "What somebody has read stays read" in page


def test_it_needs_a_colleague_and_a_reason(send, main):
    _browser, page = send("kari", 1, 62, reason="x")
    assert page.status_code == 422 and "Choose at least one person." in main(page)
    _browser, page = send("kari", 1, 62, keeps=public("ingrid"), reason=" ")
    assert page.status_code == 422 and "Say why" in main(page)
    _browser, page = send("kari", 1, 62, keeps=public("anne"), reason="x")
    assert page.status_code == 422


def test_only_its_writer_who_reads_by_mark(be, code, said, cast):
    assert be("lars").get(f"/f/{code(1)}/n/{said(1, 62)}/fewer").status_code == 404
    assert be("kari").get(f"/f/{code(1)}/n/{said(1, 62)}/fewer?at=2026-01-01").status_code == 404
    for who in ("lars", "anne"):
        with pytest.raises(Refused, match="not-yours"):
            narrowing.narrow(by=reader(who), entry_id=said(1, 62), keeps=[numbers()["kari"]], reason="x", at=NOW,
                             once="n")  # fmt: skip


def test_sent_twice_is_one_act(be, code, said, field):
    browser, path = be("kari"), f"/f/{code(1)}/n/{said(1, 62)}/fewer"
    form = {"once": field(browser.get(path), "once"), "keeps": public("ingrid"), "reason": "x"}
    assert [browser.post(path, form).status_code for _ in range(2)] == [303, 303]
    marks = rows("SELECT COUNT(*) FROM record_entry WHERE kind = 'record.remarked' AND answers = %s",
                 [find(reader("kari"), said(1, 62)).pk])  # fmt: skip
    assert marks == [(1,)]
    again = browser.post(path, {**form, "once": "1" * 32})
    assert again.status_code == 422 and "read it already" in again.content.decode()


def test_the_whole_note_with_all_that_is_in_it(send, said, be, code, main, cast):
    """Every paragraph, and what each answers."""
    top = next(e for e in read(reader("kari")) if e.kind == "dialogue.conversation" and e.author == numbers()["kari"]
               and e.mark == "team" and any(i.within == e.pk for i in read(reader("kari"))))  # fmt: skip
    all_of_it = [e for e in read(reader("kari")) if e.within == top.pk]
    inside = [e for e in all_of_it if e.kind == "dialogue.passage" and e.mark == "team"]
    one = next(e for e in inside if e.author == numbers()["kari"])
    browser, path = be("kari"), f"/f/{code(1)}/n/{one.id}/fewer"
    assert "The whole note" in main(browser.get(path))
    form = {"once": "2" * 32, "keeps": public("ingrid"), "reason": "x", "whole": "yes"}
    assert browser.post(path, form).status_code == 303
    assert not any(reads("lars", e.id) for e in [top, *inside]) and all(reads("ingrid", e.id) for e in [top, *inside])

"""Promises through the worker's door: a new one, what became of it, who reads it; and what nobody else sees."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside import clock
from alongside.access.models import Account
from alongside.access.sealed import whose
from alongside.cast.story import TODAY, numbers
from alongside.record import settling
from alongside.record.reading import rows

NOW = clock.micros(TODAY)


def settled() -> None:
    settling.settle(NOW + 3_600_000_000)


def newest(kind: str) -> str:
    return rows("SELECT id FROM record_entry WHERE kind = %s ORDER BY recorded_at DESC LIMIT 1", [kind])[0][0]


@pytest.fixture
def made(be, code, field):
    """`made(words="I ring.")`: Kari promises; returns the address of the promise."""

    def promise(**more) -> str:
        kari, path = be("kari"), f"/f/{code(1)}/promises/new"
        form = {
            "words": "I ring the housing office.",
            "due": "2026-11-24",
            "once": field(kari.get(path), "once"),
            **more,
        }
        form.setdefault("to", chips(kari.get(path), "to"))
        assert kari.post(path, form).status_code == 303
        settled()
        return f"/f/{code(1)}/p/{newest('promises.made')}"

    return promise


def chips(page, name: str) -> list[str]:
    """The values that are chosen already."""
    return re.findall(rf'name="{name}" value="([0-9a-f]*)" checked', page.content.decode())


def test_one_box_is_enough_and_it_stands_where_it_is_owed(made, be, code, main):
    path = made()
    owed = main(be("kari").get(f"/f/{code(1)}"))
    assert "Kari: I ring the housing office. by Tuesday 24 November 2026" in owed
    assert path in be("kari").get(f"/f/{code(1)}").content.decode()
    assert "I ring the housing office." in main(be("anne").get("/me")) and "ring the" not in main(be("per").get("/me"))


def test_kept_is_one_tap(made, be, code, main, field):
    path, kari = made(), be("kari")
    page = kari.get(path)
    assert kari.post(path, {"act": "kept", "words": "", "once": field(page, "once")}).status_code == 303
    assert "Not sent yet" in main(kari.get(path)) and "It was not kept" not in main(kari.get(path))
    settled()
    assert "kept, 20 Nov" in main(kari.get(path)) and "It must wait" not in main(kari.get(path))
    assert "kept, 20 Nov" in main(be("anne").get("/me/promises"))


def test_moved_says_why_and_both_see_it(made, be, main, field):
    path, kari = made(), be("kari")
    form = {"act": "moved", "day": "2026-12-02", "once": field(kari.get(path), "once")}
    empty = kari.post(path, {**form, "why": " "})
    assert empty.status_code == 422 and "Say why" in main(empty) and 'value="2026-12-02"' in empty.content.decode()
    assert kari.post(path, {**form, "why": "They were closed."}).status_code == 303
    settled()
    assert "They were closed." in main(kari.get(path))
    listed = main(kari.get(path.rpartition("/p/")[0] + "/promises"))
    assert "Moved from Tuesday 24 November 2026: They were closed." in listed
    assert "by Wednesday 2 December 2026" in main(be("anne").get("/me"))


def test_a_reason_alone_on_the_same_day_is_no_move_to_another(made, be, main, field):
    path, kari = made(), be("kari")
    form = {"act": "moved", "day": "2026-11-24", "why": "They want a form.", "once": field(kari.get(path), "once")}
    assert kari.post(path, form).status_code == 303
    settled()
    for words in (main(kari.get(path.rpartition("/p/")[0] + "/promises")), main(be("anne").get("/me/promises"))):
        assert "They want a form." in words and "Moved from Tuesday 24 November" not in words


def test_what_is_refused_keeps_the_words(made, be, code, main, field):
    kari, path = be("kari"), f"/f/{code(1)}/promises/new"
    wrong = kari.post(path, {"words": "Half a promise", "day": "2020-01-01", "once": field(kari.get(path), "once")})
    assert wrong.status_code == 422 and "Half a promise" in wrong.content.decode()
    assert "Choose a day from today on" in main(wrong)
    assert kari.post(path, {"words": " ", "once": "3" * 32}).status_code == 422


def test_a_colleague_is_asked_and_says_no(made, be, code, main, field):
    kari, path = be("kari"), f"/f/{code(1)}/promises/new"
    lars = rows("SELECT id FROM record_person WHERE number = %s", [numbers()["lars"]])[0][0]
    form = {"words": "Find a room.", "owner": lars, "once": field(kari.get(path), "once")}
    assert kari.post(path, form).status_code == 303
    settled()
    where, his = f"/f/{code(1)}/p/{newest('promises.asked')}", be("lars")
    assert "Kari asks Lars: Find a room." in main(his.get("/today")) and "Asked of you" in main(his.get("/today"))
    assert "I promise this" not in main(kari.get(where)) and "I promise this" in main(his.get(where))
    answer = {"act": "decline", "reason": "There is none.", "once": field(his.get(where), "once")}
    assert his.post(where, answer).status_code == 303
    settled()
    assert "Asked of you" not in main(his.get("/today")) and "There is none." in main(kari.get(where))


def test_a_promise_beside_a_question(be, code, said, main, field):
    path, kari = f"/f/{code(1)}/n/{said(1, 101)}/promise", be("kari")
    form = {"words": "I ask Tone too.", "due": "2026-11-27", "once": field(kari.get(path), "once")}
    assert kari.post(path, form).status_code == 303
    settled()
    assert "I ask Tone too." in main(be("anne").get(f"/me/n/{said(1, 101)}"))


def test_a_helpers_date_that_is_over_is_said_plainly_and_a_familys_is_not(made, be, code, main, field):
    jonas = be("jonas")
    jonas.post("/me/promises/new", {"words": "I ask Ali.", "day": "2026-11-21", "once": "1" * 32})
    made()
    clock.install(lambda: TODAY.replace(month=12))
    words = main(be("kari").get(f"/f/{code(1)}/promises"))
    assert "was to be by Tuesday 24 November 2026" in words
    assert "Jonas: I ask Ali. by Saturday 21 November 2026" in words


def test_as_known_then_nothing_is_written(made, be, code, main):
    path = made()
    assert be("kari").get(f"{path}?at=2026-11-01").status_code == 404
    then = be("ingrid").get(f"/f/{code(1)}/promises?at=2025-09-01")
    assert "Moved from Friday 29 August 2025" in main(then) and "/promises/new" not in then.content.decode()
    assert be("kari").post(f"{path}?at=2026-11-20", {"act": "kept"}).status_code == 404


def test_sent_twice_is_one_act_and_another_hand_is_refused(made, be, code, field):
    kari, path = be("kari"), f"/f/{code(1)}/promises/new"
    form = {"words": "Once.", "once": "2" * 32, "whose": whose(Account.objects.get(login="kari"))}
    for _ in range(2):
        assert kari.post(path, form).status_code == 303
    assert len(settling.waiting(numbers()["kari"])) == 1
    assert be("lars").post(path, form).status_code == 403


def test_taken_out_again_it_is_in_the_form(made, be, code, main, field):
    kari, path = be("kari"), f"/f/{code(1)}/promises/new"
    kari.post(path, {"words": "Not yet.", "due": "2026-11-24", "once": "4" * 32})
    (act,) = settling.waiting(numbers()["kari"])
    kari.post(f"/waiting/{act.id}/undo")
    draft = rows("SELECT id FROM dialogue_draft WHERE author = %s", [numbers()["kari"]])[0][0]
    back = kari.post(f"/drafts/{draft}/open")
    assert back["Location"] == path and "Not yet." in main(kari.get(path))


def test_nobody_else_finds_it(made, be, code, client, plain):
    path = made()
    for address in (path, f"/f/{code(1)}/promises", f"/f/{code(1)}/promises/new"):
        assert be("rune").get(address).status_code == 404 and be("anne").get(address).status_code == 404
        assert client.get(address, HTTP_HOST="127.0.0.1").status_code == 303
        assert be("kari").put(address).status_code == 405
    assert be("kari").post(f"/f/{code(1)}/promises").status_code == 405
    absent = be("tone").get(f"/f/{code(1)}/p/{'0' * 32}")
    assert plain(be("tone").get(path)) == plain(absent) and absent.status_code == 404
    id = path.rsplit("/", 1)[1]
    assert be("per").get(f"/me/p/{id}").status_code == 404 and be("anne").get(f"/me/p/{id}").status_code == 200


def test_at_most_eight_questions_to_the_database(be, code):
    kari = be("kari")
    with CaptureQueriesContext(connection) as asked:
        kari.get(f"/f/{code(1)}/promises")
    assert len(asked) <= 8


def test_said_again_it_is_the_same_and_said_twice_it_is_refused(made, be, main, field):
    path, kari = made(), be("kari")
    form = {"act": "kept", "words": "Done.", "once": field(kari.get(path), "once")}
    for _ in range(2):
        assert kari.post(path, form).status_code == 303
    other = kari.post(path, {**form, "once": "9" * 32})
    assert other.status_code == 422 and "Meanwhile you said what became of it." in main(other)
    settled()
    assert kari.post(path, form).status_code == 303 and main(kari.get(path)).count("Done.") == 1


def test_a_promise_is_broken_with_a_reason_and_never_taken_back(made, be):
    path = made().replace("/p/", "/n/")
    assert "take-back" not in be("kari").get(path).content.decode()
    assert be("kari").get(f"{path}/take-back").status_code == 404


def test_what_is_on_its_way_is_not_owed_today(made, be, main, field):
    path, kari = made(), be("kari")
    assert "You: I ring the housing office." in main(kari.get("/today"))
    kari.post(path, {"act": "kept", "words": "", "once": field(kari.get(path), "once")})
    words = main(kari.get("/today"))
    assert "You: I ring the housing office." not in words and "Not sent yet Kept" in words

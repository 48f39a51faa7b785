"""Promises and appointments in a room of one's own: asked, said, kept, moved; another time; and what stays apart."""

import pytest
from django.db import connection

from alongside import clock
from alongside.cast.story import TODAY, numbers
from alongside.record import settling
from alongside.record.reading import rows

NOW = clock.micros(TODAY)
PAGES = ("/me/promises", "/me/promises/new", "/me/promises/ask", "/me/appointments", "/me/appointments/ask")


def settled() -> None:
    settling.settle(NOW + 3_600_000_000)


def newest(kind: str) -> str:
    return rows("SELECT id FROM record_entry WHERE kind = %s ORDER BY recorded_at DESC LIMIT 1", [kind])[0][0]


@pytest.fixture
def said_so(be, field):
    """Jonas says that he asks Ali; the address of what he said."""
    jonas = be("jonas")
    form = {"words": "I ask Ali for fewer hours.", "once": field(jonas.get("/me/promises/new"), "once")}
    assert jonas.post("/me/promises/new", form).status_code == 303
    settled()
    return f"/me/p/{newest('promises.made')}"


def test_jonas_says_what_he_will_do_and_that_he_did_it(be, said_so, main, field):
    jonas = be("jonas")
    home = main(jonas.get("/me"))
    assert "You: I ask Ali for fewer hours." in home and "I did it" in home and "It must wait" in home
    form = {"act": "kept", "words": "He said yes.", "once": field(jonas.get(said_so), "once")}
    assert jonas.post(said_so, form).status_code == 303
    assert "You: Kept He said yes." in main(jonas.get(said_so)) and "I did not manage it" not in main(
        jonas.get(said_so)
    )
    settled()
    assert "kept, 20 Nov" in main(jonas.get("/me/promises"))


def test_a_family_is_never_late_and_owes_no_reason(be, said_so, main, field):
    jonas = be("jonas")
    form = {"act": "moved", "day": "2026-11-21", "why": "", "once": field(jonas.get(said_so), "once")}
    assert jonas.post(said_so, form).status_code == 303
    settled()
    clock.install(lambda: TODAY.replace(month=12))
    words = main(be("jonas").get("/me/promises"))
    assert "by Saturday 21 November 2026" in words and "was to be" not in words


def test_anne_asks_kari_who_promises_it(be, main, field):
    anne, kari = be("anne"), be("kari")
    page = anne.get("/me/promises/ask").content.decode()
    of = page.split('name="of" value="')[1].split('"')[0]  # the first: Kari
    form = {"words": "Ring me before you come.", "of": of, "once": field(anne.get("/me/promises/ask"), "once")}
    assert anne.post("/me/promises/ask", form).status_code == 303
    assert "Not sent yet" in main(anne.get("/me/promises"))
    settled()
    assert "You asked Kari: Ring me before you come." in main(anne.get("/me/promises"))
    assert "Anne asks Kari: Ring me before you come." in main(kari.get("/today"))
    assert "Ring me" not in main(be("per").get("/me/promises"))
    id, code = newest("promises.asked"), rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
    where = f"/f/{code}/p/{id}"
    kari.post(where, {"act": "promise", "words": "I ring first.", "due": "", "once": field(kari.get(where), "once")})
    settled()
    words = main(anne.get("/me/promises"))
    assert "Kari: I ring first." in words and "You asked Kari" not in words


def test_a_wish_without_words_keeps_the_page(be, main, field):
    anne = be("anne")
    wrong = anne.post("/me/promises/ask", {"words": "Half", "of": "x", "once": "1" * 32})
    assert wrong.status_code == 422 and "Choose who you ask." in main(wrong) and "Half" in wrong.content.decode()
    day = anne.post("/me/promises/new", {"words": "Half", "day": "2020-01-01", "once": "2" * 32})
    assert day.status_code == 422 and "Choose a day from today on" in main(day) and "Half" in day.content.decode()


def test_another_time_because_of_a_night_shift(be, said, main, field):
    anne = be("anne")
    assert f"/me/appointments/{said(1, 105)}/time" in anne.get("/me").content.decode()
    path = f"/me/appointments/{said(1, 105)}/time"
    anne.post(path, {"words": "I work that night. Thursday?", "once": field(anne.get(path), "once")})
    assert "You: Asked to meet I work that night." in main(anne.get("/me/appointments"))
    settled()
    assert "I work that night." in main(anne.get("/me/appointments"))


def test_cancelled_without_a_reason(be, said, main, field):
    anne = be("anne")
    path = f"/me/appointments/{said(1, 105)}/cancel"
    assert anne.post(path, {"words": "", "once": field(anne.get(path), "once")}).status_code == 303
    settled()
    assert "Cancelled by you, 20 Nov." in main(anne.get("/me/appointments")) and anne.get(path).status_code == 404
    assert "What happens next" not in main(anne.get("/me"))


def test_taken_out_again_the_words_are_in_the_box(be, said_so, main, field):
    jonas = be("jonas")
    for path, form in (
        (said_so, {"act": "broken", "reason": "He was away."}),
        ("/me/promises/new", {"words": "Later."}),
    ):
        jonas.post(path, {**form, "once": field(jonas.get(path), "once")})
        (act,) = settling.waiting(numbers()["jonas"])
        gone = jonas.post(f"/me/waiting/{act.id}/undo")
        assert gone["Location"].startswith(path)
        assert (form.get("reason") or form["words"]) in main(jonas.get(gone["Location"]))


def test_sent_twice_is_one_act(be):
    for _ in range(2):
        be("anne").post("/me/promises/new", {"words": "Once.", "once": "3" * 32})
    assert len(settling.waiting(numbers()["anne"])) == 1


def test_the_litany(be, client, said_so):
    for path in (*PAGES, said_so):
        assert client.get(path, HTTP_HOST="127.0.0.1").status_code == 303
        assert be("kari").get(path).status_code == 404 and be("jonas").put(path).status_code == 405
        assert be("jonas").get(path).status_code == 200
    for path in (said_so, f"/me/p/{'0' * 32}", f"/me/appointments/{'0' * 32}/time"):
        assert be("anne").get(path).status_code == 404


def test_ended_help_keeps_what_they_had_and_says_nothing_new(be, said, main):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE record_relationship SET state = 'ended', ended_seq = 1000 WHERE family = 1 AND person = %s",
            [numbers()["anne"]],
        )
    anne = be("anne")
    assert "handball fee" in main(anne.get("/me/promises")) and "Ask for a promise" not in main(
        anne.get("/me/promises")
    )
    assert "Another time" not in main(anne.get("/me/appointments")) and anne.get("/me/appointments").status_code == 200
    assert anne.get("/me/promises/new").status_code == 303
    assert anne.post("/me/promises/new", {"words": "x", "once": "4" * 32}).status_code in (303, 404, 422)
    assert anne.get(f"/me/appointments/{said(1, 105)}/cancel").status_code == 404
    assert settling.waiting(numbers()["anne"]) == []


def test_a_card_alone_reads_nothing(be, main):
    words = main(be("anne", 0).get("/me/promises"))
    assert "handball" not in words and "You came in with a card." in words

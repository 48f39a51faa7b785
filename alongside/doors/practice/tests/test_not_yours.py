"""What a worker may not do or infer: another's open page, readers named since, opening what is not theirs to open."""

from alongside.access.models import Account
from alongside.access.sealed import whose
from alongside.cast.story import numbers
from alongside.record import settling
from alongside.record.reading import rows


def test_words_on_a_page_that_somebody_else_opened_are_not_sent_in_my_name(be, said, code):
    mark = whose(Account.objects.get(login="kari"))
    for path in (f"/f/{code(1)}/n/{said(1, 62)}/answer", f"/f/{code(1)}/praise"):
        sent = be("ingrid").post(path, {"words": "Kari's words.", "once": "2" * 32, "whose": mark})
        assert sent.status_code == 403
    assert settling.waiting(numbers()["ingrid"]) == []


def test_who_works_with_one_person_is_not_told_to_whom_a_thing_was_opened(be, said, code, plain):
    """Kari opens what Morten said to her to Elin; Marit, who reads it, is not told so."""
    sql = (
        "SELECT e.id FROM record_entry e JOIN record_reader r ON r.entry = e.pk WHERE e.author = %s AND r.person = %s "
        "AND e.speaker = %s AND e.mark = 'team'"
    )
    (id,) = next(iter(rows(sql, [numbers()["kari"], numbers()["marit"], numbers()["morten"]])))
    page = f"/f/{code(3)}/n/{id}"
    before = be("marit").get(page)
    form = be("kari").get(f"{page}/open-to").content.decode()
    elin = rows("SELECT id FROM record_person WHERE number = %s", [numbers()["elin"]])[0][0]
    assert before.status_code == 200 and elin in form
    asked = {"to": elin, "asked": "yes", "reason": "She asked.", "once": "3" * 32}
    assert be("kari").post(f"{page}/open-to", asked).status_code == 303
    assert b"Elin" in be("kari").get(page).content
    assert plain(be("marit").get(page)) == plain(before)


def test_opening_is_offered_only_where_it_is_taken(be, said, code):
    """Not to those who do not read by mark, and never for an answer."""
    assert be("marit").get(f"/f/{code(3)}/n/{said(3, 57)}/open-to").status_code == 404
    assert be("marit").get(f"/f/{code(3)}/n/{said(3, 52)}/open-to").status_code == 404

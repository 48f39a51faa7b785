"""Where the wall has no door for erasing, it is refused plainly, and before anything is written."""

import pytest
from django.db import connection

from alongside import ids
from alongside.access import erasure
from alongside.cast.story import number
from alongside.record import erasing
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.statement import Refused, Statement
from alongside.site.console import erasures
from alongside.site.console.main import parser
from alongside.site.problem import Problem

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="here words are erased: test_erasing"),
]
AT = 2_000_000_000_000_000
HOW = {"strength": 3, "at": AT, "once": "e"}
WHY = {"ground": "asked", "words": "Asked in May.", "lang": "en"}


@pytest.fixture
def said(cast):
    """(place, id) of a sentence in the Hansens' family."""
    home = rows("SELECT family FROM record_relationship WHERE person = %s AND kind = 'parent'", [number("anne")])[0][0]
    words = {"words": [{"lang": "en", "text": "A lodger slept in the hall."}]}
    one = append([Statement("dialogue.passage", words, basis="told")], family=home, by=number("kari"), once="s", at=AT)
    return rows("SELECT pk, id FROM record_entry WHERE id = %s", [one[0].id])[0]


@pytest.fixture
def waiting(said):
    """A proposal that was made elsewhere and came along by move-store."""
    one = erasing.proposed([said[0]], scope="entries", **WHY)
    (receipt,) = append([one], family=0, by=number("odd"), once=ids.new(), at=AT)
    return erasing.proposals(receipt.id)[0]


def everything():
    return rows("SELECT pk, kind, body FROM record_entry ORDER BY pk", [])


def refused(act, *words, **named):
    before = everything()
    with pytest.raises(Refused, match="not-on-this-database"):
        act(*words, **named)
    assert everything() == before


def test_nothing_is_proposed(said):
    refused(erasure.propose, by=number("odd"), ids=[said[1]], **HOW, **WHY)
    refused(erasure.propose_places, by=number("odd"), places=[said[0]], scope="import", **HOW, **WHY)


def test_nothing_is_carried_out(waiting):
    refused(erasure.confirm, by=number("tone"), proposal=waiting.id, **HOW)
    refused(erasing.erase, waiting, by=number("tone"), on="2026-11-24", at=AT, once="e")


def test_a_proposal_that_came_along_is_listed_and_declined(be, waiting):
    tone = be("tone")
    page = tone.get("/office/erasing").content.decode()
    assert "Asked in May." in page
    yes = tone.post(f"/office/erasing/{waiting.id}", {"says": "yes", "once": ids.new()})
    assert yes.status_code == 422 and "On this database nothing can be erased" in yes.content.decode()
    no = {"says": "no", "words": "It cannot be done here.", "once": ids.new()}
    assert tone.post(f"/office/erasing/{waiting.id}", no).status_code == 303
    assert "It cannot be done here." in tone.get("/office/erasing").content.decode()


def test_the_page_says_so_and_keeps_the_words(be, said):
    before = everything()
    sent = {"where": f"https://here/f/x/n/{said[1]}", "ground": "asked", "words": "Kept reason.", "once": ids.new()}
    page = be("odd").post("/office/erasing/new", sent)
    assert page.status_code == 422 and "Kept reason." in page.content.decode()
    assert "On this database nothing can be erased by law yet." in page.content.decode()
    assert everything() == before


def test_nothing_is_erased_again_after_a_restore(said, tmp_path):
    refused(erasing.reapply, [], at=AT)
    for words in (["--again", str(tmp_path / "list.json")], ["--sweep"]):
        with pytest.raises(Problem, match="nothing can be erased"):
            erasures.run(parser().parse_args(["erasures", *words]))

"""A meeting of which little came along from elsewhere: its page stands, and says no more than is known."""

import pytest

from alongside.cast.story import numbers
from alongside.promises.tests.test_promise import NOW
from alongside.record.appending import append
from alongside.record.statement import Statement

SPARSE = {
    "nothing": {},
    "words alone": {"words": [{"lang": "en", "text": "We met at the quay."}]},
    "who came": {"there": []},
    "an empty form": {"there": [], "form": "", "on": "", "place": "", "interpreter": True, "points": []},
}


@pytest.mark.parametrize("what", SPARSE)
def test_it_is_listed_and_opened_in_both_doors(what, be, code, main):
    anne, lars = numbers()["anne"], numbers()["lars"]
    said = Statement("teams.meeting", SPARSE[what]).to(anne, because="present")
    (one,) = append([said], family=1, by=lars, once="1" * 32, at=NOW)
    for n, kind in enumerate(("teams.meeting-came", "teams.meeting-said", "teams.meeting-decided"), 2):
        inside = Statement(kind, {}, within=one.id).to(anne, because="present")
        append([inside], family=1, by=lars, once=f"{n}" * 32, at=NOW + n)
    for who, where in (("lars", f"/f/{code(1)}/meetings"), ("anne", "/me/meetings")):
        assert be(who).get(where).status_code == 200
        page = be(who).get(f"{where}/{one.id}")
        assert page.status_code == 200 and main(page)
    assert be("lars").get(f"/f/{code(1)}").status_code == be("anne").get("/me").status_code == 200
    assert be("anne").get("/me/story").status_code == 200

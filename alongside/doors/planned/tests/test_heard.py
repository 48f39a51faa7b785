"""The plan's PDF before a checker that others wrote: pdfua 0.1.3, on the cast's plan and on that of a family of twelve.

It knows twelve checks, for 16 of the 106 rules of PDF/UA-1 that a machine can decide. It decides on our file:
UA-01-002 marked; UA-01-003 every piece of a page is tagged or an artifact; UA-01-005 a structure tree; UA-06-001 a
language; UA-07-001 and UA-07-002 a title, and that it is shown; UA-28-004 it says that it is PDF/UA.

Four have nothing to decide, because the plan has no picture, table, link or note: UA-13-004, UA-15-003, UA-18-001,
UA-18-005. One it cannot evaluate, for it stumbles over a heading made of several pieces: UA-14-001, headings are not
empty; that one is looked at here by hand. The other 90 rules it does not know. This is no certificate.
"""

import io

import pdfua
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject

from alongside.doors.planned import paper
from alongside.doors.planned.tests.test_paper import MADE, TWELVE, nodes

DECIDES = {"UA-01-002", "UA-01-003", "UA-01-005", "UA-06-001", "UA-07-001", "UA-07-002", "UA-28-004"}
NOTHING_THERE = {"UA-13-004", "UA-15-003", "UA-18-001", "UA-18-005"}
STUMBLES = {"UA-14-001"}


@pytest.fixture
def check(tmp_path):
    def checked(made: bytes):
        path = tmp_path / "plan.pdf"
        path.write_bytes(made)
        return pdfua.validate(str(path))

    return checked


@pytest.fixture(params=["the cast, in their door", "the cast, in ours", "twelve", "twelve, in bokmål"])
def made(request, be, code):
    if request.param.startswith("the cast"):
        who, path = ("anne", "/me") if "their" in request.param else ("kari", f"/f/{code(1)}")
        return be(who).get(f"{path}/plan/plan.pdf").content
    return paper.pdf(TWELVE, **MADE | ({"lang": "nb"} if "bokmål" in request.param else {}))


def test_it_finds_nothing_in_the_rules_it_knows(made, check):
    report = check(made)
    assert report.findings == ()
    assert {one.rule_id for one in report.outcomes} == DECIDES | NOTHING_THERE | STUMBLES
    assert {one.rule_id for one in report.skipped} == STUMBLES


def test_what_it_cannot_decide_is_looked_at_by_hand(made):
    found = PdfReader(io.BytesIO(made))
    every = list(nodes(found.trailer["/Root"]["/StructTreeRoot"]))
    kinds = {str(one["/S"]) for one in every}
    headings = [one for one in every if str(one["/S"]).startswith("/H")]
    assert headings and all("/K" in one and one["/K"] for one in headings)
    assert not kinds & {"/Figure", "/Formula", "/Table", "/Link", "/Annot", "/Note"}
    assert all("/Annots" not in page for page in found.pages)


SPOILT = {
    "UA-01-002": lambda root, writer: root["/MarkInfo"].update({NameObject("/Marked"): BooleanObject(False)}),
    "UA-01-005": lambda root, writer: root.pop("/StructTreeRoot"),
    "UA-06-001": lambda root, writer: root.pop("/Lang"),
    "UA-07-002": lambda root, writer: root.pop("/ViewerPreferences"),
    "UA-28-004": lambda root, writer: root.pop("/Metadata"),
}


@pytest.mark.parametrize("rule", SPOILT)
def test_it_notices_a_plan_that_was_spoilt(rule, check):
    writer = PdfWriter(clone_from=io.BytesIO(paper.pdf(TWELVE, **MADE)))
    SPOILT[rule](writer._root_object, writer)
    spoilt = io.BytesIO()
    writer.write(spoilt)
    assert rule in {finding.rule_id for finding in check(spoilt.getvalue()).findings}

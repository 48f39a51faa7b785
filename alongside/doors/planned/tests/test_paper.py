"""The plan on one A4 page: the cast's, that of a family of twelve, and one that is far too long; and a PDF that can be
heard: PDF/UA-1 by its writer, and here its title, language, structure, headings and marked content by hand."""

import io
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from alongside.doors.planned import card, paper
from alongside.doors.planned.hard_page import StepLine
from alongside.doors.planned.page import Goal, Head, NeedLine, PlanPage, PointLine, StrengthLine, Words
from alongside.record.terms import plain_term

MADE = {"lang": "en", "day": "Friday 20 November 2026", "ours": True, "clear": str}
PEOPLE = "Anne Per Mia Jonas Farhiya Ali Lea Silje Ella Gerd Bodil Roald".split()  # the cast's, as many as twelve


def said(text: str, who: str = "Anne") -> Words:
    return Words(text, "", f"{who}, 14 Mar", "/")


def answered(who: str, text: str = "") -> dict:
    return {"tone": "agree", "who": f"{who}: yes, with", "text": text, "lang": "", "meta": "20 Mar"}


def a_page(people: list[str], points: int, words: str) -> PlanPage:
    """A plan in which everybody needs something, says something and is good at something."""
    return PlanPage(
        plan=SimpleNamespace(), lang="", says="Written by Anne, 14 March 2026.",
        head=Head(tuple((who, said(words, who)) for who in people)),
        points=tuple(
            PointLine(n, n, f"{people[n % len(people)]}: {words}", (answered("Kari", words),), tuple(
                answered(who) for who in people[:4]))
            for n in range(1, points + 1)
        ),
        whole=tuple(answered(who, words) for who in people), exit="We ring each other first and you second.",
        needs=tuple(NeedLine(((who, words),), said(words, who), "the family") for who in people),
        elsewhere=(NeedLine((), said(words), "the municipality"),),
        used=(StrengthLine(people[0], said(words), "1", "0"),),
        unused=tuple(StrengthLine(who, said(words), "", "0") for who in people),
        goals=(Goal(words, "", "", "/"), Goal(words, "", "Now: three days", "/")),
        owed=({"who": "Lars:", "what": words, "due": "by 1 December", "notes": (), "state": "open"},), ours=(),
        celebrated=(said(words), said(words)), for_child=False, others=(),
    )  # fmt: skip


TWELVE = a_page(PEOPLE, 9, "Somebody reads the whole chapter, also on Tuesdays.")
FAR_TOO_LONG = a_page(PEOPLE, 40, "Somebody reads the whole chapter, also on Tuesdays, and again. " * 4)


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def words_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def test_the_casts_plan_is_one_page_in_both_doors(be, code):
    for who, path in (("anne", "/me/plan/plan.pdf"), ("kari", f"/f/{code(1)}/plan/plan.pdf")):
        answer = be(who).get(path)
        assert (
            answer["Content-Type"] == "application/pdf"
            and answer["Content-Disposition"] == 'inline; filename="plan.pdf"'
        )
        assert len(read(answer.content).pages) == 1
        found = words_of(answer.content)
        assert "Kari: not safe, because: Jonas is 15" in found and "Jonas agrees partly" in found
        assert "No room here" not in found and " You" not in found  # paper is read by many: everybody by name


def test_a_family_of_twelve_is_one_page_and_what_has_no_room_is_named():
    made = paper.pdf(TWELVE, **MADE)
    assert len(read(made).pages) == 1
    found = words_of(made)
    assert all(f"Point {n}" in found for n in range(1, 10)) and "We ring each other first" in found
    headings = [one.called for one in paper.blocks_of(TWELVE)]
    for called in headings:
        assert called in found  # as a heading, or among what is named


@pytest.mark.parametrize("page", [TWELVE, FAR_TOO_LONG], ids=["twelve", "far too long"])
def test_nothing_is_dropped_in_silence(page):
    made = paper.pdf(page, **MADE)
    assert len(read(made).pages) == 1
    named = words_of(made).partition("No room here for: ")[2]
    shown = headings(read(made))
    for block in paper.blocks_of(page):
        assert block.called in shown or f"{block.called}," in f"{named.partition('. Read it')[0]},"


def test_other_scripts_print_in_the_browser():
    assert paper.holds(TWELVE)
    assert not paper.holds(replace(TWELVE, exit="مع السلامة"))


def nodes(node):
    """Every element of a structure tree, from the top."""
    kids = node.get("/K", ())
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield kid
            yield from nodes(kid)


def headings(found: PdfReader) -> list[str]:
    return [one.title for one in flat(found.outline)]


def flat(outline):
    for one in outline:
        yield from flat(one) if isinstance(one, list) else [one]


def test_it_can_be_heard():
    found = read(paper.pdf(TWELVE, **{**MADE, "lang": "nb"}))
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None and bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "nb" and found.metadata.title == "Our plan"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    kinds = [str(one["/S"]) for one in nodes(root["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1 and kinds.count("/H2") >= 9 and "/L" in kinds and "/LI" in kinds
    order = [kind for kind in kinds if kind in ("/H1", "/H2", "/H3")]
    assert order[0] == "/H1" and "/H3" not in order  # no level is left out
    assert "/Figure" not in kinds  # no picture, so none without words
    assert found.pages[0]["/StructParents"] is not None and found.pages[0]["/Tabs"] == "/S"
    assert b"/BDC" in found.pages[0].get_contents().get_data() or b"BDC" in found.pages[0].get_contents().get_data()
    metadata = root["/Metadata"].get_object().get_data()
    assert b"pdfuaid" in metadata and b"<pdfuaid:part>1<" in metadata
    fonts = found.pages[0]["/Resources"]["/Font"]
    assert all("/ToUnicode" in font.get_object() for font in fonts.values())  # every letter can be read out


def test_the_same_plan_is_the_same_file():
    assert paper.pdf(TWELVE, **MADE) == paper.pdf(TWELVE, **MADE)


def test_what_looks_like_an_instruction_stays_words():
    tricky = replace(TWELVE, exit='#panic("x") *bold* $x$ @here <last> \\ `')
    assert '#panic("x") *bold*' in words_of(paper.pdf(tricky, **MADE))


BLOCKS = st.lists(
    st.builds(
        paper.Block, st.sampled_from([*paper.GIVES_WAY, "exit", *(f"point-{n}" for n in range(9))]), st.just("A"),
        st.lists(st.text("abc ", min_size=1, max_size=400), min_size=1, max_size=6).map(tuple),
    ),
    unique_by=lambda block: block.name, max_size=20,
)  # fmt: skip


@given(BLOCKS)
def test_what_gives_way_does_so_in_its_order_and_the_end_never(blocks):
    order = [block.name for block in paper.giving_way(blocks)]
    assert "exit" not in order and len(order) == len(set(order))
    assert set(order) == {block.name for block in blocks} - {"exit"}
    firsts = [name for name in order if not name.startswith("point-")]
    assert order[: len(firsts)] == firsts and firsts == [name for name in paper.GIVES_WAY if name in firsts]


def test_the_browsers_sheet_takes_smaller_letters_before_it_leaves_anything_out():
    assert paper.sheet(a_page(PEOPLE[:2], 2, "Short.")).step == "roomy"
    assert not paper.sheet(a_page(PEOPLE[:2], 2, "Short.")).named
    crowded = paper.sheet(FAR_TOO_LONG)
    assert crowded.step == "small" and "Celebrated" in crowded.named and crowded.shows("exit")


def test_a_promise_that_says_its_day_says_it_once(be):
    found = words_of(be("anne").get("/me/plan/plan.pdf").content)
    assert "by 1 December." in found and "Tuesday 1 December" not in found
    owed = {"who": "Lars:", "what": "I ask.", "due": "by Tuesday 1 December 2026", "notes": (), "state": "open"}
    assert list(paper._promised([owed])) == ["Lars: I ask. (by Tuesday 1 December 2026)"]


def test_a_step_on_the_card_is_one_line_for_the_fence():
    def clear(text: str) -> str:
        return text.replace("Bekkasinveien", "…").replace("17", "") if plain_term(text) == "bekkasinveien17" else text

    found = card._step(StepLine("Bekkasinveien", "17", "", False), (), clear)
    assert (found["who"], found["what"]) == ("…", "")
    assert card._step(StepLine("Lea", "17", "", False), (), clear)["what"] == "17"


def test_the_card_of_hard_hours_opens_without_us_and_rings(be, code, settings):
    settings.HELP_LINES = [("000 00 113", "Duty line")]
    for who, path in (("anne", "/me"), ("kari", f"/f/{code(1)}")):
        answer = be(who).get(f"{path}/plan/hard-hours/card.pdf")
        assert answer["Content-Disposition"] == 'inline; filename="card.pdf"'
        (page,) = read(answer.content).pages
        assert "Lea: has the key, also at night" in " ".join(page.extract_text().split())
        rung = [one.get_object()["/A"]["/URI"] for one in page["/Annots"]]
        assert rung == ["tel:00000113"] and b"http" not in b"".join(map(str.encode, rung))
        assert read(answer.content).trailer["/Root"]["/Lang"] == "en"
    nothing = be("marte").get("/me/plan/hard-hours/card.pdf")
    assert nothing["Location"] == "/me/plan/hard-hours"

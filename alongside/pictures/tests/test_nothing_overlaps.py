"""No two symbols, no two labels, and no symbol and label share any area, whoever is drawn."""

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.pictures.circle import SORTS, Placed, circle
from alongside.pictures.drawing import Box, Drawing, text, width
from alongside.pictures.ecomap import GIVES, MOST, STRENGTHS, Link, ecomap
from alongside.pictures.genogram import genogram
from alongside.pictures.tests.families import NAMES, families

RINGS = ("closest", "friends and family", "groups and places", "paid to help")
PLACED = st.builds(Placed, NAMES, st.integers(0, 3), st.sampled_from(SORTS), NAMES, in_team=st.booleans())
LINKS = st.builds(Link, NAMES, st.sampled_from(STRENGTHS), st.just("stressful"), NAMES, st.sampled_from(GIVES))


def apart(drawing: Drawing) -> None:
    """Nothing overlaps, everything lies inside the frame, and the SVG is well formed and without inline style."""
    boxes = [*drawing.symbols, *drawing.labels]
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other), (one, other)
    assert "style=" not in drawing.svg
    root = ElementTree.fromstring("".join(sign for sign in drawing.svg if sign.isprintable()))
    left, top, wide, high = map(float, root.get("viewBox").split())
    for box in boxes:
        assert left <= box.x + 0.1 and box.x + box.w <= left + wide + 0.1, box
        assert top <= box.y + 0.1 and box.y + box.h <= top + high + 0.1, box


@settings(max_examples=120)
@given(families())
def test_in_a_genogram(family):
    people, couples, children, homes, index = family
    drawing = genogram(people, couples, children, homes, index=index, key="g", title=str)
    apart(drawing)
    assert len(drawing.left_out) < len(people)
    assert len(people) - len(drawing.left_out) <= 15


@settings(max_examples=80)
@given(st.lists(PLACED, max_size=24))
def test_in_a_circle(placed):
    drawing = circle("Mia", placed, rings=RINGS, key="c", title="")
    apart(drawing)
    assert len(drawing.symbols) == len(placed) + 1, "everybody has a place"


@settings(max_examples=80)
@given(st.lists(LINKS, max_size=14), st.lists(NAMES, max_size=6))
def test_in_an_ecomap(links, household):
    drawing = ecomap("Anne", links, key="e", title="", household=household)
    apart(drawing)
    assert len(drawing.symbols) == min(len(links), MOST) + 1


@given(st.text(max_size=80), st.integers(40, 200), st.integers(1, 3))
def test_a_label_is_never_wider_than_it_may_be(words, most, lines):
    label = text(words, most=most, lines=lines)
    assert len(label.lines) <= lines and all(width(line, label.size) <= most for line in label.lines)


def test_boxes_that_touch_do_not_overlap():
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 10, 10)) and Box(0, 0, 10, 10).overlaps(Box(9, 9, 1, 1))
    assert Box(-1, 4, 2, 2).crossed((-5, 5), (5, 5)) and not Box(-1, 6, 2, 2).crossed((-5, 5), (5, 5))

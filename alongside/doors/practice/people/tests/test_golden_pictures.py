"""The cast's pictures as they are drawn, kept beside the tests: who changes a line of a picture sees what changed.

To draw them anew: remove the file and run this test; then look at what was drawn.
"""

import re
from pathlib import Path

import pytest

from alongside.doors.practice.people.tests.test_pictures import svgs
from alongside.pictures.genogram import genogram
from alongside.pictures.kin import Child, Couple, Kin

KEPT = Path(__file__).parent / "golden"
LINKS = re.compile(r'href="[^"]*"')


def drawn(page) -> dict[str, str]:
    """The pictures of a page, a tag to a line, without addresses."""
    shown = [LINKS.sub('href="#"', one).replace("><", ">\n<") + "\n" for one in svgs(page)]
    return {f"{place}": one for place, one in enumerate(shown)}


@pytest.mark.parametrize(("family", "about"), [(1, "mia"), (1, "anne"), (2, "emil")])
def test_the_picture_is_as_it_was(family, about, page):
    found = drawn(page("kari", family, about, "/pictures"))
    assert found
    for place, one in found.items():
        kept = KEPT / f"{about}-{place}.svg"
        if not kept.exists():
            kept.write_text(one, "utf-8")
            pytest.fail(f"{kept.name} was drawn for the first time: look at it and run this again")
        assert one == kept.read_text("utf-8"), kept.name


def test_an_adoption_and_a_loss_by_the_convention():
    """Adopted children hang on a dashed line, foster children on a dotted one; a triangle is somebody expected, and one
    with a cross was lost."""
    people = [
        Kin(1, "Lea", "woman", "Lea", age="44"), Kin(2, "Ali", "man", "Ali", age="47"),
        Kin(3, "Silje", "woman", "Silje", age="12"), Kin(4, "Jonas", "man", "Jonas", age="15"),
        Kin(5, "Mia", "woman", "Mia", age="9"), Kin(6, "not born", "unborn", "lost", dates="lost 2024", died=True),
        Kin(7, "not yet", "unborn", "expected", dates="expected 2027"),
    ]  # fmt: skip
    children = [
        Child((1, 2), (3,), adopted=True), Child((1, 2), (4,), foster=True), Child((1, 2), (5, 6, 7)),
    ]  # fmt: skip
    made = genogram(people, [Couple(1, 2)], children, [], index=5, key="g", title=lambda n: "A family")
    one = made.svg.replace("><", ">\n<") + "\n"
    kept = KEPT / "convention.svg"
    if not kept.exists():
        kept.write_text(one, "utf-8")
        pytest.fail("drawn for the first time: look at it and run this again")
    assert one == kept.read_text("utf-8")
    assert one.count("gl gd") == 1 and one.count("gl gf") == 1

"""The cast's pictures as they are drawn, kept beside the tests: who changes a line of a picture sees what changed.

To draw them anew: remove the file and run this test; then look at what was drawn.
"""

import re
from pathlib import Path

import pytest

from alongside.doors.practice.people.tests.test_pictures import svgs

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

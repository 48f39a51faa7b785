"""The small picture of a goal."""

from xml.etree import ElementTree

from alongside.pictures.spark import spark

SVG = "{http://www.w3.org/2000/svg}"


def _drawn(values, title="Ears", desc="as in the list"):
    return ElementTree.fromstring(spark(values, key="g1", title=title, desc=desc))


def test_no_rating_no_picture():
    assert spark([], key="g1", title="", desc="") == ""


def test_each_rating_is_one_point_and_the_newest_is_filled():
    drawn = _drawn([-1, 0, -1, 0, 1])
    dots = drawn.findall("circle")
    assert [dot.get("cy") for dot in dots] == ["36", "26", "36", "26", "16"]
    assert [dot.get("class") for dot in dots] == [None, None, None, None, "now"]
    assert (dots[0].get("cx"), dots[-1].get("cx")) == ("8", "120")


def test_one_rating_has_no_line():
    drawn = _drawn([0])
    assert drawn.find("path") is None and len(drawn.findall("circle")) == 1


def test_beyond_the_ladder_stays_inside_the_picture():
    assert [dot.get("cy") for dot in _drawn([-9, 9]).findall("circle")] == ["46", "6"]


def test_words_are_escaped_and_named():
    drawn = _drawn([1], title="<b>&", desc='"')
    assert drawn.find("title").text == "<b>&" and drawn.get("aria-labelledby") == "g1-t g1-d"
    assert "style" not in spark([1], key="g1", title="", desc="")

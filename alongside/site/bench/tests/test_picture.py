"""The picture of what was measured: each goal on its side of the line, said in words as well, and nothing else."""

import re
from xml.etree import ElementTree

import pytest

from alongside.site.bench.facts import Fact
from alongside.site.bench.figures import Ratio
from alongside.site.bench.picture import drawn
from alongside.site.console.main import main

NS = "{http://www.w3.org/2000/svg}"
MET = Fact("gate <small>", measured=Ratio(1.1, 1.05, 1.2, 400), goal=1.3)
MISSED = Fact("append", measured=Ratio(2.6, 2.4, 2.9, 400), goal=2.3)
LEAST = Fact("history", measured=Ratio(38.0, 37.0, 39.0, 60), goal=50, least=True)
BETTER = Fact("events", measured=Ratio(7.0, 6.5, 7.5, 60), goal=6, least=True)


def read(facts):
    return ElementTree.fromstring(drawn(facts, "alongside bench --only gate"))


def goal_of(tree):
    (line,) = [one for one in tree.iter(f"{NS}line") if one.get("class") == "goal"]
    return float(line.get("x1"))


@pytest.mark.parametrize(("fact", "left"), [(MET, True), (MISSED, False), (LEAST, False), (BETTER, True)])
def test_a_goal_that_is_met_stands_left_of_the_line(fact, left):
    tree = read([fact])
    (dot,) = tree.iter(f"{NS}circle")
    assert (float(dot.get("cx")) < goal_of(tree)) is left and dot.get("class") == ("met" if left else "not")
    said = " ".join(one.text for one in tree.iter(f"{NS}text"))
    assert ("NOT MET" not in said) is left and fact.name in said and "alongside bench --only gate" in said


def test_the_dot_lies_in_its_interval_and_all_of_it_on_the_picture():
    tree = read([MET, MISSED, LEAST, BETTER])
    width = float(tree.get("viewBox").split()[2])
    bars = [one for one in tree.iter(f"{NS}line") if one.get("class", "").startswith("bar")]
    for dot, bar in zip(tree.iter(f"{NS}circle"), bars, strict=True):
        ends = sorted((float(bar.get("x1")), float(bar.get("x2"))))
        assert 0 < ends[0] <= float(dot.get("cx")) <= ends[1] < width


def test_what_has_no_goal_or_was_not_measured_is_not_drawn():
    none = [Fact("beside", measured=Ratio(3, 2, 4, 60)), Fact("peer", goal=50, missing="not installed")]
    assert len(list(read([MET, *none]).iter(f"{NS}circle"))) == 1
    assert list(read(none).iter(f"{NS}circle")) == []


def test_it_asks_nobody_and_tells_it_in_words():
    text = drawn([MET, MISSED], "alongside bench")
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"] and "<script" not in text
    assert "append: 2.60, not met" in ElementTree.fromstring(text).get("aria-label")


def test_a_picture_for_nowhere_is_said_before_anything_is_measured(tmp_path, capsys):
    assert main(["bench", "--picture", str(tmp_path / "none" / "bench.svg")]) == 1
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--only", "luck"], ["--against", "luck"], ["--entries", "7"]])
def test_a_wrong_word_leaves_no_folder(words, tmp_path, capsys, monkeypatch):
    assert main(["bench", *words, "--data", str(tmp_path / "files")]) == 1
    assert not (tmp_path / "files").exists() and capsys.readouterr().err

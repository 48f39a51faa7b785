"""What `alongside prove` says: figures added up, goals kept or not, and nothing held that a test failed on."""

import json
import re

import pytest

from alongside.site.console.main import main
from alongside.site.prove import suites
from alongside.site.prove.figures import Figure, as_table, of_report, together

LETTERS = "alongside/access/tests/test_leaving.py::test_at_most_one_of_two_hundred_ordinary_letters_is_stopped"


def said(value, **more):
    return [("proven", {"name": "acts lost", "value": value, "goal": 0, **more}), ("other", {"a": 1})]


def test_figures_of_one_name_are_added_up():
    seeds = [one for seed in range(4) for one in of_report(f"a.py::test_b[{seed}]", True, said(0, of=10))]
    (found,) = together(seeds)
    assert found.plain() == {
        "name": "acts lost (of 40; at most 0)", "value": 0, "goal": 0, "held": True, "command": "bin/test a.py::test_b",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "held"),
    [
        (Figure("x", 0, 0, "c"), True),
        (Figure("x", 1, 0, "c"), False),
        (Figure("x", 51, 51, "c", least=True), True),
        (Figure("x", 50, 51, "c", least=True), False),
        (Figure("x", None, 0, "c"), False),
        (Figure("x", 0, 0, "c", sound=False), False),
    ],
)
def test_what_holds(figure, held):
    assert figure.held is held
    assert as_table([figure]).startswith("held " if held else "NOT HELD")


def test_one_failing_seed_spoils_the_sum():
    good, bad = of_report("a.py::t[1]", True, said(0)), of_report("a.py::t[2]", False, said(0))
    assert not together([*good, *bad])[0].held


def test_a_small_run_prints_one_array_and_nothing_else(monkeypatch, capfd):
    monkeypatch.setattr(suites, "SUITES", {"ci": (LETTERS,)})
    monkeypatch.setattr("alongside.site.prove.suites.said_by_bench", lambda arguments: [])
    assert main(["prove", "--json"]) == 0
    (figure,) = json.loads(capfd.readouterr().out)
    assert figure["held"] and figure["goal"] == 1 and figure["command"] == f"bin/test {LETTERS}"


def test_every_test_that_says_a_figure_is_run():
    """Or a claim would stand that the command never finds out again."""
    saying = {
        str(place.relative_to(suites.HOUSE))
        for above in ("alongside", "stories")
        for place in (suites.HOUSE / above).rglob("test_*.py")
        if re.search(r"^ +proven\(", place.read_text("utf-8"), re.M)
    }
    assert saying - {one.partition("::")[0] for one in suites.SUITES["full"]} == set()
    assert len(saying) > 8


def test_a_part_by_itself_runs_nothing_else(monkeypatch, capfd):
    def tests(size):
        raise AssertionError("tests were not asked for")

    monkeypatch.setattr(suites, "said_by_tests", tests)
    monkeypatch.setattr(suites, "said_by_drill", lambda: [Figure("a gigabyte", 50, 60, "alongside drill")])
    assert main(["prove", "--size", "full", "--only", "drill", "--json"]) == 0
    assert [one["value"] for one in json.loads(capfd.readouterr().out)] == [50]
    assert main(["prove", "--only", "drill"]) == 1
    assert "The parts are: tests, bench." in capfd.readouterr().err


def test_the_same_ratio_on_both_databases_is_two_figures(monkeypatch):
    """Or one of them would stand for both."""
    one = {"name": "gate", "entries": 10_000, "goal": 1.3, "least": False}
    told = {False: [{**one, "ratio": 1.1}], True: [{**one, "ratio": 3.0}, {**one, "name": "no goal", "goal": None}]}
    monkeypatch.setattr(suites, "_asked", lambda arguments: json.dumps(told["postgres" in arguments]))
    file, server = suites.said_by_bench(("--entries", "10000")), suites.said_by_bench(("--db", "postgres"))
    assert [(figure.name, figure.held) for figure in together([*file, *server])] == [
        ("gate, 10,000 entries", True), ("gate, 10,000 entries, PostgreSQL", False)
    ]  # fmt: skip
    assert server[0].command == "alongside bench --db postgres"

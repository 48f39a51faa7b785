"""Where the house may look for itself: a short list, so that another place is a decision and not a slip."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
# Where the house's own work begins: a form that was sent, the ticker, a command, the log's own work in any thread.
BEGINS = {
    "access/middleware.py: asked_for",
    "access/provider/watching.py: _work",  # whether visits are still wanted by the identity provider
    "record/log/sequencer.py: run",
    "record/log/sequencer.py: take",
    "site/console/main.py: main",
    "site/ticker.py: tick",
}
# What a page cannot look up as its visitor: of somebody's own place, or behind a role of the office; never words.
LOOKS_UP = {
    "access/ending.py: asked",  # what one is asked to take, before one stands there
    "access/ending.py: given_lately",
    "access/ending.py: of_unit",  # a leader's list of their unit
    "access/ending.py: wanting",
    "access/erasure.py: codes",  # where what somebody decides on erases, for leaders and the privacy officer
    "access/erasure.py: family_of",
    "access/erasure.py: near",  # to which families one who decides belongs, who then decides nothing about them
    "access/holds.py: holds",  # what is held, and why
    "access/keeping.py: everybody",  # the yearly list: dates and codes
    "access/keeping.py: holds_for",
    "access/keeping.py: one",
    "access/kept_on.py: archive_has",
    "access/kept_on.py: handed",
    "access/kept_on.py: kept_on",
    "access/looked.py: whole_log",  # the privacy officer's log
    "access/running.py: facts_of",  # when work ended, years of birth
    "record/closing.py: closings",  # on which day the office stops, and what two of it say to everybody
    "record/log/begun.py: beginnings",  # that the log was begun again, which the office's page says for ever
    "record/erasing.py: addresses_of",  # where a proposal to erase reaches
}


def modules():
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE)
        if not {"tests", "migrations"} & set(name.parts):
            yield str(name), ast.parse(file.read_text())


def calls(function: ast.FunctionDef, name: str) -> bool:
    """Whether it, or a decorator of it, calls something of this name."""
    called = [one.func for one in ast.walk(function) if isinstance(one, ast.Call)]
    return any(getattr(one, "id", getattr(one, "attr", "")) == name for one in called)


def test_the_house_looks_for_itself_in_these_places_alone():
    found = {
        f"{name}: {one.name}"
        for name, tree in modules()
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef) and name != "asking.py" and calls(one, "for_the_house")
    }
    assert found == BEGINS | LOOKS_UP


def test_nobody_calls_a_gate_but_through_its_reader():
    """Who makes the gate's words sends them by `through`, which says for whom."""
    found = {name for name, tree in modules() for one in ast.walk(tree) if _takes_a_gate(one)}
    assert found - {one for one in found if one.startswith("site/bench/")} == {"access/looked.py", "record/reading.py"}
    for name in ("access/looked.py", "record/reading.py"):
        tree = ast.parse((PACKAGE / name).read_text())
        using = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and calls(one, "gate")]
        assert [one.name for one in using if not (calls(one, "through") or one.name == "_listed")] == []


def _takes_a_gate(one: ast.AST) -> bool:
    """Whether it imports the gate, a shape of it or the file they are in; the names of the columns are nobody's."""
    if isinstance(one, ast.ImportFrom):
        names = {alias.name for alias in one.names}
        return (one.module == "alongside.record.gate" and names != {"FIELDS"}) or (
            one.module == "alongside.record" and "gate" in names
        )
    return isinstance(one, ast.Import) and "alongside.record.gate" in {alias.name for alias in one.names}


def test_no_door_and_no_page_says_a_statement_of_the_entries():
    """A page reads through the gate or asks a room; so what a room looks up for itself is seen in one place."""
    pages = [
        (name, one.value)
        for name, tree in modules()
        if name.startswith("doors/") or Path(name).stem in ("views", "family_views")
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    assert [(name, text) for name, text in pages if "record_entry" in text] == []

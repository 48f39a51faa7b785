"""The documents cannot drift: rooms, kinds, cases, addresses, libraries, links and figures against the code.

Two tables are made from the code. When one is out of date its test fails and prints the right one.
"""

import re
import tomllib
from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils import translation

from alongside.record.kinds import KINDS
from alongside.record.readers import KIN, OTHERS, STAFF, STATES
from alongside.record.statement import BASES, MARKS, REASONS
from alongside.record.tests.test_oracle_cases import CASES
from alongside.site.console.main import subcommands

HOUSE = Path(__file__).resolve().parents[3]
DOCS = HOUSE / "docs"
PAGES = [HOUSE / "README.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r'\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|href)="([^"#]+)"')
IN_CODE = re.compile(r"`([^`\n]+)`")
OURS = re.compile(r"(?<![\w/.~])((?:alongside|docs|stories|bin)/[\w./-]*[\w/])")
# A figure somebody measured, as against a number that says how something is.
FIGURE = re.compile(r"\b\d[\d.,]*\s?(?:ms|%|per cent|kB|KB|MB|GB|times (?:as|faster|slower))(?!\w)")
COMMAND = re.compile(r"`[^`]*(?:bin/|alongside )[^`]*`|^(?:bin/|\S*python -m alongside )", re.MULTILINE)


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    lines = page.split(f"{heading}\n", 1)[1].splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[begin + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def printed(page: str, name: str) -> str:
    """What stands in a page between the marks of a table made from the code."""
    found = re.search(rf"<!-- {name}: [^\n]* -->\n(.*?)<!-- end -->", page, re.DOTALL)
    assert found, f"the marks of the table {name} are gone"
    return found.group(1)


def row(*cells: str) -> str:
    """One line of a table."""
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def kinds_table() -> str:
    """The table of docs/kinds.md."""
    lines = ["| Kind | On a page | Settles | Moves its thing | Always read |", "|---|---|---|---|---|"]
    with translation.override("en"):
        for name, kind in sorted(KINDS.items()):
            ticks = ("yes" if flag else "" for flag in (kind.settles, kind.changes_state, kind.state))
            lines.append(row(f"`{name}`", str(kind.label), *ticks))
    return "\n".join(lines) + "\n"


def patterns(found, before: str = ""):
    """Every address of the house: (address, methods, doors)."""
    for one in found:
        address = before + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(one.pattern))
        if hasattr(one, "url_patterns"):
            yield from patterns(one.url_patterns, address)
        else:
            yield address, getattr(one.callback, "methods", ()), getattr(one.callback, "doors", ())


def addresses_table() -> str:
    """The table of docs/who-may-do-what.md."""
    lines = ["| Address | Door | Methods |", "|---|---|---|"]
    for address, methods, doors in sorted(patterns(get_resolver().url_patterns)):
        lines.append(row(f"`/{address}`", ", ".join(doors) or "everybody", ", ".join(methods)))
    return "\n".join(lines) + "\n"


def test_rooms_are_the_folders():
    listed = [row[0].strip("`") for row in table(text("house.md"), "## The rooms, from the roof down")]
    folders = {one.parent.name for one in (HOUSE / "alongside").glob("*/__init__.py")} - {"tests", *large_bricks()}
    assert set(listed) == folders and len(listed) == len(folders)


def test_rooms_stand_in_the_order_of_the_layers():
    listed = [row[0].strip("`") for row in table(text("house.md"), "## The rooms, from the roof down")]
    contracts = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    floors = {room: n for n, layer in enumerate(layers) for room in re.findall(r"\w+", layer)}
    assert [floors[room] for room in listed] == sorted(floors[room] for room in listed)


def large_bricks() -> set[str]:
    """Bricks that are a folder of files."""
    return set(re.findall(r"`alongside/(\w+)/`", text("house.md")))


def test_bricks_are_named():
    bricks = {one.name for one in (HOUSE / "alongside").glob("*.py")} - {"__init__.py", "__main__.py"}
    assert bricks == set(re.findall(r"`alongside/(\w+\.py)`", text("house.md")))
    standing = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    alone = next(
        one["source_modules"] for one in standing if one["type"] == "forbidden" and "alongside.ids" in str(one)
    )
    assert {f"alongside.{name}" for name in large_bricks()} <= set(alone)


def test_kinds_are_those_of_the_code():
    made = kinds_table()
    assert printed(text("kinds.md"), "kinds") == made, f"put this into docs/kinds.md:\n{made}"


def test_addresses_are_those_of_the_code():
    made = addresses_table()
    assert printed(text("who-may-do-what.md"), "addresses") == made, f"put this into docs/who-may-do-what.md:\n{made}"


def test_the_worked_cases_are_those_of_the_oracle():
    told = [int(row[0]) for row in table(text("record.md"), "### Twelve worked cases")]
    asked = sorted({case.number for case in CASES})
    assert told == asked == list(range(1, 13))


@pytest.mark.parametrize("words", [STAFF, KIN, OTHERS, STATES, MARKS, BASES, REASONS], ids=lambda one: min(one))
def test_every_word_of_the_gate_is_told(words):
    said = set(IN_CODE.findall(text("record.md")))
    assert set(words) <= said


def test_libraries_are_those_of_the_locks():
    named = []
    for file in ("requirements.in", "requirements-postgres.in", "requirements-dev.in"):
        named += re.findall(r"^([A-Za-z][\w-]*)", (HOUSE / file).read_text(), re.MULTILINE)
    page = text("decisions/0007-libraries.md")
    told = [row[0] for heading in ("## To run", "## To test, check and measure") for row in table(page, heading)]
    assert told == named


def test_every_command_is_told():
    """Whoever runs an office finds each word of the console on the page for that."""
    pages = "".join(page.read_text("utf-8") for page in (HOUSE / "docs" / "running").glob("*.md"))
    pages += text("bench.md") + text("proofs.md")
    names = [module.__name__.rpartition(".")[2].strip("_").replace("_", "-") for module in subcommands()]
    untold = [name for name in names if not re.search(rf"(\balongside |\bbin/){name}\b", pages)]
    assert untold == [] and len(names) > 20


def test_every_setting_is_told():
    """What the environment can say stands on a page for whoever runs an office; what only tests say does not."""
    read = set()
    for file in (HOUSE / "alongside").rglob("*.py"):
        if "tests" not in file.parts:
            read |= set(re.findall(r"ALONGSIDE_[A-Z_]*[A-Z]", file.read_text("utf-8")))
    pages = "".join(page.read_text("utf-8") for page in (HOUSE / "docs").rglob("*.md"))
    ours = {"ALONGSIDE_PLAIN_STATIC", "ALONGSIDE_PROVEN_TO"}
    assert {name for name in read - ours if not re.search(rf"{name}\b", pages)} == set() and len(read) > 20


def test_decisions_are_numbered():
    for n, file in enumerate(sorted((DOCS / "decisions").glob("*.md")), 1):
        assert file.name.startswith(f"{n:04}-")
        assert file.read_text("utf-8").startswith(f"# {n}. ")


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(HOUSE)))
def test_links_and_paths_lead_somewhere(page):
    words = page.read_text("utf-8")
    links = [a or b for a, b in LINK.findall(words) if "://" not in (a or b)]
    paths = [path for code in IN_CODE.findall(words) for path in OURS.findall(code)]
    broken = [link for link in links if not (page.parent / link).exists()]
    broken += [path for path in paths if not (HOUSE / path).exists()]
    assert broken == []


def anchors(page: Path) -> set[str]:
    """What a link may name behind `#`: the headings, as a reader of Markdown makes them."""
    bare = (
        re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", one) for one in re.findall(r"^#+ (.*)$", page.read_text(), re.M)
    )
    return {re.sub(r"[^\w\- ]", "", one.strip().lower()).replace(" ", "-") for one in bare}


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(HOUSE)))
def test_links_lead_to_headings(page):
    named = re.findall(r"\]\(([^)#\s:]*\.md)?#([^)]+)\)", page.read_text("utf-8"))
    assert [(to, name) for to, name in named if name not in anchors(page.parent / to if to else page)] == []


def figures_without_command(words: str) -> list[str]:
    """Measured figures under a heading that names no command with which to measure them again."""
    sections = re.split(r"^#+ ", words, flags=re.MULTILINE)
    return [found for one in sections if not COMMAND.search(one) for found in FIGURE.findall(one)]


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(HOUSE)))
def test_figures_stand_beside_their_command(page):
    assert figures_without_command(page.read_text("utf-8")) == []


def test_a_planted_figure_is_found():
    assert figures_without_command("# Fast\nA page takes 12 ms.\n") == ["12 ms"]
    assert figures_without_command("# Fast\n`alongside bench` printed 12 ms.\n") == []

"""What the console prints for others: the list of others' work, and the page for when nothing answers."""

import json
import re
from pathlib import Path

import pytest

from alongside.site.console import sbom
from alongside.site.console.main import main
from alongside.site.console.sbom import HOUSE, packages


def test_the_list_names_every_pinned_package_and_every_file(capsys):
    assert main(["sbom"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    followed = "".join((HOUSE / lock).read_text("utf-8") for lock in sbom.locks())
    pinned = set(re.findall(r"^([\w.-]+)==", followed, re.M))
    assert {one["name"] for one in told["components"] if one["type"] == "library"} == pinned
    assert [one["name"] for one in told["components"] if not one.get("licenses")] == []
    of_files = [one for one in told["components"] if one["type"] == "file"]
    assert of_files and all(Path(HOUSE / one["name"]).exists() for one in of_files)
    assert len({one["bom-ref"] for one in told["components"]}) == len(told["components"])


@pytest.mark.parametrize("there", [True, False])
def test_the_driver_of_postgresql_is_listed_where_it_is_installed(there, monkeypatch):
    monkeypatch.setattr(sbom, "find_spec", lambda name: there or None)
    assert ("requirements-postgres.txt" in sbom.locks()) is there


def test_a_pinned_line_gives_its_sums():
    lock = (
        'a-b==1.0 ; python_version < "4" \\\n    --hash=sha256:'
        + "1" * 64
        + " \\\n    --hash=sha256:"
        + "2" * 64
        + "\n    # via x\n"
    )
    (one,) = packages(lock)
    assert (one["name"], one["version"], len(one["properties"])) == ("a-b", "1.0", 2)


def test_the_page_for_when_nothing_answers(capsys):
    assert main(["down", "--line", "000 00 100"]) == 0
    page = capsys.readouterr().out
    assert page.count("<h1>") == 1 and 'href="tel:00000100"' in page
    assert "does not answer" in page and "svarer ikke" in page
    assert not re.search(r"<script|src=|url\(|https?:", page)
    assert not re.search("child|barn|famil|alongside", page, re.I)  # a telephone may be shared


def test_without_a_number_there_is_no_such_page(capsys, settings):
    settings.OFFICE_LINE = ""
    assert main(["down"]) != 0
    assert "--line" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["alongside", "demo", "test", "check"])
def test_commands_can_be_run(name):
    assert (HOUSE / "bin" / name).stat().st_mode & 0o111

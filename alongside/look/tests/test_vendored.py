"""Files that others wrote are the files we think they are, with a licence."""

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LISTED = tomllib.loads((ROOT / "alongside/look/vendored.toml").read_text())["file"]
OWN = {"alongside.css", "alongside.js", "composer.js", "passkey.js", "favicon.svg", "tokens.css"}


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry["path"])
def test_file_is_as_listed(entry):
    found = hashlib.sha256((ROOT / entry["path"]).read_bytes()).hexdigest()
    assert found == entry["sha256"]
    assert entry["licence"] and entry["origin"]


def test_nothing_stands_unlisted():
    listed = {entry["path"] for entry in LISTED}
    places = [ROOT / "alongside/look/static", ROOT / "alongside/look/paper", ROOT / "stories/axe"]
    found = {
        path.relative_to(ROOT).as_posix()
        for place in places
        for path in place.rglob("*")
        if path.is_file() and path.name not in OWN
    }
    assert found == listed


def test_docs_name_every_licence():
    words = (ROOT / "docs/licences.md").read_text()
    names = {"OFL-1.1": "Open Font License 1.1"}
    for licence in {entry["licence"] for entry in LISTED}:
        assert names.get(licence, licence) in words

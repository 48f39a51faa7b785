"""The command line of the measurement, without measuring."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from alongside.site.bench.bench import SCENARIOS
from alongside.site.bench.filling import SMALLEST
from alongside.site.console import bench, main, thrown
from alongside.site.engine.postgresql import cluster
from alongside.site.problem import Problem

HOUSE = Path(__file__).parents[4]


def test_sizes_are_sorted_and_said_once():
    assert bench._sizes("200000,10000,10000") == [10_000, 200_000]


@pytest.mark.parametrize("text", ["much", "", str(SMALLEST - 1)])
def test_sizes_that_cannot_be(text):
    with pytest.raises(Problem, match="--entries"):
        bench._sizes(text)


def test_only_what_there_is():
    assert bench._only(None, SCENARIOS) == list(SCENARIOS), "every scenario has another side that is named"
    assert bench._only(None, SCENARIOS, "eventsourcing,simple-history") == ["history", "events"]
    with pytest.raises(Problem, match="luck"):
        bench._only(None, SCENARIOS, "luck")
    with pytest.raises(Problem, match="luck"):
        bench._only("gate,luck", SCENARIOS)


def test_never_beside_anybodys_record(tmp_path):
    (tmp_path / "alongside.db").touch()
    with pytest.raises(Problem, match="holds a record"):
        bench._folder(tmp_path)
    assert [place.name for place in tmp_path.iterdir()] == ["alongside.db"]


def test_a_folder_of_its_own(tmp_path):
    assert bench._folder(tmp_path).parent == tmp_path


def test_the_default_folder_is_thrown_away():
    args = main.parser().parse_args(["bench"])
    assert "alongside-bench-" in str(args.data) and not args.data.exists()


def test_where_no_server_is_here_it_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(cluster, "programs", lambda: None)
    with pytest.raises(Problem, match="requirements-dev.txt.*ALONGSIDE_POSTGRES_BIN"):
        thrown.server("tables")


def test_where_the_named_server_is_none_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("ALONGSIDE_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(Problem, match="no initdb"):
        thrown.server("tables")


@pytest.mark.skipif(cluster.programs() is None, reason="the programs of PostgreSQL are not here")
def test_the_server_it_begins_goes_with_it():
    """Also where the run breaks off."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-test-bench-"))
    folder.chmod(0o755)  # another account may run the server
    try:
        told = subprocess.run(
            [sys.executable, "-m", "alongside", "bench", "--db", "postgres", "--only", "luck"],
            cwd=HOUSE, env=os.environ | {"TMPDIR": str(folder)}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert (told.returncode, told.stdout) == (1, "") and "luck" in told.stderr
        assert [one.name for one in folder.iterdir() if "pg" in one.name] == []
    finally:
        shutil.rmtree(folder)

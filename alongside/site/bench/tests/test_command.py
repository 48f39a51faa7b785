"""The command line of the measurement, without measuring."""

import pytest

from alongside.site.bench.bench import SCENARIOS
from alongside.site.bench.filling import SMALLEST
from alongside.site.console import bench, main
from alongside.site.problem import Problem


def test_sizes_are_sorted_and_said_once():
    assert bench._sizes("200000,10000,10000") == [10_000, 200_000]


@pytest.mark.parametrize("text", ["much", "", str(SMALLEST - 1)])
def test_sizes_that_cannot_be(text):
    with pytest.raises(Problem, match="--entries"):
        bench._sizes(text)


def test_only_what_there_is():
    assert bench._only(None, SCENARIOS) == list(SCENARIOS)
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

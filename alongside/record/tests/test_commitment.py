"""What is spelt once and kept is never taken for something else that is merely equal to it."""

import pytest

from alongside.record.commitment import hash_of
from alongside.record.entry import Apart, from_row

ROW = (1 << 20 | 1, "ab", 1, None, None, "dialogue.passage", 1, None, "[]", "act", "team", None, None, 7, "{}")
APART = Apart(None, None, None, None)


def _hash(about: str, given: str) -> str:
    return hash_of(from_row((*ROW, about, given)), APART, once="once", previous="", salt=bytes(32))


def test_equal_numbers_that_are_spelt_otherwise_have_another_hash():
    right = _hash("[1]", '[[1,"own"]]')
    assert right == _hash("[1]", '[[1,"own"]]')
    other = [_hash("[true]", '[[1,"own"]]'), _hash("[1.0]", '[[1,"own"]]'), _hash("[1]", '[[true,"own"]]')]
    assert len({right, *other}) == 4


@pytest.mark.parametrize("because", ["1", "true", "1.0", "null", "[]", '["own"]', "{}"])
def test_a_reason_is_text(because):
    """Another value could be equal to one that was spelt before."""
    with pytest.raises((ValueError, TypeError)):
        _hash("[1]", f"[[1,{because}]]")

"""Finding one's way in the cast: statements by family and number."""

import pytest

from alongside.cast.story import numbers
from alongside.families.queries import ids


@pytest.fixture
def person_id(cast):
    """`person_id("jonas")`: the random id of somebody of the cast."""
    return lambda who: ids([numbers()[who]])[numbers()[who]]

"""The fixtures of the family's door: the pages look alike."""

from alongside.doors.family.tests.conftest import field, main, said  # noqa: F401  fixtures, found by name

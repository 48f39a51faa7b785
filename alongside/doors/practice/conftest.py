"""The fixtures of this door, for the tests of its parts."""

from alongside.doors.practice.tests.conftest import code, field, main, plain, said  # noqa: F401  fixtures, found by name

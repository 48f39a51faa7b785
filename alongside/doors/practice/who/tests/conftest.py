"""The same ways of finding one's way in the cast as beside the other pages of this door."""

from alongside.doors.practice.tests.conftest import code, field, main  # noqa: F401  fixtures, found by name

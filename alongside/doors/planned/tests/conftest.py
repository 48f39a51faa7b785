"""The same ways about in the cast as the practice's own pages have."""

from alongside.doors.practice.tests.conftest import code, field, main, plain, said  # noqa: F401  fixtures, by name

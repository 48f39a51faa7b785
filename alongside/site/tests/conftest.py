"""A server for what is really committed."""

from itertools import count

import pytest

from alongside.record.appending import open_family
from alongside.site.bench.tests.served import on_a_server


@pytest.fixture(scope="module")
def offices(django_db_blocker):
    """`offices()`: a database of its own on a server, with the tables and an office that has said nothing."""
    with on_a_server(django_db_blocker) as made:
        tables, numbers = made.tables(), count(1)
        with tables.entered():
            open_family(0)
        tables.close()
        yield lambda: made.like(tables, f"office-{next(numbers)}")

"""A PostgreSQL for the tests of one file, begun for them and gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections

from alongside.site.engine.postgresql.cluster import Cluster, programs
from alongside.site.stores import at_address

where_a_server_is = pytest.mark.skipif(programs() is None, reason="the programs of PostgreSQL are not here")


@contextmanager
def on_a_server(django_db_blocker) -> Iterator:
    """In this block Django's default connection is set for a server with an empty database; gives its Databases."""
    from alongside.site.bench.databases import TABLES, Databases

    server, before = Cluster(), connections.settings["default"]
    try:
        owner, role = server.database(TABLES)
        there = connections.configure_settings({"default": at_address(role, owner)})
        with django_db_blocker.unblock():
            connections.settings["default"] = there["default"]
            yield Databases(server)
    finally:
        connections.settings["default"] = before
        server.stop()

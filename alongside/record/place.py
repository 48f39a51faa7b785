"""A place in the record as a column, for the tables of every room that are kept in the order of the record."""

from django.db import models


class Place(models.BigIntegerField):
    """A place in the record as a primary key. SQLite keeps a table in the order of its key only when the key's
    type is spelt "integer"; as "bigint" the rows lie in the order of writing, behind a second index."""

    def db_type(self, connection):
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

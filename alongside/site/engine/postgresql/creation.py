"""Test databases: made and migrated by the owner, asked by the application, as in earnest."""

from django.db.backends.postgresql.creation import DatabaseCreation

SORTED = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"


class PostgresCreation(DatabaseCreation):
    """Creates, copies and removes test databases as their owner."""

    def sql_table_creation_suffix(self):
        return f"WITH {SORTED}"

    def _get_database_create_suffix(self, encoding=None, template=None):
        return f"TEMPLATE {self._quote_name(template)}" if template else SORTED

    def create_test_db(self, *args, **kwargs):
        with self.connection.as_owner():
            return super().create_test_db(*args, **kwargs)

    def clone_test_db(self, *args, **kwargs):
        with self.connection.as_owner():
            return super().clone_test_db(*args, **kwargs)

    def destroy_test_db(self, *args, **kwargs):
        with self.connection.as_owner():
            return super().destroy_test_db(*args, **kwargs)

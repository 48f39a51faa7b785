"""Makes the room known to Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251  the end of a migration, not a room's word


class RecordConfig(AppConfig):
    name = "alongside.record"
    label = "record"

    def ready(self) -> None:
        from alongside.record import erasing, marks, terms, walls  # noqa: F401  kinds, folds and checks announce themselves
        from alongside.record.log import begun  # noqa: F401  its kind announces itself

        post_migrate.connect(walls.build, sender=self)

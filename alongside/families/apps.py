"""Makes the room known to Django."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "alongside.families"
    label = "families"

    def ready(self) -> None:
        # kinds and folds announce themselves
        from alongside.families import (  # noqa: F401  kinds and folds announce themselves
            belonging,
            contact,
            drawn,
            names,
            person,
            place,
            same,
        )

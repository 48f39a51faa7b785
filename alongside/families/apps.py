"""Makes the room known to Django."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "alongside.families"
    label = "families"

    def ready(self) -> None:
        from alongside.families import contact, drawn, names, person, place, same  # noqa: F401  kinds and folds announce themselves

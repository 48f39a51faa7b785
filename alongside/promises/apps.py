"""Makes the room known to Django."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "alongside.promises"
    label = "promises"

    def ready(self) -> None:
        from alongside.promises import promise, registers  # noqa: F401  kinds and folds announce themselves

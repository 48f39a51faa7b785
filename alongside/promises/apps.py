"""Makes the room known to Django."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "alongside.promises"
    label = "promises"

    def ready(self) -> None:
        from alongside.promises import promise  # noqa: F401  kinds announce themselves

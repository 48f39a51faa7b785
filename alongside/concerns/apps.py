"""Makes the room known to Django."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "alongside.concerns"
    label = "concerns"

    def ready(self) -> None:
        from alongside.concerns import kinds  # noqa: F401  kinds announce themselves

"""Makes the room known to Django."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "alongside.learning"
    label = "learning"

    def ready(self) -> None:
        from alongside.learning import kinds  # noqa: F401  kinds announce themselves

"""Makes the room known to Django."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "alongside.decisions"
    label = "decisions"

    def ready(self) -> None:
        from alongside.decisions import kinds  # noqa: F401  kinds announce themselves

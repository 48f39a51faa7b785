"""Makes the room known to Django."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "alongside.rules"
    label = "rules"

    def ready(self) -> None:
        from alongside.rules import kinds  # noqa: F401  kinds announce themselves

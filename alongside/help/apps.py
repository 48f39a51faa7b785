"""Makes the room known to Django."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "alongside.help"
    label = "help"

    def ready(self) -> None:
        from alongside.help import kinds  # noqa: F401  kinds announce themselves

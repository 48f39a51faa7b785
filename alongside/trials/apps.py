"""Makes the room known to Django."""

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "alongside.trials"
    label = "trials"

    def ready(self) -> None:
        from alongside.trials import kinds  # noqa: F401  kinds announce themselves

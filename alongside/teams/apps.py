"""Makes the room known to Django."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "alongside.teams"
    label = "teams"

    def ready(self) -> None:
        # kinds and folds announce themselves
        from alongside.teams import crisis, kinds, meeting, plan, private, registers, safety  # noqa: F401

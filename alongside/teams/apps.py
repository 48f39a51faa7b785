"""Makes the room known to Django."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "alongside.teams"
    label = "teams"

    def ready(self) -> None:
        from alongside.teams import invitation, kinds, life, parting, registers, team  # noqa: F401  kinds and folds announce themselves

"""Makes the room known to Django."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "alongside.teams"
    label = "teams"

    def ready(self) -> None:
        # kinds and folds announce themselves
        from alongside.teams import (  # noqa: F401  kinds and folds announce themselves
            crisis,
            invitation,
            kinds,
            life,
            meeting,
            parting,
            patch,
            plan,
            private,
            registers,
            safety,
            team,
        )

"""Makes the room known to Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "alongside.access"
    label = "access"

    def ready(self) -> None:
        # kinds, folds and checks announce themselves
        from alongside.access import (  # noqa: F401  # noqa: F401
            absence,
            accounts,
            beginning,
            checks,
            ending,
            grants,
            named,
            opening,
            openings,
            roles,
            urgent,
        )

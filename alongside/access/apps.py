"""Makes the room known to Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "alongside.access"
    label = "access"

    def ready(self) -> None:
        from alongside.access import (  # noqa: F401  kinds, folds and checks announce themselves
            absence,
            accounts,
            beginning,
            checks,
            ending,
            erasure,
            grants,
            holds,
            kept_on,
            named,
            opening,
            openings,
            roles,
            urgent,
        )

"""Makes the room known to Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "alongside.access"
    label = "access"

    def ready(self) -> None:
        from alongside.access import checks, grants, named, openings, roles, urgent  # noqa: F401  they announce themselves

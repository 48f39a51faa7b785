"""Makes the room known to Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "alongside.access"
    label = "access"

    def ready(self) -> None:
        # kinds, folds and checks announce themselves
        from alongside.access import absence, accounts, beginning, checks, ending, grants, opening, roles  # noqa: F401

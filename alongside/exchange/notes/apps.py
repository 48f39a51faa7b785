"""Makes bringing notes in known to Django."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "alongside.exchange.notes"
    label = "notes"

    def ready(self) -> None:
        from alongside.exchange.notes import erasing, kinds  # noqa: F401  they announce themselves

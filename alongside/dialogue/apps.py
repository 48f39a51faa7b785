"""Makes the room known to Django."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "alongside.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        from alongside.dialogue import asking, conversation, drafts, registers, stems  # noqa: F401  they announce themselves

"""Makes the room known to Django."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "alongside.assessment"
    label = "assessment"

    def ready(self) -> None:
        from alongside.assessment import kinds, need, strength  # noqa: F401  kinds announce themselves

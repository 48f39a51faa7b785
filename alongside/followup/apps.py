"""Makes the room known to Django."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "alongside.followup"
    label = "followup"

    def ready(self) -> None:
        from alongside.followup import kinds  # noqa: F401  kinds announce themselves

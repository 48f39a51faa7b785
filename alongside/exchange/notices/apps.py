"""Makes notices known to Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "alongside.exchange.notices"
    label = "notices"

    def ready(self) -> None:
        from alongside.exchange.notices import erasing  # noqa: F401  announces itself

"""Makes taking things along known to Django."""

from django.apps import AppConfig


class ExportConfig(AppConfig):
    name = "alongside.exchange.export"
    label = "export"

    def ready(self) -> None:
        from alongside.exchange.export import acts  # noqa: F401  kinds announce themselves

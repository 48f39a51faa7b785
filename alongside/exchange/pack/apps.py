"""Makes what is handed over known to Django."""

from django.apps import AppConfig


class PackConfig(AppConfig):
    name = "alongside.exchange.pack"
    label = "pack"

    def ready(self) -> None:
        from alongside.exchange.pack import asked, deciding, erasing, handing  # noqa: F401  they announce themselves

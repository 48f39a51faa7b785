"""In the demo the clock stands at the cast's Friday when the folder was made, and goes on from there."""

import datetime as dt

from django.apps import AppConfig
from django.conf import settings


class CastConfig(AppConfig):
    name = "alongside.cast"
    label = "cast"

    def ready(self) -> None:
        from alongside import clock
        from alongside.cast.story import TODAY

        began = settings.DATA / "demo-began"
        if not began.exists():
            began.write_text(clock.machine().isoformat())
        start = dt.datetime.fromisoformat(began.read_text())
        clock.install(lambda: TODAY.astimezone(dt.UTC) + (clock.machine() - start))

"""Makes the models known to Django, for the length of a measurement."""

from django.apps import AppConfig


class TrackedConfig(AppConfig):
    name = "alongside.site.bench.tracked"
    label = "bench_tracked"

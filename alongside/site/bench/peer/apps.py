"""Makes the models known to Django, for the length of a measurement."""

from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "alongside.site.bench.peer"
    label = "bench_peer"

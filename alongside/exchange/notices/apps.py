"""Makes notices known to Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "alongside.exchange.notices"
    label = "notices"

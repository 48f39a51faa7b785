"""The addresses of the whole house. GET and POST only; every POST creates a noun."""

from pathlib import Path

from django.urls import include, path

DOORS = ("alongside.doors.practice.urls", "alongside.doors.practice.writing.urls", "alongside.doors.family.urls")

urlpatterns = [
    path("", include("alongside.access.urls")),
    *(path("", include(door)) for door in DOORS if (Path(__file__).parents[2] / (door.replace(".", "/") + ".py")).exists()),
]
handler404 = "alongside.access.wrong.not_found"
handler500 = "alongside.access.wrong.broken"

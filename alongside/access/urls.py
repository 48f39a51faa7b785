"""The way in and out."""

from django.conf import settings
from django.urls import path

from alongside.access import views

urlpatterns = [
    path("", views.gate, name="gate"),
    path("sign-in", views.sign_in, name="sign-in"),
    path("card", views.card, name="card"),
    path("leave", views.leave, name="leave"),
    path("left", views.left, name="left"),
    path("language", views.language, name="language"),
]
if settings.DEMO:
    urlpatterns += [path("look-around", views.look_around, name="look-around")]

"""The addresses of what somebody asked to read whole."""

from django.urls import path

from alongside.doors.practice.everything import views

urlpatterns = [
    path("f/<str:code>/everything", views.listed, name="packs"),
    path("f/<str:code>/everything/<str:id>", views.one, name="pack"),
    path("f/<str:code>/everything/<str:id>/read", views.read, name="pack-read"),
    path("f/<str:code>/everything/<str:id>/given", views.give, name="pack-given"),
    path("f/<str:code>/everything/<str:id>/more-time", views.more_time, name="pack-more-time"),
    path("f/<str:code>/everything/<str:id>/everything.pdf", views.as_paper, name="pack-paper"),
]

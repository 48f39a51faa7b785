"""The addresses of promises, in the practice's door."""

from django.urls import path

from alongside.doors.practice.promising import views

urlpatterns = [
    path("f/<str:code>/promises", views.listed, name="promises"),
    path("f/<str:code>/promises/new", views.new, name="promise-new"),
    path("f/<str:code>/p/<str:id>", views.one, name="promise"),
]

"""The addresses of meetings, in the practice's door."""

from django.urls import path

from alongside.doors.practice.holding import beginning, shared, views

urlpatterns = [
    path("f/<str:code>/meetings", views.listed, name="meetings"),
    path("f/<str:code>/meetings/new", beginning.new, name="meeting-new"),
    path("f/<str:code>/meetings/point", beginning.point, name="point-new"),
    path("f/<str:code>/meetings/<str:id>", views.one, name="meeting"),
    path("f/<str:code>/meetings/<str:id>/show", shared.show, name="meeting-show"),
]

"""The addresses of appointments, in the practice's door."""

from django.urls import path

from alongside.doors.practice.meeting import views

urlpatterns = [
    path("f/<str:code>/appointments", views.listed, name="appointments"),
    path("f/<str:code>/appointments/new", views.new, name="appointment-new"),
    path("f/<str:code>/appointments/<str:id>/move", views.move, name="appointment-move"),
    path("f/<str:code>/appointments/<str:id>/cancel", views.cancel, name="appointment-cancel"),
]

"""The address of the partner's door."""

from django.urls import path

from alongside.doors.partner import views

urlpatterns = [path("me/part", views.part, name="part")]

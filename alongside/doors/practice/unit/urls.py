"""The address of the unit's page."""

from django.urls import path

from alongside.doors.practice.unit import views

urlpatterns = [path("unit", views.unit, name="unit")]

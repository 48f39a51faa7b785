"""The address of today."""

from django.urls import path

from alongside.doors.practice.today import views

urlpatterns = [path("today", views.today, name="today")]

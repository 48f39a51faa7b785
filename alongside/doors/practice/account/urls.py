"""The address of the account, in the practice's door."""

from django.urls import path

from alongside.doors.practice.account import views

urlpatterns = [path("f/<str:code>/account", views.account, name="account")]

"""Addresses of the patches. They say nothing of any family."""

from django.urls import path

from alongside.doors.practice.patch import belonging, views

urlpatterns = [
    path("patch", views.patch, name="patch"),
    path("patch/new", views.new, name="patch-new"),
    path("patch/<str:id>/know", views.know, name="patch-know"),
    path("patch/<str:id>/change", views.change, name="patch-change"),
    path("patch/<str:id>/gone", views.gone, name="patch-gone"),
    path("f/<str:code>/belonging/new", belonging.new, name="belonging-new"),
    path("f/<str:code>/belonging/<str:id>/over", belonging.over, name="belonging-over"),
]

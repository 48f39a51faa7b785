"""The addresses of the office."""

from django.urls import path

from alongside.doors.office import page, views

urlpatterns = [
    path("office", page.office, name="office-page"),
    path("office/people", views.people, name="office"),
    path("office/invite", views.invite, name="invite"),
    path("office/people/<str:id>", views.one, name="colleague"),
    path("office/people/<str:id>/code", views.code, name="colleague-code"),
    path("office/people/<str:id>/new-code", views.recover, name="recover"),
    path("office/people/<str:id>/unlock", views.unlock, name="unlock"),
    path("office/people/<str:id>/leave", views.leave, name="colleague-left"),
]

"""Addresses of the two teams, in the practice's door."""

from django.urls import path

from alongside.doors.practice.team import asking, own, views

urlpatterns = [
    path("f/<str:code>/team", views.teams, name="team"),
    path("f/<str:code>/team/name", views.name, name="team-name"),
    path("f/<str:code>/team/mine", views.mine, name="team-mine"),
    path("f/<str:code>/team/good-life", own.saying("good-life"), name="team-good-life"),
    path("f/<str:code>/team/who-i-am", own.saying("who-i-am"), name="team-who-i-am"),
    path("f/<str:code>/team/mission", own.mission, name="team-mission"),
    path("f/<str:code>/team/<str:id>/role", views.role, name="team-role"),
    path("f/<str:code>/team/<str:id>/leave", views.leave, name="team-leave"),
    path("f/<str:code>/team/<str:id>/ask", asking.ask, name="team-ask"),
    path("f/<str:code>/team/asked/<str:id>", asking.answer, name="team-answer"),
    path("f/<str:code>/team/letter/<str:id>", asking.letter, name="team-letter"),
]

"""Addresses of the family's own team. They hold no name, no family and no number."""

from django.urls import path

from alongside.doors.family.team import again, asking, own, views

urlpatterns = [
    path("me/team", views.teams, name="my-team"),
    path("me/team/name", views.name, name="my-team-name"),
    path("me/team/mine", views.mine, name="my-team-mine"),
    path("me/team/good-life", own.saying("good-life"), name="my-good-life"),
    path("me/team/who-i-am", own.saying("who-i-am"), name="my-who-i-am"),
    path("me/team/for", own.mission, name="my-mission"),
    path("me/again", again.again, name="my-again"),
    path("me/team/side", own.side, name="my-side"),
    path("me/team/side/<str:id>/end", own.side_end, name="my-side-end"),
    path("me/team/<str:id>/role", views.role, name="my-team-role"),
    path("me/team/<str:id>/leave", views.leave, name="my-team-leave"),
    path("me/team/<str:id>/ask", asking.ask, name="my-team-ask"),
    path("me/team/asked/<str:id>", asking.answer, name="my-team-answer"),
    path("me/team/letter/<str:id>", asking.letter, name="my-team-letter"),
]

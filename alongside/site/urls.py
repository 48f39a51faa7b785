"""The addresses of the whole house. GET and POST only; every POST creates a noun."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.access.urls")),
    path("", include("alongside.doors.entrance.urls")),
    path("", include("alongside.doors.office.urls")),
    path("", include("alongside.doors.practice.cards.urls")),
    path("", include("alongside.doors.practice.people.urls")),
    path("", include("alongside.doors.practice.urls")),
    path("", include("alongside.doors.practice.looking.urls")),
    path("", include("alongside.doors.practice.writing.urls")),
    path("", include("alongside.doors.practice.promising.urls")),
    path("", include("alongside.doors.practice.meeting.urls")),
    path("", include("alongside.doors.practice.holding.urls")),
    path("", include("alongside.doors.practice.account.urls")),
    path("", include("alongside.doors.practice.planning.urls")),
    path("", include("alongside.doors.practice.today.urls")),
    path("", include("alongside.doors.practice.unit.urls")),
    path("", include("alongside.doors.practice.who.urls")),
    path("", include("alongside.doors.practice.team.urls")),
    path("", include("alongside.doors.practice.patch.urls")),
    path("", include("alongside.doors.practice.everything.urls")),
    path("", include("alongside.doors.partner.urls")),
    path("", include("alongside.doors.family.urls")),
    path("", include("alongside.doors.family.own_words")),
    path("", include("alongside.doors.family.everything")),
    path("", include("alongside.doors.family.planning")),
    path("", include("alongside.doors.family.team.urls")),
]
handler404 = "alongside.doors.practice.writing.not_sent.not_found"
handler500 = "alongside.access.wrong.broken"

"""The addresses of the entrance."""

from django.urls import path

from alongside.doors.entrance import again, first_day, next_time, own_key, own_visits

urlpatterns = [
    path("invited", first_day.invited, name="invited"),
    path("first-day", first_day.first_day, name="first-day"),
    path("again", again.again, name="again"),
    path("me/next-time", next_time.next_time, name="next-time"),
    path("visits", own_visits.at_work, name="visits"),
    path("me/visits", own_visits.at_home, name="my-visits"),
    path("key", own_key.at_work, name="key"),
    path("me/key", own_key.at_home, name="my-key"),
]

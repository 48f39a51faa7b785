"""The addresses of the family's door. They hold no name, no family and no number."""

from django.urls import path

from alongside.doors.family import (
    about,
    finding,
    meeting,
    notices,
    people,
    promising,
    reading,
    rooms,
    who_works,
    writing,
)  # fmt: skip

urlpatterns = [
    path("me", reading.home, name="home"),
    path("me/rooms", rooms.choose, name="my-rooms"),
    path("me/story", reading.story, name="my-story"),
    path("me/story/looks", reading.keep_look, name="my-look-keep"),
    path("me/story/looks/<str:id>/throw", reading.throw_look, name="my-look-throw"),
    path("me/find", finding.find, name="my-find"),
    path("me/n/<str:id>", reading.note, name="my-note"),
    path("me/n/<str:id>/answer", writing.answer, name="my-answer"),
    path("me/n/<str:id>/take-back", writing.take_back, name="my-take-back"),
    path("me/n/<str:id>/share", writing.share, name="my-share"),
    path("me/write", writing.write, name="my-write"),
    path("me/waiting/<str:id>/undo", writing.undo, name="my-undo"),
    path("me/waiting/<str:id>/send", writing.send_now, name="my-send-now"),
    path("me/who-sees-what", about.who_sees, name="who-sees"),
    path("me/asked", who_works.asked, name="my-asked"),
    path("me/people", about.people, name="my-people"),
    path("me/promises", promising.listed, name="my-promises"),
    path("me/promises/new", promising.new, name="my-promise-new"),
    path("me/promises/ask", promising.ask, name="my-promise-ask"),
    path("me/p/<str:id>", promising.one, name="my-promise"),
    path("me/appointments", meeting.listed, name="my-appointments"),
    path("me/appointments/ask", meeting.ask, name="my-appointment-ask"),
    path("me/appointments/<str:id>/time", meeting.another_time, name="my-appointment-time"),
    path("me/appointments/<str:id>/cancel", meeting.cancel, name="my-appointment-cancel"),
    path("me/journal", people.journal, name="my-journal"),
    *(path(f"me/people/{name}", people.saying(name), name=f"my-{name}") for name in people.FORMS),
    path("me/ask", about.ask, name="how-to-ask"),
    path("me/settings/notices", notices.notices, name="my-notices"),
    path("me/settings", about.settings_page, name="my-settings"),
]

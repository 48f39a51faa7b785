"""The addresses of the family's door. They hold no name, no family and no number."""

from django.urls import path

from alongside.doors.family import about, looked, reading, rooms, writing

urlpatterns = [
    path("me", reading.home, name="home"),
    path("me/rooms", rooms.choose, name="my-rooms"),
    path("me/story", reading.story, name="my-story"),
    path("me/n/<str:id>", reading.note, name="my-note"),
    path("me/n/<str:id>/answer", writing.answer, name="my-answer"),
    path("me/n/<str:id>/take-back", writing.take_back, name="my-take-back"),
    path("me/n/<str:id>/share", writing.share, name="my-share"),
    path("me/write", writing.write, name="my-write"),
    path("me/waiting/<str:id>/undo", writing.undo, name="my-undo"),
    path("me/waiting/<str:id>/send", writing.send_now, name="my-send-now"),
    path("me/who-sees-what", about.who_sees, name="who-sees"),
    path("me/looked", looked.looked, name="looked"),
    path("me/looked/<str:day>/<str:key>", looked.why, name="why"),
    path("me/people", about.people, name="my-people"),
    path("me/ask", about.ask, name="how-to-ask"),
    path("me/settings", about.settings_page, name="my-settings"),
]

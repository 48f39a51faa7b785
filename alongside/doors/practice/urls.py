"""The addresses of the practice door. Codes and ids are random; a stranger gets 404."""

from django.urls import path

from alongside.doors.practice.views import answering, own_settings, reading

urlpatterns = [
    path("families", reading.families, name="families"),
    path("f/<str:code>", reading.family, name="family"),
    path("f/<str:code>/story", reading.story, name="story"),
    path("f/<str:code>/people", reading.people, name="people"),
    path("f/<str:code>/praise", answering.praise, name="praise"),
    path("f/<str:code>/n/<str:id>", reading.note, name="note"),
    path("f/<str:code>/n/<str:id>/answer", answering.answer, name="answer-n"),
    path("f/<str:code>/n/<str:id>/heard", answering.heard, name="heard"),
    path("f/<str:code>/n/<str:id>/promise", answering.promise, name="promise-n"),
    path("f/<str:code>/n/<str:id>/correct", answering.correct, name="correct"),
    path("f/<str:code>/n/<str:id>/take-back", answering.take_back, name="take-back"),
    path("f/<str:code>/n/<str:id>/open-to", answering.open_to, name="open-to"),
    path("f/<str:code>/n/<str:id>/pin", answering.pin, name="pin"),
    path("settings", own_settings.settings, name="settings"),
]

"""The addresses of the practice door. Codes and ids are random; a stranger gets 404."""

from django.urls import path

from alongside.doors.practice.views import answering, finding, notices, own_settings, reading, stories

urlpatterns = [
    path("families", reading.families, name="families"),
    path("f/<str:code>", reading.family, name="family"),
    path("f/<str:code>/story", stories.story, name="story"),
    path("f/<str:code>/story/looks", stories.keep_look, name="look-keep"),
    path("f/<str:code>/story/looks/<str:id>/throw", stories.throw_look, name="look-throw"),
    path("f/<str:code>/people", reading.people, name="people"),
    path("f/<str:code>/praise", answering.praise, name="praise"),
    path("f/<str:code>/n/<str:id>", reading.note, name="note"),
    path("f/<str:code>/n/<str:id>/answer", answering.answer, name="answer-n"),
    path("f/<str:code>/n/<str:id>/heard", answering.heard, name="heard"),
    path("f/<str:code>/n/<str:id>/promise", answering.promise, name="promise-n"),
    path("f/<str:code>/n/<str:id>/correct", answering.correct, name="correct"),
    path("f/<str:code>/n/<str:id>/take-back", answering.take_back, name="take-back"),
    path("f/<str:code>/n/<str:id>/open-to", answering.open_to, name="open-to"),
    path("f/<str:code>/n/<str:id>/fewer", answering.fewer, name="fewer"),
    path("f/<str:code>/n/<str:id>/pin", answering.pin, name="pin"),
    path("settings/notices", notices.notices, name="notices"),
    path("find", finding.find, name="find"),
    path("keys", finding.keys, name="keys"),
    path("settings", own_settings.settings, name="settings"),
]

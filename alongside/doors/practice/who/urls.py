"""Addresses of who stands where, for the practice's door."""

from django.urls import path

from alongside.doors.practice.who import absence, ending, protection, unit, views

urlpatterns = [
    path("f/<str:code>/who", views.who, name="who"),
    path("f/<str:code>/who/new", views.new, name="who-new"),
    path("f/<str:code>/who/<str:id>", views.one, name="who-one"),
    path("f/<str:code>/who/<str:id>/change", views.act, name="who-act"),
    path("f/<str:code>/talk", views.talk, name="talk"),
    path("f/<str:code>/protection/<str:id>", protection.protection, name="protection"),
    path("f/<str:code>/protection/<str:id>/say", protection.say, name="protection-say"),
    path("f/<str:code>/protection/<str:id>/strike", protection.strike, name="strike"),
    path("f/<str:code>/hand-over", ending.hand_over, name="hand-over"),
    path("f/<str:code>/hand-over/<str:id>", ending.promise, name="hand-over-promise"),
    path("f/<str:code>/close", ending.close, name="close"),
    path("f/<str:code>/back/<str:id>", absence.back, name="back"),
    path("away", absence.away, name="away"),
    path("asked", unit.asked_of_me, name="asked"),
    path("unit/family", unit.family, name="unit-family"),
]

"""Addresses of people, for the practice's door. A person is called by a random id."""

from django.urls import path

from alongside.doors.practice.people import adding, journal, opening, pictures, views
from alongside.doors.practice.people.forms import FORMS

urlpatterns = [
    path("families/new", opening.new, name="family-new"),
    path("families/new/opened", opening.opened, name="family-opened"),
    path("f/<str:code>/people/new", adding.new, name="person-new"),
    path("f/<str:code>/people/<str:person>", views.person, name="person"),
    path("f/<str:code>/people/<str:person>/journal", journal.journal, name="journal"),
    path("f/<str:code>/people/<str:person>/asked", views.asked, name="person-asked"),
    path("f/<str:code>/people/<str:person>/pictures", pictures.pictures, name="person-pictures"),
    path("f/<str:code>/people/<str:person>/circle", pictures.circle, name="person-circle"),
    path("f/<str:code>/people/<str:person>/lines", pictures.lines, name="person-lines"),
    path("f/<str:code>/people/<str:person>/pictures/moved", pictures.moved, name="person-moved"),
    path("f/<str:code>/people/<str:person>/same", views.same, name="person-same"),
    *(path(f"f/<str:code>/people/<str:person>/{name}", views.telling(name), name=f"person-{name}") for name in FORMS),
]

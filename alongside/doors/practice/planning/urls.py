"""The addresses of the plan, in the practice's door."""

from django.urls import path

from alongside.doors.planned.addresses import OF_PRACTICE, PAGES
from alongside.doors.planned.side import in_practice

urlpatterns = [
    path(f"f/<str:code>/{where}", in_practice(view, name, *methods), name=name)
    for where, name, view, methods in (*PAGES, *OF_PRACTICE)
]

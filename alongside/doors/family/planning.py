"""The addresses of the plan in this door; the pages are those of `alongside.doors.planned`."""

from django.urls import path

from alongside.doors.planned.addresses import OF_FAMILY, PAGES
from alongside.doors.planned.side import in_family

urlpatterns = [
    path(f"me/{where}", in_family(view, name, *methods), name=f"my-{name}")
    for where, name, view, methods in (*PAGES, *OF_FAMILY)
]

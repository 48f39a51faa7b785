"""Addresses of writing, for the practice's door; the draft's is for both doors."""

from django.urls import path

from alongside.doors.practice.writing import drafting, handed, settled, turned, views

urlpatterns = [
    path("write", views.write_any, name="write-any"),
    path("f/<slug:code>/write", views.write, name="write"),
    path("f/<slug:code>/write/weigh", views.weigh, name="weigh"),
    path("f/<slug:code>/show/<slug:draft>", turned.show, name="show"),
    path("f/<slug:code>/shown", turned.thanks, name="shown"),
    path("f/<slug:code>/given-back", handed.given_back, name="given-back"),
    path("drafts", drafting.draft, name="draft"),
    path("drafts/<slug:id>/open", drafting.go_on, name="draft-open"),
    path("drafts/<slug:id>/throw", drafting.throw, name="draft-throw"),
    path("drafts/<slug:id>/pick-up", drafting.pick_up, name="draft-pick-up"),
    path("drafts/<slug:id>/family", drafting.place, name="draft-family"),
    path("waiting", settled.waiting, name="waiting"),
    path("waiting/<slug:id>/undo", settled.undo, name="undo"),
    path("waiting/<slug:id>/wrong-family", settled.wrong_family, name="wrong-family"),
    path("waiting/<slug:id>/send", settled.send_now, name="send-now"),
]

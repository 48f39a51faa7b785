"""The addresses of the office."""

from django.urls import path

from alongside.doors.office import closing, erasing, holding, keeping, page, views, whole

urlpatterns = [
    path("office", page.office, name="office-page"),
    path("office/closing", closing.closings, name="closing"),
    path("office/closing/new", closing.propose, name="closing-new"),
    path("office/closing/<str:id>", closing.decide, name="closing-decide"),
    path("office/erasing", erasing.erasings, name="erasing"),
    path("office/erasing/new", erasing.propose, name="erasing-new"),
    path("office/erasing/family", whole.propose_family, name="erasing-family"),
    path("office/erasing/<str:id>", erasing.decide, name="erasing-decide"),
    path("office/keeping", keeping.families, name="keeping"),
    path("office/keeping/<str:code>", keeping.family, name="keeping-one"),
    path("office/keeping/<str:code>/<str:id>", keeping.answer, name="keeping-answer"),
    path("office/holds", holding.holds, name="holds"),
    path("office/holds/new", holding.put_on, name="hold-new"),
    path("office/holds/<str:id>", holding.hold, name="hold"),
    path("office/people", views.people, name="office"),
    path("office/invite", views.invite, name="invite"),
    path("office/people/<str:id>", views.one, name="colleague"),
    path("office/people/<str:id>/code", views.code, name="colleague-code"),
    path("office/people/<str:id>/new-code", views.recover, name="recover"),
    path("office/people/<str:id>/unlock", views.unlock, name="unlock"),
    path("office/people/<str:id>/leave", views.leave, name="colleague-left"),
]

"""The addresses of paper cards."""

from django.urls import path

from alongside.doors.practice.cards import views

urlpatterns = [
    path("f/<str:code>/card/<str:id>", views.card, name="make-card"),
    path("f/<str:code>/card/<str:id>/made", views.made, name="card-made"),
]

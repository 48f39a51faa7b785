"""The addresses of emergencies and of the log. No family stands in them."""

from django.urls import path

from alongside.doors.practice.looking import log_page, notices_page, urgent_page

urlpatterns = [
    path("urgent", urgent_page.opening, name="urgent"),
    path("urgent/notices", notices_page.notices, name="urgent-notices"),
    path("urgent/beforehand", notices_page.beforehand, name="urgent-beforehand"),
    path("urgent/<str:id>/more", urgent_page.more, name="urgent-more"),
    path("urgent/<str:id>/agree", notices_page.agree, name="urgent-agree"),
    path("urgent/<str:id>/judge", notices_page.judge, name="urgent-judge"),
    path("log", log_page.log, name="log"),
]

"""Puts the visit on every request, and the person's language on every page."""

from django.conf import settings
from django.utils import translation

from alongside.access.visit import present

LANGUAGES = {code for code, _ in settings.LANGUAGES}


class VisitMiddleware:
    """`request.visit`: a Visit or None. Strangers read in the language their browser asks for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.visit = present(request)
        with translation.override(self.language(request)):
            return self.get_response(request)

    def language(self, request) -> str:
        """The account's choice, else this browser's choice on our sign-in page, else what it asks for."""
        if request.visit is not None:
            return request.visit.account.language
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in LANGUAGES else translation.get_language_from_request(request)

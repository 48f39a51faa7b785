"""Puts the visit on every request, and the person's language on every page."""

from django.conf import settings
from django.utils import translation

from alongside.access import looking
from alongside.access.visit import present
from alongside.record.reading import watched

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


class LookingMiddleware:
    """Looking leaves a trace: whoever read in a family for this page, and does not belong to it, is in the log.

    It stands where every page passes and asks the one read, not the page. A page that shows nothing (not found,
    go elsewhere) is no look. An emergency is written before the page is shown; everything else within a second.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with watched() as readers:
            response = self.get_response(request)
        if request.visit is not None and response.status_code in looking.SHOWN:
            found = request.resolver_match
            entry = str(found.kwargs.get("id", ""))
            looking.looked(found.url_name or "", entry, readers, at=request.visit.now)
        return response

"""What every page passes: the visit and its language, the fence for sealed words, the log of looking, a line for what
was not shown."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from alongside import asking
from alongside.access import looking, refusals
from alongside.access.leaving import clean, news, note, unsent
from alongside.access.typed import fields, travelled
from alongside.access.visit import present
from alongside.record.reading import watched
from alongside.record.terms import Term, found_in, kept_from

LANGUAGES = {code for code, _ in settings.LANGUAGES}
refused = logging.getLogger("alongside.refused")
TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml")


class VisitMiddleware:
    """`request.visit`: a Visit or None. Strangers read in the language their browser asks for.

    From here on the database knows for whom it is asked (`alongside/asking.py`). GET never writes: a page is looked
    at by whoever visits, a stranger is nobody. A form that was sent is a verb's: verbs look up for the house, and
    what goes through the gate is read for its reader all the same.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with asking.for_nobody():
            request.visit = present(request)
            with self.asked_for(request), translation.override(self.language(request)):
                return self.get_response(request)

    def asked_for(self, request) -> AbstractContextManager:
        if request.method == "POST":
            return asking.for_the_house()
        visit = request.visit
        return asking.for_person(visit.person, now=visit.now) if visit else asking.for_nobody()

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


class RefusedMiddleware:
    """A page that was not shown leaves a line (refusals.py). Stands before the visit and what answers for it, so that
    it sees every no."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        found = request.resolver_match
        route = (found.url_name or "") if found else ""
        said = refusals.line(response.status_code, route, getattr(request, "visit", None))
        if said:
            refused.info("%s", said)
        return response


class LeavingMiddleware:
    """Stands behind the visit and before every door, so that errors and other middlewares' pages pass it as well."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        brought = fields(request) if travelled(request) else {}  # a page takes it out of the session
        response = self.get_response(request)
        visit = request.visit
        if visit is None or not visit.guarded:
            return response
        terms = kept_from(visit.person, now=visit.now)
        return _fenced(request, response, terms, brought) if terms else response


def _fenced(
    request: HttpRequest, response: HttpResponseBase, terms: tuple[Term, ...], brought: Mapping[str, Sequence[str]]
) -> HttpResponseBase:  # fmt: skip
    """`brought`: the form that travelled here through signing in."""
    visit = request.visit
    kind = response.headers.get("Content-Type", "")
    if not isinstance(response, HttpResponse) or not kind.startswith(TEXTS):
        if not kind or getattr(response, "cleared_for", None) == visit.person:
            return _headers(request, response, terms)
        return HttpResponse(status=404)  # nobody could look into it, so it does not leave
    text = response.content.decode(response.charset)
    hits = found_in(text, terms)
    if hits:
        own = [unsent(visit.person), *(value for values in brought.values() for value in values)]
        hits = news(hits, visit.person, asked="\n".join([_sent(request), *own]), now=visit.now)
    if hits:
        response.content = clean(text, hits)
        note(visit.person, hits, visit.now)
    return _headers(request, response, terms)


def _headers(request: HttpRequest, response: HttpResponseBase, terms: tuple[Term, ...]) -> HttpResponseBase:
    """A file's name and where a page leads: taken out whole, a part of an address leads nowhere."""
    for name in ("Content-Disposition", "Location"):
        found = found_in(response.headers.get(name, ""), terms)
        hits = news(found, request.visit.person, asked=_sent(request), now=request.visit.now)
        if hits:
            del response.headers[name]
            note(request.visit.person, hits, request.visit.now)
    return response


def _sent(request: HttpRequest) -> str:
    fields = (request.GET, request.POST)
    return "\n".join([request.path, *(value for some in fields for name in some for value in some.getlist(name))])

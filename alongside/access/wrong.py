"""Pages of what went wrong. Hidden and absent are one page; an error holds no content but the sender's own."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.access.frame import frame, stopping
from alongside.access.sealed import from_this_account
from alongside.access.typed import LONG, NOT_WORDS, SECRETS, fields, travelled, typed
from alongside.access.views import HOME, ask_to_sign_in, gives_back
from alongside.record.sealing import SealedWords, words_of
from alongside.record.statement import Closed
from alongside.record.terms import known_to

log = logging.getLogger("alongside.access")


class _OwnForms(CsrfViewMiddleware):
    """Whether a form comes from a page of ours, where the address it was sent to has no view that asks."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


OWN_FORMS = _OwnForms(lambda request: HttpResponse())


def _safe_frame(request: HttpRequest) -> dict:
    """A frame that never asks the database: an error may have come from there."""
    if not hasattr(request, "visit"):
        request.visit = None
    return frame(request)


def not_found(
    request: HttpRequest, exception: Exception | None = None, *, keep: Callable[[], str] = str
) -> HttpResponse:  # fmt: skip
    """404: the same bytes for what is hidden and for what never was. Whatever the address, what was typed comes back to
    whoever typed it. `keep`: keeps it as a draft of their own where there is one, and says where they find that."""
    context = _safe_frame(request)
    try:
        sent, files = fields(request), bool(request.FILES)
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):  # too much, or half of it
        sent, files = {}, False
    if request.method == "POST":
        if OWN_FORMS.process_view(request, None, (), {}) is not None:  # nobody else puts words on our page
            sent, files = {}, False
        if "whose" in sent and not (request.visit and from_this_account(request)):
            return ask_to_sign_in(request)
    words = typed(sent)
    if not words and not files:
        return render(request, "look/not_found.jinja", context, status=404)
    door = request.visit.account.door if request.visit else "practice"
    context |= {
        "words": words, "files": files, "draft_href": keep(), "family_door": door == "family",
        "home_href": HOME[door] if request.visit else reverse("gate"),
    }  # fmt: skip
    if travelled(request):
        del request.session["kept"]
    return render(request, "look/not_sent.jinja", context, status=404)


def meanwhile(request: HttpRequest, says: str, href: str) -> HttpResponse:
    """422: what a form was about was settled, taken back or answered while somebody wrote in it. `says`: that, and by
    whom as far as this reader may know; `href`: where it stands now. What was typed comes back to whoever typed it.
    Raises Closed after the office's last day."""
    gives_back(request)
    door = request.visit.account.door
    context = frame(request) | {
        "says": says, "words": typed(fields(request)), "files": bool(request.FILES), "family_door": door == "family",
        "href": href,
    }  # fmt: skip
    return render(request, "look/not_sent.jinja", context, status=422)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open too long or the form came from elsewhere. Words from our own pages are kept."""
    ours = request.headers.get("Origin", "") in (f"{request.scheme}://{request.get_host()}", settings.ORIGIN)
    kept = [
        {"name": name, "value": value, "long": len(value) > LONG}
        for name in (request.POST if ours else ())
        if name not in {"csrfmiddlewaretoken", *SECRETS}
        for value in request.POST.getlist(name)
    ]
    context = _safe_frame(request) | {"kept": kept, "action": request.path}
    return render(request, "look/forbidden.jinja", context, status=403)


def _words(request: HttpRequest) -> str:
    """What somebody had written in the form that failed."""
    if request.method != "POST":
        return ""
    sent = [value for name in request.POST if name not in NOT_WORDS for value in request.POST.getlist(name)]
    return "\n\n".join(value for value in sent if len(value) > LONG)


def broken(request: HttpRequest) -> HttpResponse:
    """500: something is wrong here, said plainly, with a number to ring."""
    context = _safe_frame(request) | {"phone": settings.OFFICE_LINE}
    return render(request, "look/wrong.jinja", context, status=500)


class SealedMiddleware:
    """When sealed words would go where others read them: nothing is kept, the words come back with those marked.

    Below the visit, because the page says it in the writer's language. Only whoever reads the sealed entry is told.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, SealedWords):
            return None
        terms = known_to(request.visit.person)
        kept = [
            {"name": name, "value": value, "long": bool(words_of(terms, value))}
            for name in request.POST
            if name not in {"csrfmiddlewaretoken", *SECRETS}
            for value in request.POST.getlist(name)
        ]
        context = frame(request) | {"words": exception.words, "kept": kept, "action": request.path}
        return render(request, "look/sealed_words.jinja", context, status=422)


class ClosedMiddleware:
    """When an office has stopped: whatever form it was, nothing was received, and the words come back to be copied."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """A form for which there is no page any more answers the same, whatever it was sent to."""
        response = self.get_response(request)
        visit = getattr(request, "visit", None)
        if response.status_code == 404 and request.method == "POST" and visit is not None and visit.shut:
            return self.process_exception(request, Closed(visit.ends))
        return response

    def process_exception(self, request, exception):
        if not isinstance(exception, Closed):
            return None
        lang = translation.get_language() or "en"
        now = request.visit.now if request.visit is not None else exception.ends
        context = frame(request) | {
            "closing": stopping(exception.ends, now, lang),
            "words": exception.words or typed(fields(request)),
        }
        return render(request, "access/closed.jinja", context, status=409)


class HonestErrors:
    """Middleware: when the database is full, read-only or away, say so, give the words back, keep nothing half."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405:
            allow = response.headers.get("Allow", "")
            response = render(request, "look/wrong_way.jinja", _safe_frame(request), status=405)
            response.headers["Allow"] = allow
        return response

    def process_exception(self, request, exception):
        """Only the database's own failures; everything else is a mistake of ours and goes to `broken`."""
        if not isinstance(exception, DatabaseError):
            return None
        log.error("the database failed: %s", type(exception).__name__)  # the class alone: a message may hold content
        context = _safe_frame(request) | {
            "phone": settings.OFFICE_LINE,
            "words": _words(request),
            "says": _("Nothing was saved. Copy your words if you can, and try again in a little while."),
        }
        return render(request, "look/wrong.jinja", context, status=503)

"""A phone that was handed over: until its owner has it back, this browser shows the turned page and nothing else.

It is kept in the session, so it holds for this browser alone. What it does not do: it does not lock the phone,
nor another browser in which the same person is signed in.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from alongside.access import visits
from alongside.access.frame import enters, frame
from alongside.access.views import SeeOther
from alongside.dialogue import drafts
from alongside.doors.practice.writing.company import company

HANDED = "handed"  # in the session: code of the family and id of the draft that is shown, or "meeting/" and its id
OPEN = {"show", "shown", "meeting-show", "given-back", "draft", "again", "leave", "left", "language"}


def hand_over(request: HttpRequest, code: str, draft: str) -> None:
    """From now on this browser is in somebody else's hands, and what is for the writer by name is closed."""
    if request.session.get(HANDED) != [code, draft]:
        request.session[HANDED] = [code, draft]
        visits.unprove(request.visit.id)


class HandedOver:
    """Middleware: while the phone is in other hands every other page leads to giving it back, and nothing is done
    there: a form that stood open before is not sent by whoever holds it now."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = request.session.get(HANDED) if request.visit is not None else None
        response = self.get_response(request)
        if held is None or HANDED not in request.session:
            return response
        if getattr(request.resolver_match, "url_name", "") in OPEN:
            return response
        return SeeOther(reverse("given-back", args=held[:1]))

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        held = request.session.get(HANDED) if request.visit is not None else None
        if held is None or request.resolver_match.url_name in OPEN:
            return None
        return SeeOther(reverse("given-back", args=held[:1]))


@enters("practice", methods=("GET", "POST"))
def given_back(request: HttpRequest, code: str) -> HttpResponse:
    """Says only to whom the phone goes back. Its owner goes on, being fresh again where there is a second factor."""
    reader = request.visit.reader(code)
    held = request.session.get(HANDED)
    if held is None:
        return SeeOther(reverse("family", args=(code,)))
    sure = request.visit.fresh and not settings.DEMO  # a second factor was shown since it was handed over
    if sure or (request.method == "POST" and (settings.DEMO or not request.visit.account.totp)):
        return _goes_on(request, *held)
    if request.method == "POST":
        return SeeOther(f"{reverse('again')}?{urlencode({'to': request.path}, doseq=True)}")
    name = company(reader, now=request.visit.now).me
    return render(request, "writing/given_back.jinja", frame(request, name=name, code=code))


def _goes_on(request: HttpRequest, code: str, draft: str) -> HttpResponse:
    """Back to the meeting, or to the words where they were not answered, else to the family."""
    del request.session[HANDED]
    if draft.startswith("meeting/"):
        return SeeOther(reverse("meeting", args=(code, draft.removeprefix("meeting/"))))
    kept = drafts.open_one(request.visit.person, draft)
    if kept is not None and not kept.thrown:
        return SeeOther(f"{reverse('write', args=(code,))}?draft={draft}")
    return SeeOther(reverse("family", args=(code,)))

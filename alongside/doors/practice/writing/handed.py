"""A phone that was handed over: until its owner has it back, this browser shows the turned page and nothing else.

It is kept in the session, so it holds for this browser alone. What it does not do: it does not lock the phone,
nor another browser in which the same person is signed in. Giving it back asks for no place in the family: where that
ended meanwhile the phone goes back all the same, what was said to it comes back to whoever holds it, and its owner
goes on where their own words are kept.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from alongside.access import visits
from alongside.access.frame import enters, frame
from alongside.access.standing import reader_in
from alongside.access.typed import fields, typed
from alongside.access.views import SeeOther
from alongside.dialogue import drafts
from alongside.families.queries import workers

HANDED = "handed"  # in the session: code of the family and id of the draft that is shown, or "meeting/" and its id
ANSWERED = "answered"  # in the session: the same of the draft that was answered
OPEN = {"show", "shown", "meeting-show", "given-back", "draft", "again", "leave", "left", "language"}


def hand_over(request: HttpRequest, code: str, draft: str) -> None:
    """From now on this browser is in somebody else's hands, and what is for the writer by name is closed."""
    if request.session.get(HANDED) != [code, draft]:
        request.session[HANDED] = [code, draft]
        visits.unprove(request.visit.id)


def owner(request: HttpRequest) -> str:
    """How the one is called to whom this phone goes back."""
    me = workers().get(request.visit.person)
    return me.called if me else _("you")


class HandedOver:
    """Middleware: while the phone is in other hands every other page leads to giving it back, and nothing is done
    there: a form that stood open before is not sent by whoever holds it now. So does the turned page where it is not
    there any more; what was said to it comes back first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = request.session.get(HANDED) if request.visit is not None else None
        response = self.get_response(request)
        if held is None or HANDED not in request.session:
            return response
        back = reverse("given-back", args=held[:1])
        if getattr(request.resolver_match, "url_name", "") not in OPEN:
            return SeeOther(back)
        if response.status_code != 404:
            return response
        return _not_kept(request, back) if request.method == "POST" else SeeOther(back)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        held = request.session.get(HANDED) if request.visit is not None else None
        if held is None or request.resolver_match.url_name in OPEN and not _another(request, held):
            return None
        return SeeOther(reverse("given-back", args=held[:1]))


def _another(request: HttpRequest, held: list[str]) -> bool:
    """Whether this is a turned page, and not the one that was handed over."""
    found = request.resolver_match
    turned = {"show": "{draft}", "meeting-show": "meeting/{id}"}.get(found.url_name)
    return turned is not None and [found.kwargs["code"], turned.format(**found.kwargs)] != held


def shows(request: HttpRequest, draft: str) -> bool:
    """Whether this browser is in other hands and shows this draft: nobody changes then what is shown."""
    return request.session.get(HANDED, ["", ""])[1] == draft


def _not_kept(request: HttpRequest, back: str) -> HttpResponse:
    """For whoever answered a page that is not there any more: that it was not kept, and what they wrote."""
    context = frame(request, words="\n\n".join(typed(fields(request))), name=owner(request), back=back)
    return render(request, "writing/not_kept.jinja", context, status=404)


@enters("practice", methods=("GET", "POST"))
def given_back(request: HttpRequest, code: str) -> HttpResponse:
    """Says only to whom the phone goes back. Its owner goes on, being fresh again where there is a second factor."""
    held = request.session.get(HANDED)
    if held is None:
        request.visit.reader(code)
        return SeeOther(reverse("family", args=(code,)))
    sure = request.visit.fresh and not settings.DEMO  # a second factor was shown since it was handed over
    if sure or (request.method == "POST" and (settings.DEMO or not request.visit.account.totp)):
        return _goes_on(request, *held)
    if request.method == "POST":
        return SeeOther(f"{reverse('again')}?{urlencode({'to': request.path}, doseq=True)}")
    return render(request, "writing/given_back.jinja", frame(request, name=owner(request), code=code))


def _goes_on(request: HttpRequest, code: str, draft: str) -> HttpResponse:
    """Back to the meeting, or to the words where they were not answered, else to the family; where there is none for
    them any more to what they have not sent, else to their first page."""
    del request.session[HANDED]
    request.session.pop(ANSWERED, None)
    visit = request.visit
    kept = drafts.open_one(visit.person, draft)
    waits = kept is not None and not kept.thrown
    if reader_in(visit.person, code, now=visit.now, strength=visit.strength) is None:
        return SeeOther(reverse("waiting" if waits else "today"))
    if draft.startswith("meeting/"):
        return SeeOther(reverse("meeting", args=(code, draft.removeprefix("meeting/"))))
    if waits:
        return SeeOther(f"{reverse('write', args=(code,))}?draft={draft}")
    return SeeOther(reverse("family", args=(code,)))

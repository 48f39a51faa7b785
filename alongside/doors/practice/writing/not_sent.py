"""A form that found no page, in both doors: the draft its page kept holds what was sent, and only its writer has it."""

from functools import partial

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.access import wrong
from alongside.dialogue import drafts
from alongside.doors.practice.writing.handed import HANDED
from alongside.doors.practice.writing.views import sent


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. The same for every address: whether there is a draft depends on who sends, and on nothing else."""
    return wrong.not_found(request, exception, keep=partial(_kept, request))


def _kept(request: HttpRequest) -> str:
    """Where the sender finds the draft, brought up to what was sent; '' where the page had kept none. Not while the
    phone is in other hands: the words are not its owner's."""
    visit = getattr(request, "visit", None)
    if request.method != "POST" or visit is None or visit.shut or HANDED in request.session:
        return ""
    held = drafts.open_one(visit.person, request.POST.get("draft", "")[:32])
    if held is None or held.thrown:
        return ""
    try:
        drafts.keep(
            by=held.author, id=held.id, form=sent(request), family=held.family, at=visit.now, door=held.door,
            kind=held.kind,
        )  # fmt: skip
    except DatabaseError:
        return ""
    return reverse("waiting") if held.door == "practice" else ""

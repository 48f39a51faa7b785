"""The frame of a page that both doors have, and what its forms share."""

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import clock, ids
from alongside.access.sealed import whose
from alongside.access.views import SeeOther
from alongside.doors.family.rooms import framed
from alongside.doors.practice.desk import desk
from alongside.families.queries import workers
from alongside.record.readers import SECOND

_ONCE = re.compile(r"[0-9a-f]{32}")
REFUSED = 422
LEAD_THERE = ("entrance/next_time.jinja", "entrance/chosen.jinja")  # pages that are themselves the way to it


def now() -> int:
    """This moment in microseconds."""
    return clock.micros(clock.now())


def once_of(request: HttpRequest) -> str:
    """The key of this act, or a new one."""
    sent = request.POST.get("once", "")
    return sent if _ONCE.fullmatch(sent) else ids.new()


def carried(request: HttpRequest) -> dict[str, str]:
    """Hidden fields of a form: the key of the act, and whose page it is."""
    return {"once": once_of(request), "whose": whose(request.visit.account)}


def page(request: HttpRequest, template: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """A page in the frame of the visitor's own door."""
    practice = request.visit.account.door == "practice"
    context = desk(request, workers(), "settings", **more) if practice else framed(request, **more)
    context["outer"] = "look/desk.jinja" if practice else "look/home.jinja"
    context["practice"] = practice
    if template in LEAD_THERE:
        context["again"] = None
    return render(request, template, context, status=status)


def origin(request: HttpRequest) -> str:
    """The address people use, as it is printed on paper; it ends with a slash."""
    return f"{settings.ORIGIN}/" if settings.ORIGIN else request.build_absolute_uri("/")


def phone_first(request: HttpRequest) -> HttpResponse | None:
    """Where a password alone must not be enough, because the page makes ways in for others: the way to the second
    factor, and None once it was shown in this visit."""
    if request.visit.strength >= SECOND:
        return None
    to = request.path if "GET" in request.resolver_match.func.methods else reverse("office")
    return SeeOther(f"{reverse('again')}?{urlencode({'to': to}, safe='/')}")


def fresh_first(request: HttpRequest) -> HttpResponse | None:
    """Where somebody makes a way in for themselves: the way to the second factor, and None within a quarter of an
    hour of it."""
    return None if request.visit.fresh else SeeOther(f"{reverse('again')}?{urlencode({'to': request.path}, safe='/')}")


def errors(wrong: dict[str, str]) -> list[tuple[str, str]]:
    """What is wrong, by field, as the list that stands first on a page."""
    return [(f"f-{name}", words) for name, words in wrong.items()]


def wrong_key(code: str) -> str:
    """What is wrong with a password, a PIN or a word, as a sentence; '' for nothing."""
    sentences = {
        "": "",
        "short": _("This is too short."),
        "short-phrase": _("Choose at least six digits, or a phrase of at least twelve letters."),
        "long": _("This is too long. At most 200 characters."),
        "common": _("Many people choose this one, so others guess it first. Choose another."),
        "own-name": _("Your name is in it, and others guess that first. Choose another."),
        "office-word": _(
            "Words that everybody here knows count for nothing: the names of the office, of the municipality and of "
            "this program, words of the work, the year. Without them too little is left. Add other words."
        ),
        "leaked": _("This one is on lists of passwords stolen elsewhere, and others try those first. Choose another."),
        "birthday": _("This is a date, and others guess dates first. Choose other digits."),
        "short-word": _("Choose a word of at least four letters."),
        "unlike": _("The two are not the same. Type both once more."),
    }
    return sentences[code]

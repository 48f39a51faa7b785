"""What every page needs around it: language, light, text size, the demo's line; and getting in at all."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.access.addresses import address
from alongside.access.standing import office_day
from alongside.record.reading import readers_here

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


def frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """The context of the look's base: lang, dir, light, text_size, demo, notice; and `more`."""
    lang = translation.get_language() or "en"
    context: dict[str, Any] = {
        "lang": lang,
        "dir": "rtl" if lang.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        "light": "",
        "text_size": 100,
        "demo": None,
        "notice": "",
        "office_line": settings.OFFICE_LINE,
        "help_lines": settings.HELP_LINES,
        "again": None,
        "closing": None,
    }
    if request.visit is not None:
        context |= {"light": request.visit.account.light, "text_size": request.visit.account.text_size}
        context["again"] = None if request.visit.fresh else _again(request)
        context["closing"] = stopping(request.visit.ends, request.visit.now, lang)
    context["urgent"] = _urgent(request)
    if settings.DEMO:
        context["demo"] = {"words": _("Invented people. Nothing here is real."), "href": address("gate")}
    return context | more


def stopping(ends: int, now: int, lang: str) -> dict[str, Any] | None:
    """What pages say of an office that stops: {over, today (it is the last day), last, since}, the days in words; None
    where it does not."""
    if not ends:
        return None
    last, since = office_day(ends - 1), office_day(ends)
    said = [dates.show(dates.on(day), lang, office_day(now), True) for day in (last, since)]
    return {"over": now >= ends, "today": office_day(now) == last, "last": said[0], "since": said[1]}


def _again(request: HttpRequest) -> dict[str, str]:
    """The way to what is for the visitor by name: offered on every page whenever the visit is not fresh, in one
    place and with one sentence, whether there is anything or not."""
    here = request.get_full_path() if request.method == "GET" else request.path
    return {
        "href": f"{address('again')}?{urlencode({'to': here}, safe='/')}",
        "words": _("Show what is for you by name"),
    }


def _urgent(request: HttpRequest) -> dict[str, str] | None:
    """What stands above every page that is read in an emergency: until when, and where to say more."""
    found = next((one for one in readers_here() if one.urgent), None)
    if found is None or request.visit is None:
        return None
    ends = clock.moment(found.until).astimezone(settings.OFFICE_ZONE)
    return {"until": f"{ends:%H:%M}", "href": address("urgent")}


def enters(*doors: str, methods: tuple[str, ...] = ("GET",)) -> Callable:
    """Decorator of a view: only for visits through one of these doors, and these methods.

    Without a visit the reader is asked to sign in and comes back; through another door the page is not
    found, like a page that never was.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            from alongside.access.views import ask_to_sign_in

            # HEAD only where GET is: it is not asked for a form's token, so it must never reach an act
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            if request.visit is None:
                return ask_to_sign_in(request)
            if request.visit.account.door not in doors:
                raise Http404
            return view(request, *args, **kwargs)

        inside.doors, inside.methods = doors, methods
        return inside

    return wrap


def looked_at(request: HttpRequest) -> tuple[int | None, dt.date, str]:
    """The moment a page is looked at as known then, from `?at=`: (microseconds or None for now, the day that
    counts as today, the plain value). `at` is a date (the end of that day in the office's zone) or a local
    date and time. Raises ValueError or OverflowError for anything
    else; a moment to come is now."""
    value = request.GET.get("at", "").strip()
    today = office_day(request.visit.now)
    if not value:
        return None, today, ""
    if "T" in value:
        local = dt.datetime.fromisoformat(value)
    else:
        local = dt.datetime.combine(dt.date.fromisoformat(value), dt.time.max)
    moment = clock.micros(local.replace(tzinfo=settings.OFFICE_ZONE))
    clock.moment(moment)  # OverflowError where the first hours of the calendar are none in UTC
    if moment >= request.visit.now:
        return None, today, ""
    return moment, local.date(), value

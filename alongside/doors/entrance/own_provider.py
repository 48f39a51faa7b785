"""One's own account at the identity provider: connected, since when, and not any more."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.frame import enters
from alongside.access.provider import ties
from alongside.access.sealed import from_this_account
from alongside.access.standing import office_day
from alongside.access.views import SeeOther, ask_to_sign_in, provider_name
from alongside.doors.entrance.frames import REFUSED, carried, fresh_first, now, once_of, page
from alongside.record.statement import Refused


@enters("practice", methods=("GET", "POST"))
def own(request: HttpRequest) -> HttpResponse:
    """Connect, or disconnect. Whoever makes a way in has just shown a second factor."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    if (first := fresh_first(request)) is not None:
        return first
    if request.method == "GET":
        return _page(request)
    try:
        ties.take_away(request.visit.account, at=now(), once=once_of(request))
    except Refused:
        return _page(request, _("It is the only way in you have. Ask your leader for a new code first."))
    return SeeOther(request.path)


def _page(request: HttpRequest, wrong: str = "") -> HttpResponse:
    tie = ties.of(request.visit.account)
    lang, today = translation.get_language() or "en", office_day(request.visit.now)

    def day(number: int | None) -> str:
        return "" if number is None else dates.show(dates.on(today.fromordinal(number)), lang, today)

    return page(
        request, "entrance/provider_own.jinja", status=REFUSED if wrong else 200, name=provider_name(), wrong=wrong,
        tied=day(tie.tied) if tie else "", used=day(tie.used) if tie else "", back=reverse("settings"),
        beside=bool(settings.PROVIDER and settings.PROVIDER.beside), fields=carried(request),
        errors=[("away", wrong)] if wrong else [],
    )  # fmt: skip

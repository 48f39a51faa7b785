"""One's own visits: since when, which way, from what. Each can be ended, at once."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.access import visits
from alongside.access.frame import enters
from alongside.access.models import VisitOpen
from alongside.access.sealed import from_this_account
from alongside.access.views import SeeOther, ask_to_sign_in, provider_name
from alongside.doors.entrance.frames import carried, page


@dataclass(frozen=True, slots=True)
class Shown:
    """One visit as a row. `here`: the one that reads this page."""

    id: str
    since: str
    way: str
    device: str
    here: bool


def _shown(row: VisitOpen, here: str, today: dt.date) -> Shown:
    ways = {
        "password": _("with a password"), "pin": _("with a PIN"), "card": _("with a card"),
        "look": _("by looking around"), "passkey": _("with a passkey"),
        "provider": _("through %(name)s") % {"name": provider_name() or _("the municipality")},
    }  # fmt: skip
    devices = {"phone": _("A phone"), "tablet": _("A tablet"), "computer": _("A computer")}
    local = clock.moment(row.began).astimezone(settings.OFFICE_ZONE).replace(tzinfo=None, second=0, microsecond=0)
    since = dates.show(dates.on(local), translation.get_language() or "en", today)
    return Shown(row.pk, since, ways[row.way], devices[row.device], row.pk == here)


def _own(request: HttpRequest, back: str) -> HttpResponse:
    if request.method == "POST":
        return _ended(request, back)
    visit = request.visit
    today = clock.moment(visit.now).astimezone(settings.OFFICE_ZONE).date()
    rows = [_shown(row, visit.id, today) for row in visits.own(visit.account, at=visit.now)]
    rows.sort(key=lambda row: not row.here)
    return page(
        request, "entrance/visits.jinja", rows=rows, back=reverse(back), fields=carried(request),
        changes=visit.account.has_usable_password(),
    )  # fmt: skip


def _ended(request: HttpRequest, back: str) -> HttpResponse:
    if not from_this_account(request):
        return ask_to_sign_in(request)
    account, wanted = request.visit.account, request.POST.get("end", "")
    if wanted == "others":
        visits.end_all(account, but=request.visit.id)
    else:
        visits.end(account, wanted)  # what is not there is over already
    return SeeOther(request.path)


@enters("practice", methods=("GET", "POST"))
def at_work(request: HttpRequest) -> HttpResponse:
    """The visits of somebody who works here."""
    return _own(request, "settings")


@enters("family", methods=("GET", "POST"))
def at_home(request: HttpRequest) -> HttpResponse:
    """The visits of somebody of a family."""
    return _own(request, "my-settings")

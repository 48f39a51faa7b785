"""One's own passkeys: added after a fresh sign-in, named in one's own words, taken away."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from alongside import dates
from alongside.access import accounts, begun, passkeys
from alongside.access.frame import enters
from alongside.access.models import Passkey
from alongside.access.provider import ties
from alongside.access.sealed import from_this_account
from alongside.access.standing import office_day
from alongside.access.views import SeeOther, ask_to_sign_in, provider_name, site_address
from alongside.doors.entrance.frames import REFUSED, carried, errors, fresh_first, now, once_of, page
from alongside.record.statement import Refused

BEGUN = "passkey-new"
WAITS = 10 * begun.MINUTE


@dataclass(frozen=True, slots=True)
class Shown:
    """One passkey as a row: days in words."""

    id: str
    called: str
    added: str
    used: str
    doubted: bool


@enters("practice", methods=("POST",))
def begin(request: HttpRequest) -> HttpResponse:
    """What the browser is to ask the authenticator for: JSON."""
    site = passkeys.site_of(site_address(request))
    if site is None:
        raise Http404
    if not request.visit.fresh or not from_this_account(request):
        return HttpResponse(status=403)
    asked, kept = passkeys.asked_to_add(request.visit.account, site)
    begun.put(request.session, BEGUN, kept, at=now(), lasts=WAITS)
    return JsonResponse(asked)


@sensitive_post_parameters("answer")
@enters("practice", methods=("GET", "POST"))
def own(request: HttpRequest) -> HttpResponse:
    """The list; add one, take one away. Whoever makes a way in has just shown a second factor."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    if (first := fresh_first(request)) is not None:
        return first
    if request.method == "GET":
        return _page(request)
    if away := request.POST.get("away", ""):
        passkeys.take_away(request.visit.account, away, at=now(), once=once_of(request))
        return SeeOther(request.path)
    return _added(request)


def _added(request: HttpRequest) -> HttpResponse:
    account, once, at = request.visit.account, once_of(request), now()
    if accounts.once_done(account.person, once) is not None:
        return SeeOther(request.path)
    called = " ".join(request.POST.get("called", "").split())
    if not called:
        return _page(request, {"called": _("Say in your own words which device it is.")})
    site, kept = passkeys.site_of(site_address(request)), begun.take(request.session, BEGUN, at=at)
    try:
        if site is None:
            raise Refused("not-taken")
        passkeys.add(account, site, request.POST.get("answer", ""), kept, called=called, at=at, once=once)
    except Refused as why:
        many = _("These are many passkeys. Take one away first.")
        return _page(request, {"called": many if why.code == "too-many" else _not_taken()}, called)
    return SeeOther(request.path)


def _not_taken() -> str:
    return _("No passkey was made. Try once more, or with another device.")


def _page(request: HttpRequest, wrong: dict[str, str] | None = None, called: str = "") -> HttpResponse:
    wrong, address = wrong or {}, site_address(request)
    rows = [_shown(row, request.visit.now) for row in passkeys.own(request.visit.account)]
    can = passkeys.site_of(address) is not None
    elsewhere = "" if can else _by_name(address)
    return page(
        request, "entrance/passkeys.jinja", status=REFUSED if wrong else 200, rows=rows, can=can, elsewhere=elsewhere,
        wrong=wrong, errors=errors(wrong), called=called, back=reverse("settings"), fields=carried(request),
        failed=_not_taken(), through=provider_name() if ties.barred(request.visit.account) else "",
    )  # fmt: skip


def _by_name(address: str) -> str:
    """On this machine: the same site under the name by which a browser lets it have passkeys."""
    here = address.replace("http://127.0.0.1", "http://localhost").replace("http://[::1]", "http://localhost")
    return here + reverse("passkeys") if here.startswith("http://localhost") else ""


def _shown(row: Passkey, at: int) -> Shown:
    lang, today = translation.get_language() or "en", office_day(at)

    def day(number: int | None) -> str:
        return "" if number is None else dates.show(dates.on(today.fromordinal(number)), lang, today)

    return Shown(row.id, row.called, day(row.added), day(row.used), row.doubted)

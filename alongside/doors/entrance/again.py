"""Being fresh: for a quarter of an hour, what is for the visitor by name."""

from urllib.parse import urlencode

from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from alongside.access import bounds, passkeys, totp, visits
from alongside.access.frame import enters, frame
from alongside.access.models import Account, VisitOpen
from alongside.access.provider import ties
from alongside.access.sealed import from_this_account
from alongside.access.views import HOME, SeeOther, ask_to_sign_in, provider_name, safe_way, site_address
from alongside.access.visit import end
from alongside.doors.entrance.frames import carried, now
from alongside.record.readers import SIGNED_IN


@sensitive_post_parameters("code")
@enters("practice", "family", methods=("GET", "POST"))
def again(request: HttpRequest) -> HttpResponse:
    """The code of the telephone for those who work here, the PIN for families; then back to where one was."""
    account = request.visit.account
    to = safe_way(request.POST.get("to") or request.GET.get("to", "")) or HOME[account.door]
    if request.visit.strength < SIGNED_IN:
        return SeeOther(f"{reverse('next-time')}?{urlencode({'to': to}, safe='/')}")
    if request.method == "GET":
        return again_page(request, to)
    if not from_this_account(request):
        return ask_to_sign_in(request)
    return _try(request, account, to)


def _try(request: HttpRequest, account: Account, to: str) -> HttpResponse:
    practice, at = account.door == "practice", now()
    place = bounds.second(account.pk) if practice else bounds.name(account.login)
    if not bounds.begin(place, at=at):
        return again_page(request, to, bounds.too_many(), 429)
    typed = request.POST.get("code", "")
    if totp.take(account, typed, at=at) if practice else check_password(typed, account.password):
        bounds.right(place)
        visits.prove(VisitOpen.objects.get(pk=request.visit.id), at=at)
        return SeeOther(to)
    wrong = _("These digits are not right. Wait for the next ones.") if practice else _("This is not your PIN.")
    return _over(request, place) or again_page(request, to, wrong, 403)


def _over(request: HttpRequest, place: str) -> HttpResponse | None:
    """The end of the visit that guessed too often; others of the same person go on."""
    if not bounds.locked(place):
        return None
    end(request)
    return SeeOther(reverse("left"))


def _has_passkey(request: HttpRequest) -> bool:
    """Whether a passkey can be asked for: this person has one, and the site has an address for it."""
    account = request.visit.account
    can = account.door == "practice" and passkeys.site_of(site_address(request)) is not None
    return can and bool(passkeys.own(account))


def again_page(
    request: HttpRequest, to: str, wrong: str = "", status: int = 200, *, wrong_passkey: str = ""
) -> HttpResponse:
    account = request.visit.account
    context = frame(
        request, to=to, wrong=wrong, login=account.login, passkeys=_has_passkey(request),
        wrong_passkey=wrong_passkey, practice=account.door == "practice",
        through=provider_name() if account.door == "practice" and ties.of(account) else "",
        can=bool(account.totp or account.door == "family"), home_href=HOME[account.door],
        leave_href=reverse("leave"), fields=carried(request),
    )  # fmt: skip
    return render(request, "entrance/again.jinja", context | {"again": None}, status=status)

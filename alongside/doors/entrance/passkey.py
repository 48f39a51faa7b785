"""Coming in with a passkey, and being fresh with one. It needs a script; the password and the digits need none.

No name is asked, so none is told: the browser offers what it has for this site, and every answer that is not right
is answered alike.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.access import begun, bounds, passkeys, visits
from alongside.access.models import VisitOpen
from alongside.access.throttle import tries
from alongside.access.views import HOME, SeeOther, enter, gate_page, place_of, safe_way, site_address
from alongside.doors.entrance.again import again_page
from alongside.doors.entrance.frames import now

BEGUN = "passkey-in"
WAITS = 5 * begun.MINUTE


@require_http_methods(["POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """What the browser is to ask its authenticators: JSON, the same for everybody but for the challenge."""
    site = passkeys.site_of(site_address(request))
    if site is None or not tries.allowed(_place(request)):
        return HttpResponse(status=429 if site else 404)
    asked, kept = passkeys.asked_to_come_in(site)
    begun.put(request.session, BEGUN, kept, at=now(), lasts=WAITS)
    return JsonResponse(asked)


def _place(request: HttpRequest) -> str:
    return f"passkey/{place_of(request)}"


@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
def come_in(request: HttpRequest) -> HttpResponse:
    """The answer. With a visit of the same person it is fresh from now on; else a visit begins."""
    site = passkeys.site_of(site_address(request))
    if request.method == "GET" or site is None:
        return SeeOther(reverse("gate"))
    at, to = now(), safe_way(request.POST.get("to", ""))
    kept = begun.take(request.session, BEGUN, at=at)
    if not tries.allowed(_place(request)):
        return _not_taken(request, to, bounds.too_many(), 429)
    account = passkeys.whose(site, request.POST.get("answer", ""), kept, at=at)
    here = request.visit
    if account is None or (here is not None and here.account.pk != account.pk):
        tries.failed(_place(request))
        return _not_taken(request, to, _("We do not take this passkey. Come in another way."), 403)
    tries.right(_place(request))
    if here is None:
        return enter(request, account, "passkey")
    visits.prove(VisitOpen.objects.get(pk=here.id), at=at)
    return SeeOther(to or HOME[account.door])


def _not_taken(request: HttpRequest, to: str, words: str, status: int) -> HttpResponse:
    if request.visit is not None:
        home = HOME[request.visit.account.door]
        return again_page(request, to or home, status=status, wrong_passkey=words)
    kept = request.POST.get("kept", "")
    return gate_page(request, to=to, kept=kept, wrong_passkey=words, status=status)

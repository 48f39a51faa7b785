"""Coming in through the municipality's identity provider: there, back, connecting the two accounts, leaving there.

There is by a link, never by a form: a browser that is told to send forms to us alone does not follow a form elsewhere.
Whatever comes back is answered by a 303. Whoever is not known here reads one page, whatever the reason.
"""

import logging
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alongside.access import begun, visits
from alongside.access.frame import frame
from alongside.access.models import Account, VisitOpen
from alongside.access.provider import asking, flow, ties, tokens, watching
from alongside.access.provider.asking import Away, SaysNo
from alongside.access.provider.flow import MICRO, Shown
from alongside.access.provider.tokens import NotRight
from alongside.access.views import HOME, SeeOther, gate_page, go_on, provider_name, safe_way, site_address
from alongside.access.visit import begin as begin_visit
from alongside.doors.entrance import first_day
from alongside.doors.entrance.frames import now, once_of
from alongside.record.readers import SECOND
from alongside.record.statement import Refused

log = logging.getLogger("alongside.access")
BEGUN, CONNECT = "provider", "provider-connect"
WAITS = 10 * begun.MINUTE


def _there() -> None:
    if settings.PROVIDER is None:
        raise Http404


def _back(request: HttpRequest) -> str:
    return site_address(request) + reverse("provider-back")


def _no(why: str = "") -> HttpResponse:
    return SeeOther(reverse("provider-no") + (f"?why={why}" if why else ""))


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider. `for`: in, again (fresh), connect (from settings), first (the first day). With words that
    wait to be kept it is a form, and its answer a page that leads on."""
    _there()
    sent = request.POST if request.method == "POST" else request.GET
    what, to, kept = sent.get("for", "in"), safe_way(sent.get("to", "")), request.POST.get("kept", "")
    first = _first(request, what, to)
    if isinstance(first, HttpResponse):
        return first
    try:
        address, body = flow.begin(back=_back(request), anew=what == "again")
    except Away:
        return gate_page(request, 503, to=to, kept=kept, wrong_provider=_away()) if what == "in" else _no("away")
    begun.put(
        request.session, BEGUN, {**body, "for": what, "whom": first, "to": to, "kept": kept}, at=now(), lasts=WAITS
    )  # fmt: skip
    if request.method == "POST":
        return render(request, "entrance/provider_on.jinja", frame(request, address=address, name=provider_name()))
    return SeeOther(address)


def _away() -> str:
    return _("%(name)s does not answer at the moment. Try again in a little while.") % {"name": _capital()}


def _capital() -> str:
    name = provider_name()
    return name[:1].upper() + name[1:]


def _first(request: HttpRequest, what: str, to: str) -> int | HttpResponse:
    """For whom it is begun: the number of an account, 0 for whoever comes; or where to go instead."""
    here = request.visit
    if what == "in":
        return SeeOther(to or HOME[here.account.door]) if here else 0
    if what == "first":
        pending = first_day.pending(request)
        return pending[0].pk if pending else SeeOther(reverse("invited"))
    if here is None or here.account.door != "practice":
        return SeeOther(reverse("gate"))
    if what == "again" and ties.of(here.account) is not None:
        return here.account.pk
    return here.account.pk if what == "connect" and here.fresh else SeeOther(reverse("own-provider"))


@require_http_methods(["GET"])
def back(request: HttpRequest) -> HttpResponse:
    """What the browser brings back from there, once. Always a 303."""
    _there()
    kept = begun.take(request.session, BEGUN, at=now())
    try:
        shown = flow.answered(kept, request.GET.dict(), back=_back(request))
    except Away:
        return _no("away")
    except (NotRight, SaysNo) as why:
        log.info("what came back from the identity provider is not taken: %s", str(why) or "it says no")
        return _no()
    return (_came_in if kept["for"] == "in" else _fresh if kept["for"] == "again" else _asked)(request, kept, shown)


def _came_in(request: HttpRequest, kept: Mapping[str, Any], shown: Shown) -> HttpResponse:
    account = ties.whose(shown, at=now())
    if account is None or (request.visit is not None and request.visit.account.pk != account.pk):
        return _no()
    return _enters(request, account, shown, kept)


def _enters(request: HttpRequest, account: Account, shown: Shown, sent: Mapping[str, Any]) -> HttpResponse:
    """A visit that lasts as long as the provider lets it. Fresh only if they showed there a short while ago, with
    more than one factor."""
    ago = (shown.ago or 0) * MICRO
    visit = begin_visit(
        request, account, "provider", proved=shown.strong and shown.ago is not None,
        ago=ago, strength=SECOND if shown.strong else 0,
    )  # fmt: skip
    watching.hang(visit, account, shown, at=now())
    to = go_on(request, account, sent)
    if not shown.strong and account.totp:
        return SeeOther(f"{reverse('again')}?{urlencode({'to': to}, safe='/')}")
    return SeeOther(to)


def _fresh(request: HttpRequest, kept: Mapping[str, Any], shown: Shown) -> HttpResponse:
    """The same person, shown anew there since they left from here, with more than one factor."""
    here, at = request.visit, now()
    if here is None or here.account.pk != kept["whom"]:
        return _no()
    anew = shown.ago is not None and shown.ago <= flow.machine() - kept["since"] + tokens.SKEW
    account = ties.whose(shown, at=at)
    if not shown.strong or not anew or account is None or account.pk != here.account.pk:
        return _no("again")
    visits.prove(VisitOpen.objects.get(pk=here.id), at=at)
    if here.way == "provider":
        watching.hang(here.id, account, shown, at=at)
    return SeeOther(kept["to"] or HOME["practice"])


def _asked(request: HttpRequest, kept: Mapping[str, Any], shown: Shown) -> HttpResponse:
    """Before two accounts are connected their owner sees whose they are."""
    body = {"for": kept["for"], "whom": kept["whom"], "shown": asdict(shown)}
    begun.put(request.session, CONNECT, body, at=now(), lasts=WAITS)
    return SeeOther(reverse("provider-connect"))


@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest) -> HttpResponse:
    """Connect the account here with the one there."""
    _there()
    take = begun.waiting if request.method == "GET" else begun.take
    kept = take(request.session, CONNECT, at=now())
    account = _whom(request, kept)
    if account is None:
        return _no()
    shown = Shown(**{one.name: kept["shown"][one.name] for one in fields(Shown)})
    if request.method == "GET":
        more = {"name": provider_name(), "called": shown.called, "login": account.login}
        more["back"] = reverse("first-day" if kept["for"] == "first" else "own-provider")
        return render(
            request, "entrance/provider_connect.jinja",
            frame(request, beside=settings.PROVIDER.beside, once=once_of(request), again=None) | more,
        )  # fmt: skip
    visit = request.visit.id if kept["for"] == "connect" else ""
    try:
        ties.tie(account, shown, visit=visit, at=now(), once=once_of(request))
    except Refused:
        return _no()
    return SeeOther(reverse("own-provider")) if visit else _enters(request, account, shown, {})


def _whom(request: HttpRequest, kept: Mapping[str, Any] | None) -> Account | None:
    """Whose account it is that is to be connected, if it is still theirs to do."""
    if kept is None:
        return None
    if kept["for"] == "first":
        pending = first_day.pending(request)
        return pending[0] if pending and pending[0].pk == kept["whom"] else None
    here = request.visit
    return here.account if here is not None and here.fresh and here.account.pk == kept["whom"] else None


@require_http_methods(["GET"])
def no(request: HttpRequest) -> HttpResponse:
    """Somebody came back and did not come in. The same for everybody, but when the provider was away, or one
    who is here showed too little."""
    _there()
    why, here = request.GET.get("why", ""), request.visit is not None
    away, short = _away() if why == "away" else "", why == "again" and here
    context = frame(request, name=provider_name(), away=away, short=short)
    if here:
        context |= {"home_href": HOME[request.visit.account.door], "again": None}
    return render(request, "entrance/provider_no.jinja", context)


@csrf_exempt
@require_http_methods(["POST"])
def out(request: HttpRequest) -> HttpResponse:
    """The provider says that somebody left there (OpenID Connect Back-Channel Logout 1.0). It comes from the
    provider's machine and not from a page; the token is what proves it."""
    _there()
    try:
        said = tokens.left(asking.known(), request.POST.get("logout_token", ""), now=flow.machine())
    except Away:
        return HttpResponse(status=503)
    except NotRight as why:
        log.warning("a word of the identity provider that somebody left is not taken: %s", why)
        return JsonResponse({"error": "invalid_request"}, status=400)
    if begun.first(f"left {said['jti']}", at=now(), lasts=2 * tokens.OLD * MICRO):
        watching.left(said)
    return HttpResponse(status=200)

"""Pages of getting in and out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside import clock
from alongside.access import bounds, codes, passkeys, sealed
from alongside.access.frame import frame, stopping
from alongside.access.models import Account
from alongside.access.provider import ties
from alongside.access.throttle import tries
from alongside.access.typed import fields, typed
from alongside.access.visit import begin, card_key, end
from alongside.record.closing import ends
from alongside.record.statement import Closed

OWN_NAMES = {"en": "English", "nb": "Norsk bokmål"}  # a language is called by its own name
HOME = {"practice": "/today", "family": "/me"}
# one does not go back to these
GATES = ("/", "/sign-in", "/card", "/invited", "/again", "/left", "/passkey", "/passkey/begin", "/provider",
         "/provider/back", "/provider/no", "/provider/connect")  # fmt: skip
LEFT = "left"  # in the session after Exit page, until somebody comes in
NOBODY = make_password("nobody has this")  # checked when there is no such account, so that both take as long


class SeeOther(HttpResponseRedirect):
    """303: what was sent is taken; go and look there."""

    status_code = 303


def safe_way(value: str) -> str:
    """A path of this site to go on to, or '': never another site, never this page again."""
    try:
        parts = urlsplit(value)
    except ValueError:  # such as "//["
        return ""
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or value.startswith(("//", "/\\")):
        return ""
    return value if parts.path not in GATES else ""


def gate_page(request: HttpRequest, status: int = 200, **more) -> HttpResponse:
    context = {
        "looks": _looks(),
        "tongues": [(code, OWN_NAMES[code]) for code, _words in settings.LANGUAGES],
        "to": "",
        "kept": "",
        "login": "",
        "card": "",
        "wrong": "",
        "wrong_card": "",
        "wrong_passkey": "",
        "wrong_provider": "",
        "provider": provider_name(),
        "passkeys": passkeys.site_of(site_address(request)) is not None,
        "closing": stopping(ends(), clock.micros(clock.now()), translation.get_language() or "en"),
        **more,
    }
    return render(request, "access/gate.jinja", frame(request, **context), status=status)


def provider_name() -> str:
    """What people call the identity provider; '' where there is none."""
    return (settings.PROVIDER.name or _("the municipality")) if settings.PROVIDER else ""


def _looks() -> list[dict[str, str]]:
    """Whom one may be in the demo; nothing elsewhere."""
    if not settings.DEMO:
        return []
    people = [
        ("kari", "users", _("Be Kari"), _("social worker, on her way home from a visit")),
        ("anne", "house", _("Be Anne"), _("mother of Mia and Jonas, on her phone")),
        ("jonas", "message-square-plus", _("Be Jonas"), _("fifteen, a room of his own")),
        ("berg", "school", _("Be Ms Berg"), _("Mia’s teacher; her own part and her promises")),
        ("ingrid", "history", _("Be Ingrid"), _("supervisor; she can go back to any day")),
        ("rune", "user-round", _("Be Rune"), _("a social worker who has nothing to do with them")),
        ("morten", "search", _("Be Morten"), _("he must not find Elin. Try to find her")),
    ]
    return [dict(zip(("who", "icon", "says", "under"), one, strict=True)) for one in people]


@require_http_methods(["GET"])
def gate(request: HttpRequest) -> HttpResponse:
    """The first page: sign in, or look around where nobody is real."""
    return gate_page(request, to=safe_way(request.GET.get("to", "")))


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """For a page that needs a visit. Words that were sent travel sealed through signing in."""
    if request.method == "POST":
        return gate_page(request, to=request.path, kept=sealed.seal(request), expired=True, status=403)
    if request.path == "/me" or request.session.get(LEFT):
        return SeeOther(reverse("gate"))
    return SeeOther(f"{reverse('gate')}?{urlencode({'to': request.get_full_path()}, safe='/')}")


def site_address(request: HttpRequest) -> str:
    """Where this site is: scheme, host and port, as set, or as asked for on this machine."""
    return settings.ORIGIN or f"{request.scheme}://{request.get_host()}"


def place_of(request: HttpRequest) -> str:
    """Where a request comes from, for the pause after wrong codes: behind a proxy what the proxy says last."""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.SECURE else ""
    return told or request.META.get("REMOTE_ADDR", "")


def go_on(request: HttpRequest, account: Account, sent: Mapping[str, Any] | None = None) -> str:
    """Where somebody goes who has come in: to words that waited for them, where they wanted to go, or home. `sent`:
    where `kept` and `to` stand, if it is not the form of this request."""
    sent = request.POST if sent is None else sent
    kept = sealed.open_for(sent.get("kept", ""), account)
    if kept is not None:
        request.session["kept"] = kept
        return kept["path"]
    return safe_way(sent.get("to", "")) or HOME[account.door]


def enter(request: HttpRequest, account: Account, way: str) -> HttpResponse:
    """Begin the visit. After a password the code of the telephone is asked for, where there is one; after a
    card the way to come in next time is chosen."""
    begin(request, account, way, proved=way in ("pin", "passkey"))
    to = go_on(request, account)
    if way == "password" and account.totp:
        return SeeOther(f"{reverse('again')}?{urlencode({'to': to}, safe='/')}")
    if way == "card" and not settings.DEMO:
        return SeeOther(f"{reverse('next-time')}?{urlencode({'to': to}, safe='/')}")
    return SeeOther(to)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """With a name, and a password or a PIN of one's own."""
    if request.method == "GET":
        return SeeOther(reverse("gate"))
    login, password = "-".join(request.POST.get("login", "").split()), request.POST.get("password", "")
    kept = {"to": safe_way(request.POST.get("to", "")), "kept": request.POST.get("kept", ""), "login": login}
    place = bounds.name(login)
    if not bounds.begin(place, at=clock.micros(clock.now())):
        return gate_page(request, wrong=bounds.too_many(), status=429, **kept)
    account = Account.objects.filter(login=login.casefold(), is_active=True).first()
    right = check_password(password, account.password if account and account.has_usable_password() else NOBODY)
    if account is None or not right or not account.has_usable_password() or ties.barred(account):
        return gate_page(
            request, wrong=_("The name or the password is not right. Nothing was changed."), status=403, **kept
        )
    bounds.right(place)
    return enter(request, account, "password" if account.door == "practice" else "pin")


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """With the code from a paper card, for families. It works once."""
    if request.method == "GET":
        return SeeOther(reverse("gate"))
    code = request.POST.get("code", "")
    kept = {"to": safe_way(request.POST.get("to", "")), "kept": request.POST.get("kept", ""), "card": code}
    account, status = code_taken(request, code, "family")
    if account is None:
        return gate_page(request, wrong_card=code_refused(status), status=status, **kept)
    return enter(request, account, "card")


def code_taken(request: HttpRequest, code: str, door: str) -> tuple[Account | None, int]:
    """Whose code this is, and the status to answer with: 200, 403 unknown, 429 too many from this place."""
    place = f"{door}/{place_of(request)}"
    if not tries.allowed(place):
        return None, 429
    account = _of_the_demo(code) if door == "family" else None
    account = account or codes.take(code, door, at=clock.micros(clock.now()))
    if account is None:
        tries.failed(place)
        return None, 403
    tries.right(place)
    return account, 200


def _of_the_demo(code: str) -> Account | None:
    """In the demo everybody has a card that works again and again; it stands in the README."""
    if not settings.DEMO or not code.strip():
        return None
    return Account.objects.filter(card=card_key(code), is_active=True).exclude(card="").first()


def code_refused(status: int) -> str:
    """What somebody reads whose code was not taken; the same for wrong, used, old and dead."""
    if status == 429:
        return _("That was too many tries. Wait fifteen minutes, or ring us.")
    return _(
        "We do not take this code. Look at the card once more. It works once, and for seven days. "
        "After five wrong tries you need a new one: ring us."
    )


@require_http_methods(["POST"])
def look_around(request: HttpRequest) -> HttpResponse:
    """Be one of the invented people. This address exists in the demo only."""
    if not settings.DEMO:
        raise Http404
    account = Account.objects.filter(login=request.POST.get("who", "")).first()
    if account is None:
        raise Http404
    return enter(request, account, "look")


@require_http_methods(["POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """End the visit, in one step."""
    end(request)
    request.session[LEFT] = True  # who goes back now is not told what was open
    return SeeOther(reverse("left"))


@require_http_methods(["GET"])
def left(request: HttpRequest) -> HttpResponse:
    """Says that the visit is over, and what that does not do."""
    return render(request, "access/left.jinja", frame(request))


@require_http_methods(["POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Another language from here on: for the person when signed in, else for this browser."""
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        raise Http404
    if request.visit is not None:
        Account.objects.filter(pk=request.visit.account.pk).update(language=wanted)
    response = SeeOther(safe_way(request.POST.get("to", "")) or reverse("gate"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, wanted, max_age=31_536_000, samesite="Lax", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def gives_back(request: HttpRequest) -> None:
    """Before a form leads elsewhere because nothing new is taken: after the last day what was sent in it comes back.
    Raises Closed."""
    if request.method == "POST" and request.visit.shut:
        raise Closed(request.visit.ends)


def elsewhere(request: HttpRequest, to: str) -> HttpResponse:
    """To another page from a form that is not for this reader, or not any more. What was typed in it comes back first,
    on the page of what is not found. Raises Http404, or Closed after the last day."""
    gives_back(request)
    if typed(fields(request)) or request.FILES:
        raise Http404
    return SeeOther(to)

"""The first day of somebody who works here, and the day after a loss: code, password, second factor, word."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.access import accounts, chosen, known_words, totp
from alongside.access.frame import frame
from alongside.access.models import Account
from alongside.access.views import HOME, SeeOther, code_refused, code_taken, provider_name
from alongside.access.visit import begin
from alongside.doors.entrance.frames import REFUSED, errors, now, once_of, wrong_key
from alongside.doors.entrance.qr import drawn
from alongside.families.queries import workers

PENDING = "first-day"
HOUR = 3600 * 1_000_000  # microseconds: so long the page waits after the code was taken


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    """The code of an invitation. It is used up here; what follows waits an hour in this browser."""
    if request.method == "GET":
        return render(request, "entrance/invited.jinja", frame(request, code="", wrong=""))
    code = request.POST.get("code", "")
    account, status = code_taken(request, code, "practice")
    if account is None:
        context = frame(request, code=code, wrong=code_refused(status))
        return render(request, "entrance/invited.jinja", context, status=status)
    request.session.flush()
    request.session.cycle_key()
    request.session[PENDING] = {
        "account": account.pk,
        "secret": totp.sealed(totp.new_secret()),
        "until": now() + HOUR,
    }
    return SeeOther(reverse("first-day"))


def pending(request: HttpRequest) -> tuple[Account, str] | None:
    """Whose first day it is in this browser, and the secret of their second factor."""
    kept = request.session.get(PENDING)
    if not kept or kept["until"] < now():
        return None
    account = Account.objects.filter(pk=kept["account"], is_active=True).first()
    return (account, totp.opened(kept["secret"])) if account else None


@sensitive_post_parameters("password", "again", "code", "word")
@require_http_methods(["GET", "POST"])
def first_day(request: HttpRequest) -> HttpResponse:
    """A password, the second factor, a word for the telephone. Then in."""
    found = pending(request)
    if found is None:
        return SeeOther(reverse("invited"))
    account, secret = found
    if request.method == "GET":
        return _page(request, account, secret, {})
    step, wrong = _checked(request, account, secret)
    if wrong:
        return _page(request, account, secret, wrong)
    accounts.set_up(
        account, password=request.POST["password"], secret=secret, step=step,
        word=request.POST.get("word", ""), at=now(), once=once_of(request),
    )  # fmt: skip
    if account.language != (spoken := translation.get_language()):  # what they have read so far
        Account.objects.filter(pk=account.pk).update(language=spoken)
    begin(request, account, "password", proved=True)
    return SeeOther(HOME[account.door])


def _checked(request: HttpRequest, account: Account, secret: str) -> tuple[int, dict[str, str]]:
    """The step of the digits that were typed, and what is wrong, by field."""
    sent = {name: request.POST.get(name, "") for name in ("password", "again", "code", "word")}
    called = workers()[account.person].name if account.person in workers() else ""
    known = known_words.here(at=now(), units=True)
    password = chosen.password_wrong(sent["password"], account.login, called, known=known)
    if not password and sent["password"] != sent["again"]:
        password = "unlike"
    word = chosen.word_wrong(sent["word"], account.login, called)
    step = totp.fits(secret, sent["code"], at=now())
    wrong = {"password": wrong_key(password), "word": wrong_key(word)}
    wrong["code"] = "" if step else _("These digits are not right. Wait for the next ones.")
    return step, {name: words for name, words in wrong.items() if words}


def _page(request: HttpRequest, account: Account, secret: str, wrong: dict[str, str]) -> HttpResponse:
    me = workers().get(account.person)
    shown: dict[str, Any] = {
        "called": me.called if me else "",
        "login": account.login,
        "qr": drawn(totp.address(secret, office=settings.OFFICE_NAME, login=account.login)),
        "letters": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        "least": chosen.LEAST,
        "wrong": wrong,
        "errors": errors(wrong),
        "provider": provider_name(),
        "once": once_of(request),
    }
    return render(request, "entrance/first_day.jinja", frame(request, **shown), status=REFUSED if wrong else 200)

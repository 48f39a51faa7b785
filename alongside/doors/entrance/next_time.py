"""How somebody of a family comes in next time: a name, a PIN, and if they like a word for the telephone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from alongside.access import accounts, chosen, known_words, visits
from alongside.access.frame import enters
from alongside.access.models import Account, VisitOpen
from alongside.access.sealed import from_this_account
from alongside.access.views import HOME, SeeOther, ask_to_sign_in, safe_way
from alongside.doors.entrance.frames import REFUSED, carried, errors, now, once_of, page, wrong_key
from alongside.record.readers import SIGNED_IN


@sensitive_post_parameters("password", "again", "word")
@enters("family", methods=("GET", "POST"))
def next_time(request: HttpRequest) -> HttpResponse:
    """Choose it, once, after a card; later the page says the name one comes in with."""
    account = request.visit.account
    to = safe_way(request.POST.get("to") or request.GET.get("to", "")) or HOME["family"]
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    if request.visit.strength >= SIGNED_IN:
        return page(request, "entrance/chosen.jinja", login=account.login, to=to)
    if request.method == "GET":
        return _page(request, to, account.called if account.login.startswith("~") else account.login, {})
    return _choose(request, account, to)


def _choose(request: HttpRequest, account: Account, to: str) -> HttpResponse:
    sent = {name: request.POST.get(name, "") for name in ("login", "password", "again", "word")}
    kept = sent["login"].strip().casefold() == account.login
    name, wrong = account.login if kept else chosen.name_of(sent["login"]), _wrong(sent)
    if wrong:
        return _page(request, to, sent["login"], wrong)
    at = now()
    accounts.choose_pin(
        account, name=name, pin=sent["password"], word=sent["word"], visit=request.visit.id, at=at,
        once=once_of(request),
    )  # fmt: skip
    visits.prove(VisitOpen.objects.get(pk=request.visit.id), at=at)
    return SeeOther(f"{reverse('next-time')}?to={to}")


def _wrong(sent: dict[str, str]) -> dict[str, str]:
    """What is wrong, by field."""
    known = known_words.here(at=now(), units=False)  # a family is not told what the office's units are called
    pin = chosen.pin_wrong(sent["password"], sent["login"], known=known)
    if not pin and sent["password"] != sent["again"]:
        pin = "unlike"
    word = chosen.word_wrong(sent["word"], sent["login"]) if sent["word"].strip() else ""
    wrong = {"password": wrong_key(pin), "word": wrong_key(word)}
    if len(chosen.name_of(sent["login"])) < 2:
        wrong["login"] = _("Choose a name of at least two letters. It need not be your own.")
    return {name: words for name, words in wrong.items() if words}


def _page(request: HttpRequest, to: str, name: str, wrong: dict[str, str]) -> HttpResponse:
    return page(
        request, "entrance/next_time.jinja", status=REFUSED if wrong else 200, to=to, name=name, wrong=wrong,
        errors=errors(wrong), fields=carried(request), nothing=request.visit.account.password == accounts.NONE,
    )  # fmt: skip

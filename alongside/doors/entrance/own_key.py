"""Another password or PIN: the old one first. Other visits end."""

from django.contrib.auth.hashers import check_password
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from alongside.access import accounts, bounds, chosen, known_words
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.entrance.frames import REFUSED, carried, errors, now, once_of, page, wrong_key
from alongside.families.queries import workers


def _own(request: HttpRequest, back: str) -> HttpResponse:
    account = request.visit.account
    if not account.has_usable_password():
        raise Http404
    if request.method == "GET":
        return _page(request, back, {})
    if not from_this_account(request):
        return ask_to_sign_in(request)
    once = once_of(request)
    if accounts.once_done(account.person, once) is None:
        wrong, status = _wrong(request)
        if wrong:
            return _page(request, back, wrong, status)
        accounts.change_key(account, key=request.POST["password"], visit=request.visit.id, at=now(), once=once)
    return SeeOther(f"{reverse(back)}?done={'settings' if account.door == 'practice' else 'kept'}")


def _wrong(request: HttpRequest) -> tuple[dict[str, str], int]:
    """What is wrong, by field, and the status to answer with."""
    account, new = request.visit.account, request.POST.get("password", "")
    place = bounds.name(account.login)
    if not bounds.begin(place, at=now()):
        return {"key": bounds.too_many()}, 429
    if not check_password(request.POST.get("key", ""), account.password):
        return {"key": _("This is not the one you have now.")}, 403
    bounds.right(place)
    me = workers().get(account.person)
    about = (account.login, me.name if me else account.called)
    at_work = account.door == "practice"
    wrong_of = chosen.password_wrong if at_work else chosen.pin_wrong
    code = wrong_of(new, *about, known=known_words.here(at=now(), units=at_work))
    if not code and new != request.POST.get("again", ""):
        code = "unlike"
    return ({"password": wrong_key(code)}, REFUSED) if code else ({}, 200)


def _page(request: HttpRequest, back: str, wrong: dict[str, str], status: int = 200) -> HttpResponse:
    account = request.visit.account
    return page(
        request, "entrance/key.jinja", status=status, wrong=wrong, errors=errors(wrong), back=reverse(back),
        fields=carried(request),
        login=account.login, least=chosen.LEAST,
    )  # fmt: skip


@sensitive_post_parameters("key", "password", "again")
@enters("practice", methods=("GET", "POST"))
def at_work(request: HttpRequest) -> HttpResponse:
    """The password of somebody who works here."""
    return _own(request, "settings")


@sensitive_post_parameters("key", "password", "again")
@enters("family", methods=("GET", "POST"))
def at_home(request: HttpRequest) -> HttpResponse:
    """The PIN of somebody of a family."""
    return _own(request, "my-settings")

"""Making a card: what it is and how it is handed over; then the card itself, once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from alongside.access import accounts, shown_once
from alongside.access.frame import enters
from alongside.access.models import Account
from alongside.access.sealed import from_this_account
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.entrance.frames import REFUSED, carried, now, once_of, origin, phone_first
from alongside.doors.entrance.qr import drawn
from alongside.doors.practice.cards.whom import may_have_cards
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.page import Opened, open_family
from alongside.families.person import Person
from alongside.families.queries import ids
from alongside.record.statement import Refused


def _whose(request: HttpRequest, code: str, id: str) -> tuple[Opened, Person]:
    """The family and the person the card is for; hidden, absent, too young and as known then are the same 404."""
    page = open_family(request, code)
    offered = may_have_cards(page)
    number = next((number for number, one in ids(list(offered)).items() if one == id), None)
    if number is None:
        raise Http404
    return page, offered[number]


def refused(why: Refused) -> str:
    """What is not taken, in plain words."""
    return {
        "not-sure": _("Say how you make sure who it is."),
        "no-word": _("No word was agreed. Hand the card over in person."),
        "wrong-word": _("This is not the word that was agreed. Nothing was made."),
        "only-in-person": _("Wrong words were said too often. From now on only in person."),
    }.get(why.code, _("No card can be made here. Ask the leader of your unit."))


@sensitive_post_parameters("word")
@enters("practice", methods=("GET", "POST"))
def card(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """What a card is, and making one."""
    page, person = _whose(request, code, id)
    if (first := phone_first(request)) is not None:
        return first
    if request.method == "GET":
        return _page(request, page, person, id)
    if not from_this_account(request):
        return ask_to_sign_in(request)
    how = request.POST.get("how", "")
    try:
        made = accounts.give_card(
            person.number, called=person.called, language=_language(person), how=how,
            word=request.POST.get("word", ""), by=request.visit.person, at=now(), once=once_of(request),
        )  # fmt: skip
    except Refused as why:
        return _page(request, page, person, id, refused(why), how)
    if made:
        shown_once.put(request.session, id, made[1])
    return SeeOther(reverse("card-made", args=[code, id]))


def _language(person: Person) -> str:
    """The language of the first visit: one of the person's own where we have it, else this page's."""
    ours = translation.get_language() or "en"
    return next((one for one in person.languages if one in ("nb", "en")), ours)


def _page(request: HttpRequest, page: Opened, person: Person, id: str, wrong: str = "", how: str = "") -> HttpResponse:
    agreed = Account.objects.filter(person=person.number).exclude(word="").exists()
    context = family_desk(
        request, page, "make-card", id, person=person, agreed=agreed, wrong=wrong, how=how, fields=carried(request)
    )
    return render(request, "cards/card.jinja", context, status=REFUSED if wrong else 200)


@enters("practice")
def made(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """The card, to print or to copy by hand. Shown once; it never names the family."""
    page, person = _whose(request, code, id)
    secret = shown_once.take(request.session, id)
    address = origin(request)
    context = family_desk(
        request, page, "card-made", id, person=person, code=secret, address=address,
        qr=drawn(f"{address}#{secret}") if secret else "", anew=reverse("make-card", args=[code, id]),
    )  # fmt: skip
    return render(request, "cards/made.jinja", context)

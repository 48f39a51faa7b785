"""One form of these pages: a question, one verb, back to where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.who.labels import refused
from alongside.families.person import Person
from alongside.record.statement import Refused

REFUSED = 422


@dataclass(frozen=True)
class Form:
    """`fields(sent)`; `act(sent, at)` writes or raises Refused; `back`: where it was opened; `to`: where one goes
    after it, with the word of what was done; `quote`: words it is about and their language, or ('', ''); `current`:
    where it stands in the frame; `says`: what is not taken in words; '' where that is no page at all."""

    title: str
    send: str
    lead: str
    back: str
    to: str
    fields: Callable[[Typed], tuple[Field, ...]]
    act: Callable[[Typed, int], object]
    quote: tuple[str, str] = ("", "")
    current: str = "families"
    says: Callable[[Refused], str] = refused


def asked(request: HttpRequest, staff: Mapping[int, Person], form: Form) -> HttpResponse:
    """Show the form, or do what it says; what is refused keeps what was typed."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            form.act(sent, clock.micros(clock.now()))
            return SeeOther(form.to)
        except Refused as why:
            wrong, sent = form.says(why), afresh(sent) if why.code == "other-words" else sent
            if not wrong:
                raise Http404 from None
    context = desk(
        request, staff, form.current, fields=form.fields(sent), wrong=wrong, once=sent.once,
        whose=whose(request.visit.account), title=form.title, send=form.send, lead=form.lead, back=form.back,
        sentence=None, quote=form.quote,
    )  # fmt: skip
    return render(request, "practice/act.jinja", context, status=REFUSED if wrong else 200)


def opened_now(request: HttpRequest, code: str, *, protects: bool = False) -> Opened:
    """The family for an act: now, and by somebody who may write; `protects`: by somebody who may protect or bar."""
    page = open_family(request, code)
    if request.GET.get("at") or not (page.protecting if protects else page.writing):
        raise Http404
    return page


def one_of(sent: Typed, name: str, choice: Mapping[str, int], code: str = "nobody") -> int:
    """The person that was chosen. Raises Refused with this code where nobody was."""
    if sent.one(name) not in choice:
        raise Refused(code)
    return choice[sent.one(name)]


def why(sent: Typed, label: str = "", hint: str = "") -> Field:
    """The reason."""
    return Field("area", "why", label or _("Why"), sent.one("why"), hint)

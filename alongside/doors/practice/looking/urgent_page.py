"""The page for opening a family in an emergency, and for asking further while it lasts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import openings, urgent
from alongside.access.frame import enters
from alongside.access.roles import holders, holds
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.looking import says
from alongside.families.queries import ids, workers
from alongside.record.statement import Refused

REFUSED = 422


def _allowed(request: HttpRequest) -> None:
    """Those whose role opens families in an emergency; to everybody else this page is not there."""
    if not holds(request.visit.person, *urgent.MAY):
        raise Http404


def _fields(sent: Typed) -> tuple[Field, ...]:
    reasons = tuple((code, str(words), code == sent.one("reason"), "") for code, words in urgent.REASONS.items())
    return (
        Field("picks", "reason", _("What has happened?"), options=reasons),
        Field("area", "why", _("In your words"), sent.one("why"), _("Who rang, and what you need to know now.")),
        Field("line", "name", _("The whole name of a child or an adult, as you were told it"), sent.one("name")),
        Field("line", "born", _("Born in the year"), sent.one("born"), _("Four figures, such as 2017.")),
        Field("line", "family", _("Or the family’s code"), sent.one("family")),
    )


@enters("practice", methods=("GET", "POST"))
def opening(request: HttpRequest) -> HttpResponse:
    """Open a family for an hour, to read."""
    _allowed(request)
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    sent, wrong, nothing = typed(request), "", False
    if request.method == "POST":
        try:
            code = urgent.open_urgently(
                by=request.visit.person, strength=request.visit.strength, at=request.visit.now, once=sent.once,
                sought=urgent.Sought(sent.one("family")[:40], sent.one("name")[:200], sent.one("born")[:4]),
                reason=sent.one("reason"), why=sent.one("why"), lang=says.lang(),
            )  # fmt: skip
            if code is not None:
                return SeeOther(reverse("family", args=[code]))
            sent, nothing = afresh(sent), True
        except Refused as why:
            wrong, sent = says.refused(why), afresh(sent) if why.code == "other-words" else sent
    return _shown(request, sent, wrong, nothing)


def _shown(request: HttpRequest, sent: Typed, wrong: str, nothing: bool) -> HttpResponse:
    mine = request.visit
    context: dict[str, Any] = desk(
        request, workers(), "urgent", fields=_fields(sent), wrong=wrong, nothing=nothing, once=sent.once,
        whose=whose(mine.account), running=[_running(one) for one in openings.running(mine.person, now=mine.now)],
    )  # fmt: skip
    return render(request, "looking/urgent.jinja", context, status=REFUSED if wrong or nothing else 200)


def _running(one: openings.Opening) -> dict[str, str]:
    return {
        "href": reverse("family", args=[one.code]), "code": one.code, "until": says.clock_time(one.until),
        "more": reverse("urgent-more", args=[one.id]),
    }  # fmt: skip


@enters("practice", methods=("GET", "POST"))
def more(request: HttpRequest, id: str) -> HttpResponse:
    """While it lasts: ask for what is for named persons, or for sealed things with a second person."""
    visit = request.visit
    if not any(one.id == id for one in openings.running(visit.person, now=visit.now)):
        raise Http404
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    sent, wrong = typed(request), ""
    above = [one for one in dict.fromkeys(role.person for role in holders("supervisor")) if one != visit.person]
    handles = ids(above)
    if request.method == "POST":
        second = next((person for person, handle in handles.items() if handle == sent.one("second")), None)
        try:
            urgent.ask_further(
                by=visit.person, strength=visit.strength, opening=id, what=sent.one("what"), why=sent.one("why"),
                second=second, lang=says.lang(), at=visit.now, once=sent.once,
            )  # fmt: skip
            return SeeOther(
                f"{reverse('urgent')}?done={'asked-sealed' if sent.one('what') == 'sealed' else 'opened-more'}"
            )
        except Refused as why:
            wrong, sent = says.refused(why), afresh(sent) if why.code == "other-words" else sent
    staff = workers()
    people = tuple((handles[p], says.who(staff, p), handles[p] == sent.one("second"), "") for p in above)
    context = desk(
        request, staff, "urgent", title=_("Ask for more"), send=_("Ask"), sentence=None, back=reverse("urgent"),
        lead=_("Only what you need for this emergency. What you ask for stands in the log with your words."),
        fields=_more_fields(sent, people), wrong=wrong, once=sent.once, whose=whose(visit.account),
    )  # fmt: skip
    return render(request, "practice/act.jinja", context, status=REFUSED if wrong else 200)


def _more_fields(sent: Typed, people: tuple) -> tuple[Field, ...]:
    what = sent.one("what") or "persons"
    few = _("Such as what a child said to one helper. It opens at once.")
    hidden = _("Such as a hidden address. It opens when the supervisor you choose says yes. Ring them.")
    choices = (
        ("persons", _("What is for named people only"), what == "persons", few),
        ("sealed", _("What is sealed"), what == "sealed", hidden),
    )
    return (
        Field("area", "why", _("Why you need it now"), sent.one("why")),
        Field("picks", "what", _("What do you need to read?"), options=choices),
        Field("picks", "second", _("For sealed things: who says yes?"), options=people),
    )

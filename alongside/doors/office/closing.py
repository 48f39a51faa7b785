"""Closing the office: what was proposed, proposing a last day or to go on, and the second person's yes or no.

For leaders, administrators and the privacy officer. No family is on these pages, and nothing of one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import closing
from alongside.access.closing import GO_ON, Closing
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.standing import office_day
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.entrance.frames import REFUSED
from alongside.doors.office.clock_words import a_day, day
from alongside.doors.office.erasing import name_of
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, afresh, refusal, typed
from alongside.doors.practice.looking import says
from alongside.families.person import Person
from alongside.families.queries import workers
from alongside.record.readers import FRESH
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal in words. `mine`: proposed by the reader; `said`: what became of it, and `why`."""

    id: str
    what: str
    words: str
    who: str
    goes_on: bool
    mine: bool
    said: str
    why: str = ""


def decides(*methods: str) -> Callable:
    """Decorator: only for those who may propose and decide; for everybody else there is no page."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @enters("practice", methods=methods)
        @wraps(view)
        def inside(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not closing.may(request.visit.person):
                raise Http404
            if request.method == "POST" and not from_this_account(request):
                return ask_to_sign_in(request)
            return view(request, **kwargs)

        return inside

    return wrap


@decides("GET")
def closings(request: HttpRequest) -> HttpResponse:
    """What is in force, what waits for a second person, and what was decided, newest first."""
    return _listed(request)


def _listed(request: HttpRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    visit, staff = request.visit, workers()
    shown = [_shown(one, visit, staff) for one in closing.listed(visit.person)]
    context = desk(
        request, staff, "closing", waiting=[one for one in shown if not one.said],
        decided=[one for one in shown if one.said], wrong=wrong, once=typed(request).once,
        whose=whose(visit.account), strong=visit.strength >= FRESH,
    )  # fmt: skip
    return render(request, "office/closing.jinja", context, status=status)


def _shown(one: Closing, visit: Any, staff: dict[int, Person]) -> Shown:
    goes_on = one.what == GO_ON
    what = _("The office goes on as before.") if goes_on else _("The office stops. The last day is %(day)s.") % {
        "day": day(closing.last_day(one.ends), visit.now)
    }  # fmt: skip
    names = {"who": name_of(staff, one.by), "day": day(office_day(one.at), visit.now)}
    said, why = "", ""
    if one.decided is not None:
        then = {"who": name_of(staff, one.decided.author), "day": day(office_day(one.decided.recorded_at), visit.now)}
        said = (_("%(who)s said yes on %(day)s.") if one.agreed else _("%(who)s said no on %(day)s.")) % then
        why = one.decided.body["words"][0]["text"] if one.decided.body.get("words") else ""
    return Shown(
        one.id, what, one.words, _("%(who)s proposed it on %(day)s.") % names, goes_on, one.by == visit.person, said,
        why,
    )  # fmt: skip


@decides("GET", "POST")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a last day, or another one, or to go on."""
    visit, sent, wrong = request.visit, typed(request), ""
    if request.method == "POST":
        try:
            _proposed(visit, sent)
            return SeeOther(f"{reverse('closing')}?done=closing-proposed")
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    context = desk(
        request, workers(), "closing", title=_("Propose a last day"), send=_("Propose"), sentence=None,
        back=reverse("closing"), fields=_fields(visit, sent), wrong=wrong, once=sent.once, whose=whose(visit.account),
        lead=_("A second person decides. From their yes on everybody reads it on their first page. After the last day "
               "nothing new is taken, from anybody. Give families at least a month: somebody who asks for everything "
               "that is written may have to wait that long."),
    )  # fmt: skip
    return render(request, "practice/act.jinja", context, status=REFUSED if wrong else 200)


def _fields(visit: Any, sent: Typed) -> tuple[Field, ...]:
    on = sent.one("what") == GO_ON
    which = ()
    if visit.ends:
        options = (("stop", _("Another last day"), not on, ""), (GO_ON, _("The office goes on as before"), on, ""))
        which = (Field("picks", "what", _("What is to be done"), options=options),)
    return (
        *which,
        Field("date", "last", _("The last day"), sent.one("last"),
              _("Until its end everything is as before.") if not which else _("Only if it stops.")),
        Field("area", "words", _("Where the records go, and whom one can ask"), sent.one("words"),
              _("Everybody reads this, families too. Such as: Nordby takes over on 1 February. Ring 12 34 56 78, ask "
                "for Berit.") if not which else _("If the office goes on: why. Everybody who decides reads it.")),
    )  # fmt: skip


def _proposed(visit: Any, sent: Typed) -> None:
    how = {
        "by": visit.person, "strength": visit.strength, "words": sent.one("words"), "lang": says.lang(),
        "at": visit.now, "once": sent.once,
    }  # fmt: skip
    if sent.one("what") == GO_ON:
        closing.propose_to_go_on(**how)
    else:
        closing.propose(last=a_day(sent.one("last")), **how)


@decides("POST")
def decide(request: HttpRequest, id: str) -> HttpResponse:
    """The second person's yes or no; the first one may take it back."""
    visit, sent, yes = request.visit, typed(request), request.POST.get("says") == "yes"
    try:
        closing.answer(
            by=visit.person, strength=visit.strength, proposal=id, yes=yes, words=sent.one("words"), lang=says.lang(),
            at=visit.now, once=sent.once,
        )  # fmt: skip
    except Refused as why:
        if why.code == "not-found":
            raise Http404 from None
        return _listed(request, refused(why), REFUSED)
    one = next(one for one in closing.listed(visit.person) if one.id == id)
    done = "closing-declined" if not yes else "going-on" if one.what == GO_ON else "closing-agreed"
    return SeeOther(f"{reverse('closing')}?done={done}")


def refused(why: Refused) -> str:
    """What is not taken, in plain words."""
    return {
        "too-weak": _("Show first that it is you: “Show what is for you by name” at the foot of the page."),
        "no-day": _("Choose a day."),
        "over": _("Choose a day after today."),
        "no-reason": _("Write it in a few words. Everybody reads it."),
        "waits": _("Something is proposed already. Answer that first, or take it back."),
        "not-stopping": _("Nothing is decided yet that could be taken back."),
        "not-a-second": _("You proposed it. Somebody else has to say yes."),
        "no-leader": _("One of the two has to be a leader."),
        "decided": _("Somebody has decided already. Look at it again."),
    }.get(why.code) or refusal(why)

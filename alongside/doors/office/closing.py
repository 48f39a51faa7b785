"""Closing the office: what was proposed, proposing a last day or to go on, and the second person's yes or no.

For leaders, administrators and the privacy officer. No family is on these pages, and nothing of one.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import closing
from alongside.access.closing import GO_ON, Closing
from alongside.access.standing import office_day
from alongside.access.views import SeeOther
from alongside.doors.days import a_day
from alongside.doors.entrance.frames import REFUSED
from alongside.doors.office import deciding
from alongside.doors.office.clock_words import day
from alongside.doors.practice.forms import Field, Typed, typed
from alongside.doors.practice.looking import says
from alongside.doors.practice.who.form import Form, asked
from alongside.families.person import Person
from alongside.families.queries import workers
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Shown(deciding.Shown):
    """`goes_on`: whether it is to go on."""

    goes_on: bool


decides = partial(deciding.decides, closing.may)


@decides("GET")
def closings(request: HttpRequest) -> HttpResponse:
    """What is in force, what waits for a second person, and what was decided, newest first."""
    return _listed(request)


def _listed(request: HttpRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    visit, staff = request.visit, workers()
    shown = [_shown(one, visit, staff) for one in closing.listed(visit.person)]
    return deciding.listed(request, "closing", staff, shown, status, wrong=wrong)


def _shown(one: Closing, visit: Any, staff: dict[int, Person]) -> Shown:
    goes_on = one.what == GO_ON
    what = _("The office goes on as before.") if goes_on else _("The office stops. The last day is %(day)s.") % {
        "day": day(closing.last_day(one.ends), visit.now)
    }  # fmt: skip
    words = deciding.in_words(
        one, what, me=visit.person, staff=staff, day=lambda at: day(office_day(at), visit.now),
        yes=_("%(who)s said yes on %(day)s."), no=_("%(who)s said no on %(day)s."),
    )  # fmt: skip
    return Shown(**words, goes_on=goes_on)


@decides("GET", "POST")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a last day, or another one, or to go on."""
    back, visit = reverse("closing"), request.visit
    form = Form(
        _("Propose a last day"), _("Propose"),
        _("A second person decides. From their yes on everybody reads it on their first page. After the last day "
               "nothing new is taken, from anybody. Give families at least a month: somebody who asks for everything "
               "that is written may have to wait that long."),
        back, f"{back}?done=closing-proposed", partial(_fields, visit), partial(_proposed, visit), current="closing",
        says=refused,
    )  # fmt: skip
    return asked(request, workers(), form)


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


def _proposed(visit: Any, sent: Typed, at: int) -> None:
    how = {
        "by": visit.person, "strength": visit.strength, "words": sent.one("words"), "lang": says.lang(),
        "at": at, "once": sent.once,
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
        if why.code == "decided":
            return deciding.decided_meanwhile(request, why, reverse("closing"))
        return _listed(request, refused(why), REFUSED)
    one = next(one for one in closing.listed(visit.person) if one.id == id)
    done = "closing-declined" if not yes else "going-on" if one.what == GO_ON else "closing-agreed"
    return SeeOther(f"{reverse('closing')}?done={done}")


def refused(why: Refused) -> str:
    """What is not taken, in plain words."""
    said = {
        "no-day": _("Choose a day."),
        "over": _("Choose a day after today."),
        "no-reason": _("Write it in a few words. Everybody reads it."),
        "waits": _("Something is proposed already. Answer that first, or take it back."),
        "not-stopping": _("Nothing is decided yet that could be taken back."),
        "no-leader": _("One of the two has to be a leader."),
    }
    return deciding.refused(why, said)

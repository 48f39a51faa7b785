"""Holds: what is kept whatever any clock says, why, and when it is looked at again.

For leaders and the privacy officer. No words of any family are on these pages.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import keeping
from alongside.access.holds import Hold
from alongside.access.sealed import whose
from alongside.access.standing import office_day
from alongside.access.views import SeeOther
from alongside.doors.days import a_day
from alongside.doors.entrance.frames import REFUSED
from alongside.doors.office.clock_words import day, refused
from alongside.doors.office.deciding import decided_meanwhile, name_of
from alongside.doors.office.erasing import decides
from alongside.doors.office.whole import code_in
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.looking import says
from alongside.doors.practice.who.form import Form, asked
from alongside.families.person import Person
from alongside.families.queries import workers
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Shown:
    """One hold in words. `again`: when it is looked at again; `waits`: whether that day has come; `steps`: what
    became of it, (sentence, why)."""

    code: str
    href: str
    family: str
    why: str
    source: str
    since: str
    again: str
    waits: bool
    lasts: bool
    steps: tuple[tuple[str, str], ...]


@decides("GET")
def holds(request: HttpRequest) -> HttpResponse:
    """Every hold that lasts, those to look at first; under them those that were lifted."""
    visit, staff = request.visit, workers()
    found = [_shown(code, one, visit.now, staff) for code, one in keeping.holds_for(visit.person)]
    context = desk(
        request, staff, "holds", lasting=[one for one in found if one.lasts],
        lifted=[one for one in found if not one.lasts],
    )  # fmt: skip
    return render(request, "office/holds.jinja", context)


def _shown(code: str, one: Hold, now: int, staff: dict[int, Person]) -> Shown:
    today, steps = office_day(now), []
    for entry, words in [*((entry, _("%(who)s looked at it on %(day)s. It lasts.")) for entry in one.looked),
                         *(((one.ended, _("%(who)s lifted it on %(day)s.")),) if one.ended else ())]:  # fmt: skip
        names = {"who": name_of(staff, entry.author), "day": says.day(entry.recorded_at, now)}
        steps.append((words % names, entry.body["words"][0]["text"]))
    since = _("%(who)s put it on, on %(day)s.") % {"who": name_of(staff, one.by), "day": day(one.since, now)}
    waits = one.waits(today)
    again = _("It was to be looked at again by %(day)s.") if waits else _("It is looked at again by %(day)s.")
    return Shown(
        code, reverse("hold", args=[one.id]), reverse("keeping-one", args=[code]), one.why, one.source, since,
        again % {"day": day(one.until, now)}, waits, one.lasts, tuple(steps),
    )  # fmt: skip


@decides("GET", "POST")
def put_on(request: HttpRequest) -> HttpResponse:
    """Put a hold on a family: why, where it comes from, when it is looked at again."""
    back = reverse("holds")
    form = Form(
        _("Hold a record"), _("Hold it"),
        _("While it lasts nothing of this family is erased, whatever any clock says and whoever agrees."),
        back, f"{back}?done=held", partial(_fields_of, request.GET.get("of", "")), partial(_put_on, request.visit),
        current="holds", says=refused,
    )  # fmt: skip
    return asked(request, workers(), form)


def _put_on(visit: Any, sent: Typed, at: int) -> None:
    keeping.hold(
        by=visit.person, strength=visit.strength, code=code_in(sent.one("family")), why=sent.one("words"),
        source=sent.one("source"), until=a_day(sent.one("until")), lang=says.lang(), at=at, once=sent.once,
    )  # fmt: skip


def _fields_of(of: str, sent: Typed) -> tuple[Field, ...]:
    return (
        Field("line", "family", _("The family’s address or code"), sent.one("family") or of),
        Field("area", "words", _("Why, without what anybody said"), sent.one("words"),
              _("Such as: an inquiry asks for everything about 2019.")),
        Field("line", "source", _("Where it comes from"), sent.one("source"),
              _("The law, the decision or the letter, with its date.")),
        Field("date", "until", _("When it is looked at again"), sent.one("until"),
              _("That day ends nothing. A hold lasts until somebody lifts it.")),
    )  # fmt: skip


@decides("GET", "POST")
def hold(request: HttpRequest, id: str) -> HttpResponse:
    """One hold: look at it again, or lift it."""
    visit, sent, wrong = request.visit, typed(request), ""
    code, one = next(((code, one) for code, one in keeping.holds_for(visit.person) if one.id == id), ("", None))
    if one is None:
        raise Http404
    if request.method == "POST":
        try:
            return SeeOther(f"{reverse('holds')}?done={_said(visit, id, sent)}")
        except Refused as why:
            if why.code == "ended":
                lifted = _("Meanwhile %(who)s lifted it.")
                return decided_meanwhile(request, why, reverse("hold", args=[id]), lifted)
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    staff = workers()
    context = desk(
        request, staff, "holds", hold=_shown(code, one, visit.now, staff), wrong=wrong, once=sent.once,
        whose=whose(visit.account), fields=_fields(sent) if one.lasts else (),
    )  # fmt: skip
    return render(request, "office/hold.jinja", context, status=REFUSED if wrong else 200)


def _said(visit: Any, id: str, sent: Typed) -> str:
    how = {
        "by": visit.person, "strength": visit.strength, "hold": id, "why": sent.one("words"), "lang": says.lang(),
        "at": visit.now, "once": sent.once,
    }  # fmt: skip
    if sent.one("what") == "lift":
        keeping.lift(**how)
        return "lifted"
    if sent.one("what") != "lasts":
        raise Refused("no-choice")
    keeping.look_again(until=a_day(sent.one("until")), **how)
    return "held"


def _fields(sent: Typed) -> tuple[Field, ...]:
    what = sent.one("what")
    options = (
        ("lasts", _("It lasts: look at it again on another day"), what == "lasts", ""),
        ("lift", _("Lift it"), what == "lift", _("Two persons may then erase, when a clock has run out.")),
    )
    return (
        Field("picks", "what", _("What is to be done"), options=options),
        Field("date", "until", _("When it is looked at again"), sent.one("until"), _("Only if it lasts.")),
        Field("area", "words", _("Why, without what anybody said"), sent.one("words")),
    )

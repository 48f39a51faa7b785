"""The yearly list: which families' time has run out, and what two persons decide about each.

For leaders and the privacy officer. No words of any family are on these pages.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import clocks as files
from alongside.access import keeping
from alongside.access.clocks import NotClocks, clocks
from alongside.access.kept_on import KeptOn
from alongside.access.running import may_go
from alongside.access.sealed import whose
from alongside.access.standing import office_day
from alongside.access.views import SeeOther
from alongside.doors.days import a_day
from alongside.doors.entrance.frames import REFUSED
from alongside.doors.office.clock_words import Told, clock_line, day, refused, told, why_not
from alongside.doors.office.deciding import decided_meanwhile, name_of
from alongside.doors.office.erasing import decides
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.looking import says
from alongside.families.person import Person
from alongside.families.queries import workers
from alongside.record.readers import FRESH
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Shown:
    """One family in words. `clocks`: those that have run out, or run out this year, or all of them on its own page;
    `notes`: held, kept on, what waits; `why`: the reason of what waits or holds."""

    code: str
    href: str
    clocks: tuple[Told, ...]
    notes: tuple[str, ...]
    why: str = ""


@decides("GET")
def families(request: HttpRequest) -> HttpResponse:
    """The list of this year, what is kept on, and the clocks in force with their source."""
    visit, staff, wrong = request.visit, workers(), ""
    try:
        lines, inforce = keeping.yearly(visit.person, at=visit.now), clocks()
    except NotClocks as why:
        lines, inforce, wrong = [], (), str(why)
    today = office_day(visit.now)
    kept = [line for line in lines if line.kept]
    asked = [line for line in lines if line.over and not line.kept]
    lost = [line for line in lines if not line.over and not line.kept]
    context = desk(
        request, staff, "keeping", year=str(today.year), wrong=wrong,
        asked=[_shown(line, visit.now, staff) for line in asked],
        kept=[_shown(line, visit.now, staff) for line in kept], lost=[_shown(line, visit.now, staff) for line in lost],
        inforce=[clock_line(one) for one in inforce], own=files.place().name == files.FILE,
    )  # fmt: skip
    return render(request, "office/keeping.jinja", context)


def _shown(line: keeping.Line, now: int, staff: dict[int, Person], every: bool = False) -> Shown:
    unknown = [run for run in line.runs if run.due is None]
    which = line.runs if every else line.over or unknown
    notes, why = [], ""
    if line.facts.closed is None:
        notes.append(_("The work goes on."))
    if line.held:
        notes.append(_("Held: nothing is erased while the hold lasts."))
    if line.kept:
        notes.append(_("Kept on until %(day)s. Two persons decided it.") % {"day": day(line.kept.until, now)})
        why = line.kept.words
    if line.waits:
        notes.append(_asked(line.waits, now, staff))
        why = line.waits.words
    if line.erasing:
        notes.append(_("To erase it was proposed. It waits for a second person."))
    if line.archived:
        notes.append(_("An archive has it."))
    return Shown(
        line.code, reverse("keeping-one", args=[line.code]), tuple(told(run, now) for run in which), tuple(notes), why
    )


def _asked(one: KeptOn, now: int, staff: dict[int, Person]) -> str:
    return _("%(who)s proposed on %(day)s to keep it on until %(until)s. It waits for a second person.") % {
        "who": name_of(staff, one.by), "day": says.day(one.at, now), "until": day(one.until, now),
    }  # fmt: skip


@decides("GET", "POST")
def family(request: HttpRequest, code: str) -> HttpResponse:
    """One family: its clocks, what waits, and the form to propose what is to be done."""
    visit, sent, wrong = request.visit, typed(request), ""
    line = _line(request, code)
    if request.method == "POST":
        try:
            done = _proposed(visit, code, sent)
            return SeeOther(f"{reverse('keeping')}?done={done}")
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    return _page(request, line, sent, wrong)


def _line(request: HttpRequest, code: str) -> keeping.Line:
    try:
        return keeping.one(request.visit.person, code, at=request.visit.now)
    except (Refused, NotClocks):
        raise Http404 from None


def _proposed(visit: Any, code: str, sent: Typed) -> str:
    how = {
        "by": visit.person, "strength": visit.strength, "code": code, "words": sent.one("words"), "lang": says.lang(),
        "at": visit.now, "once": sent.once,
    }  # fmt: skip
    what = sent.one("what")
    if what == "keep":
        keeping.keep(until=a_day(sent.one("until")), **how)
        return "keeping-proposed"
    if what not in ("erase", "archive"):
        raise Refused("no-choice")
    keeping.erase(ground="clock" if what == "erase" else "archive", **how)
    return "erasing-proposed"


def _page(request: HttpRequest, line: keeping.Line, sent: Typed, wrong: str) -> HttpResponse:
    visit, staff = request.visit, workers()
    gate = _gate(line, visit.now)
    waits = line.waits
    context = desk(
        request, staff, "keeping", shown=_shown(line, visit.now, staff, every=True), wrong=wrong, once=sent.once,
        whose=whose(visit.account), strong=visit.strength >= FRESH, gate=why_not(gate),
        holds=[(reverse("hold", args=[one.id]), one.why) for one in line.held],
        waits=waits, mine=waits is not None and waits.by == visit.person, erasing=line.erasing is not None,
        fields=() if waits or line.erasing else _fields(line, sent, gate), code=line.code,
    )  # fmt: skip
    return render(request, "office/keeping_one.jinja", context, status=REFUSED if wrong else 200)


def _gate(line: keeping.Line, now: int) -> str:
    """Why it cannot go by its clocks today, as a code, or ''."""
    if line.held:
        return "held"
    return may_go(line.facts, clocks(), office_day(now)) or ("kept-on" if line.kept else "")


def _fields(line: keeping.Line, sent: Typed, gate: str) -> tuple[Field, ...]:
    chosen = sent.one("what")
    what = [("keep", _("Keep it on until another day"), chosen == "keep", "")]
    if not gate:
        what.insert(0, ("erase", _("Erase everything of it"), chosen == "erase", ""))
        if line.archived:
            under = _("The archive has everything up to the newest entry.")
            what.insert(1, ("archive", _("Erase it here, because an archive has it"), chosen == "archive", under))
    hint = "" if line.archived or gate else _(
        "To hand it to an archive first, ask those who run this system: “alongside export --archive”."
    )  # fmt: skip
    return (
        Field("picks", "what", _("What is to be done"), hint=hint, options=tuple(what)),
        Field("date", "until", _("Keep it on until"), sent.one("until"), _("Only if it is kept on.")),
        Field("area", "words", _("Why, without what anybody said"), sent.one("words"),
              _("Such as: her claim for compensation is not settled.")),
    )  # fmt: skip


@decides("POST")
def answer(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """The second person's yes or no to keeping on; the first one may take it back."""
    visit, sent, yes = request.visit, typed(request), request.POST.get("says") == "yes"
    line = _line(request, code)
    try:
        keeping.answer(
            by=visit.person, strength=visit.strength, code=code, proposal=id, yes=yes, words=sent.one("words"),
            lang=says.lang(), at=visit.now, once=sent.once,
        )  # fmt: skip
        return SeeOther(f"{reverse('keeping')}?done={'kept-on' if yes else 'erasing-declined'}")
    except Refused as why:
        if why.code == "not-found":
            raise Http404 from None
        if why.code == "decided":
            return decided_meanwhile(request, why, reverse("keeping-one", args=[code]))
        return _page(request, line, sent, refused(why))

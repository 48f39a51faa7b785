"""What those are told who are told of an emergency: that it was opened, by whom and why; and what is theirs to say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import openings, urgent
from alongside.access.frame import enters
from alongside.access.roles import holds, supervised_by
from alongside.access.standing import office_day
from alongside.calendar import working_day
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.looking import says
from alongside.doors.practice.who.form import Form, asked
from alongside.families.queries import ids, workers
from alongside.record.readers import Reader
from alongside.record.statement import Refused

STANDS = 14 * 24 * 3600 * 1_000_000  # what is settled stands here for two weeks
JUDGED_WITHIN = 2  # working days


@dataclass(frozen=True, slots=True)
class Notice:
    """`family`: its code; `href`: its page, for those who stand there; `judge`: where to say if it was right."""

    id: str
    who: str
    when: str
    family: str
    href: str
    reason: str
    why: str
    said: str
    judge: str
    due: str


@dataclass(frozen=True, slots=True)
class Waits:
    """A colleague asks for a second person's yes to sealed things. `until`: the time it ends."""

    who: str
    family: str
    why: str
    until: str
    agree: str


def notices_of(
    person: int, now: int, families: Callable[[], list[Reader]], staff: dict, *, above: bool, since: int
) -> list[Notice]:
    """The openings somebody was told of: for this page, and for any page that wants to show them. `families`: where
    they stand; `above`: a supervisor, who says if it was right. One query where there is none to tell."""
    found = openings.told_of(person, since=since)
    mine = {reader.code for reader in families()} if found else set()
    return [_notice(one, person, now, mine, staff, above) for one in found]


def waits_of(found: Iterable[openings.Further], staff: dict) -> list[Waits]:
    """Those who ask this person to be the second one."""
    return [_waits(one, staff) for one in found]


def _notice(one: openings.Opening, person: int, now: int, mine: set[str], staff: dict, above: bool) -> Notice:
    due = working_day(office_day(one.at), JUDGED_WITHIN)
    judge = above and not one.judged and one.person != person
    said = says.judged(one)
    return Notice(
        id=one.id, who=says.who(staff, one.person), when=says.day_and_time(one.at, now), family=one.code,
        href=reverse("family", args=[one.code]) if one.code in mine else "", reason=says.reason(one), why=one.why,
        said=f"{said}: {one.judged_why}" if one.judged_why else said,
        judge=reverse("urgent-judge", args=[one.id]) if judge else "", due=says.due(due, now),
    )  # fmt: skip


def _waits(one: openings.Further, staff: dict) -> Waits:
    agree = "" if one.agreed else reverse("urgent-agree", args=[one.id])
    return Waits(says.who(staff, one.person), one.code, one.why, says.clock_time(one.until), agree)


@enters("practice")
def notices(request: HttpRequest) -> HttpResponse:
    """Everything this person was told of; empty for those who were told of nothing."""
    visit, staff = request.visit, workers()
    above = holds(visit.person, "supervisor")
    told = notices_of(visit.person, visit.now, visit.families, staff, above=above, since=visit.now - STANDS)
    context = desk(
        request, staff, "urgent-notices", notices=told, supervises=bool(supervised_by(visit.person)),
        waits=waits_of(openings.waiting_for(visit.person, now=visit.now), staff),
    )  # fmt: skip
    return render(request, "looking/notices.jinja", context)


Send = Callable[[Typed], object]


def _form(
    request: HttpRequest, fields: Callable[[Typed], tuple[Field, ...]], verb: Send, done: str, **shown: str
) -> HttpResponse:
    """One form, one verb, back to the notices."""
    back = reverse("urgent-notices")
    form = Form(
        **shown, back=back, to=f"{back}?done={done}", fields=fields, act=lambda sent, at: verb(sent),
        current="urgent-notices", says=lambda why: "" if why.code == "not-found" else says.refused(why),
    )  # fmt: skip
    return asked(request, workers(), form)


def _judging(sent: Typed) -> tuple[Field, ...]:
    right = sent.one("right")
    told = _("Say why. The privacy officer reads it too.")
    choices = (
        ("yes", _("Yes, it was right to open it"), right == "yes", ""),
        ("no", _("No, it should not have been opened"), right == "no", told),
    )
    hint = _("You can leave this empty when it was right.")
    return (
        Field("area", "words", _("In your words"), sent.one("words"), hint),
        Field("picks", "right", _("Was it right?"), options=choices),
    )


@enters("practice", methods=("GET", "POST"))
def judge(request: HttpRequest, id: str) -> HttpResponse:
    """A supervisor says within two working days whether an opening was right."""
    visit = request.visit
    found = openings.opening_told(visit.person, id)
    if found is None or not urgent.judges(visit.person, found):
        raise Http404

    def send(sent: Typed) -> object:
        if sent.one("right") not in ("yes", "no"):
            raise Refused("no-answer")
        return urgent.judge(
            by=visit.person, opening=id, right=sent.one("right") == "yes", words=sent.one("words"), lang=says.lang(),
            at=visit.now, once=sent.once,
        )  # fmt: skip

    lead = _("%(who)s, %(day)s at %(time)s: %(words)s") % {
        "who": says.who(workers(), found.person), "day": says.day(found.at, visit.now),
        "time": says.clock_time(found.at), "words": found.why,
    }  # fmt: skip
    return _form(request, _judging, send, "judged", title=_("Was it right to open?"), lead=lead, send=_("Say so"))


@enters("practice", methods=("GET", "POST"))
def agree(request: HttpRequest, id: str) -> HttpResponse:
    """The second person's yes to sealed things, within the hour."""
    visit = request.visit
    found = next((one for one in openings.waiting_for(visit.person, now=visit.now) if one.id == id), None)
    if found is None or found.agreed and request.method == "GET":
        raise Http404

    def send(sent: Typed) -> object:
        return urgent.agree_further(
            by=visit.person, strength=visit.strength, asked=id, at=visit.now, once=sent.once
        )  # fmt: skip

    lead = _("%(who)s asks to read what is sealed in family %(family)s until %(time)s. In their words: %(words)s") % {
        "who": says.who(workers(), found.person), "family": found.code, "time": says.clock_time(found.until),
        "words": found.why,
    }  # fmt: skip
    return _form(
        request, lambda sent: (), send, "agreed", title=_("Open what is sealed?"), lead=lead, send=_("Yes, open it")
    )


@enters("practice", methods=("GET", "POST"))
def beforehand(request: HttpRequest) -> HttpResponse:
    """A supervisor says yes to one more opening by somebody they supervise, before it happens."""
    visit = request.visit
    own = ids(supervised_by(visit.person))
    if not own:
        raise Http404

    def send(sent: Typed) -> object:
        person = next((one for one, handle in own.items() if handle == sent.one("person")), None)
        if person is None:
            raise Refused("to-nobody")
        return urgent.agree_beforehand(
            by=visit.person, person=person, why=sent.one("why"), lang=says.lang(), at=visit.now, once=sent.once
        )  # fmt: skip

    def fields(sent: Typed) -> tuple[Field, ...]:
        staff = workers()
        people = tuple((handle, says.who(staff, one), handle == sent.one("person"), "") for one, handle in own.items())
        return (
            Field("area", "why", _("Why"), sent.one("why")),
            Field("picks", "person", _("Who may open once more, within a day?"), options=people),
        )

    lead = _("Somebody who has opened three times in a month needs your yes before the next.")
    return _form(request, fields, send, "beforehand", title=_("Say yes beforehand"), lead=lead, send=_("Say yes"))

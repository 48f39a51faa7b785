"""Opening a family: whom it is about, who works with them, why. For those who lead a unit or take in new families."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access import opening as verb
from alongside.access.frame import enters
from alongside.access.roles import supervisors_of
from alongside.access.sealed import from_this_account, whose
from alongside.access.standing import office_day
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.people import search
from alongside.doors.practice.people.search import Match
from alongside.doors.practice.people.words import refused
from alongside.families.person import Person
from alongside.families.queries import ids, workers
from alongside.families.units import in_words
from alongside.record.statement import Refused

REFUSED = 422


def _staff(request: HttpRequest) -> dict[int, Person]:
    """The workers of the office; 404 for whoever does not open families."""
    if not verb.may_open(request.visit.person):
        raise Http404
    return workers()


@enters("practice", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Open a family. Whoever is known by a name like it in one's own families is shown first."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    staff = _staff(request)
    sent, wrong, found = typed(request), "", {}
    choices = _choices(request, staff)
    if request.method == "POST":
        today = office_day(request.visit.now)
        found = search.matches(request, sent.one("name"), today=today, staff=staff)
        try:
            if found and sent.one("name").strip() and not _answered(found, sent):
                return _page(request, staff, sent, "", found, choices)
            worker = choices.get(sent.one("worker"))
            _open(request, sent, found, worker)
            return SeeOther(f"{reverse('family-opened')}?to={sent.one('worker')}")
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    return _page(request, staff, sent, wrong, found, choices)


def _choices(request: HttpRequest, staff: dict[int, Person]) -> dict[str, int]:
    """Who may be given a family, by unit and name: {random id: number}."""
    may = verb.may_be_given(request.visit.person)
    public = ids([number for number in may if number in staff])
    by_name = sorted(public, key=lambda number: (may[number], staff[number].name))
    return {public[number]: number for number in by_name}


def _answered(found: dict[str, Match], sent: Typed) -> bool:
    same = sent.one("same")
    return sent.one("looked") == sent.one("name").strip() and (same == search.NEW or same in found)


def _open(request: HttpRequest, sent: Typed, found: dict[str, Match], worker: int | None) -> None:
    known = found.get(sent.one("same"))
    verb.opened(
        by=request.visit.person, name=sent.one("name"), why=sent.one("why"), worker=worker or 0,
        lang=translation.get_language() or "en", same=known.number if known else None,
        at=clock.micros(clock.now()), once=sent.once,
    )  # fmt: skip


def _page(
    request: HttpRequest, staff: dict[int, Person], sent: Typed, wrong: str, found: dict[str, Match],
    choices: dict[str, int],
) -> HttpResponse:  # fmt: skip
    chosen = sent.one("worker")
    options = tuple((id, staff[n].name, id == chosen, in_words(staff[n].unit)) for id, n in choices.items())
    fields = (
        Field("line", "name", _("Who it is about"), sent.one("name"), _("One name is enough. Others are added later.")),
        Field("line", "why", _("Why, in one line"), sent.one("why"), _("They can read it one day.")),
        Field("picks", "worker", _("Who works with them"), options=options),
    )
    context = desk(
        request, staff, title=_("Open a family"), fields=fields, more=(), wrong=wrong, once=sent.once,
        whose=whose(request.visit.account), send=_("Open it"), back=reverse("families"), open=False,
        ask=(search.choice(found, sent),) if found else (), elsewhere=search.elsewhere(staff),
        looked=sent.one("name").strip(),
        lead=_("Whoever opens a family does not read in it. Those who work with it do."),
    )  # fmt: skip
    return render(request, "people/act.jinja", context, status=REFUSED if wrong else 200)


@enters("practice")
def opened(request: HttpRequest) -> HttpResponse:
    """What happens next, after a family was opened."""
    staff = _staff(request)
    number = _choices(request, staff).get(request.GET.get("to", ""))
    if number is None:
        raise Http404
    over = [staff[one].name for one in supervisors_of(number) if one in staff and one != request.visit.person]
    context = desk(request, staff, worker=staff[number].name, over=", ".join(over))
    return render(request, "people/opened.jinja", context)

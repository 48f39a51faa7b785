"""Pages that begin a meeting, or put something on its agenda."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.arranged import is_ahead
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.holding.forms import everybody, refused
from alongside.doors.practice.lines import line
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.promising.forms import met
from alongside.doors.practice.sentence_forms import offered, settles
from alongside.record.statement import Refused
from alongside.teams import holding
from alongside.teams.appointment import Appointment, appointments
from alongside.teams.meeting import GROUP, meetings

REFUSED = 422


def _writing(request: HttpRequest, code: str, around: str = "") -> Opened:
    page = open_family(request, code, around=around)
    if request.GET.get("at") or not page.writing or not page.reader.by_mark:
        raise Http404
    return page


def _arranged(page: Opened, id: str) -> Appointment | None:
    """The appointment with this id, while it stands; none for none. Anything else is not found."""
    if not id:
        return None
    one = next((one for one in appointments(page.entries) if one.first.id == id and one.stands), None)
    if one is None or page.woven.by_place[one.first.pk].taken_back:
        raise Http404
    return one


def _fields(page: Opened, one: Appointment | None, sent: Typed) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    fresh = "place" not in sent.values
    like = {page.reader.person, *(one.there if one else met(page))}
    chosen = set() if fresh else set(sent.many("there"))
    people = tuple(
        (id, page.showing.Name(n), n in like if fresh else id in chosen, "") for id, n in everybody(page).items()
    )
    form = sent.one("form")
    kinds = (("", _("A meeting"), not form, ""), (GROUP, _("The family’s own meeting"), form == GROUP, ""))
    hint = _("The family’s own meeting can have private time, in which no professional reads or writes.")
    also = tuple((id, page.showing.Name(n), id in set(sent.many("to")), "") for id, n in offered(page, None).items())
    first = (
        Field("chips", "there", _("Who is here"), options=people),
        Field("choice", "form", _("What it is"), options=kinds, hint=hint),
        Field("line", "place", _("Where"), one.place if fresh and one else sent.one("place")),
        Field("line", "interpreter", _("Interpreter, by name"), sent.one("interpreter")),
    )
    more = (
        Field("area", "words", _("What it is about"), sent.one("words")),
        Field("chips", "to", _("Who else can read it"), options=also),
    )
    return first, more


def _begin(page: Opened, one: Appointment | None, sent: Typed, at: int) -> str:
    people, choice = everybody(page), offered(page, None)
    local = clock.moment(at).astimezone(page.showing.zone)
    receipts = holding.begin(
        by=page.reader, on=f"{local:%Y-%m-%dT%H:%M}", place=sent.one("place"),
        there=[people[id] for id in dict.fromkeys(sent.many("there")) if id in people],
        interpreter=sent.one("interpreter"), form=sent.one("form"), text=sent.one("words"), lang=page.showing.lang,
        readers=[choice[id] for id in dict.fromkeys(sent.many("to")) if id in choice], at=at, once=sent.once,
        appointment=one.first.id if one else "",
    )  # fmt: skip
    return page.href("meeting", receipts[0].id)


def _form(
    request: HttpRequest, page: Opened, fields: Callable, act: Callable[[Typed, int], str], **words: object
) -> HttpResponse:
    """A form, one verb, on to where it leads; refused, the words stay."""
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            return SeeOther(act(sent, clock.micros(clock.now())))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    first, more = fields(sent)
    context = family_desk(
        request, page, "meetings", fields=first, more=more, wrong=wrong, once=sent.once,
        whose=whose(request.visit.account), back=page.href("meetings"), **words,
    )  # fmt: skip
    return render(request, "promising/new.jinja", context, status=REFUSED if wrong else 200)


@enters("practice", methods=("GET", "POST"))
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Who is here; then the meeting begins. `?for=`: the appointment it is."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = _writing(request, code, request.GET.get("for", ""))
    one = _arranged(page, request.GET.get("for", ""))
    begun = next((it for it in meetings(page.entries) if one and it.appointment == one.first.id), None)
    if begun is not None:
        return SeeOther(page.href("meeting", begun.id))
    return _form(
        request, page, lambda sent: _fields(page, one, sent), lambda sent, at: _begin(page, one, sent, at),
        title=_("A meeting"), send=_("Begin"),
        sentence=line(page, page.woven.by_place[one.first.pk]) if one and one.first.body.get("words") else None,
    )  # fmt: skip


@enters("practice", methods=("GET", "POST"))
def point(request: HttpRequest, code: str) -> HttpResponse:
    """Something for the agenda: one box, and for which meeting."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = _writing(request, code)
    ahead = [one for one in appointments(page.entries) if one.stands and is_ahead(one, page.today.toordinal())]
    ahead.sort(key=lambda one: one.on)

    def fields(sent: Typed) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
        chosen = sent.one("meeting") if "meeting" in sent.values else ahead[0].first.id if ahead else ""
        options = [(one.first.id, page.showing.day(one.on, long=True), one.first.id == chosen, "") for one in ahead]
        options.append(("", _("The next one, whenever it is"), not chosen, ""))
        hint = _("Those who read that appointment read this too; without one, your team does.")
        return (
            Field("area", "words", _("What you want to talk about"), sent.one("words")),
            Field("choice", "meeting", _("For which meeting"), options=tuple(options), hint=hint),
        ), ()

    def act(sent: Typed, at: int) -> str:
        holding.put(
            by=page.reader, text=sent.one("words"), lang=page.showing.lang, at=at, once=sent.once, wait=settles(),
            appointment=sent.one("meeting"),
        )  # fmt: skip
        return page.href("meetings", done="promise")

    return _form(request, page, fields, act, title=_("Put it on the agenda"), send=_("Put it there"))

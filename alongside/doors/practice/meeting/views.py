"""Pages about appointments: the list, a new one, another time, a cancelling."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.meanwhile import cancelled_words, moved_on, who
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Field, Typed, afresh, refusal, typed
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.meeting import forms
from alongside.doors.practice.meeting.lines import meetings
from alongside.doors.practice.page import Opened, open_family
from alongside.record.statement import Refused
from alongside.teams.account import ACCOUNT
from alongside.teams.appointment import Appointment, appointments, asked

REFUSED, BAD_DATE = 422, 400
Fields = tuple[tuple[Field, ...], tuple[Field, ...]]


@enters("practice")
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """Everything arranged in a family, now or as known then."""
    page = open_family(request, code)
    context = family_desk(request, page, "appointments", meetings=meetings(page))
    return render(request, "meeting/appointments.jinja", context, status=BAD_DATE if page.wrong else 200)


def _form(
    request: HttpRequest, page: Opened, fields: Callable[[Typed], Fields], act: Callable[[Typed, int], object],
    sentence: Line | None = None, one: Appointment | None = None, **words: str,
) -> HttpResponse:  # fmt: skip
    """A form, one verb, back to the list; refused, the words stay. `one`: the appointment it is about."""
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            act(sent, clock.micros(clock.now()))
            return SeeOther(page.href("appointments", done="promise"))
        except Refused as why:
            if why.code == "cancelled-already":
                return moved_on(
                    request, page.reader, cancelled_words(one, page.showing, page.reader), page.href("appointments")
                )
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    first, more = fields(sent)
    context = family_desk(
        request, page, "appointments", fields=first, more=more, wrong=wrong, once=sent.once, sentence=sentence,
        whose=whose(request.visit.account), back=page.href("appointments"), **words,
    )  # fmt: skip
    return render(request, "promising/new.jinja", context, status=REFUSED if wrong else 200)


def _writing(request: HttpRequest, code: str, id: str = "") -> Opened:
    page = open_family(request, code, around=id)
    if request.GET.get("at") or not page.writing:
        raise Http404
    return page


@enters("practice", methods=("GET", "POST"))
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Fix a time; with `?asked=`, for somebody who asked to meet; with `?for=account`, for the account (R115)."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    id = request.GET.get("asked", "")
    page = _writing(request, code, id)
    said = page.woven.find(id) if id else None
    wish = next((one for one in asked(page.entries) if one.asked.id == id), None)
    if id and (said is None or wish is None or wish.fixed and request.method == "GET"):
        raise Http404
    if wish and wish.fixed:
        says = _("Meanwhile %(who)s set a time.") % {"who": who(wish.fixed.author, page.showing, page.reader)}
        return moved_on(request, page.reader, says, page.href("appointments"))
    what = ACCOUNT if request.GET.get("for") == ACCOUNT else ""
    return _form(
        request, page, lambda sent: forms.new_fields(page, sent, asked=bool(id), what=what),
        lambda sent, at: forms.fix(page, sent, at, asked=id, what=what), line(page, said) if said else None,
        title=_("A day for the account") if what else _("A time to meet"), send=_("Set the time"),
    )  # fmt: skip


def _standing(request: HttpRequest, page: Opened, id: str) -> Appointment:
    """The appointment with this id, while it stands; cancelled while a form was being written, the verb says so."""
    one = next((one for one in appointments(page.entries) if one.first.id == id), None)
    if one is None or page.woven.by_place[one.first.pk].taken_back or request.method == "GET" and not one.stands:
        raise Http404
    return one


@enters("practice", methods=("GET", "POST"))
def move(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Another time, with the reason."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = _writing(request, code, id)
    one = _standing(request, page, id)
    return _form(
        request, page, lambda sent: (forms.move_fields(page, one, sent), ()),
        lambda sent, at: forms.move(page, id, sent, at), line(page, page.woven.by_place[one.first.pk]),
        one, title=_("Another time"), send=_("Move it"),
    )  # fmt: skip


@enters("practice", methods=("GET", "POST"))
def cancel(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Cancel it, with the reason. It stands as cancelled by us."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = _writing(request, code, id)
    one = _standing(request, page, id)
    return _form(
        request, page, lambda sent: (forms.cancel_fields(sent), ()),
        lambda sent, at: forms.cancel(page, id, sent, at), line(page, page.woven.by_place[one.first.pk]),
        one, title=_("Cancel it"), send=_("Cancel the appointment"),
    )  # fmt: skip


def refused(why: Refused) -> str:
    """What is not taken, in the words of these pages."""
    mine = {
        "no-day": _("Choose a day from today on, as 2026-12-01."),
        "no-time": _("Say the time as hours and minutes, as 16:30; it ends after it begins."),
    }
    return mine.get(why.code) or refusal(why)

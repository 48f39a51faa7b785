"""Who works here: the list, an invitation, one colleague, a new code, letting in again, leaving."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from alongside import clock, dates
from alongside.access import accounts, shown_once
from alongside.access.colleagues import Colleague, Scope, acts_about, colleague, colleagues, hand_over_first, scope_of
from alongside.access.frame import enters
from alongside.access.roles import ROLES, holds
from alongside.access.sealed import from_this_account
from alongside.access.standing import office_reader
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.entrance.frames import REFUSED, carried, errors, now, once_of, origin, phone_first
from alongside.doors.entrance.qr import drawn
from alongside.doors.office import forms
from alongside.doors.practice.desk import desk
from alongside.families.queries import ids, workers
from alongside.families.units import in_words
from alongside.record.kinds import KINDS
from alongside.record.statement import Refused


def looks_after(*methods: str) -> Callable:
    """Decorator: the view gets the Scope of a leader or an administrator; for everybody else there is no page."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @enters("practice", methods=methods)
        @wraps(view)
        def inside(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            scope = scope_of(request.visit.person)
            if scope is None:
                raise Http404
            if request.method == "POST" and not from_this_account(request):
                return ask_to_sign_in(request)
            return phone_first(request) or view(request, scope, **kwargs)

        return inside

    return wrap


def _page(request: HttpRequest, template: str, status: int = 200, **more: Any) -> HttpResponse:
    context = desk(request, workers(), "office", fields=carried(request), **more)
    return render(request, f"office/{template}.jinja", context, status=status)


def states() -> dict[str, str]:
    """Whether somebody can come in, in words."""
    return {
        "can": _("can sign in"), "invited": _("invited, has not been here yet"), "left": _("no longer works here"),
        "locked": _("locked after too many tries"), "closed": _("needs a new code"),
        "there": _("closed by the identity provider"),
    }  # fmt: skip


def _roles(one: Colleague) -> str:
    staff, words = workers(), []
    for role in one.roles:
        of = staff.get(role.of) if role.of else None
        who = {"role": ROLES[role.role], "name": of.called if of else ""}
        words.append(_("%(role)s of %(name)s") % who if of else str(ROLES[role.role]))
    return ", ".join(words)


@looks_after("GET")
def people(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Those who work here, by unit."""
    by_unit: dict[str, list] = {}
    for one in colleagues(scope, at=now()):
        by_unit.setdefault(one.person.unit, []).append((one, _roles(one)))
    administrator = holds(request.visit.person, "administrator")
    units = {in_words(unit, head=True): people for unit, people in by_unit.items()}
    return _page(request, "people", units=units, states=states(), administrator=administrator)


@looks_after("GET", "POST")
def invite(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Somebody new."""
    staff = workers()
    by_number = ids(list(staff))
    if request.method == "GET":
        return _invite_page(request, scope, forms.empty(scope, _units(staff)))
    made = forms.invitation(request.POST, scope, {id: number for number, id in by_number.items()})
    if made.wrong:
        return _invite_page(request, scope, made)
    by, once = request.visit.person, once_of(request)
    try:
        done = accounts.invite(
            met=made.met(), appointments=made.appointments(), login=made.login,
            language=translation.get_language() or "en", by=by, at=now(), once=once,
        )  # fmt: skip
    except Refused as why:
        wrong = {"login": _("Somebody here has this name already. Add a letter.")} if why.code == "login-taken" else {}
        return _invite_page(request, scope, forms.Invitation(**{**made.__dict__, "wrong": wrong or {"name": again()}}))
    number = done[0].person if done else accounts.once_done(by, once)
    id = ids([number])[number]
    if done:
        shown_once.put(request.session, id, done[1])
    return SeeOther(reverse("colleague-code", args=[id]))


def _units(staff: dict) -> list[str]:
    return sorted({one.unit for one in staff.values() if one.unit})


def again() -> str:
    """For an act that was sent before with other words."""
    return _("Something else was sent with this form before. Open the form again.")


def _invite_page(request: HttpRequest, scope: Scope, made: forms.Invitation) -> HttpResponse:
    staff = workers()
    by_number = ids(list(staff))
    return _page(
        request, "invite", REFUSED if made.wrong else 200, made=made, errors=errors(made.wrong), scope=scope,
        units=_units(staff),
        roles=[(role, ROLES[role]) for role in scope.gives], choices=forms.choices(staff, by_number, scope),
        supervised={by_number[number] for number in made.supervised},
    )  # fmt: skip


def _found(scope: Scope, id: str) -> Colleague:
    one = colleague(scope, id, at=now())
    if one is None:
        raise Http404
    return one


def _one(request: HttpRequest, one: Colleague, wrong: dict[str, str] | None = None, **typed: str) -> HttpResponse:
    at, lang = request.visit.now, translation.get_language() or "en"
    staff = workers()
    reader = office_reader(request.visit.person, now=at, strength=request.visit.strength)
    today = clock.moment(at).astimezone(settings.OFFICE_ZONE).date()
    acts = [
        {
            "says": KINDS[entry.kind].label,
            "how": accounts.HOW.get(entry.body.get("how"), entry.body.get("why", "")),
            "when": dates.show(dates.on(_day(entry.recorded_at)), lang, today),
            "by": staff[entry.author].called if entry.author in staff else _("the office"),
        }
        for entry in acts_about(reader, one.number, accounts.ACTS)
    ]
    wrong = {"recover": "", "unlock": "", "leave": "", **(wrong or {})}
    listed = [("f-why" if act == "leave" else act, words) for act, words in wrong.items() if words]
    shown = {"roles": _roles(one), "state": states()[one.state], "acts": acts, "wrong": wrong, "errors": listed}
    return _page(
        request, "colleague", REFUSED if listed else 200, one=one, typed={"how": "", "why": "", **typed},
        myself=one.number == request.visit.person, hand_over=hand_over_first(one.number), **shown,
    )  # fmt: skip


def _day(moment: int):
    return clock.moment(moment).astimezone(settings.OFFICE_ZONE).date()


@looks_after("GET")
def one(request: HttpRequest, scope: Scope, id: str) -> HttpResponse:
    """One colleague: roles, whether they can come in, what was done."""
    return _one(request, _found(scope, id))


def refused(why: Refused) -> str:
    """What is not taken, in plain words."""
    return {
        "not-sure": _("Say how you made sure who it was."),
        "no-word": _("No word was agreed. Give the code in person."),
        "wrong-word": _("This is not the word that was agreed. Nothing was changed."),
        "only-in-person": _("Wrong words were said too often. From now on only in person."),
        "not-yourself": _("Somebody else has to do this for you."),
        "no-reason": _("Say why, in a few words."),
        "last-administrator": _("There must be an administrator. Appoint another first."),
        "left": _("This person no longer works here."),
    }.get(why.code, again())


@sensitive_post_parameters("word")
@looks_after("POST")
def recover(request: HttpRequest, scope: Scope, id: str) -> HttpResponse:
    """A new code for a lost password or telephone: in person, or by the agreed word."""
    found, how = _found(scope, id), request.POST.get("how", "")
    try:
        code = accounts.recover(
            found.account, how=how, word=request.POST.get("word", ""), by=request.visit.person, at=now(),
            once=once_of(request),
        )  # fmt: skip
    except Refused as why:
        return _one(request, found, {"recover": refused(why)}, how=how)
    if code:
        shown_once.put(request.session, id, code)
    return SeeOther(reverse("colleague-code", args=[id]))


@looks_after("POST")
def unlock(request: HttpRequest, scope: Scope, id: str) -> HttpResponse:
    """Let somebody in again after too many tries."""
    found = _found(scope, id)
    try:
        accounts.unlock(found.account, by=request.visit.person, at=now(), once=once_of(request))
    except Refused as why:
        return _one(request, found, {"unlock": refused(why)})
    return SeeOther(reverse("colleague", args=[id]))


@looks_after("POST")
def leave(request: HttpRequest, scope: Scope, id: str) -> HttpResponse:
    """Somebody no longer works here."""
    found, why = _found(scope, id), request.POST.get("why", "")
    try:
        accounts.leave(found.account, why=why, by=request.visit.person, at=now(), once=once_of(request))
    except Refused as not_taken:
        return _one(request, found, {"leave": refused(not_taken)}, why=why)
    return SeeOther(reverse("colleague", args=[id]))


@looks_after("GET")
def code(request: HttpRequest, scope: Scope, id: str) -> HttpResponse:
    """The code that was just made, to print or to copy by hand. Shown once."""
    found = _found(scope, id)
    made = shown_once.take(request.session, id)
    address = f"{origin(request)}invited"
    return _page(request, "code", one=found, code=made, address=address, qr=drawn(f"{address}#{made}") if made else "")

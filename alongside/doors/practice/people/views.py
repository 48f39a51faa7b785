"""One person: their page, the forms about them, asking again, and the same person met twice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice.desk import desk, family_desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.people import reading, twice
from alongside.doors.practice.people.forms import FORMS, About, PersonForm, asked_when, when
from alongside.doors.practice.people.person_page import person_page
from alongside.doors.practice.people.somebody import one_of, others, writing
from alongside.doors.practice.people.words import refused
from alongside.families import contact
from alongside.families.contact import ways
from alongside.families.telling import Told
from alongside.record.statement import Refused

BAD_DATE, REFUSED = 400, 422


@enters("practice")
def person(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """One person, now or as known then."""
    page = open_family(request, code)
    number = one_of(page, person)
    context = family_desk(request, page, "person", person, person=person_page(page, number, person))
    context |= {"whose": whose(request.visit.account), "once": typed(request).once}
    context["twice"] = twice.shown(request, page, number)
    return render(request, "people/person.jinja", context, status=BAD_DATE if page.wrong else 200)


def telling(name: str):
    """The view of one form about a person."""

    @enters("practice", methods=("GET", "POST"))
    def view(request: HttpRequest, code: str, person: str) -> HttpResponse:
        return _tell(request, code, person, FORMS[name])

    view.__name__, view.__doc__ = f"tell_{name}", f"The form “{name}” about one person."
    return view


def _tell(request: HttpRequest, code: str, id: str, form: PersonForm) -> HttpResponse:
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = writing(request, code)
    number = one_of(page, id)
    about, before = About(page, number, others(page, number)), ways(page.entries).get(number)
    around = reading.circle(page, before.entry if before and form is FORMS["reach"] else None)
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            form.say(about, sent, _told(about, around, form, sent), {"at": _now(), "once": sent.once})
            return SeeOther(page.href("person", id, done="people"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    fields = form.fields(about, sent) + asked_when(form, sent)
    more = () if form.plain else (_speaker(about, sent), *reading.fields(page, around, sent, [number]))
    return act(
        request, page, sent, wrong, fields, more, title=form.title(about), lead=form.lead(),
        back=page.href("person", id), says=reading.in_short(page, around, [number]) if more else "",
        careful=reading.careful(page) and not form.plain, open=bool(wrong) or (around.careful and not form.plain),
    )  # fmt: skip


def _now() -> int:
    return clock.micros(clock.now())


def _told(about: About, around: reading.Circle, form: PersonForm, sent: Typed) -> Told:
    if form.plain:
        return Told(about.page.reader)
    return reading.told(about.page, around, sent, when(about, form, sent), _speaking(about, sent))


def _speaking(about: About, sent: Typed) -> int | None:
    """Who says so, among those who may be chosen; None for the writer."""
    return {**about.others, "them": about.number}.get(sent.one("speaker"))


def _speaker(about: About, sent: Typed) -> Field:
    showing = about.page.showing
    options = [("", _("I do")), ("them", showing.Name(about.number))]
    options += [(id, showing.Name(number)) for id, number in about.others.items()]
    return Field("choose", "speaker", _("Who says so"), sent.one("speaker"), options=tuple(options))


def act(
    request: HttpRequest, page: Opened, sent: Typed, wrong: str, fields: tuple[Field, ...], more: tuple[Field, ...],
    **shown,
) -> HttpResponse:  # fmt: skip
    """A form of this room. `more`: who says so and who reads it, folded away unless it needs a look."""
    context = desk(
        request, page.workers, fields=fields, more=more, wrong=wrong, once=sent.once,
        whose=whose(request.visit.account), **({"send": _("Keep"), "open": bool(wrong)} | shown),
    )  # fmt: skip
    return render(request, "people/act.jinja", context, status=REFUSED if wrong else 200)


@enters("practice", methods=("POST",))
def asked(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """They were asked today, and the safe way is still so."""
    if not from_this_account(request):
        return ask_to_sign_in(request)
    page = writing(request, code)
    way = ways(page.entries).get(one_of(page, person))
    if way is None or way.entry.id != request.POST.get("way"):
        raise Http404
    try:
        contact.still_so(by=page.reader, way=way.entry, at=_now(), once=typed(request).once)
    except Refused as why:
        raise Http404 from why
    return SeeOther(page.href("person", person, done="people"))


@enters("practice", methods=("GET", "POST"))
def same(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """Is this the same person as somebody else? One worker thinks so, another one confirms, either undoes it."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = writing(request, code)
    number = one_of(page, person)
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            twice.act(request, page, number, sent, _now())
            return SeeOther(page.href("person", person, done="people"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    if request.POST.get("act") in ("confirm", "undo"):
        fields: tuple[Field, ...] = (Field("line", "why", _("Why"), sent.one("why")),)
    else:
        fields = twice.fields(request, page, number, sent)
    hidden = {name: sent.one(name) for name in ("act", "pair") if sent.one(name)} or {"act": "propose"}
    return act(
        request, page, sent, wrong, fields, (), title=twice.title(page, number), lead=twice.lead(),
        back=page.href("person", person), hidden=hidden,
    )  # fmt: skip

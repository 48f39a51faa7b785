"""Who belongs here, one relationship, the acts on it, somebody new, and the talk."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import hazards, relationship
from alongside.access import talk as talks
from alongside.access.absence import day_after
from alongside.access.frame import enters
from alongside.access.policy import MOVES, leads, ties, works_here
from alongside.access.relationship import relationships
from alongside.access.sealed import whose
from alongside.access.views import SeeOther
from alongside.doors.days import a_day
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.who import labels
from alongside.doors.practice.who.form import Form, asked, one_of, opened_now, why
from alongside.doors.practice.who.who_page import OnePage, one_page, who_page
from alongside.families.queries import ids
from alongside.record.readers import KIN
from alongside.record.statement import Refused

BAD_DATE = 400
NEAR = ("parent", "child", "carer", "network", "partner", "advocate")
WORK = ("allocated", "co-worker", "coordinator", "supervisor", "consult")


def _page(request: HttpRequest, page: Opened, name: str, template: str, *args: str, **shown) -> HttpResponse:
    context = family_desk(request, page, name, *args, **shown)
    return render(request, template, context, status=BAD_DATE if page.wrong else 200)


@enters("practice")
def who(request: HttpRequest, code: str) -> HttpResponse:
    """Who belongs to this family."""
    page = open_family(request, code)
    return _page(request, page, "who", "who/who.jinja", who_=who_page(page), whose=whose(request.visit.account))


@enters("practice")
def one(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """One relationship."""
    page = open_family(request, code)
    return _page(request, page, "who-one", "who/one.jinja", id, one=_one(page, id))


def _one(page: Opened, id: str) -> OnePage:
    found = one_page(page, id)
    if found is None:
        raise Http404
    return found


@enters("practice", methods=("GET", "POST"))
def act(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """One change of a relationship, or protection from the person it is of."""
    act = request.GET.get("act", "")
    page = opened_now(request, code, protects=act in ("protect", "bar"))
    found = _one(page, id)
    here = page.href("who-act", id, act=act)
    if request.method == "GET" and here not in [href for _words, href in found.acts]:
        raise Http404
    if act not in MOVES and act != "protect":
        raise Http404
    form = _protect(page, id, found) if act == "protect" else _move(page, id, act, found)
    return asked(request, page.workers, form)


def _move(page: Opened, id: str, act: str, found: OnePage) -> Form:
    title, send, _lead = labels.act(act)
    held = next(one for one in relationships(page.entries) if one.id == id)
    needs_talk = act == "begin" and held.kind in KIN and not talks.held(page.reader.family)

    def fields(sent: Typed) -> tuple[Field, ...]:
        asked_for = [why(sent, _("The ground and its date") if act == "bar" else "")] if MOVES[act].reason else []
        if act.startswith("until"):
            asked_for.insert(0, Field("date", "until", _("The last day"), sent.one("until")))
        if needs_talk:
            asked_for.append(_not_yet(sent))
        return tuple(asked_for)

    def send_it(sent: Typed, at: int) -> object:
        until = day_after(a_day(sent.one("until"), "no-until")) if act.startswith("until") else None
        return relationship.move(
            by=page.reader.person, family=page.reader.family, grant=id, act=act, why=sent.one("why"), at=at,
            once=sent.once, until=until, not_yet=sent.one("not_yet"),
        )  # fmt: skip

    mine = act == "exclude" and held.person == page.reader.person
    to = f"{reverse('families')}?done=closed-to-me" if mine else page.href("who-one", id, done="who")
    return Form(f"{title}: {found.place.name}", send, labels.lead(act), page.href("who-one", id), to, fields, send_it)


def _not_yet(sent: Typed) -> Field:
    hint = _(
        "The talk about who may see what was not held here. Their door opens after it. If it cannot wait, say why."
    )
    return Field("area", "not_yet", _("Why it cannot wait for the talk"), sent.one("not_yet"), hint)


def _protect(page: Opened, id: str, found: OnePage) -> Form:
    held = next(one for one in relationships(page.entries) if one.id == id)
    near = [one.person for one in relationships(page.entries) if one.kind in KIN and one.live(page.now)]
    choice = _named(page, [person for person in dict.fromkeys(near) if person != held.person])

    def fields(sent: Typed) -> tuple[Field, ...]:
        told = set(sent.many("told"))
        options = tuple((id, page.showing.Name(one), id in told, "") for id, one in choice.items())
        hint = _("What happened, who said it, since when. A second person reads it within three working days.")
        return (
            Field("area", "why", _("What it rests on"), sent.one("why"), hint),
            Field("chips", "told", _("Who of the family knows of it"), options=options),
        )

    def send_it(sent: Typed, at: int) -> object:
        told = [choice[one] for one in dict.fromkeys(sent.many("told")) if one in choice]
        return hazards.put_on(
            by=page.reader.person, family=page.reader.family, person=held.person, ground=sent.one("why"), told=told,
            lang=page.showing.lang, at=at, once=sent.once,
        )  # fmt: skip

    title, send, _lead = labels.act("protect")
    lead = _(
        "From the next moment %(who)s reads what was theirs until now, their own words, and what is sent or opened to "
        "them one thing at a time. Nothing on their pages tells them. What they have already read stays."
    ) % {"who": page.showing.name(held.person)}  # fmt: skip
    title = _("%(act)s from %(who)s") % {"act": title, "who": page.showing.name(held.person)}
    return Form(title, send, lead, page.href("who-one", id), page.href("who", done="protected"), fields, send_it)


def _named(page: Opened, persons: list[int]) -> dict[str, int]:
    """People this reader knows by name, by their random id."""
    by_number = ids([one for one in persons if page.people.called(one)])
    return {by_number[one]: one for one in persons if one in by_number}


@enters("practice", methods=("GET", "POST"))
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody gets a place here."""
    page = opened_now(request, code)
    near, work = _may_be_new(page)
    if not page.reader.by_mark and not work:
        return SeeOther(page.href("who"))
    choice = _named(page, [*near, *work])
    kinds = (*(NEAR if near else ()), *(WORK if work else ()))
    held = talks.held(page.reader.family)

    def fields(sent: Typed) -> tuple[Field, ...]:
        lang = page.showing.lang
        people = tuple(
            (id, page.people.persons[one].name, sent.one("who") == id, page.people.persons[one].role(lang))
            for id, one in choice.items()
        )
        places = tuple((kind, labels.place(kind), sent.one("kind") == kind, "") for kind in kinds)
        now = tuple((v, words, (sent.one("first") or "asked") == v, "") for v, words in _begins())
        asks = [
            Field("picks", "who", _("Who"), options=people),
            Field("picks", "kind", _("What they are here"), options=places),
            why(sent, hint=_("Those who know that they belong here can read it.")),
            Field("picks", "first", _("When it begins"), options=now),
        ]  # fmt: skip
        return tuple(asks if held or not near else [*asks, _not_yet(sent)])

    def send_it(sent: Typed, at: int) -> object:
        if sent.one("kind") not in kinds:
            raise Refused("no-place")
        return relationship.grant(
            by=page.reader.person, family=page.reader.family, person=one_of(sent, "who", choice), at=at,
            kind=sent.one("kind"), why=sent.one("why"), once=sent.once, asked=sent.one("first") == "asked",
            not_yet=sent.one("not_yet"),
        )  # fmt: skip

    lead = _("They read what names them from now on, and nothing old. Open to them what they need of the past.")
    form = Form(_("Somebody new"), _("Give them a place"), lead, page.href("who"), page.href("who", done="who"), fields,
                send_it)  # fmt: skip
    return asked(request, page.workers, form)


def _begins() -> tuple[tuple[str, str], ...]:
    return (
        ("asked", _("When they have said yes and we know that it is them")),
        ("now", _("Now: I know that it is them")),
    )


def _may_be_new(page: Opened) -> tuple[list[int], list[int]]:
    """Whom this reader may give a place: those near the family whose name they know, and workers they lead."""
    here = {tie.person for tie in ties(page.reader.family) if tie.state not in ("ended",)}
    near = [
        number
        for number, person in page.people.persons.items()
        if page.reader.by_mark and person.group != "staff" and person.group != "stranger" and number not in here
        and not works_here(number) and number not in page.workers and not person.died
    ]  # fmt: skip
    work = [number for number in page.workers if leads(page.reader.person, number) and number not in here]
    return near, [number for number in work if number != page.reader.person]


@enters("practice", methods=("GET", "POST"))
def talk(request: HttpRequest, code: str) -> HttpResponse:
    """The talk about who may see what."""
    page = opened_now(request, code)
    if not page.reader.by_mark:
        return SeeOther(page.href("who"))
    near = [n for n, person in page.people.persons.items() if person.group in ("family", "network") and not person.died]
    choice = _named(page, near)

    def fields(sent: Typed) -> tuple[Field, ...]:
        there = set(sent.many("there"))
        chips = tuple((id, page.showing.Name(one), id in there, "") for id, one in choice.items())
        said = [
            Field(
                "area", f"said-{id}", _("What %(who)s said") % {"who": page.showing.name(one)}, sent.one(f"said-{id}")
            )
            for id, one in choice.items()
        ]
        today = sent.one("day") or page.today.isoformat()
        hint = _("About what is theirs, and who may read it: school, health, money, what was said alone.")
        first = Field("date", "day", _("When"), today, hint)
        return (first, Field("chips", "there", _("Who was there, and reads all of it"), options=chips), *said)

    def send_it(sent: Typed, at: int) -> object:
        when = a_day(sent.one("day"))
        if when > page.today or when < page.today - dt.timedelta(days=3660):
            raise Refused("no-day")
        said = {one: sent.one(f"said-{id}") for id, one in choice.items()}
        there = [choice[id] for id in dict.fromkeys(sent.many("there")) if id in choice]
        return talks.hold(
            by=page.reader.person, family=page.reader.family, said=said, there=there, day=when.isoformat(),
            first=when.toordinal(), lang=page.showing.lang, at=at, once=sent.once,
        )  # fmt: skip

    lead = _("In their own words. Each one’s words stand by themselves, and those who were there read them all. Until "
             "this talk was held, no door of the family opens.")  # fmt: skip
    form = Form(_("The talk: who may see what"), _("Keep it"), lead, page.href("who"), page.href("who", done="who"),
                fields, send_it)  # fmt: skip
    return asked(request, page.workers, form)

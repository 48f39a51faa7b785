"""Handing over to another worker, taking over promises one by one, and ending the work (R124, R125)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access import ending
from alongside.access.circles import kin
from alongside.access.frame import enters
from alongside.access.policy import Tie, ties, units
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.dialogue.said import words
from alongside.doors.days import a_day
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Field, Typed, typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.who.form import REFUSED, Form, asked, one_of, opened_now, why
from alongside.doors.practice.who.labels import refused
from alongside.families.queries import ids
from alongside.promises import handing_over
from alongside.promises.promise import Promise
from alongside.record.statement import Refused
from alongside.teams.parting import parting


@enters("practice", methods=("GET", "POST"))
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """For the new worker the promises that wait for an answer; else the form of handing over."""
    page = opened_now(request, code)
    offered = handing_over.offered_to(page.reader)
    if offered and request.method == "GET":
        return _offered(request, page, offered)
    mine = _work(page)
    if not mine:
        return SeeOther(page.href("who"))
    return asked(request, page.workers, _form(page, mine))


def _work(page: Opened) -> list[Tie]:
    """Whose work this reader may hand over: their own, or that of a worker they lead."""
    found = [tie for tie in ties(page.reader.family) if ending.may_hand_over(page.reader.person, tie)]
    return sorted(found, key=lambda tie: tie.person != page.reader.person)


def _form(page: Opened, mine: list[Tie]) -> Form:
    leaving = {tie.id: tie for tie in mine}
    unit = {one for tie in mine for one in units(tie.person)}
    new = _named(page, [n for n in page.workers if units(n) & unit and n != page.reader.person])
    owed = {p.made.id: p for tie in mine for p in handing_over.open_ones(page.reader, tie.person)}

    def fields(sent: Typed) -> tuple[Field, ...]:
        whose_work = tuple(
            (id, page.showing.Name(t.person), sent.one("whose-work") == id, "") for id, t in leaving.items()
        )
        to = tuple((id, page.people.persons[n].name, sent.one("to") == id, "") for id, n in new.items())
        chosen = set(sent.many("promise")) if sent.values else set(owed)
        promised = tuple((id, _promised(page, one), id in chosen, "") for id, one in owed.items())
        shown = [Field("picks", "whose-work", _("Whose work"), options=whose_work)] if len(leaving) > 1 else []
        shown += [
            Field("picks", "to", _("Who takes over"), options=to),
            Field("date", "last", _("The last day"), sent.one("last")),
            why(sent, hint=_("The family reads it.")),
            Field("area", "goodbye", _("Goodbye, in your words"), sent.one("goodbye"), _("The family reads it.")),
        ]
        if promised:
            shown.append(Field("chips", "promise", _("Promises that are handed over"), options=promised))
        return tuple(shown)

    def send_it(sent: Typed, at: int) -> object:
        tie = leaving.get(sent.one("whose-work"), mine[0])
        to = one_of(sent, "to", new)
        promised = [
            owed[id] for id in dict.fromkeys(sent.many("promise")) if id in owed and owed[id].owner == tie.person
        ]
        more = tuple(handing_over.handed_over(one, to) for one in handing_over.readable_by(promised, to))
        return ending.hand_over(
            by=page.reader.person, family=page.reader.family, grant=tie.id, to=to, why=sent.one("why"),
            goodbye=sent.one("goodbye"), last=a_day(sent.one("last")), lang=page.showing.lang, at=at, once=sent.once,
            more=more,
        )  # fmt: skip

    lead = _("The new worker is asked. Until they have said yes you stay, and until they take over a promise you owe "
             "it. A promise that is for a few named people stays with you: open it to them first.")  # fmt: skip
    return Form(_("Hand over to another worker"), _("Ask them to take over"), lead, page.href("who"),
                page.href("who", done="handed-over"), fields, send_it)  # fmt: skip


def _named(page: Opened, persons: list[int]) -> dict[str, int]:
    by_number = ids(persons)
    return {by_number[one]: one for one in persons if one in by_number}


def _promised(page: Opened, one: Promise) -> str:
    text = words(one.made, page.showing.lang)[0]
    return f"{text} ({page.showing.due(one.due)})" if one.due else text


def _offered(request: HttpRequest, page: Opened, offered: list[Promise], wrong: str = "", sent: Typed | None = None):
    sent = sent or typed(request)
    shown = [(one.made.id, _promised(page, one), page.showing.Name(one.owner)) for one in offered]
    context = family_desk(
        request, page, "hand-over", offered=shown, wrong=wrong, sent=sent, once=sent.once,
        whose=whose(request.visit.account),
    )  # fmt: skip
    return render(request, "who/offered.jinja", context, status=REFUSED if wrong else 200)


@enters("practice", methods=("POST",))
def promise(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Take over one promise, or say why not."""
    if not from_this_account(request):
        return ask_to_sign_in(request)
    page, sent = opened_now(request, code), typed(request)
    try:
        handing_over.answer(
            by=page.reader, promise=id, takes=sent.one("takes") == "yes", why=sent.one("why"), lang=page.showing.lang,
            at=clock.micros(clock.now()), once=f"{sent.once}-{id[:8]}",
        )  # fmt: skip
    except Refused as why_not:
        if why_not.code == "not-found":
            raise Http404 from None
        return _offered(request, page, handing_over.offered_to(page.reader), refused(why_not), sent)
    left = handing_over.offered_to(page.reader)
    return SeeOther(page.href("hand-over") if left else page.href("who", done="who"))


@enters("practice", methods=("GET", "POST"))
def close(request: HttpRequest, code: str) -> HttpResponse:
    """End the work with a family, as a conversation, with a call that is promised."""
    page = opened_now(request, code)
    me, family = page.reader.person, page.reader.family
    if not ending.may_close(me, family, page.now) and request.method == "GET":
        return SeeOther(page.href("who"))

    near = [n for n, person in page.people.persons.items() if person.group == "family" and not person.died]
    choice = _named(page, [n for n in kin(family) if page.people.called(n)] or near)

    def fields(sent: Typed) -> tuple[Field, ...]:
        said = _("The family reads it, and keeps it.")
        hint = _("A promise to the family: by this day you ring, and ask how they are.")
        there = set(sent.many("there"))
        chips = tuple((id, page.showing.Name(one), id in there, "") for id, one in choice.items())
        theirs = [
            Field(
                "area", f"said-{id}", _("What %(who)s says at the end") % {"who": page.showing.name(one)},
                sent.one(f"said-{id}"),
            )
            for id, one in choice.items()
        ]  # fmt: skip
        return (
            why(sent, hint=said), Field("area", "goodbye", _("Goodbye, in your words"), sent.one("goodbye"), said),
            Field("chips", "there", _("Who was there, and reads what was said"), options=chips), *theirs,
            Field("date", "call", _("The day you ring"), sent.one("call"), hint),
            Field("area", "promise", _("What you promise"), sent.one("promise"), _("In your words, to the family.")),
        )  # fmt: skip

    def send_it(sent: Typed, at: int) -> object:
        call = a_day(sent.one("call"))
        if call <= page.today:
            raise Refused("no-day")
        more = parting(
            family=family, said={one: sent.one(f"said-{id}") for id, one in choice.items()},
            there=[choice[id] for id in dict.fromkeys(sent.many("there")) if id in choice], call=sent.one("promise"),
            due=call.isoformat(), owner=me, lang=page.showing.lang,
        )  # fmt: skip
        return ending.close(
            by=me, family=family, why=sent.one("why"), goodbye=sent.one("goodbye"), lang=page.showing.lang, at=at,
            once=sent.once, more=more,
        )  # fmt: skip

    lead = _("A conversation, with the family at the table: what each one says stays with them. Everybody’s place here "
             "ends then. The family keeps its room and reads all it had, and from there they can say that they want "
             "to talk again; no worry is needed for it. You find nothing here any more, so write down your promise "
             "elsewhere too.")  # fmt: skip
    form = Form(_("End the work with this family"), _("End the work"), lead, page.href("who"),
                f"{reverse('families')}?done=closed", fields, send_it)  # fmt: skip
    return asked(request, page.workers, form)

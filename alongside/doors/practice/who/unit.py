"""For leaders and intake: giving a family to a worker and beginning again. And for everybody: the places one is asked
to take."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import clock, ids
from alongside.access import ending, relationship
from alongside.access.frame import enters
from alongside.access.policy import leads
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, typed
from alongside.doors.practice.unit.led import said_aloud
from alongside.doors.practice.who import labels
from alongside.doors.practice.who.form import Form, asked, one_of, why
from alongside.families.queries import ids as person_ids
from alongside.families.queries import workers
from alongside.promises.handing_over import offered_to
from alongside.record.statement import Refused

WORK = ("allocated", "co-worker", "coordinator", "supervisor")


@enters("practice", methods=("GET", "POST"))
def family(request: HttpRequest) -> HttpResponse:
    """Give a family to a worker, or begin again with one."""
    staff, me = workers(), request.visit.person
    mine = {code: (number, over) for code, number, _work, over in ending.of_unit(me)}
    code = request.GET.get("family", "")
    if code not in mine:
        if request.method == "POST":
            raise Http404
        return SeeOther(reverse("unit"))
    number, over = mine[code]
    may = [n for n in staff if leads(me, n) and n != me]
    by_number = person_ids(may)
    choice = {by_number[n]: n for n in may}

    def fields(sent: Typed) -> tuple[Field, ...]:
        people = tuple((id, staff[n].name, sent.one("who") == id, "") for id, n in choice.items())
        places = tuple((kind, labels.place(kind), sent.one("kind") == kind, "") for kind in WORK)
        who = Field("picks", "who", _("Who works with them"), options=people)
        hint = _("The family reads it.")
        return (who, why(sent, hint=hint)) if over else (
            who, Field("picks", "kind", _("What they are here"), options=places), why(sent, hint=hint)
        )  # fmt: skip

    def send_it(sent: Typed, at: int) -> object:
        worker, reason = one_of(sent, "who", choice), sent.one("why")
        if over:
            return ending.reopen(by=me, family=number, worker=worker, why=reason, at=at, once=sent.once)
        if sent.one("kind") not in WORK:
            raise Refused("no-place")
        return relationship.grant(
            by=me, family=number, person=worker, kind=sent.one("kind"), why=reason, at=at, once=sent.once
        )

    title = _("Begin again") if over else _("Give the family to a worker")
    lead = _("Family %(code)s") % {"code": said_aloud(code)}
    back = reverse("unit")
    return asked(request, staff, Form(title, _("Keep"), lead, back, f"{back}?done=who", fields, send_it))


@enters("practice", methods=("GET", "POST"))
def asked_of_me(request: HttpRequest) -> HttpResponse:
    """The places one is asked to take, and saying yes."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    staff, me = workers(), request.visit.person
    found = {tie.id: (number, code, tie) for number, code, tie in ending.asked(me)}
    if request.method == "POST":
        sent = typed(request)
        number, code, _tie = found.get(sent.one("place"), (0, "", None))
        if not code:
            return SeeOther(reverse("asked"))
        try:
            ending.take_over(
                by=me, family=number, grant=sent.one("place"), at=clock.micros(clock.now()), once=sent.once
            )
        except Refused:
            return SeeOther(reverse("asked"))
        return SeeOther(reverse("hand-over", args=[code]) if _offers(request, code) else reverse("family", args=[code]))
    shown = [(id, labels.place(tie.kind), said_aloud(code)) for id, (_n, code, tie) in found.items()]
    context = desk(request, staff, places=shown, once=ids.new(), whose=whose(request.visit.account))
    return render(request, "who/asked.jinja", context)


def _offers(request: HttpRequest, code: str) -> bool:
    return bool(offered_to(request.visit.reader(code)))

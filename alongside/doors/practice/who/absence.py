"""Being away: the days, the families, and who stands in for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access import absence
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.days import a_day
from alongside.doors.practice.families_page import families
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.who.form import Form, asked, one_of, opened_now
from alongside.families.person import Person
from alongside.families.queries import ids, workers
from alongside.record.reading import rows
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Work:
    """One family of this worker: `code`; `names`: as it is called here; `choice`: {random id: who may stand in}."""

    family: int
    code: str
    names: str
    choice: dict[str, int]


@enters("practice", methods=("GET", "POST"))
def away(request: HttpRequest) -> HttpResponse:
    """Say that one is away, and who stands in for each family."""
    me, staff = request.visit.person, workers()
    mine = _work(request, staff)

    def fields(sent: Typed) -> tuple[Field, ...]:
        chosen = [_stand_in(one, staff, sent) for one in mine]
        hint = _("The families read it beside the days and the name. You need not say why you are away.")
        return (
            Field("date", "first", _("The first day"), sent.one("first")),
            Field("date", "last", _("The last day"), sent.one("last")), *chosen,
            Field("area", "words", _("A word to the families"), sent.one("words"), hint),
        )  # fmt: skip

    def send_it(sent: Typed, at: int) -> object:
        stand_ins = {one.family: one_of(sent, f"for-{one.code}", one.choice, "nobody-stands-in") for one in mine}
        return absence.say(
            by=me, stand_ins=stand_ins, first=a_day(sent.one("first")), last=a_day(sent.one("last")),
            words=sent.one("words"), lang=translation.get_language() or "en", at=at, once=sent.once,
        )  # fmt: skip

    lead = _("The families see it at once. Who stands in belongs to them until you are back, and on those days reads "
             "what was for you by name. What is sealed stays closed.")  # fmt: skip
    back = reverse("families")
    form = Form(_("I am away"), _("Tell the families"), lead, back, f"{back}?done=away", fields, send_it)
    return asked(request, staff, form)


def _stand_in(one: Work, staff: Mapping[int, Person], sent: Typed) -> Field:
    name = f"for-{one.code}"
    options = tuple((id, staff[n].name, sent.one(name) == id, "") for id, n in one.choice.items())
    return Field("picks", name, _("Who stands in for %(family)s") % {"family": one.names}, options=options)


def _work(request: HttpRequest, staff) -> list[Work]:
    me, now = request.visit.person, request.visit.now
    names = {one.href.split("?")[0].rsplit("/", 1)[1]: one.names for one in families(request, staff)}
    found = []
    for tie in absence.work_of(me, now):
        family = tie.pk >> 20
        code = rows("SELECT code FROM record_family WHERE number = %s", [family])[0][0]
        may = [n for n in absence.may_stand_in(tie, now) if n in staff]
        by_number = ids(may)
        found.append(Work(family, code, names.get(code, ""), {by_number[n]: n for n in may}))
    return found


@enters("practice", methods=("POST",))
def back(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Back before the last day: standing in ends."""
    if not from_this_account(request):
        return ask_to_sign_in(request)
    page = opened_now(request, code)
    try:
        absence.come_back(
            by=page.reader.person,
            family=page.reader.family,
            absence=id,
            at=clock.micros(clock.now()),
            once=f"back-{id[:32]}",
        )
    except Refused:
        raise Http404 from None
    return SeeOther(page.href("who", done="who"))

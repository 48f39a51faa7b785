"""Adding somebody to a family: a name is enough. Before that, whoever is known by a name like it is shown."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.access.frame import enters
from alongside.access.sealed import from_this_account
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.people import reading, search
from alongside.doors.practice.people.search import Match
from alongside.doors.practice.people.somebody import listed, writing
from alongside.doors.practice.people.views import _now, act
from alongside.doors.practice.people.words import refused, typed_day
from alongside.families import meeting
from alongside.families.queries import ids
from alongside.families.telling import used
from alongside.record.statement import Refused


@enters("practice", methods=("GET", "POST"))
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Add somebody. Where somebody is known by a name like this one, the page asks first whether it is them."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = writing(request, code)
    sent, wrong, found = typed(request), "", {}
    around = reading.circle(page)
    if request.method == "POST":
        found = _found(request, page, sent)
        try:
            if found and not _answered(found, sent):
                return _page(request, page, sent, "", found, around)
            _add(page, around, sent, found)
            return SeeOther(page.href("people", done="people"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    return _page(request, page, sent, wrong, found, around)


def _found(request: HttpRequest, page: Opened, sent: Typed) -> dict[str, Match]:
    """Who is known already; nobody where this very form was taken before."""
    if used(page.reader.person, page.reader.family, sent.once):
        return {}
    return search.matches(request, sent.one("name"), today=page.today, staff=page.workers, here=page)


def _answered(found: dict[str, Match], sent: Typed) -> bool:
    """Whether the writer has said which one it is, for the name that stands there now."""
    same = sent.one("same")
    return sent.one("looked") == sent.one("name").strip() and (same == search.NEW or same in found)


def _add(page: Opened, around: reading.Circle, sent: Typed, found: dict[str, Match]) -> None:
    known = found.get(sent.one("same"))
    if known is not None and known.here:
        raise Refused("nobody")
    speaker = _speakers(page).get(sent.one("speaker"))
    told = reading.told(page, around, sent, typed_day(page, ""), speaker)
    meeting.met(
        told=told, name=sent.one("name"), role=sent.one("role"), lang=page.showing.lang,
        group=sent.one("group") or "family", born=typed_day(page, sent.one("day")), unborn=bool(sent.one("unborn")),
        same=known.number if known else None, at=_now(), once=sent.once,
    )  # fmt: skip


def _speakers(page: Opened) -> dict[str, int]:
    return {id: number for number, id in ids(listed(page)).items()}


def _page(
    request: HttpRequest, page: Opened, sent: Typed, wrong: str, found: dict[str, Match], around: reading.Circle
) -> HttpResponse:
    group = sent.one("group") or "family"
    picks = (
        ("family", _("In the family"), ""),
        ("network", _("Around them"), _("A neighbour, a friend, an aunt far off")),
    )
    fields = (
        Field("line", "name", _("Name"), sent.one("name"), _("What you know of it. One word is enough.")),
        Field("line", "role", _("Who they are here"), sent.one("role"), _("Mia’s uncle, the neighbour with a key")),
        Field("line", "day", _("Born"), sent.one("day"), _("As exactly as it is known: 14 February 2011, about 1960.")),
        Field("check", "unborn", _("Not born yet: this is when they are expected"), sent.one("unborn")),
        Field("picks", "group", _("Where they belong"), options=tuple((v, w, v == group, s) for v, w, s in picks)),
    )
    here = [one for one in found.values() if one.here]
    ask = (search.choice(found, sent),) if found else ()
    showing = page.showing
    speakers = [("", _("I do")), *((id, showing.Name(n)) for id, n in _speakers(page).items())]
    speaker = Field("choose", "speaker", _("Who says so"), sent.one("speaker"), options=tuple(speakers))
    return act(
        request, page, sent, wrong, fields, (speaker, *reading.fields(page, around, sent, [])),
        title=_("Add somebody"), lead="", back=page.href("people"), send=_("Add them"), ask=ask,
        here=[(one.name, one.words) for one in here], elsewhere=search.elsewhere(page.workers),
        says=reading.in_short(page, around, []), careful=around.careful, looked=sent.one("name").strip(),
    )  # fmt: skip

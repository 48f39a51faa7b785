"""Where people of a family belong: something of the patch, in somebody's words. No patch tells anything of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.access.frame import enters
from alongside.access.sealed import from_this_account
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice.forms import Field, Typed, typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.patch.views import reader_of
from alongside.doors.practice.people.somebody import listed, writing
from alongside.doors.practice.team.form import now, own_words
from alongside.families.belonging import belonging, belongs_to, no_more
from alongside.families.queries import ids
from alongside.record.statement import Refused
from alongside.teams.patch import patches


@enters("practice", methods=("GET", "POST"))
def new(request: HttpRequest, code: str) -> HttpResponse:
    """They belong here too: something of a patch, who of them, and what it is to them."""
    things = patches(reader_of(request))

    def fields(page: Opened, sent: Typed) -> tuple[Field, ...]:
        hint = _("What it is to them. It may be left empty.")
        places = (
            ("", _("Choose from the patch")),
            *((one.id, ", ".join(filter(None, (one.name, one.where)))) for one in things),
        )
        chosen = sent.many("who")
        who = tuple((id, page.showing.Name(n), id in chosen, "") for id, n in _people(page).items())
        return (
            Field("choose", "place", _("Where they belong"), sent.one("place"), options=places),
            Field("chips", "who", _("Who of them"), options=who),
            Field("line", "words", _("In their words"), sent.one("words"), hint),
        )  # fmt: skip

    def say(page: Opened, told, sent: Typed) -> None:
        one = next((one for one in things if one.id == sent.one("place")), None)
        people = _people(page)
        belongs_to(
            told=told, place=one.id if one else "", name=one.name if one else "",
            who=tuple(people[id] for id in sent.many("who") if id in people), text=sent.one("words"),
            lang=page.showing.lang, at=now(), once=sent.once,
        )  # fmt: skip

    lead = _(
        "A group, a place or a club of the area that is theirs. It stands with their people; on the patch nothing is "
        "said of them."
    )
    return own_words(
        request, code, fields, say, title=_("They belong here too"), lead=lead, anybody=True, to="people"
    )  # fmt: skip


def _people(page: Opened) -> dict[str, int]:
    """Those of the family who may be known by name here, {id: number}."""
    persons = page.people.persons
    near = [number for number in listed(page) if persons[number].group == "family" and not persons[number].died]
    by_id = {id: number for number, id in ids(near).items()}
    return dict(sorted(by_id.items(), key=lambda one: near.index(one[1])))


@enters("practice", methods=("POST",))
def over(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """They do not belong there any more."""
    if not from_this_account(request):
        return ask_to_sign_in(request)
    page = writing(request, code)
    one = next((one for one in belonging(page.entries) if one.said.id == id), None)
    if one is None:
        raise Http404
    try:
        no_more(by=page.reader, one=one, at=now(), once=typed(request).once)
    except Refused as why:
        raise Http404 from why
    return SeeOther(page.href("people", done="people"))

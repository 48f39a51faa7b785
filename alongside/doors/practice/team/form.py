"""What the forms of these pages have in common: who says so, who reads it, one verb, back to the teams."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.access.sealed import from_this_account
from alongside.access.views import SeeOther, ask_to_sign_in, elsewhere
from alongside.doors.meanwhile import left_words, moved_on
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.people import reading
from alongside.doors.practice.people.views import act
from alongside.doors.practice.people.words import refused as refused_of_people
from alongside.doors.practice.team.page import speakers
from alongside.families.queries import ids
from alongside.record.statement import Refused
from alongside.teams import team
from alongside.teams.team import Member


def opened_now(request: HttpRequest, code: str) -> Opened:
    page = open_family(request, code)
    if request.GET.get("at") or not page.writing:
        raise Http404
    return page


def refused(why: Refused) -> str:
    """What is not taken here, in plain words."""
    return {
        "no-speaker": _("Choose who of the family says so. A team is theirs to name."),
        "not-yourself": _("Nobody writes themselves into a family’s team. They can add you in their own room."),
        "nobody": _("Choose or write at least one name."),
        "not-to-them": _("This cannot be together with all of those you chose. Ask your supervisor."),
        "left-already": _("Somebody has taken them out already. Look at the page again."),
        "no-words": _("There are no words yet. Write something, then send."),
        "no-day": _("Write the day as year, month, day: 2026-12-01, from today on."),
        "unknown-form": _("Choose one of them."),
    }.get(why.code) or refused_of_people(why)


def now() -> int:
    return clock.micros(clock.now())


def speaker_field(page: Opened, sent: Typed, *more: int) -> tuple[Field, dict[str, int]]:
    """Who says so: of the family, and never the writer."""
    numbers = [n for n in dict.fromkeys((*speakers(page), *more)) if n != page.reader.person]
    by_id = {id: number for number, id in ids(numbers).items()}
    ordered = sorted(by_id, key=lambda id: numbers.index(by_id[id]))
    options = tuple((id, page.showing.Name(by_id[id])) for id in ordered)
    first = sent.one("speaker") or (options[0][0] if options else "")
    return Field("choose", "speaker", _("Who says so"), first, options=options), by_id


def page_day(page: Opened):
    """Today, as the day since when it is so."""
    return dates.on(page.today)


def member(page: Opened, id: str, of: str) -> Member:
    """The one who is in the team by this entry. Hidden and absent are the same 404."""
    every = [one for one in team.members(page.entries) if one.joined.id == id and page.people.called(one.person)]
    public = ids([one.person for one in every])
    found = [one for one in every if not of or public[one.person] == of]
    if not found:
        raise Http404
    return found[0]


def step(request: HttpRequest, code: str, id: str, fields, say, *, title: str, send: str, lead: str) -> HttpResponse:
    """One form about one member: its fields, who says so, one verb."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = opened_now(request, code)
    one = member(page, id, request.GET.get("of", ""))
    if not page.reader.by_mark or not one.here(page.today):
        if one.left is not None and request.method == "POST" and page.reader.by_mark:
            return moved_on(request, page.reader, left_words(one, page.showing, page.reader), page.href("team"))
        return elsewhere(request, page.href("team"))
    sent, wrong, around = typed(request), "", reading.circle(page)
    speaker, by_id = speaker_field(page, sent, one.person)
    if request.method == "POST":
        try:
            say(page, one, around, sent, by_id.get(sent.one("speaker")))
            return SeeOther(page.href("team", done="people"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    shown = (*fields(page, one, sent), speaker)
    title = title % {"who": page.showing.name(one.person)}
    return act(
        request, page, sent, wrong, shown, (), title=title, lead=lead, send=send, back=page.href("team"),
    )  # fmt: skip


def own_words(
    request: HttpRequest, code: str, fields, say, *, title: str, lead: str, anybody: bool = False, to: str = "team"
) -> HttpResponse:
    """A form of words that are somebody's of the family: who says so, who reads it, one verb. `anybody`: the writer
    may say it as well, and does unless somebody else is chosen. `to`: the page it is on."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = opened_now(request, code)
    if not page.reader.by_mark:
        return SeeOther(page.href(to))
    sent, wrong, around = typed(request), "", reading.circle(page)
    speaker, by_id = speaker_field(page, sent)
    if anybody:
        mine = (("", _("I do")), *speaker.options)
        speaker = Field("choose", "speaker", speaker.label, sent.one("speaker"), options=mine)
    if request.method == "POST":
        try:
            say(page, reading.told(page, around, sent, page_day(page), by_id.get(sent.one("speaker"))), sent)
            return SeeOther(page.href(to, done="people"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    lean = [by_id[speaker.value]] if speaker.value in by_id else []
    if anybody:
        lean = [n for n in around.kin.values() if page.people.persons[n].group == "family"]
    return act(
        request, page, sent, wrong, (speaker, *fields(page, sent)), reading.fields(page, around, sent, lean),
        title=title, lead=lead, back=page.href(to), says=reading.in_short(page, around, lean),
        careful=around.careful,
    )  # fmt: skip

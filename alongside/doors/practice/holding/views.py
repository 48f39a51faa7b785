"""Pages of meetings: the list, and the one screen on which a meeting is held."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.dialogue.said import words
from alongside.doors.held import called, private_says, who_came
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Typed, afresh, typed
from alongside.doors.practice.holding import forms, lines
from alongside.doors.practice.holding.open_matters import Matters, open_matters
from alongside.doors.practice.note_page import readers_of
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.promising.lines import waits
from alongside.record.statement import Refused
from alongside.teams.meeting import Meeting, meetings
from alongside.teams.private import may_begin

REFUSED, BAD_DATE = 422, 400
FELL = ("promise", "decide", "say")


@enters("practice")
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """What comes, what was held, and what was cancelled from both sides; now or as known then."""
    page = open_family(request, code)
    context = family_desk(
        request, page, "meetings", meetings=lines.listed(page), waits=waits(page, "teams.point"),
        holds=page.writing and page.reader.by_mark,
    )  # fmt: skip
    return render(request, "holding/meetings.jinja", context, status=BAD_DATE if page.wrong else 200)


def held(page: Opened, id: str) -> Meeting:
    """The meeting with this id; anything else, hidden and absent are the same 404."""
    one = next((one for one in meetings(page.entries) if one.id == id), None)
    if one is None or page.woven.by_place[one.held.pk].taken_back:
        raise Http404
    return one


@enters("practice", methods=("GET", "POST"))
def one(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """One screen: the agenda, who came, and what falls, written as it falls."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = open_family(request, code, around=id)
    it, sent, wrong, acting = held(page, id), typed(request), "", request.GET.get("did", "")
    if request.method == "POST":
        acting = sent.one("act")
        if request.GET.get("at") or acting not in forms.ACTS or not page.writing:
            raise Http404
        try:
            forms.ACTS[acting](page, it, sent, clock.micros(clock.now()))
            done = "" if acting.startswith("private") else "fell"  # the page itself says it
            return SeeOther(page.href("meeting", id, did=acting, done=done, anchor="fell" if acting in FELL else ""))
        except Refused as why:
            wrong, sent = forms.refused(why), afresh(sent)
    context = _context(request, page, it, sent)
    context |= {"wrong": wrong, "acting": acting if acting in FELL or wrong else "promise"}
    return render(
        request, "holding/meeting.jinja", context, status=REFUSED if wrong else BAD_DATE if page.wrong else 200
    )


def _context(request: HttpRequest, page: Opened, it: Meeting, sent: Typed) -> dict:
    said = page.woven.by_place[it.held.pk]
    writes = page.writing and page.reader.by_mark and not it.told and not it.in_private
    put, still = lines.agenda(page, it) if writes else ((), [])
    text, lang = words(it.held, page.showing.lang)
    return family_desk(
        request, page, "meeting", it.id, meeting=it, called=called(it, page.showing),
        where=it.held.body.get("place", ""), came=who_came(it, page.showing), text=text, spoken=lang,
        put=put, still=still, matters=open_matters(page) if writes else Matters(),
        promises=lines.promised(page, it), decided=lines.fell(page, it.decided),
        said=lines.fell(page, it.said), private=private_says(page.showing, it), writes=writes,
        turns=page.writing and may_begin(page.reader, it), forms=forms.forms(page, it, sent) if writes else (),
        asks=forms.who_fields(page, it, sent) if writes else (),
        once=sent.once, whose=whose(request.visit.account), readers=readers_of(page, said), note=page.note(said),
    )  # fmt: skip

"""Asking somebody into the family's team: with a card, by a call or with a letter; and what they answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.access.frame import enters
from alongside.access.sealed import from_this_account
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.dialogue.said import words as words_of
from alongside.doors import invited
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.people import reading
from alongside.doors.practice.people.views import act
from alongside.doors.practice.team.form import now, opened_now, refused, step
from alongside.doors.practice.team.page import speakers
from alongside.families.queries import ids
from alongside.families.telling import Told
from alongside.record.statement import Refused
from alongside.teams import invitation, team
from alongside.teams.invitation import Invitation, invitations
from alongside.teams.team import Member


@enters("practice", methods=("GET", "POST"))
def ask(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """The family asks somebody in: with a card, by a call or with a letter."""

    def fields(page: Opened, one: Member, sent: Typed) -> tuple[Field, ...]:
        way = sent.one("way") or "call"
        inviter = page.showing.Name(speakers(page)[0]) if speakers(page) else ""
        ways = (
            ("call", _("A call"), _("Somebody the family chooses rings and reads this out")),
            ("letter", _("A letter"), _("A page to print: neutral, without an address or a number")),
            ("card", _("A card"), _("For somebody who has a place here: they can come in and answer themselves")),
        )
        who = {id: n for n, id in ids([n for n in callers(page) if n != one.person]).items()}
        options = (("", _("Somebody of the family")), *((id, page.showing.Name(n)) for id, n in who.items()))
        text = sent.one("text") if sent.values else invited.call_text(inviter)
        return (
            Field("picks", "way", _("How"), options=tuple((v, w, v == way, s) for v, w, s in ways)),
            Field("choose", "caller", _("Who rings, or hands it over"), sent.one("caller"), options=options),
            Field("area", "text", _("What is read out on the telephone"), text,
                  _("Change it as you like. For a letter or a card it is written by itself.")),
        )  # fmt: skip

    def say(page: Opened, one: Member, around, sent: Typed, speaker: int | None) -> None:
        who = {id: n for n, id in ids([n for n in callers(page) if n != one.person]).items()}
        inviter = page.showing.Name(speaker) if speaker else ""
        text = {
            "letter": invited.letter_text(page.showing.Name(one.person), inviter),
            "card": invited.card_text(inviter),
        }.get(sent.one("way"), sent.one("text"))
        told = Told(page.reader, speaker, to=(), only=False) if not around.careful else _careful(page, speaker)
        invitation.invite(
            told=told, member=one, way=sent.one("way"), caller=who.get(sent.one("caller")), text=text,
            lang=page.showing.lang, at=now(), once=sent.once,
        )  # fmt: skip

    return step(
        request, code, id, fields, say, title=_("Ask %(who)s in"), send=_("Keep"),
        lead=_("Before anybody rings or writes: look at the safe way to reach them, and ask whether it is still so."),
    )  # fmt: skip


def _careful(page: Opened, speaker: int | None) -> Told:
    """Where somebody is protected: for whoever says it, where they have a room, else for the helpers."""
    near = [n for n in reading.circle(page).kin.values() if n == speaker]
    return Told(page.reader, speaker, to=tuple(near), only=bool(near))


def callers(page: Opened) -> list[int]:
    """Who may ring: people of the family and its team, and those who work with it."""
    near = [one.person for one in team.members(page.entries) if one.here(page.today)]
    here = reading.circle(page)
    found = dict.fromkeys((*speakers(page)[:2], *near, page.reader.person, *here.helpers.values()))
    return [number for number in found if page.people.called(number)]


def _invitation(page: Opened, id: str) -> Invitation:
    found = [one for one in invitations(page.entries).values() if one.asked.id == id]
    if not found or not page.people.called(found[0].person):
        raise Http404
    return found[0]


@enters("practice", methods=("GET", "POST"))
def answer(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """What somebody answered who was asked in."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = opened_now(request, code)
    one = _invitation(page, id)
    if not page.reader.by_mark:
        return SeeOther(page.href("team"))
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            invitation.answer(
                told=Told(page.reader), one=one, answer=sent.one("answer"), again=sent.one("again"),
                text=sent.one("words"), lang=page.showing.lang, at=now(), once=sent.once,
            )  # fmt: skip
            return SeeOther(page.href("team", done="people"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    picks = tuple((value, says, sent.one("answer") == value, "") for value, says in invited.answers())
    fields = (
        Field("picks", "answer", _("What they said"), options=picks),
        Field("date", "again", _("When to ask again"), sent.one("again")),
        Field("line", "words", _("In their words, if they like"), sent.one("words")),
    )
    title = _("What %(who)s answered") % {"who": page.showing.name(one.person)}
    return act(request, page, sent, wrong, fields, (), title=title, lead="", back=page.href("team"))


@enters("practice")
def letter(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """The letter as it goes out: one page, to be printed."""
    page = opened_now(request, code)
    one = _invitation(page, id)
    if one.way != "letter":
        raise Http404
    text, lang = words_of(one.asked, page.showing.lang)
    context = desk(
        request, page.workers, lines=text.split("\n"), lang=lang, answers=invited.answers(), back=page.href("team")
    )
    return render(request, "team/letter.jinja", context)

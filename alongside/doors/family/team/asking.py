"""Asking somebody into one's own team, the answer, and the letter on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.dialogue.said import words as words_of
from alongside.doors import invited
from alongside.doors.family.forms import Filled, handle, picked
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.team.form import Ask, TeamForm, shown
from alongside.doors.family.team.page import known, names_people
from alongside.doors.family.team.views import back, gone, member
from alongside.families.telling import Told
from alongside.record.readers import Reader
from alongside.teams import invitation
from alongside.teams.invitation import Invitation, invitations


@in_room("GET", "POST")
def ask(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Ask somebody in: by a call, with a letter, or with a card."""
    room = enter(request, reader)
    one = member(room, id, request.GET.get("of", ""))
    if not (names_people(room) and one.here(room.showing.today)) or one.person == room.me:
        return gone(request, room, one)
    callers = _callers(room, one.person)
    me = room.hello or _("I")

    def fields(form: Filled) -> tuple[Ask, ...]:
        way, who = form.one("way") or "letter", form.one("caller")
        ways = (
            ("letter", _("A letter"), _("A page to print, without an address or a number")),
            ("call", _("A call"), _("You ring, or somebody you choose reads it out")),
            ("card", _("A card"), _("They can come in here themselves. Your worker makes the card")),
        )
        people = tuple((h, room.showing.people.called(n), h == who, "") for n in callers if (h := handle(reader, n)))
        text = form.one("text") if form.fields else invited.call_text(me)
        return (
            Ask("picks", "way", _("How"), options=tuple((v, w, v == way, s) for v, w, s in ways)),
            Ask("choice", "caller", _("Who rings, or hands it over"), options=(("", _("I do"), not who, ""), *people)),
            Ask("area", "text", _("What is read out on the telephone"), text,
                _("Change it as you like. For a letter or a card it is written by itself.")),
        )  # fmt: skip

    def say(form: Filled, told: Told, how: dict) -> object:
        found = picked(room, callers, form.all("caller"))
        text = {
            "letter": invited.letter_text(room.showing.people.called(one.person), me), "card": invited.card_text(me),
        }.get(form.one("way"), form.one("text"))  # fmt: skip
        return invitation.invite(
            told=told, member=one, way=form.one("way"), caller=found[0] if found else room.me, text=text,
            lang=room.showing.lang, **how,
        )  # fmt: skip

    title = _("Ask %(who)s in") % {"who": room.showing.name(one.person)}
    return shown(request, reader, room, TeamForm(
        title, _("Keep"), fields, say, note=(_("Is it safe to reach them this way today? If you are not sure, wait."),),
    ))  # fmt: skip


def _callers(room: Room, person: int) -> list[int]:
    near = [one.person for one in known(room) if one.here(room.showing.today)]
    found = dict.fromkeys((*near, *room.circle.helpers))
    return [n for n in found if n not in (person, room.me) and room.showing.people.called(n)]


def _invitation(room: Room, id: str) -> Invitation:
    found = [one for one in invitations(room.woven.entries).values() if one.asked.id == id]
    if not found or not room.showing.people.called(found[0].person):
        raise Http404
    return found[0]


@in_room("GET", "POST")
def answer(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """What somebody answered; said by themselves, or by who heard it."""
    room = enter(request, reader)
    one = _invitation(room, id)
    mine = one.person == room.me
    if not (room.writes and (names_people(room) or mine)):
        return back(request)

    def fields(form: Filled) -> tuple[Ask, ...]:
        said = tuple((value, says, form.one("answer") == value, "") for value, says in invited.answers())
        return (
            Ask("picks", "answer", _("What you say") if mine else _("What they said"), options=said),
            Ask("date", "again", _("When to ask again"), form.one("again")),
            Ask("line", "words", _("In your words, if you like") if mine else _("In their words, if they like"),
                form.one("words")),
        )  # fmt: skip

    def say(form: Filled, told: Told, how: dict) -> object:
        return invitation.answer(
            told=Told(reader), one=one, answer=form.one("answer"), again=form.one("again"), text=form.one("words"),
            lang=room.showing.lang, **how,
        )  # fmt: skip

    title = _("You are asked in") if mine else _("What %(who)s answered") % {"who": room.showing.name(one.person)}
    return shown(request, reader, room, TeamForm(
        title, _("Keep"), fields, say, note=(_("Every answer is all right."),) if mine else (),
    ))  # fmt: skip


@in_room()
def letter(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """The letter as it goes out: one page, to be printed."""
    room = enter(request, reader)
    one = _invitation(room, id)
    if one.way != "letter":
        raise Http404
    text, lang = words_of(one.asked, room.showing.lang)
    context = framed(request, "my-people", room=room, lines=text.split("\n"), lang=lang, answers=invited.answers())
    return render(request, "family/team_letter.jinja", context)

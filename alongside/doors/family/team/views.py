"""The pages of the family's own team: who is in it, naming, a role, leaving, and what a helper does here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import words
from alongside.access.views import elsewhere
from alongside.dialogue.said import words as words_of
from alongside.doors.family.forms import Filled, handle, picked
from alongside.doors.family.reading import NotADay, look_into, no_day
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.team.form import Ask, TeamForm, shown
from alongside.doors.family.team.page import AT_WORK, choosable, known, names_people, team_page
from alongside.doors.meanwhile import left_words, moved_on
from alongside.families.telling import Told
from alongside.record.readers import Reader
from alongside.teams import team, working
from alongside.teams.team import Member, Named

ROWS = 6


@in_room()
def teams(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The team, now or as known then."""
    try:
        room, around = look_into(request, reader, "my-team")
    except NotADay:
        return no_day(request, reader)
    context = framed(request, "my-people", room=room, page=team_page(room), **around)
    return render(request, "family/team.jinja", context)


def back(request: HttpRequest) -> HttpResponse:
    """To the team from a form that is not for this reader, or not any more."""
    return elsewhere(request, reverse("my-team"))


def gone(request: HttpRequest, room: Room, one: Member) -> HttpResponse:
    """To the team from a form about somebody of whom nothing can be said here: who left, or was taken out, while the
    form was being written, or who is another's to say."""
    if one.left is None or request.method == "GET":
        return back(request)
    return moved_on(request, room.reader, left_words(one, room.showing, room.reader), reverse("my-team"))


@in_room("GET", "POST")
def name(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Name people of one's own team: a tap, or a name each."""
    room = enter(request, reader)
    if not names_people(room):
        return back(request)
    choice = choosable(room)

    def fields(form: Filled) -> tuple[Ask, ...]:
        sent = set(form.all("known"))
        options = tuple((h, _known(room, n), h in sent, "") for n in choice if (h := handle(reader, n)))
        return (Ask("chips", "known", _("People you know here"), options=options),) if options else ()

    def rows(form: Filled) -> tuple:
        return tuple(
            (n, form.one(f"name-{n}"), form.one(f"role-{n}"), form.one(f"job-{n}")) for n in range(1, ROWS + 1)
        )

    def say(form: Filled, told: Told, how: dict) -> object:
        persons = room.showing.people.persons
        named = [Named(n, job=persons[n].group in AT_WORK) for n in picked(room, choice, form.all("known"))]
        for _n, text, role, job in rows(form):
            if text.strip():
                named.append(Named(_same(room, text, choice), text, role, bool(job)))
        return team.name(told=told, named=_once_each(named), lang=room.showing.lang, **how)

    return shown(request, reader, room, TeamForm(
        _("People of your team"), _("Keep"), fields, say, rows=rows, readers=True,
        note=(_("You choose. Nobody who works with you is in it unless you say so."),),
    ))  # fmt: skip


def _known(room: Room, number: int) -> str:
    return room.showing.people.called(number)


def _same(room: Room, text: str, among: list[int]) -> int | None:
    """Whoever is offered above and is called exactly so, if it is one person."""
    wanted = words.fold(text)
    persons = room.showing.people.persons
    found = [n for n in among if wanted in map(words.fold, (persons[n].name, persons[n].called))]
    return found[0] if len(found) == 1 else None


def _once_each(named: list[Named]) -> list[Named]:
    """Who was tapped and written too is named once."""
    found: dict[object, Named] = {}
    for place, one in enumerate(named):
        found[one.person if one.person is not None else f"new {place}"] = one
    return list(found.values())


def member(room: Room, id: str, of: str) -> Member:
    """The one who is in the team by this entry. Hidden and absent are the same 404."""
    found = [one for one in known(room) if one.joined.id == id and of in ("", handle(room.reader, one.person))]
    if not found:
        raise Http404
    return found[0]


def _for_one(request: HttpRequest, reader: Reader, id: str) -> tuple[Room, Member, bool]:
    """The room, the member, and whether this reader may say something of them."""
    room = enter(request, reader)
    one = member(room, id, request.GET.get("of", ""))
    return room, one, one.here(room.showing.today) and team.may_step(reader, one)


@in_room("GET", "POST")
def role(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """What somebody does in the team, in own words, and until when."""
    room, one, may = _for_one(request, reader, id)
    if not may:
        return gone(request, room, one)

    def fields(form: Filled) -> tuple[Ask, ...]:
        text = form.one("role") if form.fields else one.role[0]
        until = form.one("until") if form.fields else one.until
        hint = _("Holds the torch. Picks up from handball.")
        return (
            Ask("line", "role", _("In your words"), text, hint),
            Ask("date", "until", _("Until when, if it ends"), until),
        )

    def say(form: Filled, told: Told, how: dict) -> object:
        return team.say_role(
            told=Told(reader), member=one, role=form.one("role"), until=form.one("until"), lang=room.showing.lang, **how
        )

    mine = one.person == room.me
    title = _("What I do in the team") if mine else _("What %(who)s does") % {"who": room.showing.name(one.person)}
    return shown(request, reader, room, TeamForm(title, _("Keep"), fields, say))


@in_room("GET", "POST")
def leave(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Somebody is no longer in it; one need not say why."""
    room, one, may = _for_one(request, reader, id)
    if not may:
        return gone(request, room, one)

    def say(form: Filled, told: Told, how: dict) -> object:
        return team.leave(told=Told(reader), member=one, why=form.one("why"), lang=room.showing.lang, **how)

    mine = one.person == room.me
    title = _("Leave the team") if mine else _("Take %(who)s out") % {"who": room.showing.name(one.person)}
    send = _("Leave it") if mine else _("Take them out")
    return shown(request, reader, room, TeamForm(
        title, send, lambda form: (Ask("line", "why", _("Why, if you like"), form.one("why")),), say,
        note=(_("Those who read that they were in it read this too."),),
    ))  # fmt: skip


@in_room("GET", "POST")
def mine(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Somebody who helps here says what they do for this family."""
    if reader.kin or not reader.writes:
        return back(request)
    room = enter(request, reader)
    before = working.says(room.woven.entries).get(room.me)

    def fields(form: Filled) -> tuple[Ask, ...]:
        text = form.one("words") if form.fields else words_of(before, room.showing.lang)[0] if before else ""
        hint = _("Who you are, what you do for them, when you can be reached. They read it, and keep it.")
        return (Ask("area", "words", _("What I do for this family"), text, hint),)

    def say(form: Filled, told: Told, how: dict) -> object:
        return working.say(by=reader, text=form.one("words"), lang=room.showing.lang, **how)

    return shown(request, reader, room, TeamForm(_("What I do here"), _("Keep"), fields, say))

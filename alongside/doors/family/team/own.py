"""Own words that head the plan, and somebody at one's own side (R27, R28, R100, R107, R120)."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.access import own_side
from alongside.dialogue.said import words as words_of
from alongside.doors.days import a_day
from alongside.doors.family.forms import Filled, handle, picked
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import in_room
from alongside.doors.family.team.form import Ask, TeamForm, shown
from alongside.doors.family.team.page import names_people
from alongside.doors.family.team.views import back
from alongside.families.telling import Told
from alongside.record.readers import Reader
from alongside.teams import life

SHORT = 90  # days that are filled in for somebody at one's side; any day may be chosen


def prompts() -> dict[str, tuple[str, str, str]]:
    """Of each: its title, the label of its box, and a few questions that may help and may be left."""
    return {
        "good-life": (
            _("A good life"), _("What matters to me"),
            _("If you like: what a good day is, who is in it, what you are proud of, what you hope for."),
        ),
        "who-i-am": (
            _("Who I am"), _("In my words"),
            _("If you like: languages, faith, how you live, where you belong, the names you use."),
        ),
    }  # fmt: skip


def saying(what: str):
    """The view of one of life.OWN: own words."""

    @in_room("GET", "POST")
    def view(request: HttpRequest, reader: Reader) -> HttpResponse:
        if not (reader.kin and reader.writes):
            return back(request)
        room = enter(request, reader)
        title, label, hint = prompts()[what]
        had = life.lives(room.woven.entries).get(room.me, life.Life())
        before = had.good if what == "good-life" else had.who

        def fields(form: Filled) -> tuple[Ask, ...]:
            text = form.one("words") if form.fields else words_of(before, room.showing.lang)[0] if before else ""
            return (Ask("area", "words", label, text, hint),)

        def say(form: Filled, told: Told, how: dict) -> object:
            return life.say(told=told, what=what, text=form.one("words"), lang=room.showing.lang, **how)

        return shown(request, reader, room, TeamForm(
            title, _("Keep"), fields, say, readers=True,
            note=(_("You need not say anything here. Nobody gives points for it, and nobody is sorted by it."),),
        ))  # fmt: skip

    view.__doc__ = f"Own words: {what}."
    return view


@in_room("GET", "POST")
def mission(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What the team is for, and the rules of its table."""
    room = enter(request, reader)
    if not names_people(room):
        return back(request)
    had = life.mission(room.woven.entries)

    def fields(form: Filled) -> tuple[Ask, ...]:
        text = form.one("mission") if form.fields else had.text if had else ""
        rules = form.one("rules") if form.fields else "\n".join(had.rules) if had else ""
        return (
            Ask("area", "mission", _("What the team is for"), text, _("One sentence, in your words.")),
            Ask("area", "rules", _("The rules of the table"), rules, _("One a line. We stop when somebody says stop.")),
        )

    def say(form: Filled, told: Told, how: dict) -> object:
        return life.agree(told=told, text=form.one("mission"), rules=form.one("rules"), lang=room.showing.lang, **how)

    return shown(request, reader, room, TeamForm(
        _("What the team is for"), _("Keep"), fields, say, readers=True, note=(_("It stands at the top of the plan."),),
    ))  # fmt: skip


@in_room("GET", "POST")
def side(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Choose somebody to stand by oneself, until a day."""
    if not (reader.kin and reader.writes):
        return back(request)
    room = enter(request, reader)
    persons = room.showing.people.persons
    choice = [
        n for n, one in persons.items()
        if n != room.me and one.group not in ("staff", "panel", "role") and not one.died
        and not one.child(room.showing.today)
    ]  # fmt: skip

    def fields(form: Filled) -> tuple[Ask, ...]:
        what, who = form.one("what") or "advocate", form.one("who")
        kinds = tuple((value, str(says), value == what, "") for value, says in own_side.AS.items())
        people = tuple(
            (h, persons[n].name, h == who, "") for n in choice if not persons[n].died and (h := handle(reader, n))
        )
        last = (room.showing.today + dt.timedelta(days=SHORT)).isoformat()
        return (
            Ask("picks", "what", _("Who it is"), options=kinds),
            Ask("line", "name", _("Their name"), form.one("name"), _("Or choose somebody you know here.")),
            Ask("choice", "who", _("People you know here"), options=people),
            Ask("date", "until", _("The last day"), form.one("until") or last,
                _("It ends by itself after that day. You can end it before, without saying why.")),
        )  # fmt: skip

    def say(form: Filled, told: Told, how: dict) -> object:
        found = picked(room, choice, form.all("who"))
        return own_side.give(
            by=reader, person=found[0] if found and not form.one("name").strip() else None, name=form.one("name"),
            what=form.one("what"), until=a_day(form.one("until"), "no-until"), lang=room.showing.lang, **how,
        )  # fmt: skip

    return shown(request, reader, room, TeamForm(
        _("Somebody at your side"), _("Choose them"), fields, say,
        note=(
            _("They read what you share with them, and nothing more. They can speak for you, if you want it."),
            _("To come in they need a card. Ask your worker for one, and hand it over yourself."),
        ),
    ))  # fmt: skip


@in_room("GET", "POST")
def side_end(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """End it: now, alone, without a reason."""
    room = enter(request, reader)
    one = _mine(room, id)
    if one is None:
        raise Http404

    def say(form: Filled, told: Told, how: dict) -> object:
        return own_side.end(by=reader, grant=id, **how)

    title = _("%(who)s no longer stands by you") % {"who": room.showing.Name(one)}
    return shown(request, reader, room, TeamForm(
        title, _("End it now"), lambda form: (), say, note=(_("They find nothing here from the next moment."),),
    ))  # fmt: skip


def _mine(room: Room, id: str) -> int | None:
    held = own_side.given_by(room.woven.entries, room.me, room.now)
    return next((one.person for one in held if one.id == id), None)

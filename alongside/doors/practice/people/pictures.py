"""Somebody's people as pictures: their circle, what surrounds them, their family and homes; each as a list too."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.drawn import Shown, circles, ecomaps, gives, rings, strengths, visible
from alongside.doors.drawn_forms import by_name, named, tapped
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.people import reading
from alongside.doors.practice.people.somebody import one_of, others, writing
from alongside.doors.practice.people.views import _now, act
from alongside.doors.practice.people.words import refused
from alongside.doors.tree import tree
from alongside.families.drawn import RINGS, draw, drawn, may_move, place
from alongside.families.here import read_by_mark
from alongside.families.queries import ids
from alongside.families.telling import Told
from alongside.record.statement import Refused

BAD_DATE = 400


@enters("practice")
def pictures(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """The pictures of one person's people, now or as known then. `?pick=`: somebody in a drawing, to move them."""
    page = open_family(request, code)
    number = one_of(page, person)
    shown = _shown(request, page, person)
    public = ids(list(page.people.persons))
    context = family_desk(
        request, page, "person-pictures", person, id=person, called=page.showing.Name(number),
        circles=circles(shown, number), ecomaps=ecomaps(shown, number),
        tree=tree(
            page.showing, page.entries, number, unborn=bool(request.GET.get("unborn")),
            href=lambda n: page.href("person", public[n]),
        ),
        whose_else=_whose_else(page, number, public), rings=rings(), gives=gives(page.showing.Name(number)),
        unborn=bool(request.GET.get("unborn")), draws=page.writing and page.reader.by_mark,
        whose=whose(request.visit.account), once=typed(request).once,
    )  # fmt: skip
    return render(request, "people/pictures.jinja", context, status=BAD_DATE if page.wrong else 200)


def _shown(request: HttpRequest, page: Opened, person: str) -> Shown:
    return Shown(
        page.showing, page.entries, request.GET.get("pick", "")[:40],
        lambda id: page.href("person-pictures", person, anchor="picked", pick=id),
        lambda one: page.writing and may_move(page.reader, one),
    )  # fmt: skip


def _whose_else(page: Opened, number: int, public: dict[int, str]) -> tuple[tuple[str, str], ...]:
    """Whose people one may look at beside these: (address, name)."""
    family = [
        n for n, one in page.people.persons.items()
        if one.group == "family" and not one.died and n != number and (one.born or not one.expected)
    ]  # fmt: skip
    return tuple((page.href("person-pictures", public[n]), page.showing.Name(n)) for n in family)


@enters("practice", methods=("GET", "POST"))
def circle(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """Put people and places into somebody's circle: as many as are named, in one go."""
    return _draw(request, code, person, _circle_fields, _say_circle, "circle")


@enters("practice", methods=("GET", "POST"))
def lines(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """Draw a line to what surrounds somebody's days."""
    return _draw(request, code, person, _line_fields, _say_line, "line")


def _draw(request: HttpRequest, code: str, id: str, fields, say, what: str) -> HttpResponse:
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = writing(request, code)
    number = one_of(page, id)
    around, sent, wrong = reading.circle(page), typed(request), ""
    if request.method == "POST":
        try:
            say(page, number, sent, _told(page, around, number, sent), {"at": _now(), "once": sent.once})
            return SeeOther(page.href("person-pictures", id, done="people"))
        except Refused as why:
            wrong, sent = _refused(why), afresh(sent) if why.code == "other-words" else sent
    name = {"who": page.showing.name(number)}
    titles = {"circle": _("The circle of %(who)s"), "line": _("What surrounds %(who)s")}
    leads = {
        "circle": _("A name is enough. Several in one ring: put a comma between them."),
        "line": _("A school, a team, a relative, an office: what gives something, and what takes."),
    }
    return act(
        request, page, sent, wrong, (_speaker(page, number, sent), *fields(page, number, sent)),
        reading.fields(page, around, sent, [number]), title=titles[what] % name, lead=leads[what],
        back=page.href("person-pictures", id), says=reading.in_short(page, around, [number]),
        careful=reading.careful(page), open=bool(wrong) or around.careful,
    )  # fmt: skip


def _told(page: Opened, around: reading.Circle, number: int, sent: Typed) -> Told:
    speaker = {**others(page, number), "": number}.get(sent.one("speaker"))
    return reading.told(page, around, sent, dates.on(page.showing.today), speaker)


def _speaker(page: Opened, number: int, sent: Typed) -> Field:
    """Whose drawing it is: their own, unless somebody else says so."""
    options = [("", page.showing.Name(number)), ("me", _("I do"))]
    living = {id: one for id, one in others(page, number).items() if not page.people.persons[one].died}
    options += [(id, page.showing.Name(one)) for id, one in living.items()]
    return Field("choose", "speaker", _("Who says so"), sent.one("speaker"), options=tuple(options))


def _circle_fields(page: Opened, number: int, sent: Typed) -> tuple[Field, ...]:
    hints = (
        _("Mum, a brother, the cat"),
        _("an uncle, a neighbour"),
        _("swimming on Wednesdays, the library"),
        _("a teacher, you"),
    )
    return tuple(
        Field("line", f"ring{ring}", words[:1].upper() + words[1:], sent.one(f"ring{ring}"), hint)
        for (ring, words), hint in zip(rings().items(), hints, strict=True)
    )


def _say_circle(page: Opened, number: int, sent: Typed, told: Told, how: dict) -> None:
    known = by_name(page.people.persons, _met(page))
    near = [near for ring in RINGS for near in named(sent.one(f"ring{ring}"), ring, known)]
    place(told=told, of=number, near=near, before=drawn(page.entries), **how)


def _met(page: Opened) -> list[int]:
    """Those who are met in this family, and its helpers: a name as typed may mean one of them."""
    helpers = read_by_mark(page.reader.family, page.now)
    return [number for number, one in page.people.persons.items() if one.group != "staff" or number in helpers]


def _line_fields(page: Opened, number: int, sent: Typed) -> tuple[Field, ...]:
    kind = [(value, words, value == sent.one("strength"), "") for value, words in strengths().items()]
    chosen = sent.one("gives")
    who = [("", _("nobody says")), *gives(page.showing.Name(number)).items()]
    return (
        Field(
            "line", "name", _("To whom or what"), sent.one("name"), _("School, handball, the health centre, an aunt")
        ),
        Field("choice", "strength", _("The line is"), options=tuple(kind)),
        Field("choice", "gives", _("Who gives"), options=tuple((v, w, v == chosen, "") for v, w in who)),
        Field("line", "words", _("In their own words"), sent.one("words")),
    )


def _say_line(page: Opened, number: int, sent: Typed, told: Told, how: dict) -> None:
    known = by_name(page.people.persons, _met(page))
    name = " ".join(sent.one("name").split())
    who = known.get(name.casefold())
    draw(
        told=told, of=number, who=who, name="" if who else name, strength=sent.one("strength"),
        gives=sent.one("gives"), words=sent.one("words"), before=drawn(page.entries), **how,
    )  # fmt: skip


@enters("practice", methods=("POST",))
def moved(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """One tap: nearer, farther, another kind of line, other words, or away."""
    if not from_this_account(request):
        return ask_to_sign_in(request)
    page = writing(request, code)
    number, sent = one_of(page, person), typed(request)
    shown = _shown(request, page, person)
    one = next((one for one in visible(shown) if one.entry.id == sent.one("line") and one.of == number), None)
    if one is None or not shown.moves(one):
        raise Http404
    try:
        tapped(page.reader, one, sent.one, {"at": _now(), "once": sent.once})
    except Refused as why:
        raise Http404 from why
    pick = {} if sent.one("act") == "out" else {"pick": one.entry.id}
    return SeeOther(page.href("person-pictures", person, anchor="picked" if pick else "", done="people", **pick))


def _refused(why: Refused) -> str:
    said = {
        "no-name": _("Write at least one name. One word is enough."),
        "nothing-chosen": _("Choose what kind of line it is, and who reads it."),
        "same-person": _("The picture is of this person. Write who else is there."),
        "too-many": _("These are more than we can take in one go. Keep some for a second time."),
    }
    return said.get(why.code) or refused(why)

"""Pages on which the reader says something. Each says first what will happen to the words; a view checks
shape, calls one verb and sends on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside import dates
from alongside.access.views import SeeOther, elsewhere
from alongside.dialogue import writing as verbs
from alongside.dialogue.conversation import FORMS
from alongside.dialogue.said import Said
from alongside.doors.family import lines, words
from alongside.doors.family.forms import Filled, autosave, carried, filled, handle, offers, once, picked, sent
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.meanwhile import moved_on, taken_back_words
from alongside.doors.planned import again
from alongside.record import settling
from alongside.record.marks import chosen_for
from alongside.record.readers import Reader
from alongside.record.reading import named, read
from alongside.record.settling import Waiting
from alongside.record.statement import Closed, Refused
from alongside.teams.account import JUDGED

UNPROCESSABLE = 422
# The page an act came from, by its kind and whether it answers something, and the box its words stood in.
FORMS_OF = {
    ("promises.made", False): ("my-promise-new", "words"),
    ("promises.made", True): ("my-promise", "words"),
    ("promises.asked", False): ("my-promise-ask", "words"),
    ("promises.declined", False): ("my-promise", "reason"),
    ("promises.kept", False): ("my-promise", "words"),
    ("promises.moved", False): ("my-promise", "why"),
    ("promises.broken", False): ("my-promise", "reason"),
    ("teams.appointment-asked", False): ("my-appointment-ask", "words"),
    ("teams.appointment-asked", True): ("my-appointment-time", "words"),
    ("teams.appointment-cancelled", False): ("my-appointment-cancel", "words"),
    ("teams.point-put", False): ("my-point", "words"),
    ("teams.point-put", True): ("my-point", "words"),
}


def _found(request: HttpRequest, reader: Reader, id: str) -> tuple[Room, Said]:
    room = enter(request, reader)
    said = room.woven.find(id)
    if said is None:
        raise Http404
    return room, said


def _to(name: str, done: str, id: str = "", where: str = "") -> HttpResponse:
    """303 to a page with the sentence that says what was done."""
    return SeeOther(f"{reverse(name, args=[id] if id else [])}?done={done}{where}")


def _page(
    request: HttpRequest, room: Room, template: str, current: str, refused: str, form: Filled, **more
) -> HttpResponse:  # fmt: skip
    """A form, again with a sentence when its words were not taken."""
    context = framed(
        request, current, room=room, form=form,
        fields=carried(request, room.reader, again=refused == "other-words", draft=form.draft),
        wrong=words.refused(refused, room.worker) if refused else "", keep=autosave(),
        time=words.span(words.settles()), notice=words.done(request.GET.get("done", "")), **more,
    )  # fmt: skip
    return render(request, f"family/{template}.jinja", context, status=UNPROCESSABLE if refused else 200)


@in_room("GET", "POST")
def answer(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """An answer that stands beside its sentence from now on (R2, R3, R5). A no is as easy as a yes."""
    room, said = _found(request, reader, id)
    if not reader.writes and request.method == "GET":
        return elsewhere(request, f"{reverse('my-note', args=(id,))}?done=closed")
    form, refused = filled(request, reader), ""
    if request.method == "POST":
        try:
            verbs.answer(
                by=reader, to=id, form=form.one("form"), text=form.one("words"), lang=room.showing.lang,
                at=room.now, once=once(request), wait=words.settles(),
            )  # fmt: skip
            sent(request, reader)
            return _to("my-note", "sent", id, f"#n-{id}")
        except Refused as why:
            refused = why.code
    rows = named(reader, [said.entry]).get(said.entry.pk, ())
    return _page(
        request, room, "answer", "my-story", refused, form, line=lines.line(room, said, acts=False), id=id,
        forms=FORMS, who_reads=words.answer_readers(room, said.entry, rows),
    )  # fmt: skip


@in_room("GET", "POST")
def take_back(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Take back one's own words (R126)."""
    room, said = _found(request, reader, id)
    if said.taken_back is not None:
        if request.method == "GET":
            return _to("my-note", "taken-back", id)
        return moved_on(
            request, reader, taken_back_words(said, room.showing, room.reader), _to("my-note", "taken-back", id).url
        )
    if not lines.may_take_back(room, said):
        raise Http404
    form, refused = filled(request, reader), ""
    if request.method == "POST":
        try:
            verbs.take_back(by=reader, entry_id=id, why=form.one("why"), at=room.now, once=once(request))
            return _to("my-note", "taken-back", id)
        except Refused as why:
            refused = why.code
    line = lines.line(room, said, acts=False)
    return _page(request, room, "take_back", "my-story", refused, form, line=line, id=id)


@in_room("GET", "POST")
def share(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Share one's own words with people one names."""
    room, said = _found(request, reader, id)
    if not lines.may_share(room, said):
        raise Http404
    form, refused = filled(request, reader), ""
    if request.method == "POST":
        to = picked(room, (*room.circle.family, *room.circle.beside), form.all("to"))
        try:
            if not to:
                raise Refused("to-nobody")
            verbs.share(
                by=reader, entry_id=id, to=to, reason="", at=room.now, once=once(request), wait=words.settles()
            )  # fmt: skip
            return _to("my-note", "sent", id, f"#n-{id}")
        except Refused as why:
            refused = why.code
    return _page(
        request, room, "share", "my-story", refused, form, line=lines.line(room, said, acts=False), id=id,
        people=offers(room, (*room.circle.family, *room.circle.beside), form.all("to")),
    )  # fmt: skip


@in_room("GET", "POST")
def write(request: HttpRequest, reader: Reader) -> HttpResponse:
    """One box for one's own words; who reads them is said first."""
    room = enter(request, reader)
    if not reader.writes and request.method == "GET":
        return elsewhere(request, f"{reverse('home')}?done=closed")
    form, refused = filled(request, reader), ""
    if request.method == "POST":
        try:
            _say(request, room, form)
            sent(request, reader)
            return _to("home", "sent")
        except Refused as why:
            refused = why.code
    helpers = words.listed(room.showing.people.called(p) for p in room.circle.helpers)
    return _page(
        request, room, "write", "my-write", refused, form, helpers=helpers,
        people=offers(room, room.circle.family, form.all("also")),
    )  # fmt: skip


def _say(request: HttpRequest, room: Room, form: Filled) -> None:
    """The words as one act: for the helpers, or for one of them alone; and for those named beside."""
    also = picked(room, room.circle.family, form.all("also"))
    alone = form.one("who") == "one" and room.circle.worker is not None
    act = {
        "by": room.reader, "text": form.one("words"), "lang": room.showing.lang, "at": room.now,
        "once": once(request), "wait": words.settles(),
        "kind": "dialogue.question" if form.one("question") else "dialogue.passage",
    }  # fmt: skip
    if alone and also:
        raise Refused("alone-and-others")
    if alone:
        verbs.only_for(to=[room.circle.worker], **act)
    else:
        today = dates.on(room.showing.today)
        verbs.own_words(to=[*room.circle.own, *also], so=today, **act)


@in_room("POST")
def undo(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Take own words out before they go; they stand in the box again."""
    one = settling.undo(id, by=reader.person, at=request.visit.now)
    if one is None:
        return _to("home", "gone")
    if request.visit.shut:  # the box they stood in is not there any more
        raise Closed(request.visit.ends, settling.words_of(one))
    name, target, form = _form_of(one, reader)
    path = reverse(name, args=[target] if target else [])
    request.session["kept"] = {"path": path, "form": {**form, "room": [reader.code]}}
    return SeeOther(f"{path}?done={'unshared' if name == 'my-share' else 'undone'}")


def _form_of(one: Waiting, reader: Reader) -> tuple[str, str, dict[str, list[str]]]:
    """The form from which an act came, as it stood: the page's name, what it answers, its fields."""
    said = one.statements[0]
    planned = again.form_of(said, again.newest(read(reader, kinds=again.KINDS), said))
    if planned:
        return f"my-{planned[0]}", "", planned[1]
    text = [word["text"] for word in said.body.get("words", ())[:1]]
    opens = chosen_for(said.body) if said.kind == "record.released" else ()
    to = [handle(reader, person) for person in opens]
    if to:
        return "my-share", said.answers, {"to": to}
    came_from = FORMS_OF.get((said.kind, lines.answers(said) is not None))
    if came_from:
        name, box = came_from
        target = "" if name == "my-point" else said.answers or said.thing
        return name, str(target or ""), {box: text, "day": [said.body.get("due", "")]}
    if said.body.get("form") in JUDGED:
        return "my-account", "", {"words": text, "answer": [said.body["form"]]}
    if said.kind == "teams.private-words":
        return "my-meeting", str(said.within), {"words": text, "act": ["private-words"]}
    if lines.answers(said) is not None:
        return "my-answer", said.answers, {"words": text, "form": [said.body.get("form", "")]}
    asks = ["yes"] if said.kind == "dialogue.question" else []
    return "my-write", "", {"words": text, "who": ["one" if said.mark == "persons" else "team"], "question": asks}


@in_room("POST")
def send_now(request: HttpRequest, reader: Reader, id: str) -> HttpResponse:
    """Let own words go at once."""
    waits = [one for one in settling.waiting(reader.person, family=reader.family) if one.id == id]
    settling.send_now(reader.person, at=request.visit.now, id=id)
    first = waits[0].statements[0] if waits else None
    answers = first.answers if first and first.kind.startswith("dialogue.") else None
    return _to("my-note", "went", answers, f"#n-{answers}") if answers else _to("home", "went")

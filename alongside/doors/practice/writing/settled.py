"""Not sent yet: words that wait before the record receives them, and words that were not sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock, dates, ids
from alongside.access.frame import enters
from alongside.access.views import SeeOther
from alongside.dialogue import drafts
from alongside.doors.practice.desk import desk
from alongside.doors.practice.families_page import names_of
from alongside.doors.practice.lines import HOW
from alongside.doors.practice.writing.company import company, listed
from alongside.doors.practice.writing.drafting import only_words
from alongside.doors.practice.writing.form import Form, Piece
from alongside.doors.practice.writing.sentences import refused
from alongside.doors.practice.writing.views import plain
from alongside.families.queries import ids as public
from alongside.families.queries import workers
from alongside.promises.writing import asked_for
from alongside.record import settling
from alongside.record.kinds import KINDS
from alongside.record.marks import opens_to
from alongside.record.readers import Reader
from alongside.record.settling import Waiting
from alongside.record.statement import Statement

LINE = 140  # characters of the first words


@dataclass(frozen=True, slots=True)
class Line:
    """One act that waits, or one draft. `when`: a sentence; `others`: families it could belong to;
    `whole`: all of the words, where no page shows them any more."""

    id: str
    what: str
    family: str
    words: str
    when: str
    stuck: str = ""
    note: bool = True
    others: tuple[tuple[str, str], ...] = ()
    href: str = ""
    whole: str = ""


def texts(waiting: Waiting) -> list[str]:
    """The words of an act, one text for each statement that has some."""
    found = (next(iter(one.body.get("words", ())), None) for one in waiting.statements)
    return [one["text"] for one in found if one]


def first_words(text: str) -> str:
    """The beginning of a text, for a line of a list."""
    line = " ".join(text.split())
    return line if len(line) <= LINE else line[: LINE - 2].rsplit(" ", 1)[0] + " …"


def clock_time(moment: int) -> str:
    """The local time of day."""
    return f"{clock.moment(moment).astimezone(settings.OFFICE_ZONE):%H:%M}"


@dataclass(frozen=True, slots=True)
class Place:
    """A family words wait for, or could belong to. `people`: names by number, where they are needed."""

    name: str
    reader: Reader
    people: Mapping[int, str]


@enters("practice")
def waiting(request: HttpRequest) -> HttpResponse:
    """What of one's own words is not in the record yet."""
    visit = request.visit
    acts, kept = settling.waiting(visit.person)[::-1], drafts.mine(visit.person)
    found = names_of(request) if acts or kept else []
    around = {reader.family: Place(name, reader, _named(acts, reader, visit.now)) for name, reader in found}
    acts = sorted(acts, key=lambda act: act.id != request.GET.get("kept"))
    thrown = drafts.open_one(visit.person, request.GET.get("thrown", ""))
    context = desk(
        request, workers(), "waiting", acts=[_act(act, around) for act in acts],
        kept=[_draft(one, around) for one in kept], thrown=thrown if thrown and thrown.thrown else None,
    )  # fmt: skip
    return render(request, "writing/waiting.jinja", context | {"notice": _notice(request, acts)})


def _named(acts: list[Waiting], reader: Reader, now: int) -> dict[int, str]:
    """The people of a family by name, where an act opens something there to some of them."""
    opens = any(opens_to(one) for act in acts if act.family == reader.family for one in act.statements)
    return {one.number: one.name for one in company(reader, now=now).everyone} if opens else {}


def _notice(request: HttpRequest, acts: list[Waiting]) -> str:
    kept, sent = request.GET.get("kept", ""), request.GET.get("sent", "")
    if kept == "already":
        return _("This was kept before. It is there once.")
    if sent:
        return _("It is in the record now.")
    if request.GET.get("undone"):
        return _("Taken out. It was opened to nobody.")
    if request.GET.get("gone"):
        return _("It is in the record already. You can take it back on its own page.")
    found = next((act for act in acts if act.id == kept), None)
    return _("Kept. It goes into the record at %(time)s.") % {"time": clock_time(found.due_at)} if found else ""


def _others(around: Mapping[int, Place], family: int | None) -> tuple[tuple[str, str], ...]:
    found = (one for number, one in around.items() if number != family and one.reader.writes)
    return tuple((one.name, one.reader.code) for one in found)


def _says(act: Waiting, here: Place | None) -> str:
    """The first words of an act; of an opening, to whom and why."""
    to = {number for one in act.statements for number in opens_to(one)}
    names = listed([name for number, name in here.people.items() if number in to]) if here else ""
    words = next(iter(texts(act)), "") or act.statements[0].body.get("reason", "")
    return first_words(f"{names}: {words}" if names else words)


def _act(act: Waiting, around: Mapping[int, Place]) -> Line:
    first, here = act.statements[0], around.get(act.family)
    when = _("Goes into the record at %(time)s.") % {"time": clock_time(act.due_at)}
    return Line(
        act.id, _what(first), here.name if here else "", _says(act, here), when,
        refused(act.stuck) if act.stuck else "", first.kind == "dialogue.conversation", _others(around, act.family),
    )  # fmt: skip


def _what(first: Statement) -> str:
    """What an act is: of a note, the way one met."""
    known = KINDS.get(first.kind)
    how = HOW.get(first.body.get("how", "")) if first.kind == "dialogue.conversation" else None
    return how() if how else str(known.label) if known else ""


def _draft(one: drafts.Draft, around: Mapping[int, Place]) -> Line:
    here = around.get(one.family or -1)
    written = {"day": _day(one.updated_at), "time": clock_time(one.updated_at)}
    when = _("Written %(day)s at %(time)s, not sent.") % written
    way = f"{reverse('write', args=(here.reader.code,))}?draft={one.id}" if here and one.kind == "note" else ""
    known = KINDS.get(one.kind)
    what = str(known.label) if known else _("Draft")
    return Line(
        one.id, what, here.name if here else "", first_words(next(iter(one.texts), "")) or _("No words yet"), when,
        note=one.kind == "note", others=() if here else _others(around, None), href=way,
        whole="" if here else "\n\n".join(one.texts),
    )  # fmt: skip


def _day(moment: int) -> str:
    day = clock.moment(moment).astimezone(settings.OFFICE_ZONE).date()
    return dates.show(dates.on(day), translation.get_language() or "en", day)


def _undone(request: HttpRequest, id: str) -> Waiting | None:
    """The act taken out again, or None when the record has it. Not the writer's own: not found."""
    return settling.undo(id, by=request.visit.person, at=request.visit.now)


@enters("practice", methods=("POST",))
def undo(request: HttpRequest, id: str) -> HttpResponse:
    """Take an act out again; its words become a draft."""
    act = _undone(request, id)
    if act is None:
        return SeeOther(f"{reverse('waiting')}?gone=1")
    if any(opens_to(one) for one in act.statements):
        return SeeOther(f"{reverse('waiting')}?undone=1")
    reader = next((r for r in request.visit.families() if r.family == act.family), None)
    note = act.statements[0].kind == "dialogue.conversation"
    form = _form_of(act) if note else _plain_form(act, reader)
    draft = drafts.keep(
        by=act.author, id=None, form=form, family=act.family, at=request.visit.now,
        kind="note" if note else act.statements[0].kind,
    )  # fmt: skip
    if note and reader:
        return SeeOther(f"{reverse('write', args=(reader.code,))}?draft={draft}")
    return SeeOther(reverse("waiting"))


def _form_of(act: Waiting) -> dict[str, list[str]]:
    """The composer's form of a note that waited, under a new key."""
    head, *rest = act.statements
    named = {p for p, _b in head.readers}
    left = [named - {p for p, _b in one.readers} for one in rest]
    numbers = {
        *head.body["there"],
        *named,
        *(p for one in rest for p, _b in one.readers),
        *(one.speaker for one in rest if one.speaker),
    }
    by = public(sorted(numbers))
    pieces = tuple(
        Piece(
            one.body["words"][0]["text"],
            one.basis,
            by.get(one.speaker, ""),
            tuple(by[p] for p in sorted(out)),
            one.mark == "persons" and head.mark != "persons",
            one.mark == "sealed",
            tuple(by[p] for p, _b in one.readers if one.mark == "sealed"),
            terms=", ".join(one.body.get("terms", ())),
        )  # fmt: skip
        for one, out in zip(rest, left, strict=True)
    )
    return plain(Form(
        once=ids.new(), began=head.written_at or act.saved_at, pieces=pieces,
        there=tuple(by[p] for p in head.body["there"]),
        place=head.body["place"], how=head.body["how"], when=head.so or "", guess=head.so or "", sure=True,
        who=_who(head), chosen=tuple(by[p] for p in sorted(named)), why=head.body.get("why", ""),
        until=head.body.get("review", ""),
    ))  # fmt: skip


def _who(head: Statement) -> str:
    if head.mark == "professionals":
        return "professionals"
    return "persons" if head.mark == "persons" else "choose"


def _plain_form(act: Waiting, reader: Reader | None) -> dict[str, list[str]]:
    """The words of another kind of act, with the page they came from where there is one."""
    first = act.statements[0]
    form = {"words": texts(act), "text": texts(act), "form": [str(first.body.get("form", ""))]}
    way = _way_of(first, reader) if reader else ""
    if way:
        form["path"] = [way]
    if way and not first.kind.startswith("dialogue."):
        form |= {"why": texts(act), "reason": texts(act), "day": [first.body.get("due", "")]}
    return form


def _way_of(first: Statement, reader: Reader) -> str:
    """The page an act came from."""
    kind, on, code = first.kind, first.thing or first.answers, reader.code
    if kind == "promises.made" and on and not asked_for(reader, str(on)):
        return reverse("promise-n", args=(code, on))
    if kind.startswith("promises."):
        return reverse("promise", args=(code, on)) if on else reverse("promise-new", args=(code,))
    if kind in ("teams.appointment-moved", "teams.appointment-cancelled"):
        name = "appointment-move" if kind.endswith("moved") else "appointment-cancel"
        return reverse(name, args=(code, on))
    if kind == "teams.appointment-set":
        return reverse("appointment-new", args=(code,))
    if kind == "dialogue.praise":
        return reverse("praise", args=(code,))
    return reverse("answer-n", args=(code, on)) if isinstance(first.answers, str) else ""


@enters("practice", methods=("POST",))
def wrong_family(request: HttpRequest, id: str) -> HttpResponse:
    """It belongs to another family: the act is taken out and only its words open there, as a draft."""
    code = request.POST.get("family", "")
    reader = next((r for r in request.visit.families() if r.code == code and r.writes), None)
    if reader is None:
        raise Http404
    act = _undone(request, id)
    if act is None:
        return SeeOther(f"{reverse('waiting')}?gone=1")
    draft = drafts.keep(by=act.author, id=None, form=only_words(texts(act)), family=reader.family, at=request.visit.now)
    return SeeOther(f"{reverse('write', args=(reader.code,))}?draft={draft}")


@enters("practice", methods=("POST",))
def send_now(request: HttpRequest, id: str) -> HttpResponse:
    """Let the record receive an act at once."""
    visit = request.visit
    if not any(act.id == id for act in settling.waiting(visit.person)):
        return SeeOther(f"{reverse('waiting')}?gone=1")
    done = settling.send_now(visit.person, at=visit.now, id=id)
    return SeeOther(f"{reverse('waiting')}?sent=1" if done else reverse("waiting"))

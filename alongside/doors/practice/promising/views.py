"""Pages about promises: the list, a new one, one with what became of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in, elsewhere
from alongside.dialogue.said import Said
from alongside.doors.meanwhile import moved_on, settled_words, taken_back_words
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Typed, afresh, refusal, typed
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.note_page import readers_of
from alongside.doors.practice.owed import promise_line
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.promising.forms import Act, acts_on_ask, acts_on_promise, new_fields, send_new
from alongside.doors.practice.promising.lines import ask_line, promises_page, waits
from alongside.promises.promise import Ask, Promise, asks, promises
from alongside.promises.writing import may_settle
from alongside.record.statement import Refused

REFUSED, BAD_DATE = 422, 400


@enters("practice")
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """Everything promised in a family, now or as known then."""
    page = open_family(request, code)
    context = family_desk(request, page, "promises", promises=promises_page(page))
    return render(request, "promising/promises.jinja", context, status=BAD_DATE if page.wrong else 200)


@enters("practice", methods=("GET", "POST"))
def new(request: HttpRequest, code: str) -> HttpResponse:
    """One box, who, by when, who reads."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = open_family(request, code)
    if request.GET.get("at") or not page.writing:
        raise Http404
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            send_new(page, sent, clock.micros(clock.now()))
            return SeeOther(page.href("promises", done="promise"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    fields, more = new_fields(page, sent)
    context = family_desk(
        request, page, "promise-new", fields=fields, more=more, wrong=wrong, once=sent.once,
        whose=whose(request.visit.account), title=_("A promise"), send=_("Keep it"), back=page.href("promises"),
    )  # fmt: skip
    return render(request, "promising/new.jinja", context, status=REFUSED if wrong else 200)


@enters("practice", methods=("GET", "POST"))
def one(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """One promise, or one asked for, with everything beside it and what may be said about it."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = open_family(request, code, around=id)
    said, it = _found(page, id)
    sent, wrong, acting = typed(request), "", ""
    if request.method == "POST":
        acting = sent.one("act")
        act = next((act for act in _acts(page, it, sent) if act.name == acting), None)
        if request.GET.get("at"):
            raise Http404
        if said.taken_back:
            return moved_on(
                request, page.reader, taken_back_words(said, page.showing, page.reader), page.href("promise", id)
            )
        if act is None:  # it is another's to say
            return elsewhere(request, page.href("promise", id))
        try:
            act.send(page, id, sent, clock.micros(clock.now()))
            return SeeOther(page.href("promise", id, done="promise"))
        except Refused as why:
            if why.code == "settled-already":
                return moved_on(
                    request, page.reader, settled_words(it, page.showing, page.reader), page.href("promise", id)
                )
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    acts = _acts(page, it, sent) if it.open and not said.taken_back else ()
    context = family_desk(
        request, page, "promise", id, line=promise_line(page, it) if isinstance(it, Promise) else ask_line(page, it),
        steps=_lines(page, it), acts=acts, acting=acting,
        wrong=wrong, once=sent.once, whose=whose(request.visit.account), waits=waits(page, "promises.", id),
        possible=page.showing.names(it.possible) if isinstance(it, Promise) else "", sentence=line(page, said),
        readers=readers_of(page, said), writing=page.writing, note=page.note(said), id=id,
    )  # fmt: skip
    return render(request, "promising/one.jinja", context, status=REFUSED if wrong else BAD_DATE if page.wrong else 200)


def _lines(page: Opened, it: Promise | Ask) -> list[Line]:
    """What became of it, as far as it is shown; a handing over stands on the page of who works here."""
    found = (page.woven.by_place.get(step.pk) for step in _steps(page, it))
    return [line(page, step) for step in found if step is not None]


def _found(page: Opened, id: str) -> tuple[Said, Promise | Ask]:
    """The promise or ask with this id; anything else, hidden and absent are the same 404."""
    said = page.woven.find(id)
    every = [*promises(page.entries), *asks(page.entries)]
    it = next((it for it in every if (it.made if isinstance(it, Promise) else it.asked).id == id), None)
    if said is None or it is None:
        raise Http404
    return said, it


def _acts(page: Opened, it: Promise | Ask, sent: Typed) -> tuple[Act, ...]:
    """What this reader may say about it, as long as it is open."""
    if not page.writing:
        return ()
    if isinstance(it, Promise):
        may = may_settle(page.reader, it)
        return acts_on_promise(page, sent, ours=it.owner == page.reader.person) if may else ()
    return acts_on_ask(page, sent) if it.of == page.reader.person else ()


def _steps(page: Opened, it: Promise | Ask) -> list:
    steps = it.steps if isinstance(it, Promise) else [it.answer] if it.answer is not None else []
    return [step for step in steps if step.pk in page.woven.by_place]


def refused(why: Refused) -> str:
    """What is not taken, in the words of these pages."""
    mine = {
        "no-day": _("Choose a day from today on, as 2026-12-01."),
        "not-yours": _("This is not yours to say. The one who owes it says what became of it."),
    }
    return mine.get(why.code) or refusal(why)

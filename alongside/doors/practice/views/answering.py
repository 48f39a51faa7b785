"""Acts on one sentence, and praise: a form, one verb, back to where it stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.dialogue import writing
from alongside.dialogue.said import Said
from alongside.doors.meanwhile import answered_words, moved_on, taken_back_words, who
from alongside.doors.practice.acting import heard as heard_before
from alongside.doors.practice.desk import desk
from alongside.doors.practice.fewer import FORMS as FEWER
from alongside.doors.practice.forms import Field, Typed, afresh, refusal, typed
from alongside.doors.practice.lines import line
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.sentence_forms import FORMS, SentenceForm, offered, people_chips, settles
from alongside.record.statement import Refused

REFUSED = 422


def _sentence(request: HttpRequest, code: str, id: str, form: SentenceForm) -> tuple[Opened, Said]:
    """The sentence this form is about; hidden, absent, not offered and as known then are the same 404. What was taken
    back or answered while the form was being written is there."""
    page = open_family(request, code, around=id)
    said = page.woven.find(id)
    if said is None or request.GET.get("at"):
        raise Http404
    if not form.may(page, said) and not (request.method == "POST" and page.writing and _since(page, said, form)):
        raise Http404
    return page, said


def _since(page: Opened, said: Said, form: SentenceForm) -> str:
    """What somebody else did with it while this form was being written, in words; '' where nobody did."""
    if said.taken_back:
        return taken_back_words(said, page.showing, page.reader)
    answer = heard_before(said) if form is FORMS["heard"] else None
    return answered_words(who(answer.by, page.showing, page.reader)) if answer is not None else ""


def _act(request: HttpRequest, code: str, id: str, name: str) -> HttpResponse:
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    form = {**FORMS, **FEWER}[name]
    page, said = _sentence(request, code, id, form)
    sent, wrong = typed(request), ""
    if request.method == "POST":
        if since := _since(page, said, form):
            return moved_on(request, page.reader, since, page.note(said))
        try:
            form.send(page, said, sent, clock.micros(clock.now()))
            return SeeOther(page.note(said, done=form.done))
        except Refused as why:
            wrong, sent = refusal(why), afresh(sent) if why.code == "other-words" else sent
    shown = {**form.words(), "sentence": line(page, said), "back": page.note(said)}
    return _form(request, page, sent, form.fields(page, said, sent), wrong, **shown)


def _form(
    request: HttpRequest, page: Opened, sent: Typed, fields: tuple[Field, ...], wrong: str, **shown
) -> HttpResponse:
    context = desk(
        request, page.workers, fields=fields, wrong=wrong, once=sent.once, whose=whose(request.visit.account), **shown
    )
    return render(request, "practice/act.jinja", context, status=REFUSED if wrong else 200)


def _view(name: str):
    @enters("practice", methods=("GET", "POST"))
    def view(request: HttpRequest, code: str, id: str) -> HttpResponse:
        return _act(request, code, id, name)

    view.__name__, view.__doc__ = name.replace("-", "_"), f"The form and the act “{name}” on one sentence."
    return view


answer, heard, correct = _view("answer-n"), _view("heard"), _view("correct")
promise = _view("promise-n")
take_back, open_to, pin, fewer = _view("take-back"), _view("open-to"), _view("pin"), _view("fewer")


@enters("practice", methods=("GET", "POST"))
def praise(request: HttpRequest, code: str) -> HttpResponse:
    """Put in writing that something went well (R17)."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = open_family(request, code)
    if request.GET.get("at") or not page.writing:
        raise Http404
    sent, wrong, choice = typed(request), "", offered(page, None)
    if request.method == "POST":
        try:
            _praise(page, sent, choice)
            return SeeOther(page.href("family", done="praise"))
        except Refused as why:
            wrong, sent = refusal(why), afresh(sent) if why.code == "other-words" else sent
    hint = _("What you saw them do. They can print it and keep it.")
    fields = (
        Field("area", "words", _("What went well"), sent.one("words"), hint),
        people_chips(page, choice, sent, _("To whom")),
    )
    shown = {
        "title": _("This went well"), "send": _("Send it"), "sentence": None, "back": page.href("family"),
        "lead": _("Praise in writing reaches them as a page of its own."),
    }  # fmt: skip
    return _form(request, page, sent, fields, wrong, **shown)


def _praise(page: Opened, sent: Typed, choice: dict[str, int]) -> None:
    to = [choice[id] for id in dict.fromkeys(sent.many("to")) if id in choice]
    if not to and not sent.one("words").strip():
        raise Refused("no-words-to-nobody")
    writing.praise(
        by=page.reader, text=sent.one("words"), to=to, lang=page.showing.lang, at=clock.micros(clock.now()),
        once=sent.once, wait=settles(),
    )  # fmt: skip

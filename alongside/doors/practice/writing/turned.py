"""Show it now: the page turned round, for those who are there, with only what all of them may read."""

from collections.abc import Mapping

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.frame import enters, frame
from alongside.access.sealed import from_this_account, whose
from alongside.access.standing import office_day
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.dialogue import drafts, noting
from alongside.dialogue.queries import known
from alongside.doors.practice.writing.handed import ANSWERED, hand_over
from alongside.doors.practice.writing.sentences import may_read_aloud, not_saved, refused, who_is_asked
from alongside.doors.practice.writing.views import Writing, noted, prepared
from alongside.record import settling
from alongside.record.sealing import SealedWords
from alongside.record.statement import Refused

BROKEN = "\ufffd"


@enters("practice", methods=("GET", "POST"))
def show(request: HttpRequest, code: str, draft: str) -> HttpResponse:
    """Large words of a draft and three answers. An answer keeps the note at once."""
    reader = request.visit.reader(code)
    found = drafts.open_one(reader.person, draft)
    if found is None and request.method == "POST" and known(reader.person, reader.family, request.POST.get("once", "")):
        return SeeOther(reverse("shown", args=(code,)))  # the same answer, tapped twice
    if found is None and request.method == "GET" and request.session.get(ANSWERED) == [code, draft]:
        return SeeOther(reverse("shown", args=(code,)))  # answered already: the browser went back
    if found is None or found.thrown or found.family != reader.family:
        raise Http404
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    fields = {**{name: list(values) for name, values in found.form.items()}, "draft": [found.id]}
    work = prepared(request, reader, fields)
    if work.meant.errors or not work.meant.shown_to_all:
        return SeeOther(_back(work))
    if request.method == "GET":
        if not _may_be_turned(work):
            return SeeOther(_back(work))
        hand_over(request, code, draft)
        return _page(work)
    return _answered(work)


def _may_be_turned(work: Writing) -> bool:
    """Whether the whole note would be taken. What must not leave may stand in a paragraph that is not on the turned
    page: that is for its writer to learn, before anybody else holds the phone."""
    try:
        noting.look_over(noted(work))
    except (Refused, SealedWords):
        return False
    return True


def _back(work: Writing) -> str:
    return f"{reverse('write', args=(work.reader.code,))}?draft={work.form.draft}"


def _given_back(code: str, words: str) -> dict[str, str]:
    return {"href": reverse("given-back", args=(code,)), "words": words}


def _page(work: Writing, *, asks: str = "", words: str = "", error: str = "", status: int = 200) -> HttpResponse:
    """`asks`: the answer that was chosen and wants words: "not-quite" or "added"."""
    request, lang = work.request, translation.get_language() or "en"
    day = dates.show(work.meant.so, lang, office_day(request.visit.now), True)
    context = frame(
        request, code=work.reader.code, draft=work.form.draft, once=work.form.once, asks=asks, words=words, error=error,
        title=who_is_asked(work.meant), readers=may_read_aloud(work.meant, work.company),
        line=", ".join(part for part in (work.form.place, day) if part),
        said=[{"basis": p.basis, "text": p.text, "dir": "auto"} for p in work.meant.shown_to_all],
        back=_given_back(work.reader.code, _("Back to %(name)s") % {"name": work.company.me}),
        whose=whose(request.visit.account),
    )  # fmt: skip
    return render(request, "writing/show.jinja", context, status=status)


def _answered(work: Writing) -> HttpResponse:
    answer, words = work.request.POST.get("answer", ""), work.request.POST.get("words", "")
    if answer not in noting.SHOWN:
        raise Http404
    if answer != "right" and "words" not in work.request.POST:
        return _page(work, asks=answer)
    if BROKEN in words:
        return _page(work, asks=answer, words=words, error=refused("not-text"), status=422)
    if answer == "added" and not words.strip():
        return _page(work, asks=answer, error=_("There are no words yet. Write something, then save."), status=422)
    return _kept(work, {"answer": answer, "words": words})


def _kept(work: Writing, answered: Mapping[str, str]) -> HttpResponse:
    """The note goes into the record at once, with what those who were there said of it."""
    asks = answered["answer"] if answered["answer"] != "right" else ""
    try:
        waiting = noting.note(noted(work, answered), once=work.form.once, wait=0)
        if waiting is not None:
            settling.send_now(work.by, at=work.request.visit.now, id=waiting.id)
        drafts.drop(work.by, work.form.draft)
    except Refused as why:
        return _page(work, asks=asks, words=answered["words"], error=refused(why.code), status=409)
    except SealedWords:  # sealed since the page was turned: which they are is told to the writer alone
        raise Http404 from None
    except DatabaseError:
        return _page(work, asks=asks, words=answered["words"], error=not_saved(), status=503)
    code = work.reader.code
    work.request.session[ANSWERED] = [code, work.form.draft]
    return SeeOther(reverse("shown", args=(code,)))


@enters("practice")
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """What those who answered see; the phone goes back to its owner from here."""
    if request.session.get(ANSWERED, [""])[0] != code:
        request.visit.reader(code)
    back = _given_back(code, _("Give it back"))
    return render(request, "writing/shown.jinja", frame(request, back=back, code=code))

"""The composer: choose a family, write, look it over, save."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import dates, ids
from alongside.access.frame import enters, frame
from alongside.access.sealed import from_this_account, whose
from alongside.access.standing import office_day
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.dialogue import drafts, noting
from alongside.dialogue.queries import undone
from alongside.dialogue.suggest import hints
from alongside.doors.practice.desk import desk
from alongside.doors.practice.families_page import names_of
from alongside.doors.practice.writing.begun import begun, draft_line
from alongside.doors.practice.writing.company import Company, company
from alongside.doors.practice.writing.form import HELPERS, Form, Piece, read_form
from alongside.doors.practice.writing.giveaway import stand_in
from alongside.doors.practice.writing.meant import Meant, meant
from alongside.doors.practice.writing.mixed import named_elsewhere
from alongside.doors.practice.writing.page import composer, sources, ways
from alongside.doors.practice.writing.sentences import (
    left_out,
    not_by_itself,
    not_saved,
    refused,
    there_names,
    when_and_where,
    who_reads,
    wrong_family,
)
from alongside.families.queries import workers
from alongside.record.readers import Reader
from alongside.record.reading import find, seq_at
from alongside.record.statement import Refused


@dataclass(frozen=True)
class Writing:
    """One request of the composer: the family, who may be meant, and what the form comes to."""

    request: HttpRequest
    reader: Reader
    company: Company
    form: Form
    meant: Meant

    @property
    def by(self) -> int:
        return self.reader.person


def sent(request: HttpRequest) -> dict[str, list[str]]:
    """The fields of a form as they came."""
    return {name: request.POST.getlist(name) for name in request.POST}


def prepared(request: HttpRequest, reader: Reader, fields: Mapping[str, Sequence[str]] | None) -> Writing:
    """What a form comes to; without fields a fresh page with its guesses."""
    now, lang = request.visit.now, translation.get_language() or "en"
    around = company(reader, now=now)
    fresh = _fresh(around, now, lang)
    form = fresh if fields is None else read_form(fields, now=now)
    if fields is not None and "guess" not in fields:  # only words came, from another family or another page
        form = replace(form, guess=fresh.guess, when=form.when or fresh.when, place=form.place or fresh.place)
    return Writing(request, reader, around, form, meant(form, around, today=office_day(now), lang=lang))


def _fresh(around: Company, now: int, lang: str) -> Form:
    return Form(
        once=ids.new(), began=now, there=around.there, place=around.place, guess=around.when.text,
        when=dates.show(around.when, lang, office_day(now)),
    )  # fmt: skip


def shown(
    work: Writing, *, errors: Sequence[tuple[str, str]] = (), notice: str = "", status: int = 200,
    draft: Mapping[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """The composer's page. After anything was sent, the paragraphs stand apart with their sources."""
    request, lang = work.request, translation.get_language() or "en"
    form = work.form
    if work.form.all_pieces:
        form = replace(work.form, pieces=work.meant.form.pieces, words="").apart()
    page = composer(
        form, work.company, work.meant, today=office_day(request.visit.now), lang=lang, errors=errors, notice=notice
    )
    context = frame(
        request, page=page, code=work.reader.code, whose=whose(request.visit.account), ways=ways(), sources=sources(),
        back={"href": reverse("family", args=(work.reader.code,)), "words": work.company.family}, saved="",
        draft=draft,
    )  # fmt: skip
    return render(request, "writing/compose.jinja", context, status=status)


@enters("practice", methods=("GET", "POST"))
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write in one family. `?draft=` goes on with kept words; `?answer=` leads to answering a sentence."""
    reader = request.visit.reader(code)
    if request.GET.get("at"):
        raise Http404
    if request.method == "POST":
        return _taken(request, reader)
    if request.GET.get("answer"):
        entry = find(reader, request.GET["answer"])
        if entry is None:
            raise Http404
        return SeeOther(reverse("answer-n", args=(code, entry.id)))
    fields = _kept(request)
    if fields is not None:
        return shown(prepared(request, reader, fields), notice=_("Here are your words again."))
    fields = _draft(request, reader)
    return shown(prepared(request, reader, fields), draft=None if fields else draft_line(begun(reader.person), reader))


def _kept(request: HttpRequest) -> dict[str, list[str]] | None:
    """Words that travelled through signing in, or were picked up again from a page of their own."""
    kept = request.session.get("kept")
    if not kept or kept["path"] != request.path:
        return None
    del request.session["kept"]
    return kept["form"]


def _draft(request: HttpRequest, reader: Reader) -> dict[str, list[str]] | None:
    if not request.GET.get("draft"):
        return None
    draft = drafts.open_one(reader.person, request.GET["draft"])
    if draft is None or draft.thrown or draft.family not in (reader.family, None):
        raise Http404
    return {**{n: list(v) for n, v in draft.form.items()}, "draft": [draft.id]}


def _taken(request: HttpRequest, reader: Reader) -> HttpResponse:
    if not from_this_account(request):
        return ask_to_sign_in(request)
    work = prepared(request, reader, sent(request))
    if request.POST.get("act") == "look" and work.form.all_pieces:
        return shown(work)
    if work.meant.errors:
        return shown(work, errors=work.meant.errors, status=422)
    mixed = () if work.form.right else named_elsewhere(_text(work.form), reader, request.visit.families())
    if mixed:
        return shown(work, errors=[("f-right", wrong_family(mixed))], status=422)
    if request.POST.get("act") == "show":
        return _show(work)
    return _saved(work)


def _show(work: Writing) -> HttpResponse:
    if not work.meant.shown_to_all:
        words = _("There is nothing here that everybody who was there may read.")
        return shown(work, errors=[("f-who", words)], status=422)
    try:
        noting.look_over(noted(work))  # what is refused, the writer is told now: soon somebody else holds the phone
        draft = keep(work)
    except Refused as why:
        return shown(work, errors=[("f-words", refused(why.code))], status=422)
    except DatabaseError:
        return shown(work, errors=[("f-words", not_saved())], status=503)
    return SeeOther(reverse("show", args=(work.reader.code, draft)))


def keep(work: Writing, form: Form | None = None) -> str:
    """Keep this page as a draft, with its sources filled in; returns its id."""
    form = form or work.form
    fields = plain(replace(form, pieces=work.meant.form.pieces, words=""))
    return drafts.keep(
        by=work.by, id=form.draft or None, form=fields, family=work.reader.family, at=work.request.visit.now,
        saw=form.began,
    )  # fmt: skip


def plain(form: Form) -> dict[str, list[str]]:
    """A form as fields, the way a page sends them."""
    fields = {
        "once": [form.once], "began": [str(form.began)], "words": [form.words], "there": list(form.there),
        "place": [form.place], "how": [form.how], "when": [form.when], "guess": [form.guess],
        "sure": ["yes"] if form.sure else [], "right": ["yes"] if form.right else [],
        "who": [form.who], "reader": list(form.chosen), "why": [form.why],
        "until": [form.until],
    }  # fmt: skip
    for n, piece in enumerate(form.pieces):
        fields |= _plain_piece(n, piece)
    return fields


def _plain_piece(n: int, piece: Piece) -> dict[str, list[str]]:
    return {
        f"p-{n}": [piece.text], f"basis-{n}": [piece.basis], f"speaker-{n}": [piece.speaker],
        f"not-{n}": list(piece.left_out), f"close-{n}": ["yes"] if piece.close else [],
        f"sealed-{n}": ["yes"] if piece.sealed else [], f"sealedto-{n}": list(piece.sealed_to),
        f"gives-{n}": list(piece.gives), f"terms-{n}": [piece.terms],
    }  # fmt: skip


def noted(work: Writing, answered: Mapping[str, str] | None = None) -> noting.Note:
    """The note that was written. `answered`: what was said of it when it was shown.

    What the writer had before them is told by when the page was made, less one microsecond: the same for
    every replay, and never so late that the note would have seen itself.
    """
    form, meaning = work.form, work.meant
    return noting.Note(
        by=work.reader, paragraphs=meaning.paragraphs, there=[one.number for one in meaning.there],
        readers=[one.number for one in meaning.circle.named], mark=meaning.circle.mark, so=meaning.so,
        place=form.place.strip(), how=form.how, lang=translation.get_language() or "en", written_at=form.began,
        saw=seq_at(work.reader.family, form.began - 1), at=work.request.visit.now, why=form.why,
        review=form.until if meaning.circle.mark == "professionals" else "", shown=answered,
    )  # fmt: skip


def _text(form: Form) -> str:
    return " ".join(piece.text for piece in form.all_pieces)


def _saved(work: Writing) -> HttpResponse:
    try:
        waiting = noting.note(noted(work), once=work.form.once, wait=settings.SETTLES["staff"])
        if waiting is None and undone(work.by, work.form.once):
            words = _("This was taken out again a moment ago. Your words are kept as a draft: look at them, then save.")
            return _again(work, words)
        if work.form.draft:
            drafts.drop(work.by, work.form.draft)
    except Refused as why:
        if why.code == "other-words":
            return _again(work, refused(why.code))
        return shown(work, errors=[("f-words", refused(why.code))], status=422)
    except DatabaseError:
        return shown(work, errors=[("f-words", not_saved())], status=503)
    return SeeOther(f"{reverse('waiting')}?kept={waiting.id if waiting else 'already'}")


def _again(work: Writing, words: str) -> HttpResponse:
    """The same words under a new key, kept as a draft of their own, with the reason above them."""
    form = work.form.renewed()
    form = replace(form, draft=keep(work, form))
    return shown(replace(work, form=form), errors=[("f-words", words)], status=409)


@enters("practice", methods=("POST",))
def weigh(request: HttpRequest, code: str) -> JsonResponse:
    """What the page in the browser cannot know by itself: sources, who can read, hints. Keeps nothing."""
    reader = request.visit.reader(code)
    work = prepared(request, reader, sent(request))
    lang = translation.get_language() or "en"
    names, rest = who_reads(work.meant)
    around = work.meant.circle
    pieces = work.meant.form.pieces
    return JsonResponse({
        "names": names, "rest": rest, "there": there_names(work.meant),
        "readers": [*(one.id for one in around.named), *([HELPERS] if around.mark == "team" else [])],
        "left": [left_out(work.meant, piece) for piece in pieces],
        "line": when_and_where(work.form, work.meant.so, office_day(request.visit.now), lang),
        "without": not_by_itself(work.meant.circle), "show": bool(work.meant.shown_to_all),
        "gives": [stand_in(p.text, work.company.places, p.gives) for p in pieces],
        "sources": [{"basis": p.basis, "speaker": p.speaker} for p in pieces],
        "hints": [[{"word": h.word, "plain": h.plain} for h in hints(p.text, lang, p.basis)] for p in pieces],
    })  # fmt: skip


@enters("practice")
def write_any(request: HttpRequest) -> HttpResponse:
    """Choose a family to write in; with one there is nothing to choose."""
    found = [(name, reader) for name, reader in names_of(request) if reader.writes]
    if len(found) == 1:
        return SeeOther(reverse("write", args=(found[0][1].code,)))
    kept = begun(request.visit.person)
    families = [
        {"name": name, "href": reverse("write", args=(reader.code,)), "draft": draft_line(kept, reader)}
        for name, reader in found
    ]
    return render(request, "writing/which.jinja", desk(request, workers(), "write-any", families=families))

"""Who asked for everything, what waits for a decision, what it looks like, and handing it over."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.frame import enters
from alongside.access.leaving import cleared
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.meanwhile import moved_on, who
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.everything import deciding as form
from alongside.doors.practice.everything.shown import asked_words, moved_words, outcome
from alongside.doors.practice.forms import Typed, afresh, refusal, typed
from alongside.doors.practice.page import Opened, open_family
from alongside.exchange.pack import asked as asking
from alongside.exchange.pack import collecting, deciding, handing, paper
from alongside.exchange.pack.asked import GIVEN, Asked
from alongside.families.here import in_danger
from alongside.families.queries import ids
from alongside.record.reading import find
from alongside.record.statement import Refused

REFUSED = 422
FILE = "everything.pdf"


@enters("practice", methods=("GET", "POST"))
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that was asked for in a family; writing down that somebody asked by word or by letter."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page, sent, wrong = open_family(request, code), typed(request), ""
    if not asking.prepares(page.reader):
        return SeeOther(page.href("family"))
    known = [one for one in asking.kin_of(page.reader.family) if page.people.called(one)]
    choice = {id: number for number, id in ids(known).items()}
    if request.method == "POST":
        try:
            asking.told(
                by=page.reader, person=choice.get(sent.one("person"), 0), words=sent.one("words"),
                lang=page.showing.lang, at=request.visit.now, once=sent.once,
            )  # fmt: skip
            return SeeOther(page.href("packs", done="pack-asked"))
        except Refused as why:
            wrong, sent = _refused(why), afresh(sent) if why.code == "other-words" else sent
    found = [one for one in asking.of_family(page.reader.family) if find(page.reader, one.id) is not None]
    people = [(id, page.showing.Name(number)) for id, number in choice.items()]
    context = family_desk(
        request, page, "packs", listed=[asked_words(page, one) for one in found], people=people, sent=sent,
        wrong=wrong, once=sent.once, whose=whose(request.visit.account),
    )  # fmt: skip
    return render(request, "everything/listed.jinja", context, status=REFUSED if wrong else 200)


def _opened(request: HttpRequest, code: str, id: str) -> tuple[Opened, Asked] | HttpResponse:
    """The family and the request, for those who prepare it, in a visit in which they read all they may."""
    reader = request.visit.reader(code)
    one = asking.of(id) if find(reader, id) is not None else None
    if one is None or one.family != reader.family or not asking.prepares(reader):
        raise Http404
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    if not request.visit.fresh:
        to = request.get_full_path() if request.method == "GET" else reverse("pack", args=[code, id])
        return SeeOther(f"{reverse('again')}?{urlencode({'to': to}, safe='/')}")
    return open_family(request, code, whole=True), one


@enters("practice", methods=("GET", "POST"))
def one(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """What waits for a decision, some at a time; what was decided; and then handing over."""
    opened = _opened(request, code, id)
    if isinstance(opened, HttpResponse):
        return opened
    page, asked = opened
    if not asked.open:
        if request.method == "POST":
            return moved_on(request, page.reader, _since(page, asked), page.href("pack", id))
        return _handed(request, page, asked)
    theirs = collecting.own(asked, collecting.asker(asked, request.visit.now))
    every = collecting.to_decide(asked, page.reader, theirs)
    chosen, sent = deciding.chosen(asked), typed(request)
    again = sent.one("of") or request.GET.get("of", "")
    now = [entry for entry in every if (entry.id == again if again else entry.id not in chosen)][: form.AT_ONCE]
    wrong = None
    if request.method == "POST":
        try:
            of = [entry for entry in every if sent.one(f"here-{entry.id}")]
            now = of or now
            deciding.decide(
                by=page.reader, asked=asked, choices=form.choices(of, sent), among=every, lang=page.showing.lang,
                at=request.visit.now, once=sent.once,
            )  # fmt: skip
            return SeeOther(page.href("pack", id, done="pack-decided"))
        except Refused as why:
            wrong, sent = why, afresh(sent) if why.code == "other-words" else sent
    return _deciding(request, page, asked, now, every, chosen, sent, wrong)


def _since(page: Opened, asked: Asked) -> str:
    """What became of it while somebody decided, in words."""
    if asked.state == "withdrawn":
        return _("Meanwhile %(who)s stopped asking for it.") % {"who": page.showing.name(asked.person)}
    given = next((one for one in page.entries if one.kind == GIVEN and one.thing == asked.place), None)
    return _("Meanwhile %(who)s handed it over.") % {
        "who": who(given.author, page.showing, page.reader) if given else _("someone")
    }


def _deciding(
    request: HttpRequest, page: Opened, asked: Asked, now: list[Any], every: list[Any], chosen: dict[str, Any],
    sent: Typed, wrong: Refused | None,
) -> HttpResponse:  # fmt: skip
    done = [entry for entry in every if entry.id in chosen]
    items = form.items(page, now, sent, chosen, wrong)
    context = family_desk(
        request, page, "pack", asked.id, asked=asked_words(page, asked), items=items, grounds=form.grounds(),
        decided=[outcome(page, entry, chosen[entry.id]) for entry in done if entry.pk in page.woven.by_place],
        left=any(entry.id not in chosen for entry in every), anew=sent.one("of") or request.GET.get("of", ""),
        danger=asked.person in in_danger(asked.family), once=sent.once, whose=whose(request.visit.account),
        errors=[(f"i-{wrong.facts['entry']}", one.wrong) for one in items if one.wrong] if wrong else [],
        wrong=_refused(wrong) if wrong and not any(one.wrong for one in items) else "", latest=asked.latest,
    )  # fmt: skip
    return render(request, "everything/deciding.jinja", context, status=REFUSED if wrong else 200)


def _handed(request: HttpRequest, page: Opened, asked: Asked) -> HttpResponse:
    parts = handing.given(asked)
    context = family_desk(
        request, page, "pack", asked.id, asked=asked_words(page, asked), on_paper=bool(parts) and paper.holds(parts),
        changed=bool(parts) and not handing.unchanged(asked),
    )  # fmt: skip
    return render(request, "everything/given.jinja", context)


def _parts(page: Opened, asked: Asked, now: int) -> list[list[dict[str, Any]]]:
    """What is or would be handed over, as far as this worker reads it."""
    return handing.for_worker(handing.given(asked) if asked.state == "given" else handing.made(asked, now), page.reader)


@enters("practice")
def read(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """What it looks like to the one who asked, as far as the worker reads it too."""
    opened = _opened(request, code, id)
    if isinstance(opened, HttpResponse):
        return opened
    page, asked = opened
    parts = _parts(page, asked, request.visit.now)
    typed_part = request.GET.get("part", "0")
    number = int(typed_part) if typed_part.isdecimal() and len(typed_part) < 6 else len(parts)
    if number >= len(parts):
        raise Http404
    context = family_desk(
        request, page, "pack-read", id, asked=asked_words(page, asked), lines=parts[number], number=number,
        last=len(parts) - 1, words_lang=asked.lang,
    )  # fmt: skip
    return render(request, "everything/read.jinja", context)


@enters("practice", methods=("POST",))
def give(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Hand it over."""
    opened = _opened(request, code, id)
    if isinstance(opened, HttpResponse):
        return opened
    page, asked = opened
    try:
        handing.hand_over(by=page.reader, asked=asked, at=request.visit.now, once=typed(request).once)
    except Refused:
        return SeeOther(page.href("pack", id))
    return SeeOther(page.href("pack", id, done="pack-given"))


@enters("practice", methods=("POST",))
def more_time(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """It takes longer: until when, and why."""
    opened = _opened(request, code, id)
    if isinstance(opened, HttpResponse):
        return opened
    page, asked = opened
    sent = typed(request)
    try:
        asking.more_time(
            by=page.reader, asked=asked, until=sent.one("until"), words=sent.one("why"), lang=page.showing.lang,
            at=request.visit.now, once=sent.once,
        )  # fmt: skip
    except Refused as why:
        context = family_desk(
            request, page, "pack", id, asked=asked_words(page, asked), sent=sent, wrong=moved_words(page, asked, why),
            latest=asked.latest, once=afresh(sent).once, whose=whose(request.visit.account),
        )  # fmt: skip
        return render(request, "everything/more_time.jinja", context, status=REFUSED)
    return SeeOther(page.href("pack", id, done="pack-moved"))


@enters("practice")
def as_paper(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """On paper: what was handed over, as far as the worker who prints it reads it too."""
    opened = _opened(request, code, id)
    if isinstance(opened, HttpResponse):
        return opened
    page, asked = opened
    if asked.state != "given":
        raise Http404
    parts, visit = _parts(page, asked, request.visit.now), request.visit
    if not paper.holds(parts):
        return SeeOther(page.href("pack", id))
    clear = partial(cleared, to=visit.person, now=visit.now)
    made = paper.pdf(parts, asked=asked, day=page.showing.due(asked.given_on), clear=clear)
    response = HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{FILE}"'}
    )
    response.cleared_for = visit.person
    return response


def _refused(why: Refused) -> str:
    mine = {
        "asked-already": _("They have asked already, and it waits below."),
        "nobody": _("Choose who asks."),
        "given-already": _("It was handed over meanwhile."),
    }
    return mine.get(why.code) or refusal(why)

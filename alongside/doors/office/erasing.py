"""Erasing by law: what was proposed, proposing, and the second person's yes or no.

For leaders and the privacy officer. No words of any family are on these pages: the addresses lead to them for
whoever reads there anyway.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import erasure
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.entrance.frames import REFUSED
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, Typed, afresh, refusal, typed
from alongside.doors.practice.looking import says
from alongside.exchange.notes import erasing as brought
from alongside.families.person import Person
from alongside.families.queries import workers
from alongside.record.erased import GROUNDS
from alongside.record.erasing import Proposal, addresses_of, unswept
from alongside.record.readers import FRESH
from alongside.record.statement import Receipt, Refused

ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal in words. `where`: (words, address or ''); `mine`: proposed by the reader; `said`: what became
    of it; `files`: whether the files of the database hold the words still."""

    id: str
    who: str
    ground: str
    words: str
    what: str
    where: tuple[tuple[str, str], ...]
    mine: bool
    said: str
    why: str = ""
    files: bool = False


def decides(*methods: str) -> Callable:
    """Decorator: only for those who may propose and decide; for everybody else there is no page."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @enters("practice", methods=methods)
        @wraps(view)
        def inside(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not erasure.may(request.visit.person):
                raise Http404
            if request.method == "POST" and not from_this_account(request):
                return ask_to_sign_in(request)
            return view(request, **kwargs)

        return inside

    return wrap


@decides("GET")
def erasings(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was decided, newest first."""
    return _listed(request)


def _listed(request: HttpRequest, wrong: str = "", of: str = "", status: int = 200) -> HttpResponse:
    staff, found = workers(), erasure.listed(request.visit.person)
    held = unswept()
    shown = [_shown(one, request.visit, staff, held) for one in found]
    context = desk(
        request, staff, "erasing", waiting=[one for one in shown if not one.said],
        decided=[one for one in shown if one.said], wrong=wrong, of=of, once=typed(request).once,
        whose=whose(request.visit.account), strong=request.visit.strength >= FRESH,
    )  # fmt: skip
    return render(request, "office/erasing.jinja", context, status=status)


def _shown(one: Proposal, visit: Any, staff: dict[int, Person], held: frozenset[str]) -> Shown:
    what = {
        "entries": _("The words at these addresses, with what lies inside them"),
        "import": _("Everything one import brought in"),
        "family": _("Everything about one family"),
    }[one.scope]
    names = {"who": name_of(staff, one.by), "day": says.day(one.at, visit.now)}
    said, why = "", ""
    if one.decided is not None:
        then = {"who": name_of(staff, one.decided.author), "day": says.day(one.decided.recorded_at, visit.now)}
        words = (
            _("Erased: %(who)s said yes on %(day)s.") if one.erased else _("Not erased: %(who)s said no on %(day)s.")
        )
        said = words % then
        why = "" if one.erased else one.decided.body["words"][0]["text"]
    where = addresses_of(one, most=50)
    return Shown(
        one.id, _("%(who)s proposed it on %(day)s.") % names, str(GROUNDS[one.ground]), one.words, what,
        tuple((code, reverse("note", args=[code, id]) if id else "") for code, id in where),
        one.by == visit.person, said, why, one.decided is not None and one.decided.id in held,
    )  # fmt: skip


def name_of(staff: dict[int, Person], person: int) -> str:
    """How somebody who decided is called."""
    return staff[person].name if person in staff else _("somebody from outside the office")


@decides("GET", "POST")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose: what, on which ground, why."""
    visit, sent, wrong = request.visit, typed(request), ""
    if request.method == "POST":
        try:
            _proposed(visit, sent)
            return SeeOther(f"{reverse('erasing')}?done=erasing-proposed")
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    context = desk(
        request, workers(), "erasing", title=_("Propose to erase by law"), send=_("Propose"), sentence=None,
        back=reverse("erasing"), fields=_fields(sent), wrong=wrong, once=sent.once, whose=whose(visit.account),
        lead=_("A second person decides. Then the words are gone from here for good, and nobody can bring them back. "
               "Do not write here what the words say."),
    )  # fmt: skip
    return render(request, "practice/act.jinja", context, status=REFUSED if wrong else 200)


def _fields(sent: Typed) -> tuple[Field, ...]:
    fields = [
        Field("area", "where", _("The addresses of the words, one on each line"), sent.one("where"),
              _("Open the words and copy the address from the browser. What lies inside them goes with them; "
                "answers of others stay.")),
    ]  # fmt: skip
    batches = brought.accepted()
    if batches:
        options = (("", _("No import")), *((one.id, _import(one)) for one in batches))
        fields.append(
            Field("choose", "batch", _("Or everything one import brought in"), sent.one("batch"), options=options)
        )
    return (
        *fields,
        *why(sent, [code for code in GROUNDS if code != "archive"]),
    )


def why(sent: Typed, grounds: list[str]) -> tuple[Field, ...]:
    """What is asked of everybody who proposes: the ground, one of these, and the reason."""
    options = tuple((code, _sentence(GROUNDS[code]), code == sent.one("ground"), "") for code in grounds)
    return (
        Field("picks", "ground", _("The ground"), options=options),
        Field("area", "words", _("Why, without what the words say"), sent.one("words"),
              _("Such as: asked for in writing on 3 May.")),
    )  # fmt: skip


def _sentence(words: Any) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def _import(one: Any) -> str:
    return f"{one.system}, {says.day(one.closed_at, one.closed_at)}" if one.closed_at else one.system


def _proposed(visit: Any, sent: Typed) -> list[Receipt]:
    how = {
        "by": visit.person, "strength": visit.strength, "ground": sent.one("ground"), "words": sent.one("words"),
        "lang": says.lang(), "at": visit.now, "once": sent.once,
    }  # fmt: skip
    batch = sent.one("batch")
    if batch and any(one.id == batch for one in brought.accepted()):
        if sent.one("where").strip():
            raise Refused("one-thing")
        return erasure.propose_places(places=brought.places_of(batch), scope="import", **how)
    lines = [line for line in sent.one("where").splitlines() if line.strip()]
    found = [ID.findall(line)[-1:] for line in lines]
    if not all(found):
        raise Refused("not-found")
    return erasure.propose(ids=list(dict.fromkeys(one[0] for one in found)), **how)


@decides("POST")
def decide(request: HttpRequest, id: str) -> HttpResponse:
    """The second person's yes or no; the first one may take it back."""
    visit, sent = request.visit, typed(request)
    how = {"by": visit.person, "strength": visit.strength, "proposal": id, "at": visit.now, "once": sent.once}
    try:
        if sent.one("says") == "yes":
            erasure.confirm(**how)
            return SeeOther(f"{reverse('erasing')}?done={'erased-unswept' if unswept() else 'erased'}")
        erasure.decline(words=sent.one("words"), lang=says.lang(), **how)
        return SeeOther(f"{reverse('erasing')}?done=erasing-declined")
    except Refused as why:
        if why.code == "not-found":
            raise Http404 from None
        return _listed(request, refused(why), id, REFUSED)


def refused(why: Refused) -> str:
    """What is not taken, in plain words."""
    return {
        "too-weak": _("Show first that it is you: “Show what is for you by name” at the foot of the page."),
        "not-found": _("There are no words at one of these addresses. Copy each from the browser, one on a line."),
        "one-thing": _("Choose one: addresses, or an import."),
        "no-ground": _("Choose the ground."),
        "no-reason": _("Say why, in a few words, without what the words say."),
        "holds-the-gate": _("On this rests who may read the family’s record. It goes only with the whole family."),
        "held": _("This family’s record is held: nothing is erased while the hold lasts."),
        "not-a-second": _("You proposed it. Somebody else has to say yes."),
        "written-since": _("Somebody has written there since it was proposed. Say no, and propose it again."),
        "still-open": _("The work has not ended. It cannot be erased because of a clock."),
        "still-running": _("A time to keep it runs still. It cannot be erased because of a clock."),
        "not-over": _("No clock has run out yet."),
        "kept-on": _("It is kept on until another day."),
        "not-archived": _("No archive has it with its newest entry yet."),
        "no-clocks": _("The file of clocks cannot be read. Tell those who run this system."),
        "decided": _("Somebody has decided already. Look at it again."),
    }.get(why.code) or refusal(why)

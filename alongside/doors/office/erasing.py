"""Erasing by law: what was proposed, proposing, and the second person's yes or no.

For leaders and the privacy officer. No words of any family are on these pages: the addresses lead to them for
whoever reads there anyway.
"""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import erasure
from alongside.access.views import SeeOther
from alongside.doors.entrance.frames import REFUSED
from alongside.doors.office import deciding
from alongside.doors.practice.forms import Field, Typed, typed
from alongside.doors.practice.looking import says
from alongside.doors.practice.who.form import Form, asked
from alongside.exchange.notes import erasing as brought
from alongside.families.person import Person
from alongside.families.queries import workers
from alongside.record.erased import GROUNDS
from alongside.record.erasing import Proposal, addresses_of, unswept
from alongside.record.statement import Receipt, Refused

ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Shown(deciding.Shown):
    """`where`: (words, address or ''); `files`: whether the files of the database hold the words still."""

    ground: str
    where: tuple[tuple[str, str], ...]
    files: bool


decides = partial(deciding.decides, erasure.may)


@decides("GET")
def erasings(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was decided, newest first."""
    return _listed(request)


def _listed(request: HttpRequest, wrong: str = "", of: str = "", status: int = 200) -> HttpResponse:
    staff, found = workers(), erasure.listed(request.visit.person)
    held = unswept()
    shown = [_shown(one, request.visit, staff, held) for one in found]
    return deciding.listed(request, "erasing", staff, shown, status, wrong=wrong, of=of)


def _shown(one: Proposal, visit: Any, staff: dict[int, Person], held: frozenset[str]) -> Shown:
    what = {
        "entries": _("The words at these addresses, with what lies inside them"),
        "import": _("Everything one import brought in"),
        "family": _("Everything about one family"),
    }[one.scope]
    words = deciding.in_words(
        one, what, me=visit.person, staff=staff, day=lambda at: says.day(at, visit.now),
        yes=_("Erased: %(who)s said yes on %(day)s."), no=_("Not erased: %(who)s said no on %(day)s."),
    )  # fmt: skip
    where = tuple((code, reverse("note", args=[code, id]) if id else "") for code, id in addresses_of(one, most=50))
    files = one.decided is not None and one.decided.id in held
    return Shown(**words, ground=str(GROUNDS[one.ground]), where=where, files=files)


@decides("GET", "POST")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose: what, on which ground, why."""
    back = reverse("erasing")
    form = Form(
        _("Propose to erase by law"), _("Propose"),
        _("A second person decides. Then the words are gone from here for good, and nobody can bring them back. "
               "Do not write here what the words say."),
        back, f"{back}?done=erasing-proposed", _fields, partial(_proposed, request.visit), current="erasing",
        says=refused,
    )  # fmt: skip
    return asked(request, workers(), form)


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


def _proposed(visit: Any, sent: Typed, at: int) -> list[Receipt]:
    how = {
        "by": visit.person, "strength": visit.strength, "ground": sent.one("ground"), "words": sent.one("words"),
        "lang": says.lang(), "at": at, "once": sent.once,
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
        if why.code == "decided":
            return deciding.decided_meanwhile(request, why, reverse("erasing"))
        return _listed(request, refused(why), id, REFUSED)


def refused(why: Refused) -> str:
    """What is not taken, in plain words."""
    said = {
        "not-found": _("There are no words at one of these addresses. Copy each from the browser, one on a line."),
        "one-thing": _("Choose one: addresses, or an import."),
        "no-ground": _("Choose the ground."),
        "no-reason": _("Say why, in a few words, without what the words say."),
        "holds-the-gate": _("On this rests who may read the family’s record. It goes only with the whole family."),
        "held": _("This family’s record is held: nothing is erased while the hold lasts."),
        "written-since": _("Somebody has written there since it was proposed. Say no, and propose it again."),
        "still-open": _("The work has not ended. It cannot be erased because of a clock."),
        "still-running": _("A time to keep it runs still. It cannot be erased because of a clock."),
        "not-over": _("No clock has run out yet."),
        "kept-on": _("It is kept on until another day."),
        "not-archived": _("No archive has it with its newest entry yet."),
        "no-clocks": _("The file of clocks cannot be read. Tell those who run this system."),
    }
    return deciding.refused(why, said)

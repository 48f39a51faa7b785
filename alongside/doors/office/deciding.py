"""What one person proposes and another one decides, on the pages of the office: who sees them, a proposal in words,
the list of what waits of what was decided, and what is not taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import ask_to_sign_in
from alongside.access.wrong import meanwhile
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import refusal, typed
from alongside.families.person import Person
from alongside.families.queries import workers
from alongside.record.deciding import Proposed
from alongside.record.readers import FRESH
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal in words. `mine`: proposed by the reader; `said`: what became of it, and `why`."""

    id: str
    what: str
    words: str
    who: str
    mine: bool
    said: str
    why: str


def decides(may: Callable[[int], bool], *methods: str) -> Callable:
    """Decorator: only for those who `may` propose and decide; for everybody else there is no page."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @enters("practice", methods=methods)
        @wraps(view)
        def inside(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not may(request.visit.person):
                raise Http404
            if request.method == "POST" and not from_this_account(request):
                return ask_to_sign_in(request)
            return view(request, **kwargs)

        return inside

    return wrap


def in_words(
    one: Proposed, what: str, *, me: int, staff: dict[int, Person], day: Callable[[int], str], yes: str, no: str
) -> dict[str, Any]:
    """What every proposal says, as Shown takes it. `day`: a moment as a day; `yes`, `no`: with %(who)s, %(day)s."""
    said, decided = "", one.decided
    if decided is not None:
        said = (yes if one.agreed else no) % {
            "who": name_of(staff, decided.author), "day": day(decided.recorded_at)
        }  # fmt: skip
    return {
        "id": one.id, "what": what, "words": one.words, "mine": one.by == me, "said": said,
        "who": _("%(who)s proposed it on %(day)s.") % {"who": name_of(staff, one.by), "day": day(one.at)},
        "why": decided.body["words"][0]["text"] if decided is not None and decided.body.get("words") else "",
    }  # fmt: skip


def name_of(staff: dict[int, Person], person: int) -> str:
    """How somebody who decided is called."""
    return staff[person].name if person in staff else _("somebody from outside the office")


def listed(
    request: HttpRequest, name: str, staff: dict[int, Person], shown: Sequence[Shown], status: int, **more: Any
) -> HttpResponse:
    """The page with this name: what waits for a second person, and what was decided, newest first."""
    visit = request.visit
    context = desk(
        request, staff, name, waiting=[one for one in shown if not one.said],
        decided=[one for one in shown if one.said],
        once=typed(request).once, whose=whose(visit.account), strong=visit.strength >= FRESH, **more,
    )  # fmt: skip
    return render(request, f"office/{name}.jinja", context, status=status)


def decided_meanwhile(request: HttpRequest, why: Refused, href: str, said: str = "") -> HttpResponse:
    """Somebody else decided while the reader wrote why. `said`: what they did, with %(who)s."""
    by = why.facts["by"]
    who = _("you") if by == request.visit.person else name_of(workers(), by)
    return meanwhile(request, (said or _("Meanwhile %(who)s decided.")) % {"who": who}, href)


def refused(why: Refused, said: dict[str, str]) -> str:
    """What is not taken, in plain words; `said`: what is of one page alone, by code."""
    return (
        said.get(why.code)
        or {
            "too-weak": _("Show first that it is you: “Show what is for you by name” at the foot of the page."),
            "not-a-second": _("You proposed it. Somebody else has to say yes."),
        }.get(why.code)
        or refusal(why)
    )

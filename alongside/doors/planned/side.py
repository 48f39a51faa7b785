"""One door as the plan's pages need it: who reads, what was read, how it is framed, where its pages are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in, elsewhere, gives_back
from alongside.dialogue.queries import standings
from alongside.dialogue.showing import Showing
from alongside.dialogue.woven import Woven
from alongside.doors.family import words
from alongside.doors.family.forms import autosave, carried, filled, handle, once
from alongside.doors.family.forms import sent as gone
from alongside.doors.family.lines import pending
from alongside.doors.family.reading import NotADay, look_into, no_day
from alongside.doors.family.room import Room
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Typed, refusal, typed
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.promising.lines import waits
from alongside.doors.practice.sentence_forms import READ_BY_NAME, settles
from alongside.families.queries import ids
from alongside.record.readers import KIN, Reader
from alongside.record.statement import Refused

FAMILY, PRACTICE = "family", "practice"
AROUND = ("family", "network")
BAD_DATE = 400
DONE = {"promise": "sent", "people": "kept"}  # what the family's door calls what was done


@dataclass(frozen=True)
class Side:
    """`place`: what was read, as its door knows it. `name`, `args`: the page itself. `wrong`: a day that is none."""

    request: HttpRequest
    door: str
    place: Room | Opened
    name: str
    args: tuple[str, ...] = ()
    around: Any = None
    wrong: bool = False

    @property
    def reader(self) -> Reader:
        return self.place.reader

    @property
    def woven(self) -> Woven:
        return self.place.woven

    @property
    def showing(self) -> Showing:
        return self.place.showing

    @property
    def at(self) -> int | None:
        return self.place.at

    @property
    def ours(self) -> bool:
        """Whether this is the family's own door."""
        return self.door == FAMILY

    @property
    def writes(self) -> bool:
        return self.at is None and self.reader.writes

    def named(self) -> "Side":
        """The same with the reader called by their name and not "you": for what is read on paper by many."""
        return replace(self, place=replace(self.place, showing=replace(self.showing, me=None)))

    def href(self, name: str, *args: str, **query: str) -> str:
        """A page of this door at the same moment. Names are those of the practice; the family's begin with "my-"."""
        if not self.ours:
            return self.place.href(name, *args, **query)
        wanted = {key: value for key, value in {**query, "at": self.place.typed}.items() if value}
        path = reverse(f"my-{name}", args=args)
        return path + ("?" + "&".join(f"{key}={value}" for key, value in wanted.items()) if wanted else "")

    def note(self, id: str) -> str:
        """Where one statement stands with everything beside it."""
        return self.href("note", id)

    def persons(self) -> dict[str, int]:
        """Everybody of the family and around it whom this reader knows by name: {value in a form: number}."""
        known = self.showing.people.persons.values()
        listed = [one.number for one in known if one.group in AROUND and not one.died and one.called]
        return self.valued(listed)

    def may_read(self) -> dict[str, int]:
        """Who may be named as a reader of something new: {value in a form: number}."""
        if self.ours:
            return self.valued(list(self.place.circle.family))
        here = standings(self.reader.family, now=self.place.now, by=self.reader.person)
        may = [one for one, stands in here.items() if stands.safe and stands.kind in READ_BY_NAME]
        return self.valued([one for one in may if self.showing.people.called(one)])

    def kin(self) -> dict[str, int]:
        """Those of the family who have a place here: whose words a worker may write down."""
        here = standings(self.reader.family, now=self.place.now, by=self.reader.person)
        may = [one for one, stands in here.items() if stands.safe and stands.kind in KIN]
        return self.valued([one for one in may if self.showing.people.called(one)])

    def valued(self, numbers: list[int]) -> dict[str, int]:
        if self.ours:
            return {handle(self.reader, number): number for number in numbers}
        return {id: number for number, id in ids(numbers).items()}

    def typed(self) -> Typed:
        """What was sent, or what is kept of it."""
        if not self.ours:
            return typed(self.request)
        fields = filled(self.request, self.reader).fields
        return Typed({name: list(found) for name, found in fields.items()}, once(self.request))

    def said(self, sent: Typed) -> dict[str, Any]:
        """What every verb that settles is told."""
        wait = words.settles() if self.ours else settles()
        return {**self.at_once(sent), "wait": wait}

    def at_once(self, sent: Typed) -> dict[str, Any]:
        """What every verb is told."""
        now = self.request.visit.now if self.ours else clock.micros(clock.now())
        return {"by": self.reader, "lang": self.showing.lang, "at": now, "once": sent.once}

    def refusal(self, why: Refused) -> str:
        """Why something was not taken, in this door's words."""
        mine = {
            "changed-meanwhile": _(
                "Somebody changed it while you wrote. Your words are below; look at what is new, then send again."
            ),
            "settles-still": _("Your last version is still on its way. Take it out, or wait until it has gone."),
            "no-review": _("Choose a day within thirty days, like 2026-12-15."),
            "not-fresh": _("Show first that it is you, then send again. Your words are below."),
            "service-word": _(
                "“%(word)s” sounds like a service. What is it that is needed? Say that, or send it again as it is."
            )
            % {"word": why.facts.get("word", "")},
        }  # fmt: skip
        if why.code == "no-reason":
            return _("Say what has to come with it, or why it is not safe.")
        return mine.get(why.code) or (words.refused(why.code, self.place.worker) if self.ours else refusal(why))

    def to(self, name: str, done: str) -> HttpResponse:
        """303 to a page that says what was done."""
        if self.ours:
            gone(self.request, self.reader)
            return SeeOther(f"{reverse(f'my-{name}')}?done={DONE[done]}")
        return SeeOther(self.href(name, done=done))

    def waits(self, *kinds: str) -> tuple[Any, ...]:
        """Own acts of these kinds that settle still."""
        if self.ours:
            return tuple(one for one in pending(self.place) if one.kind in kinds)
        return tuple(one for kind in kinds for one in waits(self.place, kind)) if self.at is None else ()

    def page(self, template: str, *, status: int = 200, **more: Any) -> HttpResponse:
        """A page in this door's frame."""
        if self.ours:
            hidden = carried(self.request, self.reader) | ({"once": more.pop("once")} if "once" in more else {})
            context = framed(
                self.request, "my-plan", room=self.place, side=self, frame_of="look/home.jinja", hidden=hidden,
                keep=autosave(), **{**self.around, **more},
            )  # fmt: skip
        else:
            hidden = {"once": more.pop("once", ""), "whose": whose(self.request.visit.account)}
            context = family_desk(
                self.request, self.place, self.name, *self.args, side=self, frame_of="look/desk.jinja", hidden=hidden,
                keep="", **more,
            )  # fmt: skip
        status = BAD_DATE if self.wrong and status == 200 else status
        return render(self.request, f"planned/{template}.jinja", context, status=status)


View = Callable[..., HttpResponse]


def in_practice(view: View, name: str, *methods: str) -> View:
    """The view of this page in the practice's door."""

    @enters("practice", methods=methods or ("GET",))
    def inside(request: HttpRequest, code: str) -> HttpResponse:
        if request.method == "POST" and not from_this_account(request):
            return ask_to_sign_in(request)
        page = open_family(request, code, whole=True)
        return view(Side(request, PRACTICE, page, name, wrong=bool(page.wrong)))

    inside.__doc__ = view.__doc__
    return inside


def in_family(view: View, name: str, *methods: str) -> View:
    """The view of this page in the family's door."""

    @in_room(*methods)
    def inside(request: HttpRequest, reader: Reader) -> HttpResponse:
        try:
            room, around = look_into(request, reader, f"my-{name}")
        except NotADay:
            return no_day(request, reader)
        return view(Side(request, FAMILY, room, name, around=around))

    inside.__doc__ = view.__doc__
    return inside


def not_now(side: Side) -> HttpResponse | None:
    """Back to the plan from a page on which one writes: as known then, for whom nothing new is taken, and in the
    family's door for those who do not belong to the family."""
    gives_back(side.request)
    return None if side.writes and (side.reader.kin or not side.ours) else elsewhere(side.request, side.href("plan"))

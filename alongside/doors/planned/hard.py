"""When it gets too much: the plan for hard hours, looked at again after each use; and the sealed plan for safety."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from alongside.access.views import SeeOther, elsewhere
from alongside.dialogue.queries import standings
from alongside.dialogue.said import words
from alongside.doors.planned import card
from alongside.doors.planned.boxes import Form, answer_form, chips, lines, one_of, picked
from alongside.doors.planned.hard_page import current, hard_page
from alongside.doors.planned.page import Words, quoted
from alongside.doors.planned.side import Side, not_now
from alongside.doors.practice.forms import Field, Typed
from alongside.record.reading import named
from alongside.record.statement import Refused
from alongside.record.terms import named_words
from alongside.teams import crisis, safety
from alongside.teams.crisis import CrisisPlan, Step

ROWS = 4  # of steps on the form, beside the ones that stand already


def hard(side: Side) -> HttpResponse:
    """The plan for hard hours: what to see, what to do, whom to ring."""
    waits = side.waits(crisis.WRITTEN, crisis.REVIEWED)
    page = hard_page(side.named())
    return side.page("crisis", hard=page, waits=waits, once=side.typed().once, as_file=card.holds(page))


def used(side: Side) -> HttpResponse:
    """It was used: noted at once, and the three questions are there whenever somebody has the strength for them."""
    plan = current(side)
    if plan is None or not side.writes:
        return SeeOther(side.href("crisis"))
    try:
        crisis.use(by=side.reader, version=plan.newest.id, at=side.at_once(side.typed())["at"], once=side.typed().once)
    except Refused:
        return SeeOther(side.href("crisis"))
    return SeeOther(side.href("crisis-review"))


def review(side: Side) -> HttpResponse:
    """Three questions about the plan; never about the family (R33)."""
    plan = current(side)
    if plan is None:
        return elsewhere(side.request, side.href("crisis"))
    form = Form(
        _("How did the plan do?"), _("We look at the plan, not at you. One answer is enough, and it can wait until "
        "tomorrow."),
        lambda sent: [Field("area", name, asked, sent.one(name)) for name, asked in crisis.questions().items()],
        lambda sent: crisis.review(
            version=plan.newest.id, words={name: sent.one(name) for name in crisis.ASKED}, **side.said(sent)),
        _("Send"), back="crisis",
        above=_("It is noted that the plan was used.") if plan.used else "",
    )  # fmt: skip
    return answer_form(side, form)


def write(side: Side) -> HttpResponse:
    """A first plan for hard hours, or its next version."""
    plan = current(side)
    form = Form(
        _("When it gets too much"),
        _("One thing on each line. Those you name are rung in this order; the last one only "
        "when nothing else helped. Everybody who reads this plan sees the numbers you write."),
        lambda sent: _boxes(side, plan, sent), lambda sent: _write(side, sent), _("Keep the plan"),
        back="crisis", hidden=(("base", plan.newest.id if plan else ""),),
    )  # fmt: skip
    return answer_form(side, form)


def _boxes(side: Side, plan: CrisisPlan | None, sent: Typed) -> list[Field]:
    typed, lists = "base" in sent.values, plan.lists if plan else {}
    value = {name: sent.one(name) if typed else "\n".join(lists.get(name, ())) for name in ("signs", "helped", "also")}
    boxes = [
        Field("area", "signs", _("How we see that it comes"), value["signs"]),
        Field("area", "helped", _("What helped before"), value["helped"]),
    ]
    people = side.persons()
    called = (("", _("somebody else")), *((value, side.showing.Name(number)) for value, number in people.items()))
    standing = [one for one in plan.steps if not one.last] if plan else []
    last = next((one for one in plan.steps if one.last), Step(last=True)) if plan else Step(last=True)
    for n, step in enumerate([*standing, *[Step()] * ROWS][: max(len(standing) + 1, ROWS)], 1):
        boxes += _row(people, called, sent, str(n), step, _("Step %(n)s") % {"n": n})
    boxes += _row(people, called, sent, "last", last, _("Last, when nothing else helped"))
    boxes.append(Field("area", "also", _("Also good to know"), value["also"]))
    if not side.ours:
        boxes.append(chips(side, side.kin(), sent, "speaker", _("Whose words"), "choice"))
    if plan is None:
        boxes.append(chips(side, side.may_read(), sent, "to", _("Who else can read it?")))
    return boxes


def _row(
    people: dict[str, int], called: tuple[tuple[str, str], ...], sent: Typed, n: str, step: Step, label: str
) -> list[Field]:
    """What one step asks: what, who, and a number."""
    chosen = next((value for value, number in people.items() if number == step.who), "")
    said = ", ".join(part for part in (step.name, step.what) if part)
    kept = {"what": said, "number": step.number, "who": chosen}
    now = {name: sent.one(f"{name}-{n}") if "base" in sent.values else before for name, before in kept.items()}
    return [
        Field("choose", f"who-{n}", label, now["who"], options=called),
        Field("line", f"what-{n}", _("What they do, or who it is"), now["what"]),
        Field("line", f"number-{n}", _("Number, also at night"), now["number"]),
    ]  # fmt: skip


def _steps(side: Side, sent: Typed) -> list[Step]:
    people = side.persons()
    rows = [name.removeprefix("what-") for name in sent.values if name.startswith("what-")]
    return [
        Step(sent.one(f"what-{n}"), people.get(sent.one(f"who-{n}")), "", sent.one(f"number-{n}"), n == "last")
        for n in rows
    ]


def _write(side: Side, sent: Typed) -> object:
    steps = [one for one in _steps(side, sent) if one.what.strip() or one.who or one.name.strip() or one.number.strip()]
    speaker = None if side.ours else one_of(side.kin(), sent, "speaker")
    if not side.ours and speaker is None:
        raise Refused("to-nobody")
    return crisis.write(
        signs=lines(sent.one("signs")), helped=lines(sent.one("helped")), also=lines(sent.one("also")), steps=steps,
        base=sent.one("base"), speaker=speaker, readers=picked(side.may_read(), sent, "to"), **side.said(sent),
    )  # fmt: skip


# for safety, sealed


@dataclass(frozen=True, slots=True)
class SafePlan:
    """One plan as its readers see it. `readers`: who else can read it; `review`: when it is looked at again."""

    id: str
    said: tuple[Words, ...]
    readers: str
    review: str


def safe(side: Side) -> HttpResponse:
    """The plans for safety this visitor reads. For everybody else the page is not there."""
    found = safety.safety_plans(side.woven.entries)
    if not found:
        raise Http404
    rows = named(side.reader, [one.first for one in found])
    listed = []
    for plan in reversed(found):
        others = [person for person, _why in rows.get(plan.first.pk, ()) if person != side.reader.person]
        due = side.showing.due(plan.review) if plan.review else ""
        said = tuple(quoted(side, entry) for entry in reversed(plan.versions))
        listed.append(SafePlan(plan.first.id, said, side.showing.names(others), due))
    return side.page("safety", plans=listed)


def safe_write(side: Side) -> HttpResponse:
    """The next version of a plan one reads; in the practice's door also a first one."""
    asked = side.request.GET.get("plan", "") or side.request.POST.get("plan", "")
    found = {one.first.id: one for one in safety.safety_plans(side.woven.entries)}
    plan = found.get(asked)
    if plan is None and (asked or side.ours or not side.reader.by_mark):
        return elsewhere(side.request, side.href("plan"))
    form = Form(
        _("A plan for safety"), _("Only those you name can read it. For everybody else there is nothing, not even that "
        "it is there. It goes into the record at once."),
        lambda sent: _safe_boxes(side, plan, sent), lambda sent: _safe_write(side, plan, sent), _("Keep it sealed"),
        back="safety", came="" if plan else "crisis", hidden=(("plan", plan.first.id),) if plan else (), done="people",
    )  # fmt: skip
    return not_now(side) or answer_form(side, form)


def _safe_boxes(side: Side, plan: safety.SafetyPlan | None, sent: Typed) -> list[Field]:
    typed = "words" in sent.values
    before = words(plan.newest, side.showing.lang)[0] if plan else ""
    kept = ", ".join(plan.newest.body.get("terms", ())) if plan else ""
    soon = (side.showing.today + dt.timedelta(days=safety.REVIEW_WITHIN)).isoformat()
    boxes = [
        Field("area", "words", _("The plan, in their words"), sent.one("words") if typed else before),
        Field("date", "review", _("We look at it again by"), sent.one("review") if typed else soon),
        Field(
            "line", "terms", _("Words that would give it away"), sent.one("terms") if typed else kept,
            _("A word agreed on, a place, a number, with commas. Nobody else sees them on any page."),
        ),
    ]  # fmt: skip
    if plan is None:
        boxes.append(chips(side, side.kin(), sent, "speaker", _("Whose words"), "choice"))
        boxes.append(chips(side, _sealed_for(side), sent, "to", _("Who else can read it")))
    return boxes


def _sealed_for(side: Side) -> dict[str, int]:
    """Who may be named on it one by one: those of the family with a place, and those who work here."""
    here = standings(side.reader.family, now=side.place.now)
    may = [p for p, stands in here.items() if stands.safe and p != side.reader.person and side.showing.people.called(p)]
    return side.valued(may)


def _safe_write(side: Side, plan: safety.SafetyPlan | None, sent: Typed) -> object:
    speaker = plan.newest.speaker if plan and not side.ours else None
    if plan is None:
        speaker = one_of(side.kin(), sent, "speaker")
        if speaker is None:
            raise Refused("to-nobody")
    return safety.write(
        text=sent.one("words"), review=sent.one("review"), to=picked(_sealed_for(side), sent, "to") if not plan else (),
        speaker=speaker, plan=plan.first.id if plan else "", terms=named_words(sent.one("terms")), **side.at_once(sent),
    )  # fmt: skip

"""The pages of the plan: to read and as files, to write it, to answer it, and in words for a child."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.leaving import cleared
from alongside.access.views import SeeOther, elsewhere
from alongside.assessment import need, strength
from alongside.dialogue.conversation import FORMS
from alongside.dialogue.said import words
from alongside.doors.planned import card as card_of
from alongside.doors.planned import paper
from alongside.doors.planned.boxes import Form, answer_form, chips, one_of, picked, points_typed
from alongside.doors.planned.hard_page import hard_page
from alongside.doors.planned.page import current, plan_page, versions
from alongside.doors.planned.side import Side
from alongside.doors.practice.forms import Field, Typed
from alongside.record.statement import Refused
from alongside.teams import planning
from alongside.teams.plan import ANSWERED, FOR_CHILD, GRADES, WRITTEN, Plan
from alongside.teams.safety import safety_plans

ON_THE_PAGE = (WRITTEN, ANSWERED, FOR_CHILD, need.KIND, strength.KIND, strength.USED, "dialogue.answer",
               "dialogue.question", "teams.celebration")  # fmt: skip
FIRST, MORE = 5, 2  # empty boxes of a first plan, and of a later version


def plan(side: Side) -> HttpResponse:
    """The plan, now or as known then."""
    page = plan_page(side.named())
    alone = bool(safety_plans(side.woven.entries))
    return side.page(
        "plan",
        page_=page,
        sheet=paper.sheet(page),
        waits=side.waits(*ON_THE_PAGE),
        own=alone,
        as_file=paper.holds(page),
    )


def compared(side: Side) -> HttpResponse:
    """Every version of the plan and what it changed."""
    found = current(side)
    return side.page("versions", versions=versions(side.named(), found) if found else (), plan=found)


def write(side: Side) -> HttpResponse:
    """A first plan or its next version: one box a point."""
    found = current(side)
    form = Form(
        _("Our plan") if side.ours else _("The plan, in their words"), _lead_of_writing(side, found),
        lambda sent: _write_boxes(side, found, sent), lambda sent: _write(side, found, sent), _("Keep the plan"),
        hidden=(("base", found.newest.id if found else ""),),
    )  # fmt: skip
    return answer_form(side, form)


def _lead_of_writing(side: Side, found: Plan | None) -> str:
    if found is not None:
        return _("The version before stays, and anybody can see what changed. Empty a box to leave the point out.")
    if side.ours:
        return _("You write it, not we. One thing in each box, in your own words. We answer each point.")
    return _("Their words, not yours. Write down what they say, one point in each box, or copy it from their paper.")


def _write_boxes(side: Side, found: Plan | None, sent: Typed) -> list[Field]:
    points = found.points if found else ()
    typed = "base" in sent.values
    boxes = [
        Field(
            "area", f"point-{point.key}", _("Point %(n)s") % {"n": place}, _kept(sent, f"point-{point.key}", point.text)
        )
        for place, point in enumerate(points, 1)
    ]
    loose = [text for key, text in points_typed(sent) if text.strip() and key not in {point.key for point in points}]
    for n in range(1, max(MORE if found else FIRST, len(loose) + 1) + 1):
        label = _("Point %(n)s") % {"n": len(points) + n}
        boxes.append(Field("area", f"new-{n}", label, loose[n - 1] if n <= len(loose) else ""))
    boxes.append(Field("area", "more", _("More points, one on each line")))
    hint = _("What will you do when we are not here any more, and how do we know that it is time? It can wait.")
    boxes.append(
        Field("area", "exit", _("How this ends"), sent.one("exit") if typed else found.exit if found else "", hint)
    )
    if not side.ours:
        boxes.append(chips(side, side.kin(), sent, "speaker", _("Whose words"), "choice"))
        boxes.append(Field("check", "paper", _("Copied from their paper"), sent.one("paper")))
    if found is None:
        boxes.append(chips(side, side.may_read(), sent, "to", _("Who else can read it?")))
    return boxes


def _kept(sent: Typed, name: str, before: str) -> str:
    """What was typed, else what stood there."""
    return sent.one(name) if "base" in sent.values else before


def _write(side: Side, found: Plan | None, sent: Typed) -> object:
    speaker = None if side.ours else one_of(side.kin(), sent, "speaker")
    if not side.ours and speaker is None:
        raise Refused("to-nobody")
    return planning.write(
        points=points_typed(sent), exit=sent.one("exit"), base=sent.one("base"), speaker=speaker,
        readers=picked(side.may_read(), sent, "to"), paper=bool(sent.one("paper")), **side.said(sent),
    )  # fmt: skip


def answer(side: Side) -> HttpResponse:
    """The professionals' answer, point by point."""
    found = current(side)
    if found is None:
        return elsewhere(side.request, side.href("plan"))
    form = Form(
        _("Answer the plan"), _("Yes; yes, with what has to come with it; or not safe, and why. They read it as you "
        "write it. What you leave open, you can answer later."), lambda sent: _answer_boxes(found, sent),
        lambda sent: planning.answer(version=sent.one("version"), grades=_grades(found, sent), **side.said(sent)),
        _("Send the answers"), hidden=(("version", found.newest.id),),
    )  # fmt: skip
    return answer_form(side, form)


def _answer_boxes(found: Plan, sent: Typed) -> list[Field]:
    boxes = []
    for place, point in enumerate(found.points, 1):
        grade = sent.one(f"grade-{point.key}")
        options = [(name, str(said), grade == name, "") for name, said in GRADES.items()]
        options.append(("", _("Not yet"), not grade, ""))
        boxes.append(Field("choice", f"grade-{point.key}", f"{place}. {point.text}", options=tuple(options)))
        label = _("Point %(n)s: what has to come with it, or why it is not safe") % {"n": place}
        boxes.append(Field("area", f"text-{point.key}", label, sent.one(f"text-{point.key}")))
    here = {f"text-{point.key}" for point in found.points}
    names = [name for name in sent.values if name == "gone" or name.startswith("text-") and name not in here]
    if gone := [sent.one(name) for name in names if sent.one(name).strip()]:
        label = _("What you wrote to points that are not there any more")
        boxes.append(Field("area", "gone", label, "\n\n".join(gone)))
    return boxes


def _grades(found: Plan, sent: Typed) -> dict[int, tuple[str, str]]:
    return {one.key: (sent.one(f"grade-{one.key}"), sent.one(f"text-{one.key}")) for one in found.points}


def say(side: Side) -> HttpResponse:
    """A member's graded answer to one point or to the whole (R3)."""
    found = current(side)
    if found is None or not side.reader.kin:
        return elsewhere(side.request, side.href("plan"))
    form = Form(
        _("What you say to it"), _("It stands beside the plan in your words, also on paper. A no is as good as a yes. "
        "You read it, and those who work with you."), lambda sent: _say_boxes(side, found, sent),
        lambda sent: planning.say_to(
            version=found.newest.id, point=_point(sent), form=sent.one("form"), text=sent.one("words"),
            **side.said(sent)), _("Send"),
    )  # fmt: skip
    return answer_form(side, form)


def _point(sent: Typed) -> int:
    return int(sent.one("point")) if sent.one("point").isdecimal() else 0


def _say_boxes(side: Side, found: Plan, sent: Typed) -> list[Field]:
    asked = sent.one("point") or side.request.GET.get("point", "")
    whole = ("0", _("The whole plan"), asked in ("", "0"), "")
    points = [
        (str(point.key), f"{place}. {point.text}", asked == str(point.key), "")
        for place, point in enumerate(found.points, 1)
    ]
    forms = [(name, str(said), sent.one("form") == name, "") for name, said in FORMS.items()]
    return [
        Field("choice", "point", _("To what"), options=(whole, *points)),
        Field("choice", "form", _("Your answer"), options=tuple(forms)),
        Field("area", "words", _("In your words, if you like"), sent.one("words")),
    ]


def child(side: Side) -> HttpResponse:
    """The plan in words for a child, on a page of its own."""
    found = current(side)
    told = found.for_child[-1] if found and found.for_child else None
    text, lang = words(told, side.showing.lang) if told else ("", "")
    then = told is not None and told.answers != found.newest.pk
    return side.page(
        "child", text=text, text_lang=lang, by=side.showing.to(told.speaker) if told else "", older=then,
        plan=found, waits=side.waits(FOR_CHILD),
    )  # fmt: skip


def child_write(side: Side) -> HttpResponse:
    """Put the plan into words a child understands."""
    found = current(side)
    if found is None:
        return elsewhere(side.request, side.href("plan"))
    form = Form(
        _("The plan in words for a child"),
        _("Short sentences. Who does what, and when. What happens if it goes wrong. "
        "Everybody who reads the plan can read it."),
        lambda sent: [Field("area", "words", _("In words for a child"), sent.one("words"))],
        lambda sent: planning.for_child(version=found.newest.id, text=sent.one("words"), **side.said(sent)),
        _("Keep it"), back="plan-child",
    )  # fmt: skip
    return answer_form(side, form)


def as_file(side: Side) -> HttpResponse:
    """The plan as a tagged PDF of one page. Its name says nothing of whom it is about."""
    page = plan_page(side.named())
    if page.plan is None or not paper.holds(page):
        return SeeOther(side.href("plan"))
    return _file(side, "plan.pdf", partial(paper.pdf, page, ours=side.ours))


def card(side: Side) -> HttpResponse:
    """The plan for hard hours as a file to keep."""
    page = hard_page(side.named())
    if not card_of.holds(page):
        return SeeOther(side.href("crisis"))
    return _file(side, "card.pdf", partial(card_of.pdf, page))


def _file(side: Side, name: str, made: Callable[..., bytes]) -> HttpResponse:
    """A PDF for whoever visits, without what must not reach them. `name`: says nothing of whom it is about."""
    visit, day = side.request.visit, side.showing.day(dates.on(side.showing.today), True)
    content = made(lang=side.showing.lang, day=day, clear=partial(cleared, to=visit.person, now=visit.now))
    response = HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
    response.cleared_for = visit.person
    return response

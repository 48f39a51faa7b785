"""Beside the plan: to say what is needed, what people are good at, and what there is to celebrate."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from alongside.assessment import need, strength
from alongside.dialogue.said import words
from alongside.doors.planned.boxes import Form, answer_form, chips, one_of, picked
from alongside.doors.planned.page import current
from alongside.doors.planned.side import Side
from alongside.doors.practice.forms import Field, Typed
from alongside.record.statement import Refused
from alongside.teams import planning
from alongside.teams.plan import Plan


def say_need(side: Side) -> HttpResponse:
    """Somebody needs something; whose it is to change."""
    form = Form(
        _("What is needed"),
        _("A need is not a service. “Sleep eight hours twice a week” is a need; how it comes about is "
        "decided later. Parents and siblings have needs too."), lambda sent: _need_boxes(side, sent),
        lambda sent: _need(side, sent), _("Keep it"),
    )  # fmt: skip
    return answer_form(side, form)


def _need_boxes(side: Side, sent: Typed) -> list[Field]:
    chosen = set(sent.many("change"))
    whose = tuple((name, str(said), name in chosen, "") for name, said in need.CHANGE.items())
    boxes = [
        chips(side, side.persons(), sent, "of", _("Who needs it"), "choice"),
        Field("area", "words", _("What they need"), sent.one("words")),
        Field("chips", "change", _("Whose is it to change?"), options=whose),
    ]
    if not side.ours:
        boxes.append(chips(side, side.kin(), sent, "speaker", _("Who says so, if it is not you"), "choice"))
    return [*boxes, chips(side, side.may_read(), sent, "to", _("Who else can read it?"))]


def _need(side: Side, sent: Typed) -> object:
    of = one_of(side.persons(), sent, "of")
    if of is None:
        raise Refused("to-nobody")
    return need.say(
        of=of, text=sent.one("words"), change=sent.many("change"), readers=picked(side.may_read(), sent, "to"),
        speaker=None if side.ours else one_of(side.kin(), sent, "speaker"), sure=bool(sent.one("sure")),
        **side.said(sent),
    )  # fmt: skip


def say_strength(side: Side) -> HttpResponse:
    """Somebody is good at something; or, of one that is known, in which points it is used."""
    found, known = current(side), {one.entry.id: one for one in strength.strengths(side.woven.entries)}
    it = known.get(side.request.GET.get("of", "") or side.request.POST.get("strength", ""))
    form = Form(
        _("Where it is used") if it else _("What somebody is good at"),
        _("Tick the points of the plan that build on it.") if it else _(
            "What you saw, or know of yourself. A plan that uses what people are good at holds longer."),
        lambda sent: _strength_boxes(side, found, it, sent), lambda sent: _strength(side, it, sent), _("Keep it"),
        hidden=(("strength", it.entry.id),) if it else (), above=words(it.entry, side.showing.lang)[0] if it else "",
    )  # fmt: skip
    return answer_form(side, form)


def _strength_boxes(side: Side, found: Plan | None, it: strength.Strength | None, sent: Typed) -> list[Field]:
    chosen = set(sent.many("points")) if sent.values else {str(key) for key in it.points} if it else set()
    points = tuple(
        (str(point.key), f"{place}. {point.text}", str(point.key) in chosen, "")
        for place, point in enumerate(found.points if found else (), 1)
    )
    used = [Field("chips", "points", _("Used in"), options=points)] if points else []
    if it is not None:
        return used
    return [
        chips(side, side.persons(), sent, "of", _("Who"), "choice"),
        Field("area", "words", _("Good at"), sent.one("words")), *used,
        chips(side, side.may_read(), sent, "to", _("Who else can read it?")),
    ]  # fmt: skip


def _strength(side: Side, it: strength.Strength | None, sent: Typed) -> object:
    points = [int(one) for one in sent.many("points") if one.isdecimal()]
    if it is not None:
        return strength.use(strength=it.entry.id, points=points, **side.said(sent))
    of = one_of(side.persons(), sent, "of")
    if of is None:
        raise Refused("to-nobody")
    return strength.say(
        of=of, text=sent.one("words"), points=points, readers=picked(side.may_read(), sent, "to"), **side.said(sent)
    )


def celebrate(side: Side) -> HttpResponse:
    """Write down what is to be celebrated."""
    form = Form(
        _("Something to celebrate"), _("Small things count."),
        lambda sent: [
            Field("area", "words", _("What went well"), sent.one("words")),
            chips(side, side.may_read(), sent, "to", _("Who else can read it?")),
        ],
        lambda sent: planning.celebrate(
            text=sent.one("words"), readers=picked(side.may_read(), sent, "to"), **side.said(sent)),
        _("Keep it"),
    )  # fmt: skip
    return answer_form(side, form)

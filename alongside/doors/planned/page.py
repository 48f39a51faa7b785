"""The plan as one page: what each wants, what is needed and whose that is to change, the points with every answer,
what people are good at, goals, who does what, how it ends, and what was celebrated."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from alongside.assessment.need import CHANGE, Need, needs
from alongside.assessment.strength import Strength, strengths
from alongside.dialogue.said import Said, words
from alongside.dialogue.showing import joined
from alongside.doors.family.promised import promised
from alongside.doors.planned.side import Side
from alongside.doors.practice.goals import ladder, own_words
from alongside.doors.practice.owed import owed, promise_line
from alongside.doors.practice.standing import of_family
from alongside.promises.promise import promises
from alongside.record.entry import Entry
from alongside.teams.life import lives, mission
from alongside.teams.plan import GRADES, Answer, Plan, compare, plans

TONES = {"yes": "agree", "with": "add", "not-safe": "differ"}
CELEBRATION = "teams.celebration"
CELEBRATED = 3  # the newest


@dataclass(frozen=True, slots=True)
class Words:
    """Something somebody said, with who and when: `text`, `lang` ('' for the page's), `by`, `href`."""

    text: str
    lang: str
    by: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class NeedLine:
    """`each`: (who, what); without it `whole`, the words as they were said. `whose`: who is to change it."""

    each: tuple[tuple[str, str], ...]
    whole: Words
    whose: str


@dataclass(frozen=True, slots=True)
class PointLine:
    """`answers`: of professionals, `own`: of the family, both for the look's `answer`."""

    key: int
    place: int
    text: str
    answers: tuple[dict[str, Any], ...]
    own: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class StrengthLine:
    """`points`: their places in the plan, as words; `value`: how a form names it."""

    who: str
    said: Words
    points: str
    value: str


@dataclass(frozen=True, slots=True)
class Goal:
    title: str
    lang: str
    now: str
    href: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the plan. `lives`: a good life in each one's words (R107); `mission`, `rules`: the team's
    mission and ground rules (R28)."""

    lives: tuple[tuple[str, Words], ...] = ()
    mission: Words | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything the page shows. `plan`: None where none is written that this reader may read."""

    plan: Plan | None
    lang: str
    says: str
    head: Head
    points: tuple[PointLine, ...]
    whole: tuple[dict[str, Any], ...]
    exit: str
    needs: tuple[NeedLine, ...]
    elsewhere: tuple[NeedLine, ...]
    used: tuple[StrengthLine, ...]
    unused: tuple[StrengthLine, ...]
    goals: tuple[Goal, ...]
    owed: tuple[dict[str, Any], ...]
    ours: tuple[dict[str, Any], ...]
    celebrated: tuple[Words, ...]
    for_child: bool
    others: tuple[tuple[str, str], ...]


def current(side: Side) -> Plan | None:
    """The plan that was written or changed last."""
    found = plans(side.woven.entries, side.reader.person)
    return found[-1] if found else None


def head(side: Side) -> Head:
    """What stands above every plan: a good life in each one's words, what the team is for, its ground rules."""
    show, found = side.showing, mission(side.woven.entries)
    good = {who: one.good for who, one in lives(side.woven.entries).items() if one.good is not None}
    said = tuple((show.Name(who), quoted(side, entry)) for who, entry in good.items())
    if found is None:
        return Head(said)
    stands = replace(quoted(side, found.said), text=found.text, lang=found.lang)
    return Head(said, stands, found.rules)


def plan_page(side: Side) -> PlanPage:
    """Compose the page from what one reader reads."""
    found = plans(side.woven.entries, side.reader.person)
    plan = found[-1] if found else None
    every = [_need(side, one) for one in needs(side.woven.entries)]
    strong = [(one, _strength(side, one, plan)) for one in strengths(side.woven.entries)]
    debts, own = _promised(side)
    return PlanPage(
        plan=plan, lang=words(plan.newest, side.showing.lang)[1] if plan else "", says=_says(side, plan),
        head=head(side), points=tuple(_points(side, plan)) if plan else (),
        whole=tuple(_whole(side, plan)) if plan else (), exit=plan.exit if plan else "",
        needs=tuple(line for one, line in every if not one.elsewhere),
        elsewhere=tuple(line for one, line in every if one.elsewhere),
        used=tuple(line for _one, line in strong if line.points),
        unused=tuple(line for _one, line in strong if not line.points),
        goals=tuple(_goals(side)), owed=debts, ours=own, celebrated=tuple(_celebrated(side)),
        for_child=bool(plan and plan.for_child), others=tuple(_others(side, found[:-1])),
    )  # fmt: skip


def quoted(side: Side, entry: Entry) -> Words:
    """What an entry says, who said it and when, and where it stands."""
    text, lang = words(entry, side.showing.lang)
    said = side.woven.by_place.get(entry.pk)
    when = side.showing.when(said) if said else side.showing.on(entry.received)
    return Words(text, lang, f"{side.showing.Name(entry.speaker)}, {when}", side.note(entry.id))


def _says(side: Side, plan: Plan | None) -> str:
    """Whose words the plan is, who wrote them down, and since when."""
    if plan is None:
        return ""
    entry, show = plan.newest, side.showing
    names = {"who": show.Name(entry.speaker), "writer": show.to(entry.author), "day": show.on(entry.received, True)}
    if entry.body.get("paper"):
        return _("%(who)s’s words, from paper, %(day)s.") % names
    if entry.author != entry.speaker:
        return _("%(who)s’s words, written down by %(writer)s, %(day)s.") % names
    return _("Written by %(who)s, %(day)s.") % {**names, "who": show.to(entry.speaker)}


def _points(side: Side, plan: Plan) -> Iterable[PointLine]:
    for place, point in enumerate(plan.points, 1):
        yield PointLine(
            point.key, place, point.text,
            tuple(graded(side, one) for one in plan.answers_to(point.key) if _stands(side, one.entry)),
            tuple(side.showing.answer(said) for said in _shown(side, plan.own_to(point.key))),
        )  # fmt: skip


def graded(side: Side, one: Answer) -> dict[str, Any]:
    """A professional's answer to a point, for the look's `answer`."""
    day = side.showing.on(one.entry.received)
    names = {"who": side.showing.Name(one.entry.speaker), "grade": str(GRADES[one.grade])[:1].lower() + str(
        GRADES[one.grade])[1:]}  # fmt: skip
    return {
        "tone": TONES[one.grade], "who": _("%(who)s: %(grade)s") % names, "text": one.text,
        "lang": words(one.entry, side.showing.lang)[1],
        "meta": day if one.same else _("%(day)s, to how the point was before") % {"day": day},
    }  # fmt: skip


def _whole(side: Side, plan: Plan) -> Iterable[dict[str, Any]]:
    """What was said to the plan as a whole, and to the answers."""
    yield from (side.showing.answer(said) for said in _shown(side, plan.own_to(0)))
    for said in _shown(side, plan.answers):
        about = {"who": side.showing.name(said.of)}
        for one in said.beside:
            if not one.taken_back:
                shown = side.showing.answer(one)
                yield shown | {"meta": f"{shown['meta']}. " + _("To what %(who)s answered.") % about}


def _shown(side: Side, entries: Iterable[Entry]) -> list[Said]:
    found = (side.woven.by_place.get(entry.pk) for entry in entries)
    return [said for said in found if said is not None and not said.taken_back]


def _stands(side: Side, entry: Entry) -> bool:
    return bool(_shown(side, [entry]))


def _need(side: Side, one: Need) -> tuple[Need, NeedLine]:
    each = tuple((side.showing.Name(person), text) for person, text in one.each)
    whose = joined([str(CHANGE[name]) for name in one.change])
    return one, NeedLine(each, quoted(side, one.entry), whose)


def _strength(side: Side, one: Strength, plan: Plan | None) -> StrengthLine:
    places = {point.key: place for place, point in enumerate(plan.points, 1)} if plan else {}
    used = joined([str(places[key]) for key in one.points if key in places])
    return StrengthLine(side.showing.Name(one.of), quoted(side, one.entry), used, one.entry.id)


def _goals(side: Side) -> Iterable[Goal]:
    """The goals in their own words, and where the newest rating stands on their ladder."""
    rated = [said for said in side.woven.by_place.values() if said.kind == "followup.rated" and not said.taken_back]
    for said in side.woven.by_place.values():
        if said.kind != "followup.goal" or said.taken_back:
            continue
        beside = {one.entry.pk for one in said.beside}
        mine = [one for one in rated if one.entry.thing == said.entry.pk or one.entry.pk in beside]
        value = mine[-1].entry.body.get("value") if mine else None
        now = ladder(said.text).get(value, "") if isinstance(value, int) else ""
        if now:
            facts = {"now": now, "day": side.showing.when(mine[-1])}
            now = _("Now: %(now)s (%(day)s)") % facts
        yield Goal(own_words(said.text), said.lang, now, side.note(said.id))


def _promised(side: Side) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    """Open promises for the look's `promise`: what those who help owe, and what the family said it would do."""
    if side.ours:
        debts, own = promised(side.place)
        return tuple(_plain(one) for one in debts if _open(one.state)), tuple(
            _plain(one) for one in own if _open(one.state)
        )
    page = side.place
    made = [one for one in promises(page.entries) if one.open and one.made.pk in page.woven.by_place]
    theirs = tuple(
        promise_line(page, one)
        for one in made
        if of_family(page, one.owner) and not page.woven.by_place[one.made.pk].taken_back
    )
    return tuple(one for one in owed(page) if _open(one["state"])), theirs


def _open(state: str) -> bool:
    return state in ("open", "moved")


def _plain(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("state", "who", "what", "due", "notes", "answers", "href")}


def _celebrated(side: Side) -> list[Words]:
    found = [said for said in side.woven.by_place.values() if said.kind == CELEBRATION and not said.taken_back]
    return [quoted(side, said.entry) for said in sorted(found, key=lambda said: -said.entry.pk)[:CELEBRATED]]


def _others(side: Side, plans_: Iterable[Plan]) -> Iterable[tuple[str, str]]:
    """Plans that others wrote for themselves, (words, address)."""
    for plan in plans_:
        names = {"who": side.showing.to(plan.newest.speaker), "day": side.showing.on(plan.newest.received)}
        yield _("A plan by %(who)s, %(day)s") % names, side.note(plan.newest.id)


@dataclass(frozen=True, slots=True)
class Version:
    """One version beside the one before. `changes`: (how in words, how, before, after, place)."""

    says: str
    href: str
    changes: tuple[tuple[str, str, str, str], ...]
    exit: tuple[str, str]


def versions(side: Side, plan: Plan) -> tuple[Version, ...]:
    """Every version and what it changed, the newest first."""
    names = {
        "same": _("as before"), "changed": _("changed"), "added": _("added"), "left-out": _("left out"),
    }  # fmt: skip
    found = []
    for before, after in zip((None, *plan.versions[:-1]), plan.versions, strict=True):
        alone = replace(plan, versions=(after,))
        changes = compare(before, after) if before else ()
        found.append(
            Version(
                _says(side, alone), side.note(after.id),
                tuple((names[one.how], one.how, one.before, one.after) for one in changes if one.how != "same"),
                (before.body.get("exit", "") if before else "", after.body.get("exit", "")),
            )
        )  # fmt: skip
    return tuple(reversed(found))

"""Writing the family's plan, answering it point by point, and putting it into a child's words: the verbs.

Everything by keyword, as in `dialogue.writing`. Raises Refused: not-any-more, not-yours, not-found, no-words,
no-reason, unknown-form, to-nobody, not-to-them, changed-meanwhile, settles-still, other-words.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.across import addressed_to, back_to
from alongside.dialogue.onward import carried_on, save
from alongside.dialogue.queries import known, staff_of
from alongside.dialogue.writing import answer as say
from alongside.dialogue.writing import may_write, worded
from alongside.record.readers import Reader
from alongside.record.reading import mark_now, read
from alongside.record.settling import Waiting, waiting
from alongside.record.statement import Refused, Statement
from alongside.teams.plan import ANSWERED, FOR_CHILD, GRADES, OWN, WRITTEN, Plan, Point, plans, points_of

KINDS = (WRITTEN, ANSWERED, FOR_CHILD, "record.taken-back", *OWN)


def write(
    *, by: Reader, points: Sequence[tuple[int, str]], exit: str, lang: str, at: int, once: str, wait: int,
    readers: Sequence[int] = (), speaker: int | None = None, base: str = "", paper: bool = False,
) -> Waiting | None:  # fmt: skip
    """A first plan, or the next version of one. `points`: (key in the version before or 0, words); an empty one is
    left out. `exit`: how it ends, '' for not said yet. `base`: the id of the version that is carried on, '' for a
    first plan. `speaker`: whose words a worker writes down; `paper`: from paper.

    A later version is read exactly as the plan is; `readers` count for a first one only.
    """
    may_write(by)
    if not by.kin and (speaker is None or staff_of(by.family, [speaker])):
        raise Refused("not-yours")
    plan = _carried_on(by, base, once)
    numbered = _keyed(plan, base, points)
    if not numbered:
        raise Refused("no-words")
    body: dict[str, Any] = {
        "words": worded(_as_text(numbered, exit), lang),
        "points": [{"key": point.key, "text": point.text} for point in numbered],
    }
    body |= {"exit": exit.strip()} if exit.strip() else {}
    body |= {"paper": True} if paper else {}
    whose = by.person if by.kin else speaker
    named_too = [person for person in (*readers, whose) if person not in (by.person, None)]
    if plan is None:
        held: dict[str, Any] = {"readers": addressed_to(by, named_too)}
    else:
        held = carried_on(by, plan.versions)
    statement = Statement(WRITTEN, body, speaker=whose, basis="own-words", about=(whose,), **held)
    return save([statement], by, at, once, wait)


def answer(
    *, by: Reader, version: str, grades: Mapping[int, tuple[str, str]], lang: str, at: int, once: str, wait: int
) -> Waiting | None:
    """Answer points of the plan: {key: (grade, words)}. Everything but a plain yes needs words (R24)."""
    may_write(by)
    if by.kin:
        raise Refused("not-yours")
    plan = _with(by, version)
    if version != plan.newest.id:
        raise Refused("changed-meanwhile")
    said = []
    for place, point in enumerate(plan.points, 1):
        grade, text = grades.get(point.key, ("", ""))
        if not grade:
            continue
        if grade not in GRADES:
            raise Refused("unknown-form")
        if grade != "yes" and not text.strip():
            raise Refused("no-reason", point=point.key)
        said.append((place, point.key, grade, text.strip()))
    if not said:
        raise Refused("no-words")
    body = {
        "words": worded("\n".join(_graded(place, grade, text) for place, _key, grade, text in said), lang),
        "points": [
            {"key": key, "grade": grade, **({"text": text} if text else {})} for _place, key, grade, text in said
        ],
    }
    entry = plan.newest
    statement = Statement(
        ANSWERED, body, mark=mark_now(entry), about=entry.about, answers=entry.id, readers=back_to(by, entry)
    )
    return save([statement], by, at, once, wait)


def say_to(
    *, by: Reader, version: str, point: int, form: str, text: str, lang: str, at: int, once: str, wait: int
) -> Waiting | None:
    """A member's graded answer to one point, or with 0 to the whole plan (R3). Read as every answer is (R5)."""
    plan = _with(by, version)
    if not by.kin:
        raise Refused("not-yours")
    if point and point not in {one.key for one in plan.points}:
        raise Refused("not-found")
    return say(by=by, to=version, form=form, text=text, lang=lang, at=at, once=once, wait=wait, point=point)


def for_child(*, by: Reader, version: str, text: str, lang: str, at: int, once: str, wait: int) -> Waiting | None:
    """The plan in plainer words, by somebody who names themselves (R15). Read by those who read the plan."""
    may_write(by)
    entry = _with(by, version).newest
    statement = Statement(
        FOR_CHILD, {"words": worded(text, lang)}, basis="own-words" if by.kin else "act", mark=mark_now(entry),
        about=entry.about, answers=entry.id, readers=back_to(by, entry),
    )  # fmt: skip
    return save([statement], by, at, once, wait)


def celebrate(
    *, by: Reader, text: str, lang: str, at: int, once: str, wait: int, readers: Sequence[int] = ()
) -> Waiting | None:
    """Something to celebrate, for all to find again (R34)."""
    may_write(by)
    statement = Statement(
        "teams.celebration", {"words": worded(text, lang)}, basis="own-words" if by.kin else "seen",
        about=(by.person,) if by.kin else tuple(dict.fromkeys(readers)), readers=addressed_to(by, readers),
    )  # fmt: skip
    return save([statement], by, at, once, wait)


def _with(by: Reader, version: str) -> Plan:
    found = plans(read(by, kinds=KINDS), by.person)
    plan = next((plan for plan in found if version in {one.id for one in plan.versions}), None)
    if plan is None:
        raise Refused("not-found")
    return plan


def _carried_on(by: Reader, base: str, once: str) -> Plan | None:
    """The plan with this newest version. Sent again with the same key it is the same act."""
    again = known(by.person, by.family, once)
    on_its_way = any(
        act.statements[0].kind == WRITTEN and act.once != once for act in waiting(by.person, family=by.family)
    )
    if on_its_way and not again:
        raise Refused("settles-still")
    if not base:
        return None
    plan = _with(by, base)
    if plan.newest.id != base and not again:
        raise Refused("changed-meanwhile")
    return plan


def _keyed(plan: Plan | None, base: str, points: Sequence[tuple[int, str]]) -> list[Point]:
    """The points in their order. One that was there keeps its key; a new one gets a key nothing had up to `base`."""
    before = plan.versions[: [one.id for one in plan.versions].index(base) + 1] if plan else ()
    had = {point.key for version in before for point in points_of(version)}
    free = max(had, default=0) + 1
    found: list[Point] = []
    for key, text in points:
        words = text.replace("\r\n", "\n").strip()
        if not words:
            continue
        if key not in had or key in {point.key for point in found}:
            key, free = free, free + 1
        found.append(Point(key, words))
    return found


def _as_text(points: Sequence[Point], exit: str) -> str:
    """The whole plan as it stands in a story."""
    lines = [f"{place} {point.text}" for place, point in enumerate(points, 1)]
    return "\n".join([*lines, _("When this ends: %(words)s") % {"words": exit.strip()}] if exit.strip() else lines)


def _graded(place: int, grade: str, text: str) -> str:
    return f"{place} {GRADES[grade]}: {text}" if text else f"{place} {GRADES[grade]}."

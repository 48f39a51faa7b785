"""Goals in the family's words, where they stand now, and the line of ratings (R64, R65)."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import Said
from alongside.doors.practice.page import Opened
from alongside.pictures.spark import spark

_QUOTED = re.compile(r"(?<!\S)['“«„\"](.+?)['”»“\"](?=\s|$)")
_RUNG = re.compile(r"(?<!\S)([+-]?[0-2])(?: \([^)]*\))?: ")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """`title`: the goal in its own words; `rung`: the words of the step they are on, who says so and when;
    `words`: the newest rating as it was said; `answers`: what stands beside goal and rating;
    `spark`: an SVG, already safe."""

    title: str
    lang: str
    rung: str
    words: str
    answers: tuple[dict[str, Any], ...]
    spark: str
    href: str


def goals(page: Opened) -> list[GoalLine]:
    """The goals that stand, the newest rated first."""
    found = [said for said in page.woven.by_place.values() if said.kind == "followup.goal" and not said.taken_back]
    rated = [(goal, _ratings(page, goal)) for goal in found]
    rated.sort(key=lambda pair: -(pair[1][-1] if pair[1] else pair[0]).entry.pk)
    return [_line(page, goal, ratings, place) for place, (goal, ratings) in enumerate(rated)]


def _ratings(page: Opened, goal: Said) -> list[Said]:
    """Ratings of this goal in order: those that continue it, and those that stand beside it."""
    beside = {one.entry.pk for one in goal.beside}
    return [
        said
        for place, said in sorted(page.woven.by_place.items())
        if said.kind == "followup.rated"
        and (said.entry.thing == goal.entry.pk or place in beside)
        and isinstance(said.entry.body.get("value"), int)
        and not said.taken_back
    ]


def _line(page: Opened, goal: Said, ratings: list[Said], place: int) -> GoalLine:
    title = own_words(goal.text)
    newest = ratings[-1] if ratings else None
    return GoalLine(
        title=title,
        lang=goal.lang,
        rung=_rung(page, goal, newest) if newest else "",
        words=newest.first_line if newest else "",
        answers=tuple(page.showing.answer(one) for one in _beside(goal, newest)),
        spark=_spark(page, title, ratings, place),
        href=page.note(goal),
    )


def _beside(goal: Said, newest: Said | None) -> list[Said]:
    every = [*goal.beside, *(newest.beside if newest else ())]
    return [one for one in every if one.kind != "followup.rated"]


def own_words(text: str) -> str:
    """The words of a goal that somebody said themselves; else its first sentence."""
    quoted = _QUOTED.search(text)
    return quoted[1] if quoted else re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]


def ladder(text: str) -> dict[int, str]:
    """The rungs written in a goal: {value: its words}; empty when there are none."""
    parts = _RUNG.split(text)
    return {int(value): words.strip().rstrip(".") for value, words in zip(parts[1::2], parts[2::2], strict=False)}


def _rung(page: Opened, goal: Said, newest: Said) -> str:
    words = ladder(goal.text).get(newest.entry.body["value"], "")
    if not words:
        return ""
    facts = {"words": words, "who": page.showing.Name(newest.of), "day": page.showing.when(newest)}
    return _("“%(words)s.” %(who)s, %(day)s") % facts


def _spark(page: Opened, title: str, ratings: list[Said], place: int) -> str:
    values = [said.entry.body["value"] for said in ratings]
    each = ", ".join(f"{page.showing.when(one)}: {one.entry.body['value']:+d}" for one in ratings)
    desc = _("Steps from -2 to +2. %(ratings)s") % {"ratings": each}
    return spark(values, key=f"goal-{place}", title=title, desc=desc)

"""What the page of hard hours and its card show: the plan that was written or changed last."""

import re
from dataclasses import dataclass

from alongside.dialogue.said import words
from alongside.doors.planned.page import Words, quoted
from alongside.doors.planned.side import Side
from alongside.families.contact import ways
from alongside.teams import crisis
from alongside.teams.crisis import CrisisPlan, Step

NUMBER = re.compile(r"\+?\d[\d ]{4,}\d")


@dataclass(frozen=True, slots=True)
class StepLine:
    """`number`: as it was typed, or as this reader may read it in the safe way; else ''."""

    who: str
    what: str
    number: str
    last: bool


@dataclass(frozen=True, slots=True)
class HardPage:
    """`plan`: None where none is written that this reader may read; `text`: its words, where it has no steps."""

    plan: CrisisPlan | None
    said: Words | None
    lists: dict[str, tuple[str, ...]]
    steps: tuple[StepLine, ...]
    reviews: tuple[Words, ...]
    used: tuple[str, ...]


def current(side: Side) -> CrisisPlan | None:
    """The plan that was written or changed last."""
    found = crisis.crisis_plans(side.woven.entries, side.reader.person)
    return found[-1] if found else None


def hard_page(side: Side) -> HardPage:
    plan = current(side)
    if plan is None:
        return HardPage(None, None, {}, (), (), ())
    reach = {person: words(way.entry, side.showing.lang)[0] for person, way in ways(side.woven.entries).items()}
    return HardPage(
        plan, quoted(side, plan.newest), plan.lists, tuple(_step(side, one, reach) for one in plan.steps),
        tuple(quoted(side, entry) for entry in plan.reviews),
        tuple(f"{side.showing.Name(one.speaker)}, {side.showing.on(one.received)}" for one in plan.used),
    )  # fmt: skip


def _step(side: Side, step: Step, reach: dict[int, str]) -> StepLine:
    found = NUMBER.search(reach.get(step.who or 0, ""))
    called = side.showing.Name(step.who) if step.who is not None else step.name
    return StepLine(called, step.what, step.number or (found[0] if found else ""), step.last)

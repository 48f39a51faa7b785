"""What is open between the two teams, for the agenda: what is not agreed, and points of the plan that nobody answered
or that somebody who works here said are not safe."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.dialogue.said import words
from alongside.doors.practice.not_agreed import Disagreed, not_agreed
from alongside.doors.practice.page import Opened
from alongside.teams.plan import GRADES, Plan, plans


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point of the plan. `under`: which, and why it is open; `lang`: of its words, '' where it is the page's own."""

    text: str
    lang: str
    under: str
    href: str


@dataclass(frozen=True, slots=True)
class Matters:
    """`disagreed`: the newest first. `points`: in the order of the plan."""

    disagreed: tuple[Disagreed, ...] = ()
    points: tuple[PointLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.disagreed or self.points)


def open_matters(page: Opened) -> Matters:
    """As far as this reader reads them. The plan is the one that was changed last."""
    newest = plans(page.entries)[-1:]
    # an answer to a point of the plan stands with its point
    beside = {entry.pk for plan in newest for entry in plan.answers}
    disagreed = [one for one in not_agreed(page) if one.place not in beside]
    return Matters(tuple(disagreed), tuple(line for plan in newest for line in _points(page, plan)))


def _points(page: Opened, plan: Plan) -> list[PointLine]:
    lang, found = words(plan.newest, page.showing.lang)[1], []
    for place, point in enumerate(plan.points, 1):
        answers = [one for one in plan.answers_to(point.key) if one.same]
        if answers and answers[-1].grade != "not-safe":
            continue
        says = _("Not answered yet.")
        if answers:
            says = f"{page.showing.Name(answers[-1].entry.speaker)}: {GRADES['not-safe']}: {answers[-1].text}"
        under = f"{_('Point %(n)s.') % {'n': place}} {says}"
        found.append(PointLine(point.text, lang, under, page.href("plan")))
    return found

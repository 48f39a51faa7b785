"""The family's plan: in their own words, in numbered points; every version is kept and none is overwritten (R24).

A version is an entry of the plan's thing. A point keeps its key from version to version, so that two versions can be
compared as words and an answer can be told to stand beside other words than today's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.dialogue.woven import began
from alongside.record.entry import Entry
from alongside.record.kinds import kind

WRITTEN, ANSWERED, FOR_CHILD = "teams.family-plan", "teams.plan-answered", "teams.plan-for-child"
kind(WRITTEN, _("The family's plan"), changes_state=True, state=True)
kind(ANSWERED, _("The plan, answered"), state=True)
kind(FOR_CHILD, _("The plan in words for a child"), state=True)

# What a professional answers to a point. All but a plain yes need their words (R24).
GRADES = {"yes": _("Yes"), "with": _("Yes, with"), "not-safe": _("Not safe, because")}
OWN = ("dialogue.answer", "dialogue.question")


@dataclass(frozen=True, slots=True)
class Point:
    """`key`: the same in every version of the plan, from 1."""

    key: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one professional answered to one point. `same`: the point still says what was answered."""

    entry: Entry
    grade: str
    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One point in two versions. `how`: same, changed, added or left-out."""

    key: int
    how: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`versions`: oldest first, never none. `answers`: of professionals. `own`: what members of the family said to a
    point or to the whole. `for_child`: the plan in plainer words."""

    first: Entry
    versions: tuple[Entry, ...]
    answers: tuple[Entry, ...] = ()
    own: tuple[Entry, ...] = ()
    for_child: tuple[Entry, ...] = ()

    @property
    def newest(self) -> Entry:
        return self.versions[-1]

    @property
    def points(self) -> tuple[Point, ...]:
        return points_of(self.newest)

    @property
    def exit(self) -> str:
        """How it ends (R34); '' where nobody said yet."""
        return self.newest.body.get("exit", "")

    def version(self, entry: Entry) -> Entry:
        """The version an entry answers."""
        return next((one for one in self.versions if one.pk == entry.answers), self.first)

    def answers_to(self, key: int) -> tuple[Answer, ...]:
        """Every professional's answer to this point, oldest first, unaltered."""
        now = {point.key: point.text for point in self.points}
        found = []
        for entry in self.answers:
            then = {point.key: point.text for point in points_of(self.version(entry))}
            found += [
                Answer(entry, one["grade"], one.get("text", ""), then.get(key) == now.get(key))
                for one in entry.body.get("points", ())
                if one["key"] == key
            ]
        return tuple(found)

    def own_to(self, key: int) -> tuple[Entry, ...]:
        """What members of the family said to this point; 0: to the whole plan."""
        return tuple(entry for entry in self.own if entry.body.get("point", 0) == key)


def points_of(entry: Entry) -> tuple[Point, ...]:
    """The points of a version. One that was written as one text is one point."""
    listed = entry.body.get("points")
    if listed is not None:
        return tuple(Point(one["key"], one["text"]) for one in listed)
    return tuple(Point(1, one["text"]) for one in entry.body.get("words", ())[:1])


def plans(entries: Iterable[Entry], me: int = 0) -> list[Plan]:
    """The plans in these entries; the one that was written or changed last is last. What was taken back is not used.
    `me`: who reads them."""
    listed = list(entries)
    held = {entry.pk: entry for entry in listed}
    gone = {entry.answers for entry in listed if entry.kind == "record.taken-back"}
    kept = [entry for entry in listed if entry.pk not in gone]
    versions: dict[int, list[Entry]] = {}
    for entry in kept:
        if entry.kind == WRITTEN:
            versions.setdefault(began(entry, held, me), []).append(entry)
    found = [_plan(some, kept) for some in versions.values()]
    return sorted(found, key=lambda plan: plan.newest.pk)


def _plan(versions: list[Entry], entries: list[Entry]) -> Plan:
    places = {entry.pk for entry in versions}
    on_it = [entry for entry in entries if entry.answers in places]
    return Plan(
        versions[0], tuple(versions),
        answers=tuple(entry for entry in on_it if entry.kind == ANSWERED),
        own=tuple(entry for entry in on_it if entry.kind in OWN),
        for_child=tuple(entry for entry in on_it if entry.kind == FOR_CHILD),
    )  # fmt: skip


def compare(before: Entry, after: Entry) -> tuple[Change, ...]:
    """What became of each point: those of the later version in its order, then what was left out."""
    old = {point.key: point.text for point in points_of(before)}
    new = {point.key: point.text for point in points_of(after)}
    found = [
        Change(key, "added" if key not in old else "same" if old[key] == text else "changed", old.get(key, ""), text)
        for key, text in new.items()
    ]
    return (*found, *(Change(key, "left-out", text) for key, text in old.items() if key not in new))

"""A way of looking at a story: by person, by source, by kind, by time. What is chosen is combined.

A sentence stays when it, or something that stands beside it, fits everything that was chosen, so that what
Anne said is found in her answers too. What can be chosen is made of what this reader reads, and of nothing else.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.dialogue.said import Said
from alongside.dialogue.woven import Woven
from alongside.families.person import People

NAMES = ("who", "as", "how", "what", "from", "to")  # the fields of the form, and of what is kept
PARTS = {"": _("said by or about"), "by": _("said or written by"), "about": _("about")}
TALKS = ("dialogue.conversation", "dialogue.passage", "dialogue.told-before")
ANSWERS = ("dialogue.answer", "dialogue.question", "dialogue.correction", "dialogue.heard", "decisions.dissent",
           "teams.plan-answered")  # fmt: skip
GROUPS = {
    "talks": (_("Visits, calls and talks"), TALKS),
    "answers": (_("Answers, questions, corrections"), ANSWERS),
    "letters": (_("Letters, drawings, praise"), ("dialogue.",)),
    "promises": (_("Promises"), ("promises.",)),
    "plans": (_("Meetings, plans and decisions"), ("teams.", "decisions.")),
    "help": (_("Help"), ("help.",)),
    "goals": (_("Goals"), ("followup.",)),
    "worries": (_("Worries and wishes for help"), ("concerns.",)),
    "people": (_("People, homes and who takes part"), ("families.", "access.")),
    "learning": (_("What we try to understand and learn"), ("assessment.", "learning.", "trials.", "rules.")),
    "other": (_("Other things"), ("",)),
}


@dataclass(frozen=True, slots=True)
class Look:
    """`who`: a person's number; `part`: by, about or both (''); `how`: own, seen, told, view, act; `what`: a key of
    GROUPS; `since`, `until`: days, both included."""

    who: int | None = None
    part: str = ""
    how: str = ""
    what: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def __bool__(self) -> bool:
        return any(one not in (None, "") for one in (self.who, self.how, self.what, self.since, self.until))

    def leaves(self, root: Said, received: dt.date) -> list[Said]:
        """What of a root is shown: itself if it says something, and what lies inside it. `received`: the local
        day it was received."""
        every = [one for one in (root, *root.inside) if one.text or (one is root and not root.inside)]
        return [one for one in every if self._then(one if one.so else root, received) and self._fits(one)]

    def _fits(self, said: Said) -> bool:
        return any(self._one(node) for node in _with_beside(said))

    def _one(self, said: Said) -> bool:
        return (
            (self.who is None or self._of(said))
            and (not self.how or said.basis == self.how)
            and (not self.what or group(said.kind) == self.what)
        )

    def _of(self, said: Said) -> bool:
        by, about = self.who in (said.of, said.by), self.who in said.entry.about
        return {"by": by, "about": about}.get(self.part, by or about)

    def _then(self, said: Said, received: dt.date) -> bool:
        first = said.so.first if said.so else received.toordinal()
        last = said.so.last if said.so else received.toordinal()
        late = self.since is None or last is None or last >= self.since.toordinal()
        return late and (self.until is None or first is None or first <= self.until.toordinal())


def _with_beside(said: Said) -> Iterator[Said]:
    yield said
    for one in said.beside:
        yield from _with_beside(one)


def group(kind: str) -> str:
    """The group in plain words to which a kind belongs."""
    return next(name for name, (_words, starts) in GROUPS.items() if kind.startswith(starts))


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen on one page. `people`: {number: (what a form calls them, name)}; `groups`: the keys that
    occur."""

    people: Mapping[int, tuple[str, str]]
    groups: tuple[str, ...]


def choices(woven: Woven, people: People, handles: Callable[[list[int]], Mapping[int, str]]) -> Choices:
    """Everybody by name who spoke, wrote or is spoken of, and the groups of what was read. `handles`: what a form
    of this door calls these persons; never their numbers."""
    met: set[int] = set()
    for said in woven.by_place.values():
        met |= {said.of, said.by, *said.entry.about}
    known = {number: people.called(number) for number in sorted(met) if people.called(number)}
    occurring = {group(said.kind) for said in woven.by_place.values()}
    return Choices(
        {number: (id, known[number]) for number, id in handles(list(known)).items()},
        tuple(name for name in GROUPS if name in occurring),
    )


def look(chosen: Mapping[str, str], here: Choices, ways: Mapping[str, str]) -> Look:
    """The look these fields ask for. What cannot be chosen here is not looked at, so a name, a kind or a day
    that is none leaves the whole story. `ways`: the sources by name."""
    number = next((number for number, (id, _name) in here.people.items() if id == chosen.get("who")), None)
    part, how, what = (chosen.get(name, "") for name in ("as", "how", "what"))
    return Look(
        number,
        part if number is not None and part in PARTS else "",
        how if how in ways else "",
        what if what in here.groups else "",
        _day(chosen.get("from", "")),
        _day(chosen.get("to", "")),
    )


def fields(seen: Look, here: Choices) -> dict[str, str]:
    """The look as the fields of a form again: only what counts."""
    made = {
        "who": here.people[seen.who][0] if seen.who is not None else "", "as": seen.part, "how": seen.how,
        "what": seen.what, "from": seen.since.isoformat() if seen.since else "",
        "to": seen.until.isoformat() if seen.until else "",
    }  # fmt: skip
    return {name: value for name, value in made.items() if value}


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None

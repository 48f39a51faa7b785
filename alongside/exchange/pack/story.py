"""The story as it is read: from the first day to the last, month by month, and at the front who is in it.

Plain data, so that what was handed over can be kept as it was: a line is a dictionary of texts. The language and the
"you" are those of the one who asked.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.said import Said
from alongside.dialogue.showing import Showing
from alongside.dialogue.woven import Woven, weave
from alongside.exchange.pack.collecting import Gathered
from alongside.exchange.pack.deciding import GROUNDS
from alongside.families import units
from alongside.families.person import People, Person, people
from alongside.record.entry import Entry

PLAIN = ("dialogue.passage", "dialogue.answer", "dialogue.conversation", "notes.imported")  # speak for themselves
A_PART = 40  # lines in one part, or a few more: what belongs together is not torn apart
Line = dict[str, Any]
"""id, as (said, answer, gap), month, label, text, quoted, lang, basis, know, by (list of texts), note."""


class Story:
    """The lines of what was gathered. `clear`: takes out of a text what must not reach the one who asked."""

    def __init__(
        self, gathered: Gathered, *, me: int, lang: str, today: dt.date, zone: ZoneInfo,
        workers: Mapping[int, Person], clear: Callable[[str], str],
    ) -> None:  # fmt: skip
        self.gathered, self.me, self.clear = gathered, me, clear
        self.known: People = people(gathered.own, workers)
        self.showing = Showing(self.known, lang, today, zone, me)
        self.woven: Woven = weave(gathered.story, self.known, lang)
        self.met: dict[int, list[int]] = {}

    def chapters(self) -> list[tuple[int, list[Line]]]:
        """What belongs together, in the order of the days it is about: (ordinal day, lines)."""
        roots = [*self.woven.roots, *self._astray()]
        found = [
            ((self._day(one.entry), one.entry.pk), list(self._lines(one, self._month(self._day(one.entry)))))
            for one in roots
        ]
        found += [((self._day(entry), entry.pk), [self._gap(entry, why, by)]) for entry, why, by in self.gathered.gaps]
        found.sort(key=lambda one: one[0])
        return list(_one_gap([(day, lines) for (day, _pk), lines in found]))

    def parts(self) -> list[list[Line]]:
        """The chapters as parts of some length: [0] who is in it, then the story."""
        parts: list[list[Line]] = [[]]
        for _day, lines in self.chapters():
            if len(parts[-1]) >= A_PART:
                parts.append([])
            parts[-1] += lines
        return [self.persons(), *parts] if parts[0] else [self.persons()]

    def _astray(self) -> Iterator[Said]:
        """What hangs on nothing that is shown: it is told by itself, so that nothing is lost."""
        places = {said.entry.pk for root in self.woven.roots for said in _under(root)}
        yield from (one for place, one in self.woven.by_place.items() if place not in places)

    def _day(self, entry: Entry) -> int:
        """The day it is about: the first it can have been, or the day it was received where nobody said."""
        received = entry.received.astimezone(self.showing.zone).date().toordinal()
        return entry.so_first or entry.so_last or received

    def _lines(self, said: Said, month: str) -> Iterator[Line]:
        """What was said, what was answered to it, and what lies inside it."""
        yield self._said(said, month)
        for one in said.beside:
            yield from self._answers(one, month)
        for inside in said.inside:
            yield from self._lines(inside, month)

    def _answers(self, said: Said, month: str) -> Iterator[Line]:
        yield self._line(said, month, "answer", self.showing.answered(said), [self.showing.meta(said)])
        for one in (*said.beside, *said.inside):
            yield from self._answers(one, month)

    def _said(self, said: Said, month: str) -> Line:
        shown = self.showing.statement(said, label=said.kind not in PLAIN)
        return self._line(said, month, "said", shown["label"], shown["byline"], shown["know_words"])

    def _line(self, said: Said, month: str, what: str, label: str, by: list[str], know: str = "") -> Line:
        entry, note = said.entry, ""
        for number in {entry.author, entry.speaker, *entry.via, *entry.about} - {self.me}:
            self.met.setdefault(number, []).append(self._day(entry))
        if said.taken_back is not None:
            names = {
                "who": self.showing.Name(said.taken_back.author), "day": self.showing.on(said.taken_back.received, True)
            }  # fmt: skip
            note = _("%(who)s took this back on %(day)s.") % names
        due = _("By %(day)s.") % {"day": self.showing.due(said.due)} if said.due else ""
        return {
            "id": entry.id, "as": what, "month": month, "label": self.clear(label),
            "text": self.clear(_without(said.text, self.gathered.cut.get(entry.id, ()))), "quoted": said.quoted,
            "lang": said.lang, "basis": said.basis, "know": self.clear(know),
            "by": [self.clear(one) for one in by if one], "note": self.clear(" ".join(filter(None, (due, note)))),
        }  # fmt: skip

    def _gap(self, entry: Entry, ground: str, by: int) -> Line:
        why, law = GROUNDS[ground]
        text = _("Something is not given here: %(why)s.") % {"why": why}
        decided = _("%(who)s decided this.") % {"who": self.showing.Name(by)}
        empty = dict.fromkeys(("label", "lang", "basis", "know", "note"), "")
        month = self._month(self._day(entry))
        return {**empty, "id": entry.id, "as": "gap", "month": month, "text": text, "quoted": False,
                "by": [decided, str(law)]}  # fmt: skip

    def _month(self, day: int) -> str:
        """The month as a heading."""
        words = self._in_month(day)
        return words[:1].upper() + words[1:]

    def _in_month(self, day: int) -> str:
        """The month within a sentence: "februar 2023" in bokmål."""
        date = dt.date.fromordinal(day)
        so = dates.Partial(f"{date.year:04d}-{date.month:02d}", day, day)
        return dates.show(so, self.showing.lang, self.showing.today, True)

    def persons(self) -> list[Line]:
        """Everybody named in the story whom the one who asked knows: who they are, and when they are in it."""
        self.met = {}
        self.chapters()
        listed = [(min(days), self.known.persons[one], days) for one, days in self.met.items() if self._named(one)]
        return [self._person(one, days) for _first, one, days in sorted(listed, key=lambda one: (one[0], one[1].name))]

    def _named(self, number: int) -> bool:
        return bool(self.known.called(number))

    def _person(self, one: Person, days: list[int]) -> Line:
        role = one.role(self.showing.lang)
        who = role[:1].upper() + role[1:] or GROUPS.get(one.group, "") and str(GROUPS[one.group]())
        about = ", ".join(part for part in (who, units.in_words(one.unit)) if part)
        first, last = self._in_month(min(days)), self._in_month(max(days))
        names = {"first": first, "last": last}
        once = first == last
        when = (_("In the story in %(first)s.") if once else _("In the story from %(first)s to %(last)s.")) % names
        also = _("Called %(name)s.") % {"name": one.called} if one.called not in one.name else ""
        texts = {"name": one.name, "about": about, "when": when, "also": also}
        return {name: self.clear(text) for name, text in texts.items()}


GROUPS: Mapping[str, Callable[[], str]] = {
    "family": lambda: _("Of the family"), "network": lambda: _("Near the family"),
    "staff": lambda: _("Worked here"), "partner": lambda: _("From another service"),
}  # fmt: skip


def _under(said: Said) -> Iterator[Said]:
    yield said
    for one in (*said.beside, *said.inside):
        yield from _under(one)


def _one_gap(chapters: Iterable[tuple[int, list[Line]]]) -> Iterator[tuple[int, list[Line]]]:
    """Gaps that follow each other for the same reason are said once: how many there are is nobody's to count."""
    before: tuple | None = None
    for day, lines in chapters:
        now = (lines[0]["text"], tuple(lines[0]["by"])) if lines[0]["as"] == "gap" else None
        if now is None or now != before:
            yield day, lines
        before = now


def _without(text: str, words: Iterable[str]) -> str:
    """The text with a sign in the place of each of these words, however they are spelt in capitals."""
    for word in words:
        text = _replaced(text, word)
    return text


def _replaced(text: str, word: str) -> str:
    return re.sub(re.escape(word.strip()), "[…]", text, flags=re.IGNORECASE) if word.strip() else text

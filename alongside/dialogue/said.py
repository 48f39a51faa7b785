"""What a page shows of an entry: its words, who said it, how we know, and everything that stands beside it.

`weave` takes the entries a reader may read and hangs each on what it belongs to: passages in their
conversation, answers and corrections beside their sentence, a taking-back before it (R5, R6, R126).
Nothing here knows who may read what; what was not read is simply not there.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from alongside import dates
from alongside.families.person import People
from alongside.kept import kept
from alongside.record.entry import Entry
from alongside.record.erased import ERASED, GROUNDS
from alongside.record.kinds import KINDS

BESIDE = frozenset(
    "dialogue.answer dialogue.correction dialogue.heard promises.made concerns.feedback concerns.withdrawn "
    "teams.plan-answered decisions.dissent decisions.overruled dialogue.shared dialogue.child-decided".split()
)
HIDDEN_KINDS = frozenset(
    "record.released record.remarked record.taken-back record.beside dialogue.pinned dialogue.unpinned "
    "families.met families.name families.born families.died families.languages families.tie families.home "
    "families.gender families.circle-placed families.circle-moved families.circle-out families.line-drawn "
    "families.line-changed families.line-out families.left families.place families.safe-asked "
    "families.belongs-to families.belongs-no-more "
    "families.same-proposed families.same-confirmed families.same-undone "
    "access.granted access.changed access.why access.away access.back "
    "access.hazard-confirmed access.hazard-reviewed access.hazard-lift-asked access.hazard-lifted "
    "record.struck-out promises.handed-over promises.accepted promises.not-taken "
    "teams.meeting-came teams.private-begun teams.private-ended teams.joined teams.role-said teams.left "
    "pack.decided".split()
)
BASES = {"own-words": "own", "seen": "seen", "told": "told", "professional-view": "view", "act": "act"}
QUOTES = "'\"“”«»„‘’"


def within(text: str) -> str:
    """Words as they stand inside quotation marks: without the marks round the whole, and with single ones inside."""
    text = text.strip()
    if text[:1] in "“«„" and text[-1:] in "”»“" and not set(text[1:-1]) & set("“”«»„"):
        text = text[1:-1].strip()
    return text.translate({ord("“"): "‘", ord("”"): "’", ord("«"): "‘", ord("»"): "’", ord("„"): "‘"})


class Hung(NamedTuple):
    """An entry and what hangs on it. See Said."""

    entry: Entry
    people: People
    page_lang: str
    beside: tuple["Said", ...] = ()
    inside: tuple["Said", ...] = ()
    taken_back: Entry | None = None
    instead: tuple[str, str] | None = None


class Said(Hung):
    """One statement as a page shows it. What a page does not ask of it is never worked out.

    `page_lang`: the language of the page. `beside`: answers and corrections, oldest first, each with its own.
    `inside`: passages of a conversation. `taken_back`: the act that took it back. `instead`: other words of it,
    with their language, that stand for all of them here.
    """

    def __repr__(self) -> str:
        return f"Said({self.entry!r})"

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("what was said is never changed")

    def saying(self, text: str, lang: str | None = None) -> "Said":
        """The same statement with these words in the place of its own, in its own language unless another is said."""
        return self._replace(instead=(text, self.lang if lang is None else lang))

    @kept
    def _words(self) -> tuple[str, str]:
        return self.instead or words(self.entry, self.page_lang)

    @property
    def text(self) -> str:
        return self._words[0]

    @property
    def lang(self) -> str:
        """Language of the text when it is not the page's, else ''."""
        return self._words[1]

    @property
    def basis(self) -> str:
        return BASES[self.entry.basis]

    @property
    def author(self) -> str:
        """How the author is called, '' when this reader may not know."""
        return self.people.called(self.entry.author)

    @property
    def speaker(self) -> str:
        """How the one whose words they are is called, '' when this reader may not know."""
        return self.people.called(self.entry.speaker)

    @property
    def via(self) -> tuple[str, ...]:
        """Through whom it came, as far as this reader may know."""
        return tuple(name for name in map(self.people.called, self.entry.via) if name)

    @property
    def so(self) -> dates.Partial:
        return _when(self.entry.so or "")

    @property
    def learnt(self) -> dates.Partial:
        return _when(self.entry.learnt_at or "")

    @property
    def form(self) -> str:
        """Which answer it is; see FORMS."""
        return self.entry.body.get("form", "")

    @property
    def due(self) -> str:
        """The day, ISO, by which something is owed; or ''."""
        return self.entry.body.get("due", "")

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def label(self) -> str:
        """What this kind of statement is called on a page."""
        known = KINDS.get(self.entry.kind)
        return str(known.label) if known else ""

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def by(self) -> int:
        return self.entry.author

    @property
    def of(self) -> int:
        return self.entry.speaker

    @property
    def received(self) -> dt.datetime:
        return self.entry.received

    @property
    def quoted(self) -> bool:
        """Own words of somebody that carry no quotation marks yet and were not written by themselves."""
        return self.basis == "own" and self.of != self.by and not any(mark in self.text for mark in QUOTES)

    @property
    def first_line(self) -> str:
        """The beginning, for a line of a list."""
        return first_line(self.text)


@dataclass(frozen=True)
class Woven:
    """All statements by place, the outermost ones in order of receiving, and today's pins."""

    by_place: Mapping[int, Said]
    roots: tuple[Said, ...]
    pins: tuple[tuple[str, Said, str], ...] = ()  # (on which part of the page, the sentence, the part of it)
    entries: tuple[Entry, ...] = field(default=(), repr=False)

    def find(self, id: str) -> Said | None:
        """The statement with this id among what was read."""
        return next((said for said in self.by_place.values() if said.id == id), None)


def first_line(text: str) -> str:
    """The beginning of a text, for a line of a list: its first line, at most 160 characters."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 160 else line[:157].rsplit(" ", 1)[0] + " …"


def words(entry: Entry, lang: str) -> tuple[str, str]:
    """The entry's text in `lang` or else in the language there is, and that language ('' when it is `lang`)."""
    if entry.kind == ERASED:
        return _erased(entry, lang), ""
    if entry.body.get("asks") == "looking":
        return _why_looked(entry, lang)
    texts = entry.body.get("words", ())
    for one in texts:
        if one["lang"] == lang:
            return one["text"], ""
    return (texts[0]["text"], texts[0]["lang"]) if texts else ("", "")


def _erased(entry: Entry, lang: str) -> str:
    """What a page says where words were erased by law, to those who could read them: that, when and why."""
    day = dt.date.fromisoformat(entry.body["on"])
    names = {"day": dates.show(dates.on(day), lang, day, True), "ground": GROUNDS.get(entry.body["ground"], "")}
    return _("The words that stood here were erased by law on %(day)s, because %(ground)s.") % names


def _why_looked(entry: Entry, lang: str) -> tuple[str, str]:
    """The question that was chosen with one tap, in the language of the page, and the asker's words under it."""
    day = dt.date.fromisoformat(entry.body["on"])
    asks = _("Why was something about me read on %(day)s?") % {"day": dates.show(dates.on(day), lang, day)}
    return "\n".join([asks, *(one["text"] for one in entry.body.get("words", ()))]), ""


def never_shown(entry: Entry) -> bool:
    """Whether an entry is only worked with and never shown; a tie or a home told in words is shown."""
    return entry.kind in HIDDEN_KINDS and not (entry.kind.startswith("families.") and entry.body.get("words"))


def weave(entries: Iterable[Entry], people: People, lang: str) -> Woven:
    """Hang every entry on what it belongs to. `lang`: the language of the page."""
    listed = tuple(entries)
    gone = {entry.pk for entry in listed if entry.kind == ERASED}
    shown = {entry.pk: entry for entry in listed if entry.kind not in HIDDEN_KINDS or not never_shown(entry)}
    if gone:
        answered = {entry.answers for entry in listed}
        shown = {pk: one for pk, one in shown.items() if pk in answered or not _went_with(one, gone)}
    beside, inside, taken = _belongings(listed, shown)
    hung: dict[int, Said] = {}

    def hang(place: int, above: tuple[int, ...]) -> Said:
        if place not in hung:
            held = (*above, place)
            near, parts = under(beside.get(place, ()), held), under(inside.get(place, ()), held)
            hung[place] = Said(shown[place], people, lang, near, parts, taken.get(place))
        return hung[place]

    def under(places: Collection[int], held: tuple[int, ...]) -> tuple[Said, ...]:
        return tuple([hang(p, held) for p in places if p in shown and p not in held]) if places else ()

    for place, entry in shown.items():
        if place in beside or place in inside:
            hang(place, ())
        elif place not in hung:
            hung[place] = Said(entry, people, lang, (), (), taken.get(place))
    hangs = {p for parent in (beside, inside) for above, below in parent.items() if above in shown for p in below}
    roots = tuple([hung[place] for place in shown if place not in hangs])
    return Woven(hung, roots, _pins(listed, hung), listed)


def _went_with(entry: Entry, gone: set[int]) -> bool:
    """Whether an entry was erased, and what it lay in, moved on or answered as well: that is said once."""
    if entry.pk not in gone:
        return False
    return entry.within in gone or thing_of(entry) in gone - {entry.pk}


Places = dict[int, list[int]]


def _belongings(listed: tuple[Entry, ...], shown: Mapping[int, Entry]) -> tuple[Places, Places, dict[int, Entry]]:
    """What stands beside each place, what lies inside it, and the act that took it back. What moves a thing on from
    beyond a hazard (onward.py) answers it, and stands by itself all the same, as whatever moves a thing on does."""
    by_id = {entry.id: entry.pk for entry in listed}
    beside: Places = {}
    inside: Places = {}
    taken: dict[int, Entry] = {}
    for entry in listed:
        if entry.kind == "record.taken-back":
            taken[entry.answers] = entry
        elif entry.kind == "record.beside" and entry.body["entry"] in by_id:
            beside.setdefault(entry.answers, []).append(by_id[entry.body["entry"]])
        elif entry.answers is not None and entry.pk in shown and not carries_on(entry):
            beside.setdefault(entry.answers, []).append(entry.pk)
        elif entry.within is not None and entry.pk in shown:
            inside.setdefault(entry.within, []).append(entry.pk)
    return beside, inside, taken


def carries_on(entry: Entry) -> bool:
    """Whether an entry moves the thing on that it answers: from beyond a hazard it cannot be read as that thing is. Of
    what was erased by law nobody knows any more whether it did, so it stands by itself in any case."""
    if entry.kind == ERASED:
        return entry.answers is not None
    known = KINDS.get(entry.kind)
    return entry.answers is not None and known is not None and known.changes_state


def thing_of(entry: Entry) -> int:
    """The place of the thing an entry belongs to, on whichever side of a hazard it was said."""
    return entry.answers if carries_on(entry) and entry.thing == entry.pk else entry.thing


def began(entry: Entry, held: Mapping[int, Entry], me: int | None = None) -> int:
    """The place where the thing of an entry began, as far as `held` has it. What was carried on from beyond a hazard
    begins anew, but not for its writer: `me`, or None for whoever looks."""
    place = entry.pk
    while place in held:
        one = held[place]
        above = thing_of(one) if me in (None, one.author) else one.thing
        if above == place:
            break
        place = above
    return place


@lru_cache(maxsize=4096)
def _when(text: str) -> dates.Partial:
    """A stored date; unsaid where there is none."""
    return dates.canonical(text) or dates.UNSAID


def _pins(entries: tuple[Entry, ...], hung: Mapping[int, Said]) -> tuple[tuple[str, Said, str], ...]:
    """What stands pinned, newest first. Words that were taken back are not used any more."""
    held: dict[tuple[int, str], str] = {}
    for entry in entries:
        if entry.answers not in hung or hung[entry.answers].taken_back:
            continue
        if entry.kind == "dialogue.pinned":
            held[(entry.answers, entry.body["on"])] = entry.body.get("part", "")
        elif entry.kind == "dialogue.unpinned":
            held.pop((entry.answers, entry.body["on"]), None)
    newest = sorted(held.items(), key=lambda item: item[0][0], reverse=True)
    return tuple((on, hung[place], part) for (place, on), part in newest)

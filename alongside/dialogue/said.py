"""What a page shows of an entry: its words, who said it, how we know, and everything that stands beside it.

`weave` takes the entries a reader may read and hangs each on what it belongs to: passages in their
conversation, answers and corrections beside their sentence, a taking-back before it (R5, R6, R126).
Nothing here knows who may read what; what was not read is simply not there.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from alongside import dates
from alongside.families.person import People
from alongside.record.entry import Entry
from alongside.record.kinds import KINDS

BESIDE = frozenset(
    "dialogue.answer dialogue.correction dialogue.heard promises.made concerns.feedback concerns.withdrawn "
    "teams.plan-answered decisions.dissent decisions.overruled dialogue.shared dialogue.child-decided".split()
)
HIDDEN_KINDS = frozenset(
    "record.released record.remarked record.taken-back record.beside dialogue.pinned dialogue.unpinned "
    "families.met families.tie families.home access.granted access.changed".split()
)
BASES = {"own-words": "own", "seen": "seen", "told": "told", "professional-view": "view", "act": "act"}
QUOTES = "'\"“”«»„‘’"


def within(text: str) -> str:
    """Words as they stand inside quotation marks: without the marks round the whole, and with single ones inside."""
    text = text.strip()
    if text[:1] in "“«„" and text[-1:] in "”»“" and not set(text[1:-1]) & set("“”«»„"):
        text = text[1:-1].strip()
    return text.translate({ord("“"): "‘", ord("”"): "’", ord("«"): "‘", ord("»"): "’", ord("„"): "‘"})


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as a page shows it.

    `author`, `speaker`: how they are called, '' when this reader may not know. `by`, `of`: their numbers.
    `lang`: language of the text when it is not the page's. `beside`: answers and corrections, oldest
    first, each with its own. `inside`: passages of a conversation. `taken_back`: the act that took it back.
    """

    entry: Entry
    basis: str
    text: str
    lang: str
    author: str
    speaker: str
    via: tuple[str, ...]
    so: dates.Partial
    learnt: dates.Partial
    form: str = ""
    due: str = ""
    beside: tuple["Said", ...] = ()
    inside: tuple["Said", ...] = ()
    taken_back: Entry | None = None

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
        """The beginning, for a line of a list: the first sentence, at most 160 characters."""
        line = self.text.strip().split("\n", 1)[0]
        return line if len(line) <= 160 else line[:157].rsplit(" ", 1)[0] + " …"


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


def words(entry: Entry, lang: str) -> tuple[str, str]:
    """The entry's text in `lang` or else in the language there is, and that language ('' when it is `lang`)."""
    texts = entry.body.get("words", ())
    for one in texts:
        if one["lang"] == lang:
            return one["text"], ""
    return (texts[0]["text"], texts[0]["lang"]) if texts else ("", "")


def _housekeeping(entry: Entry) -> bool:
    """Whether an entry is only worked with and never shown; a tie or a home told in words is shown."""
    return entry.kind in HIDDEN_KINDS and not (entry.kind.startswith("families.") and entry.body.get("words"))


def weave(entries: Iterable[Entry], people: People, lang: str) -> Woven:
    """Hang every entry on what it belongs to. `lang`: the language of the page."""
    listed = tuple(entries)
    by_id = {entry.id: entry.pk for entry in listed}
    inside: dict[int, list[int]] = {}
    beside: dict[int, list[int]] = {}
    taken: dict[int, Entry] = {}
    for entry in listed:
        if entry.kind == "record.taken-back":
            taken[entry.answers] = entry
        elif entry.kind == "record.beside" and entry.body["entry"] in by_id:
            beside.setdefault(entry.answers, []).append(by_id[entry.body["entry"]])
        elif entry.answers is not None and not _housekeeping(entry):
            beside.setdefault(entry.answers, []).append(entry.pk)
        elif entry.within is not None and not _housekeeping(entry):
            inside.setdefault(entry.within, []).append(entry.pk)
    shown = [entry for entry in listed if not _housekeeping(entry)]
    made = {entry.pk: _said(entry, people, lang) for entry in shown}
    hung: dict[int, Said] = {}

    def hang(place: int, above: frozenset[int] = frozenset()) -> Said:
        if place not in hung:
            held = above | {place}
            hung[place] = replace(
                made[place],
                beside=tuple(hang(p, held) for p in beside.get(place, ()) if p in made and p not in held),
                inside=tuple(hang(p, held) for p in inside.get(place, ()) if p in made and p not in held),
                taken_back=taken.get(place),
            )
        return hung[place]

    for entry in shown:
        hang(entry.pk)
    hangs = {p for parent in (beside, inside) for above, below in parent.items() if above in made for p in below}
    roots = tuple(hung[entry.pk] for entry in shown if entry.pk not in hangs)
    return Woven(hung, roots, _pins(listed, hung), listed)


@lru_cache(maxsize=4096)
def _when(text: str) -> dates.Partial:
    """A stored date; unsaid where there is none."""
    return dates.canonical(text) or dates.UNSAID


def _said(entry: Entry, people: People, lang: str) -> Said:
    text, spoken = words(entry, lang)
    return Said(
        entry=entry,
        basis=BASES[entry.basis],
        text=text,
        lang=spoken,
        author=people.called(entry.author),
        speaker=people.called(entry.speaker),
        via=tuple(name for name in map(people.called, entry.via) if name),
        so=_when(entry.so or ""),
        learnt=_when(entry.learnt_at or ""),
        form=entry.body.get("form", ""),
        due=entry.body.get("due", ""),
    )


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

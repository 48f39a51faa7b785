"""What a page shows of an entry: its words, who said it, how we know, and everything that stands beside it.

What stands beside it is hung there by `weave` (woven.py).
"""

import datetime as dt
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from alongside import dates
from alongside.families.person import People
from alongside.kept import kept
from alongside.record.entry import Entry
from alongside.record.erased import ERASED, GROUNDS
from alongside.record.kinds import KINDS

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

    def lang_of(self, part: str) -> str:
        """Language of a part of the words, as `lang`: it may have been chosen on a page in another one."""
        if part in self.text:
            return self.lang
        return next((one["lang"] for one in self.entry.body.get("words", ()) if part in one["text"]), self.lang)

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
        return _label(self.entry.kind, self.page_lang)

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


@lru_cache(maxsize=2048)
def _label(kind: str, lang: str) -> str:
    """What a kind is called: the same on every page of a language."""
    with translation.override(lang):
        return str(KINDS[kind].label) if kind in KINDS else ""


@lru_cache(maxsize=4096)
def _when(text: str) -> dates.Partial:
    """A stored date; unsaid where there is none."""
    return dates.canonical(text) or dates.UNSAID

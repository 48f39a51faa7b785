"""Statements as plain data for the look's parts: who, how we know, when, and what stands beside them.

One `Showing` a page. `me`: the reader's own number where the page speaks to them ("you"), else None.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from alongside import dates
from alongside.dialogue.said import Said
from alongside.families.person import People
from alongside.record.erased import ERASED

TONES = {"agree": "agree", "partly": "add", "must": "differ", "differ": "differ", "no": "differ", "time": "add",
         "advocate": "ask", "add": "add", "ask": "ask", "enough": "agree", "not-enough": "differ"}  # fmt: skip
KNOWN = {
    "own": gettext_lazy("own words"), "seen": gettext_lazy("seen"), "told": gettext_lazy("told us"),
    "view": gettext_lazy("professional view"),
}  # fmt: skip
YOU = {
    "agree": gettext_lazy("You agree"), "partly": gettext_lazy("You agree partly"),
    "must": gettext_lazy("You agree because you feel you must"), "differ": gettext_lazy("You see it differently"),
    "no": gettext_lazy("You say no"), "time": gettext_lazy("You need time"),
    "advocate": gettext_lazy("You want an advocate"), "add": gettext_lazy("You want to add something"),
    "enough": gettext_lazy("You: enough"), "not-enough": gettext_lazy("You: not enough, because"),
}  # fmt: skip
THEY = {
    "agree": gettext_lazy("%(who)s agrees"), "partly": gettext_lazy("%(who)s agrees partly"),
    "must": gettext_lazy("%(who)s: I agree because I feel I must"),
    "differ": gettext_lazy("%(who)s sees it differently"), "no": gettext_lazy("%(who)s says no"),
    "time": gettext_lazy("%(who)s needs time"), "advocate": gettext_lazy("%(who)s wants an advocate"),
    "add": gettext_lazy("%(who)s adds something"), "enough": gettext_lazy("%(who)s: enough"),
    "not-enough": gettext_lazy("%(who)s: not enough, because"),
}  # fmt: skip
RIGHT_TO_LEFT = {"ar", "fa", "he", "ps", "ur", "ckb"}


@lru_cache(maxsize=256)
def _known(basis: str, lang: str) -> str:
    """The same few words on every page of a language."""
    with translation.override(lang):
        return str(KNOWN[basis])


def joined(called: list[str]) -> str:
    """ "Anne, Mia and Kari"."""
    if len(called) < 2:
        return "".join(called)
    return _("%(some)s and %(last)s") % {"some": ", ".join(called[:-1]), "last": called[-1]}


@dataclass(frozen=True)
class Showing:
    """`today`: the day that counts as today on this page (the day looked at, as known then)."""

    people: People
    lang: str
    today: dt.date
    zone: ZoneInfo
    me: int | None = None

    def name(self, number: int) -> str:
        """How somebody is called here; "you" for the reader; "someone" where the name may not be known."""
        if number == self.me:
            return _("you")
        return self.people.called(number) or _("someone")

    def Name(self, number: int) -> str:
        """The same at the beginning of a sentence."""
        name = self.name(number)
        return name[:1].upper() + name[1:]

    def to(self, number: int) -> str:
        """The same as the one to whom something is said: many languages have another "you" there."""
        return pgettext("somebody tells", "you") if number == self.me else self.name(number)

    def names(self, numbers: list[int] | tuple[int, ...]) -> str:
        """Several names as words: "Anne, Mia and Kari"; those whose name may not be known are left out."""
        return joined([self.name(n) for n in numbers if n == self.me or self.people.called(n)])

    def day(self, so: dates.Partial, long: bool = False) -> str:
        """A partial date in words."""
        return dates.show(so, self.lang, self.today, long)

    def on(self, moment: dt.datetime, long: bool = False) -> str:
        """The local day of a moment in words."""
        return self.day(dates.on(moment.astimezone(self.zone).date()), long)

    def at(self, moment: dt.datetime) -> str:
        """The local day and time of a moment in words."""
        return self.day(dates.on(moment.astimezone(self.zone).replace(tzinfo=None)), True)

    def due(self, iso: str) -> str:
        """A due date in words, with its weekday."""
        return self.day(dates.on(dt.date.fromisoformat(iso)), True)

    def when(self, said: Said) -> str:
        """When it was so; when that is not said, when it was received."""
        return self.day(said.so) if said.so else self.on(said.received)

    def late(self, said: Said) -> str:
        """ "learnt 17 Jan" where it was learnt on another day than it was so; else ''."""
        if said.so and said.learnt and said.learnt.first and said.so.last and said.learnt.first > said.so.last:
            return _("learnt %(day)s") % {"day": self.day(said.learnt)}
        return ""

    def know(self, said: Said) -> str:
        """The source in words. To a family: "Kari saw this", "you told Kari"; to helpers: "seen"."""
        if self.me is None or said.kind == ERASED:
            return ""
        if "system" in said.entry.body:
            return _("written in %(system)s") % {"system": said.entry.body["system"]}
        who, teller = self.Name(said.by), self.Name(said.of)
        names = {"who": who, "teller": teller, "writer": self.to(said.by)}
        if said.basis == "own":
            if said.of == self.me:
                return _("your own words")
            return _("%(teller)s’s own words") % names
        if said.basis == "seen":
            return _("you saw this") if said.by == self.me else _("%(who)s saw this") % names
        if said.basis == "told":
            if said.of == said.by:
                return _("told to %(writer)s") % names
            if said.of == self.me:
                return _("you told %(writer)s") % names
            return _("%(teller)s told %(writer)s") % names
        if said.basis == "view":
            return _("you think this") if said.by == self.me else _("%(who)s thinks this") % names
        return _("you wrote this") if said.by == self.me else _("%(who)s wrote this") % names

    def byline(self, said: Said) -> list[str]:
        """Who, when, through whom, learnt late."""
        if said.kind == ERASED:
            return [self.on(said.received)]
        if "system" in said.entry.body:
            return self.from_there(said)
        if self.me is None:
            who = self.name(said.of)
            if said.basis == "told" and said.of != said.by:
                who = _("%(teller)s to %(writer)s") % {
                    "teller": self.Name(said.of),
                    "writer": self.to(said.by),
                }
            line = [f"{who[:1].upper() + who[1:]}, {self.when(said)}"]
        else:
            line = [self.when(said)]
        if said.via:
            line.append(_("by way of %(names)s") % {"names": ", ".join(said.via)})
        if self.late(said):
            line.append(self.late(said))
        return line

    def from_there(self, said: Said) -> list[str]:
        """For what another system wrote: whose words, when it was so, and when it was brought in."""
        body = said.entry.body
        names = {"system": body["system"], "author": body.get("author_there", "")}
        whence = _("From %(system)s, by %(author)s") if names["author"] else _("From %(system)s")
        line = [f"{whence % names}, {self.day(said.so)}" if said.so else whence % names]
        line.append(_("brought in %(day)s") % {"day": self.on(said.received)})
        return line

    def basis_words(self, said: Said) -> str:
        """What the source mark says in the helpers' door; an act is called by its kind."""
        return _known(said.basis, self.lang) if said.basis in KNOWN else said.label

    def statement(self, said: Said, part: str = "", label: bool = False) -> dict[str, Any]:
        """A statement for `parts.statement`. `part`: only these words of it, which stand in it word for word, in one of
        its languages."""
        lang = said.lang_of(part) if part else said.lang
        return {
            "id": said.id,
            "basis": said.basis,
            "text": part or said.text,
            "quoted": bool(part and said.basis == "own") or said.quoted,
            "lang": lang,
            "dir": "rtl" if lang.split("-")[0] in RIGHT_TO_LEFT else ("auto" if not lang else ""),
            "byline": self.byline(said),
            "know_words": self.know(said) or self.basis_words(said),
            "label": said.label if label else "",
        }

    def answer(self, said: Said, *, nested: bool = True) -> dict[str, Any]:
        """What stands beside a statement, for `parts.answer`; its own answers are its replies."""
        due = next(
            (one.due for one in said.beside if one.kind in ("dialogue.heard", "promises.made") and one.due),
            "",
        )
        answered = any(one.kind == "dialogue.answer" for one in said.beside)
        return {
            "id": said.id,
            "tone": TONES.get(said.form, "ask" if said.kind == "dialogue.question" else ""),
            "icon": {"dialogue.correction": "pen-line", "promises.made": "handshake"}.get(said.kind, ""),
            "who": self.answered(said),
            "text": said.text,
            "quoted": False,
            "lang": said.lang,
            "meta": self.meta(said),
            "waiting": _("%(who)s answers by %(day)s") % {"who": self.Name(said.beside[-1].by), "day": self.due(due)}
            if due and not answered
            else "",
            "replies": [self.reply(one) for one in self.under(said)] if nested else [],
        }

    def under(self, said: Said) -> list[Said]:
        """Everything beside a statement and beside that again, flat, in order."""
        found: list[Said] = []
        for one in said.beside:
            found += [one, *self.under(one)]
        return found

    def reply(self, said: Said) -> dict[str, Any]:
        """An answer to an answer, for `parts.reply`."""
        return {
            "id": said.id,
            "who": self.answered(said),
            "text": said.text,
            "lang": said.lang,
            "meta": self.meta(said),
        }

    def meta(self, said: Said) -> str:
        """Who and when, under an answer."""
        if said.of != said.by and said.basis in ("own", "told"):
            return _("%(teller)s to %(writer)s, %(day)s") % {
                "teller": self.Name(said.of), "writer": self.to(said.by), "day": self.on(said.received),
            }  # fmt: skip
        return f"{self.Name(said.by)}, {self.on(said.received)}"

    def answered(self, said: Said) -> str:
        """The line above an answer: "Anne sees it differently", "You agree", "Kari answered"."""
        if said.kind == ERASED:
            return said.label
        mine, names = said.of == self.me, {"who": self.name(said.of)}
        names["who"] = self.Name(said.of)
        if said.form == "not-enough":  # a question that says what it is about (R115)
            return self._graded(said.form, mine, names)
        if said.kind == "dialogue.question" or said.form == "ask":
            return _("You asked") if mine else _("%(who)s asked") % names
        if said.kind == "dialogue.correction":
            return _("Corrected by you") if mine else _("Corrected by %(who)s") % names
        if said.kind == "dialogue.heard":
            return _("You heard it as") if mine else _("%(who)s heard it as") % names
        if said.kind == "promises.made":
            return _("You promised") if mine else _("%(who)s promised") % names
        if said.kind == "decisions.dissent":
            return _("You disagree") if mine else _("%(who)s disagrees") % names
        if said.form:
            return self._graded(said.form, mine, names)
        if said.kind != "dialogue.answer":
            return f"{said.label}: {names['who']}"
        return _("You answered") if mine else _("%(who)s answered") % names

    def _graded(self, form: str, mine: bool, names: dict[str, str]) -> str:
        """The graded answers in the third person and to oneself (R3); unaltered in meaning."""
        return str(YOU[form]) if mine else str(THEY[form]) % names

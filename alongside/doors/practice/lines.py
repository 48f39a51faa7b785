"""A sentence on a page with everything that stands beside it, as plain data for the templates.

A taking-back stands first, a correction stands before the words it corrects, and no sentence is shown
without the answers this reader may read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import Said, first_line
from alongside.doors.practice.page import Opened

SEVERAL_VOICES = ("followup.rated", "decisions.views")  # one statement that holds the words of several people
PREPOSITIONS = {"at", "in", "on", "by", "outside", "hjemme", "på", "i", "ved", "hos", "ute", "utenfor"}
HOW = {
    "visit": lambda: _("Visit"),
    "call": lambda: _("Phone call"),
    "message": lambda: _("Message"),
    "meeting": lambda: _("Meeting"),
    "other": lambda: _("Conversation"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`statement`, `answers`: for the look's parts. `href`: where it stands in full; `about`: its beginning,
    for readers who hear the page."""

    id: str
    statement: dict[str, Any]
    answers: tuple[dict[str, Any], ...]
    href: str
    about: str


def line(page: Opened, said: Said, part: str = "", *, short: bool = False, old: bool = True) -> Line:
    """`part`: only these words of it; `short`: its beginning; `old`: with the words that were taken back."""
    newest = next((one for one in reversed(said.beside) if one.kind == "dialogue.correction"), None)
    before = [one for one in said.beside if newest is not None and one.entry.pk < newest.entry.pk]
    answers = [page.showing.answer(one) for one in said.beside if one is not newest and one not in before]
    if said.taken_back:
        answers = [page.showing.answer(one) for one in said.beside]
        statement = _taken_back(page, said)
        if old:
            answers.insert(0, _before(page, said, _("The words that were taken back")))
    elif newest:
        statement = page.showing.statement(newest.saying(newest.first_line) if short else newest)
        answers = [page.showing.reply(one) | {"replies": []} for one in page.showing.under(newest)] + answers
        answers.append(_before(page, said, _("Before it was corrected"), before))
    else:
        statement = _statement(page, said, part, short)
    about = first_line(statement["text"])
    return Line(said.id, statement, tuple(answers), page.note(said), about)


def _statement(page: Opened, said: Said, part: str, short: bool) -> dict[str, Any]:
    shown = page.showing.statement(said.saying(said.first_line) if short and not part else said, part=part)
    if part and said.kind in SEVERAL_VOICES:
        shown["byline"] = [f"{said.label}, {page.showing.when(said)}"]
    return shown


def _taken_back(page: Opened, said: Said) -> dict[str, Any]:
    act = said.taken_back
    words = _("%(who)s took these words back on %(day)s. They are not used any more.") % {
        "who": page.showing.Name(act.author), "day": page.showing.on(act.received),
    }  # fmt: skip
    why = act.body.get("why", "")
    return {
        "id": said.id, "basis": "act", "text": f"{words}\n{why}" if why else words, "byline": [], "lang": "",
        "know_words": _("taken back"),
    }  # fmt: skip


def _before(page: Opened, said: Said, who: str, answers: Sequence[Said] = ()) -> dict[str, Any]:
    """Words that do not count any more, with the answers that were given to them."""
    under = [one for said in answers for one in (said, *page.showing.under(said))]
    return {
        "who": who, "text": said.text, "lang": said.lang, "meta": page.showing.byline(said)[0], "icon": "history",
        "replies": [page.showing.reply(one) for one in under],
    }  # fmt: skip


def lead(page: Opened, said: Said) -> str:
    """What kind of thing this is, in a few words; '' for a sentence that speaks for itself."""
    body = said.entry.body
    if said.kind == "dialogue.conversation":
        how = HOW[body["how"]]() if body.get("how") in HOW else said.label
        return ", ".join(part for part in (how, _where(body.get("place", ""))) if part)
    if body.get("for") == "account":
        return _("The account")
    if said.kind == "families.safe-contact" and "person" in body:
        return _("The safe way to reach %(who)s") % {"who": page.showing.name(body["person"])}
    return "" if said.kind == "dialogue.passage" else said.label


def _where(place: str) -> str:
    """A place inside a line: "at home"; a name keeps its capital."""
    first = place.split(" ", 1)[0].casefold()
    return place[:1].lower() + place[1:] if first in PREPOSITIONS else place


def company(page: Opened, said: Said) -> str:
    """ "Kari with Anne and Mia" for a conversation whose company is known."""
    there = page.showing.names([person for person in said.entry.body.get("there", ()) if person != said.by])
    if not there:
        return ""
    return _("%(who)s with %(others)s.") % {"who": page.showing.Name(said.by), "others": there}


def heading(page: Opened, said: Said) -> str:
    """The heading of a page about this statement: what it is, and its day."""
    names = {"who": page.showing.name(said.of), "writer": page.showing.name(said.by)}
    what = lead(page, said) or {
        "own": _("What %(who)s said"), "seen": _("What %(writer)s saw"), "told": _("What %(who)s told"),
        "view": _("What %(writer)s thinks"), "act": _("What %(writer)s wrote"),
    }[said.basis] % names  # fmt: skip
    return f"{what}, {page.showing.when(said)}"

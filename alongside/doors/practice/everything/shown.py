"""A request and its decisions in words, for those who prepare it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import words
from alongside.doors.practice.page import Opened
from alongside.exchange.pack import asked as asking
from alongside.exchange.pack.asked import Asked
from alongside.exchange.pack.deciding import GROUNDS, Choice
from alongside.record.entry import Entry
from alongside.record.reading import find
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Shown:
    """`says`: who asked for what, and when; `due`: by when it is owed, or what became of it; `words`: what they look
    for most; `longer`: why it takes longer."""

    id: str
    state: str
    who: str
    says: str
    due: str
    href: str
    words: str
    words_lang: str
    longer: tuple[str, ...]


def asked_words(page: Opened, one: Asked) -> Shown:
    """One request, as this worker sees it."""
    names = {"who": page.showing.Name(one.person), "whom": page.showing.name(one.about)}
    names["day"] = page.showing.due(one.on)
    says = _("%(who)s asked on %(day)s to read everything about themselves.") % names
    if one.about != one.person:
        says = _("%(who)s asked on %(day)s to read everything about %(whom)s.") % names
    entry = find(page.reader, one.id)
    text, lang = words(entry, page.showing.lang) if entry is not None else ("", "")
    return Shown(
        one.id, one.state, page.showing.name(one.person), says, due_words(page, one), page.href("pack", one.id), text,
        lang, tuple(why for why, _lang in asking.reasons(one)),
    )  # fmt: skip


def due_words(page: Opened, one: Asked) -> str:
    """ "Owed by Sunday 20 December"; or what became of it."""
    if one.state == "given":
        return _("Handed over on %(day)s.") % {"day": page.showing.due(one.given_on)}
    if one.state == "withdrawn":
        return _("They do not ask any more.")
    over = one.due < page.today.isoformat()
    said = _("It was to be there by %(day)s.") if over else _("Owed by %(day)s.")
    return said % {"day": page.showing.due(one.due)}


def outcome(page: Opened, entry: Entry, choice: Choice) -> dict[str, Any]:
    """One decision in a line, and the way to change it."""
    said = page.woven.by_place[entry.pk]
    what = _("given") if choice.give and not choice.without else _("given without some words")
    if not choice.give:
        what = _("kept back: %(why)s") % {"why": GROUNDS[choice.ground][0]}
    by = page.showing.Name(choice.by)
    return {"id": entry.id, "text": said.first_line or said.label, "lang": said.lang, "what": what, "by": by}


def moved_words(page: Opened, asked: Asked, why: Refused) -> str:
    """Why a later day was not taken."""
    return {
        "no-day": _("Choose a day after the one that stands, and at the latest %(day)s.")
        % {"day": page.showing.due(asked.latest)},
        "no-reason": _("Say why it takes longer. They read it."),
        "given-already": _("It was handed over meanwhile."),
    }.get(why.code, _("This could not be kept. Nothing was sent; your words are below."))  # fmt: skip

"""A family's statements as people read them: one page without scripts, and a table."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside import clock
from alongside.dialogue.said import words
from alongside.families.person import People
from alongside.record.entry import Entry
from alongside.record.kinds import KINDS

HEAD = ("received", "when it was so", "what", "who", "said by", "how we know", "who may read", "words", "more", "id")
PERSONS = {"person", "who", "there", "to", "of", "a", "b", "each", "interpreter", "holders", "reader"}
KEPT = {"value", "key", "ring"}  # numbers that are no persons
ID = re.compile("[0-9a-f]{32}")
INSIDE = {"v", "words", "terms", "entry"}  # not shown beside the words: the version, the words themselves, ids
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }}
article {{ border-top: 1px solid #888; padding: .75rem 0 }} h2 {{ font-size: 1rem; margin: 0 }}
p {{ white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 }} small {{ color: #444 }}
</style></head><body><h1>{title}</h1>
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One statement in words. `more`: what its body says besides words, as (name, value)."""

    id: str
    received: str
    so: str
    what: str
    who: str
    speaker: str
    basis: str
    mark: str
    text: str
    lang: str
    more: tuple[tuple[str, str], ...]

    def row(self) -> tuple[str, ...]:
        more = "; ".join(f"{name}: {value}" for name, value in self.more)
        return (
            self.received, self.so, self.what, self.who, self.speaker, self.basis, self.mark, self.text, more, self.id,
        )  # fmt: skip


def told(entry: Entry, people: People, lang: str) -> Told:
    """What somebody reads of this statement who knows these people."""
    known = KINDS.get(entry.kind)
    text, other = words(entry, lang)
    return Told(
        entry.id, f"{clock.moment(entry.recorded_at):%Y-%m-%d %H:%M:%S} UTC", entry.so or "",
        str(known.label) if known else entry.kind, name(people, entry.author), name(people, entry.speaker),
        entry.basis, entry.mark, text, other or lang,
        tuple((key, value) for key, inner in entry.body.items() if key not in INSIDE
              if (value := _spelt(spelt(inner, people, key)))),
    )  # fmt: skip


def name(people: People, number: int) -> str:
    return people.called(number) or "someone"


def spelt(value: Any, people: People, key: str = "") -> Any:
    """A value of a body with names for person numbers; a number that may be somebody nobody knows is left out."""
    if isinstance(value, Mapping):
        found = {inner: spelt(one, people, inner) for inner, one in value.items() if inner not in ("v", "entry")}
        return {inner: one for inner, one in found.items() if one not in (None, "", [], {})}
    if isinstance(value, Sequence) and not isinstance(value, str):
        if key == "ratings" and all(isinstance(one, Sequence) and len(one) == 2 for one in value):
            return {people.called(who): rated for who, rated in value if people.called(who)}
        return [found for one in value if (found := spelt(one, people, key)) not in (None, "", [], {})]
    if isinstance(value, str) and ID.fullmatch(value):
        return None  # another statement's id: whether there is one is for whoever reads it
    if isinstance(value, bool | str) or value is None:
        return value
    if key in PERSONS:
        return people.called(value) or None
    return value if key in KEPT else None


def _spelt(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_spelt(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(filter(None, map(_spelt, value)))
    return "" if value is None or value is False else "yes" if value is True else str(value)


def page(title: str, lang: str, listed: Iterable[Told]) -> str:
    """All of them as one page, in the order the record received them."""
    made = [PAGE.format(lang=lang, title=html.escape(title))]
    for one in listed:
        who = one.who if one.speaker == one.who else f"{one.speaker}, written by {one.who}"
        more = "".join(f"<br><small>{html.escape(key)}: {html.escape(value)}</small>" for key, value in one.more)
        made.append(
            f'<article id="{one.id}"><h2>{html.escape(one.what)}</h2>'
            f"<small>{html.escape(who)} · {html.escape(one.so or one.received)} · {one.basis} · {one.mark}</small>"
            f'<p lang="{html.escape(one.lang)}">{html.escape(one.text)}</p>{more}</article>\n'
        )
    return "".join([*made, "</body></html>\n"])

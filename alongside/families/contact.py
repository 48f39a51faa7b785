"""The safe way to reach somebody: how, when, what never, what to say. It is asked again each time."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.families.telling import Told, further, line, moved
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.statement import Receipt, Refused
from alongside.record.terms import plain_term, reveals

kind("families.safe-contact", gettext_lazy("The safe way to reach somebody"), settles=False, state=True)
kind("families.safe-asked", gettext_lazy("Asked again, still so"), settles=False, changes_state=True, state=True)
reveals("families.safe-contact", lambda body: _numbers(body.get("parts", {}).values()))
NUMBER = re.compile(r"(?:\+|00)?\d(?:[\s.()/-]?\d){4,}|\S+@\S+")


def _numbers(lines: Iterable[str]) -> list[str]:
    """Telephone numbers and e-mail addresses in what was typed, less the office's own line; without a country."""
    found = [one[0] for text in lines for one in NUMBER.finditer(text)]
    bare = [re.sub(r"^(?:\+|00)\s?\d{2}\s", "", one) for one in found]
    return [one for one in bare if plain_term(one) != plain_term(settings.OFFICE_LINE)]


@dataclass(frozen=True, slots=True)
class Way:
    """`entry`: what was said, and the whole text of it. `parts`: how, never, say as they were typed, where they
    were. `asked`: the newest time somebody asked again: (person, microseconds), or None."""

    person: int
    entry: Entry
    parts: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[int, int] | None = None


def reach(*, told: Told, person: int, how: str, never: str, say: str, lang: str, at: int, once: str) -> list[Receipt]:
    """How somebody is reached from now on. What is kept is one text, in the words of whoever says it.

    Raises Refused: no-words (how), line-too-long.
    """
    how = how.replace("\r\n", "\n").strip()
    if not how:
        raise Refused("no-words")
    parts = {"how": how, "never": line(never), "say": line(say)}
    lines = [how]
    lines += [_("Never: %(what)s") % {"what": parts["never"]}] if parts["never"] else []
    lines += [_("Say: %(what)s") % {"what": parts["say"]}] if parts["say"] else []
    body = {
        "person": person, "words": [{"lang": lang, "text": "\n".join(lines)}],
        "parts": {key: value for key, value in parts.items() if value},
    }  # fmt: skip
    return told.say(told.statement("families.safe-contact", body), at=at, once=once)


def still_so(*, by: Reader, way: Entry, at: int, once: str) -> list[Receipt]:
    """They were asked today, and it is still so. Raises Refused: not-any-more, not-yours."""
    return Told(by).say(further(by, "families.safe-asked", way, {}), at=at, once=once)


def ways(entries: Iterable[Entry]) -> dict[int, Way]:
    """The newest safe way to reach each person, by number; what was taken back is not used."""
    entries = tuple(entries)
    gone = {entry.answers for entry in entries if entry.kind == "record.taken-back"}
    found: dict[int, Way] = {}
    for entry in entries:
        if entry.kind == "families.safe-contact" and entry.pk not in gone:
            number = entry.body.get("person", entry.about[0] if entry.about else None)
            if number is not None:
                found[number] = Way(number, entry, entry.body.get("parts", {}))
        elif entry.kind == "families.safe-asked":
            for number, way in found.items():
                if way.entry.pk == moved(entry):
                    found[number] = replace(way, asked=(entry.author, entry.recorded_at))
    return found

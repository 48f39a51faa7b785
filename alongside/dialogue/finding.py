"""Finding what was said: the newest statements of one family in which certain words stand.

The words are looked up in the register of stems, and the gate is joined in the same statement. What a reader
may not read is not found and not counted; there is no total, for anybody.
"""

import unicodedata
from dataclasses import dataclass

from django.db import connection

from alongside.dialogue.asked import Asked
from alongside.dialogue.stems import stems
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.reading import among, find

WHERE_IN = {"sqlite": "instr", "postgresql": "strpos"}  # the place of one text in another, from 1; 0: nowhere
AT_ONCE = 60  # rows of one statement when a phrase has to be looked for in the texts themselves


@dataclass(frozen=True, slots=True)
class Found:
    """The newest places where the words stand, newest first. `more`: there are older ones."""

    entries: tuple[Entry, ...] = ()
    more: bool = False


def found(reader: Reader, wanted: Asked, *, at: int | None = None, before: str = "", most: int = 20) -> Found:
    """At most `most` entries. `at`: as known then, microseconds. `before`: the id of an entry this reader
    reads, after which to go on; any other id begins at the newest."""
    if not wanted:
        return Found()
    last = find(reader, before, at=at) if before else None
    place, kept = (last.pk if last else None), []
    batch = AT_ONCE if wanted.phrases else most + 1
    places, values = _places(wanted)
    while len(kept) <= most:
        some = among(reader, places, values, at=at, before=place, most=batch)
        kept += [entry for entry in some if not wanted.phrases or text_of(entry, "", wanted)[0]]
        if len(some) < batch:
            break
        place = some[-1].pk
    return Found(tuple(kept[:most]), len(kept) > most)


def _places(wanted: Asked) -> tuple[str, dict[str, str]]:
    """The SELECT of places where every word stands in one of its forms, and its values."""
    values: dict[str, str] = {}
    every, where = [], WHERE_IN[connection.vendor]
    for n, forms in enumerate(wanted.words):
        names = [f"stem{n}x{m}" for m, _form in enumerate(sorted(forms))]
        values |= {name: f" {form} " for name, form in zip(names, sorted(forms), strict=True)}
        every.append("(" + " OR ".join(f"{where}(s.stems, %({name})s) > 0" for name in names) + ")")
    return (
        "SELECT s.entry FROM dialogue_stems s WHERE s.entry BETWEEN %(lo)s AND %(hi)s AND " + " AND ".join(every),
        values,
    )


def text_of(entry: Entry, lang: str, wanted: Asked) -> tuple[str, str]:
    """The text in which the words stand and its language: in `lang` if they stand there too. ("", "") where no
    text holds every phrase."""
    texts = sorted(entry.body.get("words", ()), key=lambda one: one["lang"] != lang)
    holding = [one for one in texts if wanted.holds(one["text"])]
    best = next((one for one in holding if _every(one, wanted)), next(iter(holding), None))
    return (unicodedata.normalize("NFC", best["text"]), best["lang"]) if best else ("", "")


def _every(one: dict[str, str], wanted: Asked) -> bool:
    here = stems([one])
    return all(forms & here for forms in wanted.words)
